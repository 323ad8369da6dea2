# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=OpenCart
Source=https://docs.opencart.com/en-gb/installation/; upload/install/controller/install/step_2.php
First=common
Last=kept

[Match]
All=system/startup.php;system/framework.php;catalog/;index.php~/define\('VERSION'/

[{config.php,admin/config.php}*]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[system/storage/**]
App=modify
Code=no
MovedBy=config.php~/^\s*define\('DIR_STORAGE',\s*'([^']+)'/m
Server=none
Why=cache, logs, sessions, uploads

[image/**]
App=modify
Code=no
MovedBy=config.php~/^\s*define\('DIR_IMAGE',\s*'([^']+)'/m
Why=pictures and their thumbnails

[{config.php,admin/config.php}]
When=install
App=write
Why=the installer writes the settings

[extension/**]
When=update
App=modify
Why=extensions installed from the admin
