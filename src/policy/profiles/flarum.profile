# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Flarum
Source=https://docs.flarum.org/install/
First=behind;common
Last=kept

[Match]
All=flarum;extend.php;site.php;composer.json~/"flarum\/core"/
Docroot=public

[public/**]
Server=read
Why=the document root

[config.php*]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[{storage,public/assets}/**]
App=modify
Code=no
Why=cache, logs, sessions, avatars, compiled assets

[config.php]
When=install
App=write
Why=the installer writes the settings
