# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=CakePHP
Source=https://book.cakephp.org/5/en/installation.html#permissions
First=behind;common
Last=kept

[Match]
All=bin/cake;config/bootstrap.php;webroot/index.php;composer.json~/"cakephp\/cakephp"/
Docroot=webroot

[webroot/**]
Server=read
Why=the document root

[{config/app_local.php,config/.env}]
App=read
Server=none
World=none
Code=yes
Why=holds the salt and the database password

[tmp/**]
App=modify
Code=no
Why=cache and sessions

[logs/**]
App=modify
Code=no
Why=logs

[{src,config,vendor}/**]
Code=yes
