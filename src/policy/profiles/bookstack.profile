# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=BookStack
Source=https://www.bookstackapp.com/docs/admin/installation/
First=behind;common
Last=kept

[Match]
All=artisan;bookstack-system-cli;version;themes/
Before=laravel
Docroot=public

[public/**]
Server=read
Why=the document root

[{storage,bootstrap/cache,public/uploads}/**]
App=modify
Code=no
Why=uploads, cache, logs, sessions

[public/uploads/**/*.{php,phtml,phar}]
App=read
Code=yes
Why=uploads are not code
