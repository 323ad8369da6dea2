# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Matomo
Source=https://matomo.org/faq/troubleshooting/faq_100/; plugins/Diagnostics/Diagnostic/WriteAccessCheck.php
First=common
Last=kept

[Match]
All=core/Version.php~/const VERSION/;config/global.ini.php
Any=matomo.php;piwik.php

[config/config.ini.php*]
App=read
Server=none
World=none
Code=yes
Why=holds the database password and the salt

[**]
When=update
App=modify
Why=the built-in updater replaces everything

[tmp/**]
App=modify
Code=no
Server=none
Why=cache, logs, sessions, compiled templates

[config/]
When=install
App=modify
Why=the installer makes config.ini.php

[config/config.ini.php]
When=feature:admin-ui
App=write
Why=settings changed in the interface

[{matomo,piwik}.js]
When=feature:tracker-plugins
App=write
Why=plugins add to the tracker
