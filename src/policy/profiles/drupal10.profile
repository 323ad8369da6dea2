# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Drupal 8 and later
Source=https://www.drupal.org/docs/administering-a-drupal-site/security-in-drupal/securing-file-permissions-and-ownership; core/modules/system/system.install
First=common
Last=kept

[Match]
All=core/lib/Drupal.php;core/includes/install.inc;sites/default/

[sites/*/{settings.php,settings.local.php}]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[sites/*/files/**]
App=modify
Code=no
Why=uploads, and what the site compiles

[sites/default/files/**]
App=modify
Code=no
MovedBy=sites/default/settings.php~/^\s*\$settings\['file_public_path'\]\s*=\s*['"]([^'"]+)['"]/m
Why=uploads, and what the site compiles

[sites/*/files/php/**]
App=modify
Code=yes
Why=compiled templates: never touched by hand, their names hold the directory's time

[sites/*/files/**/*.{php,phtml,phar}]
Code=yes
Why=uploads are not code

[private/**]
App=modify
Code=no
MovedBy=sites/default/settings.php~/^\s*\$settings\['file_private_path'\]\s*=\s*['"]([^'"]+)['"]/m
If=sites/default/settings.php~/^\s*\$settings\['file_private_path'\]\s*=/m
Server=none
Why=files that are not served

[sites/default/]
When=install
App=modify
Why=the installer makes settings.php

[sites/default/{settings,services}.*]
When=install
App=write
Why=the installer writes the settings

[sites/*/services.yml]
Server=none
Code=yes
Why=read by the site alone

[config/sync/**]
Server=none
Code=yes
Why=the exported configuration
