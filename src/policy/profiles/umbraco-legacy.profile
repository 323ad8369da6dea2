# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Umbraco 6 to 8
Source=https://docs.umbraco.com/umbraco-cms/fundamentals/setup/server-setup/permissions
First=common
Last=kept

[Match]
All=Umbraco/;Config/umbracoSettings.config;web.config~/umbraco/i
Before=aspnet

[{App_Data,Media,App_Plugins,App_Code}/**]
App=modify
Code=no
Why=should always have modify rights

[App_Data/**]
Server=none
Why=not served

[{Css,Scripts,Views,Masterpages,Xslt}/**]
App=modify
Code=no
Why=should always have modify rights: edited in the back office

[{Bin,UserControls}/**]
When=update
App=modify
Why=packages installed from the back office

[{Umbraco,Umbraco_client}/**]
When=update
App=modify
Why=updates

[Config/**]
When=install
App=modify
Why=the installer writes the settings

[web.config]
When=install
App=write
Why=the installer writes the settings
