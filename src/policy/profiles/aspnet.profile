# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=ASP.NET
Source=https://learn.microsoft.com/iis/get-started/planning-for-security/secure-content-in-iis-through-file-system-acls
First=common
Last=kept

[Match]
All=web.config~/<system\.web/i
Any=Global.asax;bin/*.dll;*.aspx
Nested=no

[{App_Data,Uploads,Content/uploads}/**]
App=modify
Code=no
Why=data files, databases, logs; uploads, by convention

[{App_Data,app_data}/**]
Server=none
Why=not served

[bin/**]
Code=yes
