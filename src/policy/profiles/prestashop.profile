# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=PrestaShop
Source=https://devdocs.prestashop-project.org/8/basics/installation/; classes/ConfigurationTest.php
First=common
Last=kept

[Match]
All=classes/ConfigurationTest.php;config/defines.inc.php;modules/;themes/
Before=symfony

[{app/config/parameters.php,app/config/parameters.yml,config/settings.inc.php}]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[{var/cache,img}/**]
App=modify
Code=no
Why=what is cached, and pictures

[{var/logs,upload,download}/**]
App=modify
Code=no
Why=logs, customised and virtual products

[{var,upload,download}/**]
Server=none
Why=not served

[{translations,mails}/**]
When=feature:translations
App=modify
Why=translations changed in the back office

[themes/*/{lang,pdf/lang,cache}/**]
When=feature:themes
App=modify
Why=themes changed in the back office

[config/]
When=install
App=modify
Why=the installer makes the settings

[app/config/**]
When=install
App=modify
Why=the installer writes the settings

[{modules,cache,log,override,themes}/**]
When=update
App=modify
Why=modules and themes installed from the back office
