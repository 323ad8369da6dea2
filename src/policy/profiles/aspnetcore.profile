# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=ASP.NET Core
Source=https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/logging-and-diagnostics
First=common
Last=kept

[Match]
All=*.runtimeconfig.json
Any=web.config~/<aspNetCore\b/i;*.deps.json
Nested=no

[appsettings*.json]
App=read
Server=none
World=none
Code=yes
Why=holds connection strings

[logs/**]
When=feature:stdout-log
App=modify
MovedBy=web.config~/stdoutLogFile="\.?[\\\/]?([^"]+)[\\\/][^"\\\/]*"/i
Why=the module writes what the program prints

[{wwwroot/uploads,App_Data}/**]
App=modify
Code=no
Why=uploads and data, by convention
