# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Statamic
Source=https://statamic.dev/installing/ubuntu (Set Permissions)
First=behind;common
Last=kept

[Match]
All=please;artisan;content/;composer.json~/"statamic\/cms"/
Before=laravel
Docroot=public

[public/**]
Server=read
Why=the document root

[storage/**]
App=modify
Code=no
Why=logs, sessions, compiled views

[storage/app/public/**]
Server=read
Why=what public/storage links to

[bootstrap/cache/**]
App=modify
Code=no
Why=packages.php and services.php

[{content,users}/**]
App=modify
Code=no
Why=the control panel writes files

[public/{assets,containers}/**]
App=modify
Code=no
Why=uploads

[resources/{blueprints,fieldsets,forms,addons}/**]
When=feature:control-panel
App=modify
Why=written by the control panel

[public/static/**]
When=feature:static-caching
App=modify
Why=pages that are cached

[users/*.yaml]
Server=none
World=none
Why=password hashes
