# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Classic ASP with Access
Source=https://learn.microsoft.com/iis/application-frameworks/running-classic-asp-applications-on-iis-7-and-iis-8/using-classic-asp-with-microsoft-access-databases-on-iis
First=common
Last=kept

[Match]
All=**/*.asp;**/*.{mdb,accdb}
Nested=no

[**/]
App=modify
Code=no
Holding=*.mdb;*.accdb
Why=JET makes its lock file beside the database

[**/*.{mdb,accdb,ldb,laccdb}]
Server=none
World=none
App=modify
Why=the database

[**/*.asp]
Code=yes
