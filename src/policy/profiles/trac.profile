# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Trac environment
Source=https://trac.edgewall.org/wiki/TracEnvironment; trac/db/sqlite_backend.py
First=common
Last=kept

[Match]
All=VERSION~/^Trac Environment Version/;conf/trac.ini

[**]
App=modify
Code=no
Server=none
Why=Trac writes its environment, conf/trac.ini included

[db/**]
App=modify
Code=no
World=none
Why=the database, and its journal beside it

[htdocs/**]
Server=read
Why=served at chrome/site

[conf/trac.ini]
Server=none
World=none
Why=may hold the database password

[cgi-bin/*]
App=read
Code=yes
Script=run
Why=started by the server
