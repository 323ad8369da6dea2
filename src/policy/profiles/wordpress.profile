# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=WordPress
Source=https://developer.wordpress.org/advanced-administration/security/hardening/ and https://developer.wordpress.org/advanced-administration/server/file-permissions/
First=common
Last=kept

[Match]
All=wp-login.php;wp-includes/version.php~/\$wp_version\s*=/;wp-admin/;wp-content/

[wp-config.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[{wp-admin,wp-includes}/**]
When=update
App=modify
Why=updates of WordPress from the dashboard

[wp-content/]
When=feature:cache-plugins
App=write
Why=cache plugins put their drop-ins here

[wp-content/cache/**]
When=feature:cache-plugins
App=modify
Why=pages that a cache plugin keeps

[wp-content/{plugins,themes}/**]
When=update
App=modify
Unless=wp-config.php~/^\s*define\(\s*['"]DISALLOW_FILE_MODS['"]\s*,\s*true/mi
Why=plugins and themes installed from the dashboard

[wp-content/{upgrade,upgrade-temp-backup,languages}/**]
When=update
App=modify
Why=updates are unpacked here

[wp-content/uploads/**]
App=modify
Code=no
MovedBy=wp-config.php~/^\s*define\(\s*['"]UPLOADS['"]\s*,\s*['"]([^'"]+)['"]/m
Why=media uploads land here

[wp-content/uploads/**/*.{php,phtml,phar}]
App=read
Code=yes
MovedBy=wp-config.php~/^\s*define\(\s*['"]UPLOADS['"]\s*,\s*['"]([^'"]+)['"]/m
Why=uploads are not code

[wp-content/debug.log]
Server=none
World=none
Why=errors, with paths and queries in them

[.htaccess]
When=feature:permalinks
App=write
Why=WordPress writes its rewrite rules here

[wp-config.php?*]
App=none
World=none
Why=a copy of the configuration, served as text

[wp-config-sample.php]
App=read
World=read
Why=an example without passwords
