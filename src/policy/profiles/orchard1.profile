# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Orchard 1
Source=https://docs.orchardproject.net/en/latest/Documentation/Manually-installing-Orchard-zip-file/
First=common
Last=kept

[Match]
All=Config/;Core/;Modules/;Themes/;Media/;Global.asax;web.config~/App_Data\/Dependencies/
Before=aspnet

[App_Data/**]
App=modify
Code=no
Server=none
Why=settings, dependencies, logs, databases

[Media/**]
App=modify
Code=no
Why=media uploads land here

[{Modules,Themes}/**]
When=update
App=modify
Why=modules and themes installed from the gallery

[App_Data/Sites/*/Settings.txt]
Server=none
World=none
Why=holds the connection string
