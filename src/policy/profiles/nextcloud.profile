# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Nextcloud
Source=https://docs.nextcloud.com/server/latest/admin_manual/installation/source_installation.html; lib/private/legacy/OC_Util.php
First=common
Last=kept

[Match]
All=lib/versioncheck.php;occ;status.php;version.php~/\$vendor\s*=\s*'nextcloud'/

[**]
When=update
App=modify
Why=the built-in updater replaces everything

[data/**]
App=modify
Code=no
MovedBy=config/config.php~/^\s*'datadirectory'\s*=>\s*'([^']+)'/m
Server=none
World=none
Why=the users' files

[config/**]
App=modify
Code=no
Unless=config/config.php~/^\s*'config_is_read_only'\s*=>\s*true/mi
Server=none
World=none
Why=settings are written back

[{custom_apps,apps-extra}/**]
App=modify
Code=no
Unless=config/config.php~/^\s*'appstoreenabled'\s*=>\s*false/mi
Why=apps installed from the store

[apps/**]
When=update
App=modify
Unless=config/config.php~/^\s*'appstoreenabled'\s*=>\s*false/mi
Why=apps installed from the store

[.htaccess]
When=feature:pretty-urls
App=write
Why=occ maintenance:update:htaccess writes it
