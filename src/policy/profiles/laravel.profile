# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Laravel
Source=https://laravel.com/docs/deployment (Directory Permissions)
First=behind;common
Last=kept

[Match]
All=artisan;bootstrap/app.php;config/;composer.json~/"laravel\/framework"/
Docroot=public

[public/**]
Server=read
Why=the document root

[auth.json]
App=read
Server=none
World=none
Code=yes
Why=holds passwords

[storage/**]
App=modify
Code=no
MovedBy=.env~/^LARAVEL_STORAGE_PATH=["']?([^"'\s#]+)/m
Why=logs, sessions, compiled views, files of the application

[storage/app/public/**]
Server=read
Why=what public/storage links to

[bootstrap/cache/**]
App=modify
Code=no
Why=packages.php and services.php

[**/]
App=modify
Code=no
Holding=database.sqlite
Why=SQLite makes its journal in the database's directory

[storage/*.key]
Server=none
World=none
App=modify
Why=keys of the application
