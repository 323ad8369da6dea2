# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Winter CMS
Source=https://wintercms.com/docs/develop/docs/setup/installation
First=common
Last=kept

[Match]
All=artisan;modules/system/;composer.json~/"winter\/(storm|wn-system-module)"/
Before=laravel

[config/database.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[**]
When=install
App=modify
Why=the web installer writes everywhere

[storage/**]
App=modify
Code=no
Why=logs, sessions, uploads, compiled templates

[storage/{framework,logs,cms}/**]
Server=none
Why=not served

[config/**]
When=install
App=modify
Why=winter:install writes the settings

[{plugins,themes,modules,vendor}/**]
When=update
App=modify
Why=updates from the back end
