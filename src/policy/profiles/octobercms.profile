# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=October CMS
Source=https://docs.octobercms.com/3.x/setup/installation.html
First=common
Last=kept

[Match]
All=artisan;modules/system/;composer.json~/"october\/(rain|system)"/
Before=laravel

[auth.json]
App=read
Server=none
World=none
Code=yes
Why=holds passwords

[storage/**]
App=modify
Code=no
Why=logs, sessions, uploads, compiled templates

[storage/{framework,logs,cms}/**]
Server=none
Why=not served

[bootstrap/cache/**]
App=modify
Code=no
Why=packages.php and services.php

[{plugins,modules,themes,vendor}/**]
When=update
App=modify
Why=updates from the back end

[.env]
When=install
App=write
Why=the installer writes the settings
