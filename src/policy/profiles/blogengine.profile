# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=BlogEngine.NET
Source=https://github.com/BlogEngine/BlogEngine.NET; setup/Mono/ReadMe.txt
First=common
Last=kept

[Match]
All=App_Data/blogs.xml;App_Data/settings.xml;App_Data/posts/
Before=aspnet

[App_Data/**]
App=modify
Code=no
Server=none
Why=posts, pages, uploads, settings, accounts

[Custom/**]
When=update
App=modify
Why=themes and extensions installed from the administration

[App_Data/{users,settings}.xml]
Server=none
World=none
Why=password hashes and the mail password
