# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=MyBB
Source=https://docs.mybb.com/1.8/install/; admin/modules/tools/system_health.php
First=common
Last=kept

[Match]
All=inc/class_core.php~/version_code/;inc/init.php;showthread.php;usercp.php

[inc/config.php*]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[{cache,uploads}/**]
App=modify
Code=no
Why=what is cached, attachments, avatars

[uploads/**/*.{php,phtml,phar}]
App=read
Code=yes
Why=uploads are not code

[inc/settings.php]
App=write
Code=no
Why=rewritten when settings change

[inc/config.php]
When=install
App=write
Why=the installer writes the settings

[{inc/languages,admin/backups}/**]
When=feature:admin
App=modify
Why=languages and backups in the admin pages

[admin/backups/**]
Server=none
World=none
Why=backups of the database
