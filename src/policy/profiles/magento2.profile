# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Magento 2
Source=https://experienceleague.adobe.com/docs/commerce-operations/configuration-guide/deployment/file-system-permissions.html
First=behind;common
Last=kept

[Match]
All=app/etc/di.xml;bin/magento;pub/index.php
Any=lib/internal/Magento/;composer.json~/"magento\/product-(community|enterprise)-edition"/
Docroot=pub

[pub/**]
Server=read
Why=the document root

[app/etc/env.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password and the encryption key

[var/**]
App=modify
Code=no
Why=cache, logs, sessions, imports

[pub/media/**]
App=modify
Code=no
Why=media uploads land here

[{generated,pub/static}/**]
When=update;feature:non-production
App=modify
Why=code and assets, made on demand outside production mode, else by the deploy

[app/etc/**]
When=install
App=modify
Why=the installer writes the settings

[vendor/**]
When=update
App=modify
Why=components updated from the admin

[{vendor,app,lib,generated/code,generated/metadata}/**]
Code=yes

[{auth.json,var/composer_home/auth.json}]
App=none
World=none
Why=keys of the package repository
