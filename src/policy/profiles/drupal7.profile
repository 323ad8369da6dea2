# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Drupal 7
Source=https://api.drupal.org/api/drupal/includes%21install.inc/7.x
First=common
Last=kept

[Match]
All=includes/bootstrap.inc~/define\('VERSION', '7\./;misc/drupal.js;sites/default/;modules/system/system.module
Not=core/

[sites/*/settings.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[sites/*/files/**]
App=modify
Code=no
Why=uploads

[sites/default/files/**]
App=modify
Code=no
Why=uploads

[sites/*/files/**/*.{php,phtml,phar}]
App=read
Code=yes
Why=uploads are not code

[sites/default/]
When=install
App=modify
Why=the installer makes settings.php

[sites/default/settings.php]
When=install
App=write
Why=the installer writes the settings
