# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Umbraco 9 and later
Source=https://docs.umbraco.com/umbraco-cms/fundamentals/setup/server-setup/permissions
First=common
Last=kept

[Match]
All=umbraco/;wwwroot/;appsettings.json~/"Umbraco"/
Before=aspnetcore

[appsettings*.json]
App=read
Server=none
World=none
Code=yes
Why=holds connection strings

[wwwroot/media/**]
App=modify
Code=no
Why=media uploads land here

[umbraco/{Data,Logs}/**]
App=modify
Code=no
Server=none
Why=indexes, packages, logs, the SQLite database

[wwwroot/{css,scripts}/**]
When=feature:template-editor
App=modify
Why=edited in the back office

[Views/**]
When=feature:template-editor
App=modify
Why=edited in the back office

[config/**]
When=install
App=modify
Why=the installer writes the settings

[{bin,umbraco,wwwroot/umbraco}/**]
When=update
App=modify
Why=packages installed from the back office
