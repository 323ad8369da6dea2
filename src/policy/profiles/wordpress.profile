# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=WordPress
Source=https://developer.wordpress.org/advanced-administration/security/hardening/ and https://developer.wordpress.org/advanced-administration/server/file-permissions/

[Match]
All=wp-login.php;wp-includes/version.php~/\$wp_version\s*=/;wp-admin/;wp-content/

[**]
App=read
Why=code and assets are read; only the site's owner writes them

[**/*.{php,inc}]
Code=yes

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
Why=plugins and themes installed from the dashboard

[wp-content/{upgrade,upgrade-temp-backup,languages}/**]
When=update
App=modify
Why=updates are unpacked here

[wp-content/uploads/**]
App=modify
Why=media uploads land here

[wp-content/uploads/**/*.{php,phtml,phar}]
App=read
Code=yes
Why=uploads are not code

[wp-content/debug.log]
Server=none
World=none
Why=errors, with paths and queries in them

[**/{.htaccess,web.config,.user.ini}]
App=read
Server=read
Code=yes
Why=the server refuses the whole directory where it cannot read this

[.htaccess]
When=feature:permalinks
App=write
Why=WordPress writes its rewrite rules here

[wp-config.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[wp-config.php?*]
App=none
World=none
Why=a copy of the configuration, served as text

[**/{.env,.env.*}]
App=read
Server=none
World=none
Why=holds passwords for the application

[**/*.{sql,sql.gz,dump,bak,old,orig,swp,key,pfx,p12}]
App=none
World=none
Why=key material, a dump or a backup copy, which the site does not need

[**/*~]
App=none
World=none
Why=a backup copy, which the site does not need

[**/.{git,svn,hg,bzr}/**]
App=none
Code=yes
Why=version control, which the site does not need
