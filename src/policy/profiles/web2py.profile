# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=web2py
Source=http://web2py.com/books/default/chapter/29/13/deployment-recipes; gluon/fileutils.py
First=common
Last=kept

[Match]
All=web2py.py;gluon/main.py;applications/

[parameters_*.py]
App=read
Server=none
World=none
Code=yes
Why=holds the administrator's password

[applications/*/{databases,cache,errors,sessions,private,uploads}/**]
App=modify
Code=no
Why=written by the application at run time

[applications/*/{databases,errors,sessions,private}/**]
Server=none
World=none
Why=databases, tickets and sessions

[applications/*/]
App=write
Code=no
Why=missing folders are made for each request

[applications/*/languages/**]
When=feature:t-autowrite
App=modify
Why=new phrases are added to the language files

[applications/**]
When=feature:admin-app
App=modify
Why=applications are edited in the browser

[{deposit,logs}/**]
App=modify
Code=no
Why=made when web2py starts

[handlers/cgihandler.py]
App=read
Script=run
Why=started by the server
