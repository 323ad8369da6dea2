# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=CodeIgniter 4
Source=https://codeigniter.com/user_guide/installation/running.html (Set Writable Folder Permission)
First=behind;common
Last=kept

[Match]
All=spark;app/Config/Paths.php~/writableDirectory/;public/index.php
Docroot=public

[public/**]
Server=read
Why=the document root

[writable/**]
App=modify
Code=no
MovedBy=app/Config/Paths.php~/\$writableDirectory\s*=\s*(?:__DIR__\s*\.\s*['"](?<here>[^'"]+)|['"]([^'"]+))['"]/
Why=cache, logs, sessions, uploads

[{app,system,vendor}/**]
Code=yes
