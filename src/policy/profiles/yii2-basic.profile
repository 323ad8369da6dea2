# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Yii 2 (basic)
Source=https://www.yiiframework.com/doc/guide/2.0/en/start-installation; composer.json of yiisoft/yii2-app-basic
First=behind;common
Last=kept

[Match]
All=yii;web/index.php;config/web.php;runtime/;composer.json~/"yiisoft\/yii2"/
Docroot=web

[web/**]
Server=read
Why=the document root

[config/{web,db}.php]
App=read
Server=none
World=none
Code=yes
Why=holds the cookie key and the database password

[runtime/**]
App=modify
Code=no
Why=logs, cache, compiled templates

[web/assets/**]
App=modify
Code=no
Why=asset bundles that are published on demand
