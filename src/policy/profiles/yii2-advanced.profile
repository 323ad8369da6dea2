# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Yii 2 (advanced)
Source=https://github.com/yiisoft/yii2-app-advanced/blob/master/environments/index.php
First=behind;common
Last=kept

[Match]
All=init;environments/index.php;common/;console/;frontend/;backend/
Docroot=frontend/web;backend/web

[frontend/web/**]
Server=read
Why=the document root

[backend/web/**]
Server=read
Why=the document root

[{common,frontend,backend,console}/config/*-local.php]
App=read
Server=none
World=none
Code=yes
Why=holds the cookie key and the database password

[{frontend/runtime,backend/runtime,console/runtime}/**]
App=modify
Code=no
Why=logs, cache, compiled templates

[{frontend/web/assets,backend/web/assets}/**]
App=modify
Code=no
Why=asset bundles that are published on demand
