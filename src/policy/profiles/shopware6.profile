# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Shopware 6
Source=https://developer.shopware.com/docs/guides/hosting/installation-updates/; src/Core/Installer/Requirements/FilesystemRequirementsValidator.php
First=behind;common
Last=kept

[Match]
All=bin/console;custom/;public/;composer.json~/"shopware\/(core|production)"/
Before=symfony
Docroot=public

[public/**]
Server=read
Why=the document root

[config/jwt/*.pem]
App=read
Server=none
World=none
Code=yes
Why=signs tokens

[**]
When=install
App=modify
Why=the installer writes the settings into the root

[var/**]
App=modify
Code=no
Why=cache, logs, sessions

[public/{media,thumbnail,sitemap,theme,bundles,css,fonts,js}/**]
App=modify
Code=no
Why=media, themes, and what is made of them

[files/**]
App=modify
Code=no
Why=invoices, imports, downloads

[custom/plugins/**]
When=update
App=modify
Why=plugins installed from the administration

[config/jwt/**]
When=install
App=modify
Why=the installer makes the keys
