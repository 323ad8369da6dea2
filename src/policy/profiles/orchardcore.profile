# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Orchard Core
Source=https://docs.orchardcore.net/en/latest/; OrchardCMS/OrchardCore issues 5607 and 7719
First=common
Last=kept

[Match]
All=appsettings.json
Any=App_Data/tenants.json;OrchardCore*.dll
Before=aspnetcore

[App_Data/**]
App=modify
Code=no
Server=none
Why=settings of the tenants, keys, media, logs

[wwwroot/{is-cache,ms-cache}/**]
App=modify
Code=no
Why=resized pictures

[App_Data/Sites/*/{appsettings.json,DataProtection-Keys/**}]
Server=none
World=none
Why=connection strings and keys
