# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=DNN Platform
Source=https://docs.dnncommunity.org/content/getting-started/setup/index.html; FileSystemPermissionVerifier
First=common
Last=kept

[Match]
All=Portals/;DesktopModules/;Install/
Any=DotNetNuke.log4net.config;Config/DotNetNuke.config
Before=aspnet

[**]
App=modify
Code=no
Why=the installer and the upgrader ask for the whole site

[**/*.{dll,aspx,ascx,ashx,cshtml}]
Code=yes

[web.config]
Code=yes
App=write
Server=read
Why=connection strings, machine keys and modules are written here
