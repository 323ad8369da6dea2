# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=nopCommerce 2 and 3
Source=https://docs.nopcommerce.com/en/installation-and-upgrading/installing-nopcommerce/installing-local.html (versions 2.00-3.90)
First=common
Last=kept

[Match]
All=App_Data/;Plugins/bin/;Content/Images/;Global.asax;web.config
Before=aspnet

[{App_Data,bin,Content,Plugins}/**]
App=modify
Code=no
Why=the installer asks for these

[App_Data/**]
Server=none
Why=not served

[Global.asax]
When=install
App=write
Why=touched to restart the application

[web.config]
When=install
App=write
Why=touched to restart the application

[App_Data/Settings.txt]
Server=none
World=none
Why=holds the connection string
