# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=nopCommerce 4
Source=https://docs.nopcommerce.com/en/installation-and-upgrading/installing-nopcommerce/installing-on-linux.html
First=common
Last=kept

[Match]
All=App_Data/;Plugins/;wwwroot/
Any=Nop.Web.dll;Nop.Web.runtimeconfig.json;App_Data/appsettings.json~/Nop|ConnectionString/
Before=aspnetcore

[{App_Data,bin,logs}/**]
App=modify
Code=no
Server=none
Why=settings and keys, compiled plugins, logs

[{Plugins,Plugins/Uploaded}/**]
When=update
App=modify
Why=plugins installed from the administration

[wwwroot/{images,files,bundles,db_backups,icons,sitemaps,.well-known}/**]
App=modify
Code=no
Why=pictures, exports, and what is made on demand

[wwwroot/db_backups/**]
Server=none
World=none
Why=backups of the database

[App_Data/{appsettings,dataSettings}.json]
Server=none
World=none
Why=holds the connection string
