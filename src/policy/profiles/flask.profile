# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Flask
Source=https://flask.palletsprojects.com/en/stable/config/#instance-folders
First=common
Last=kept

[Match]
All=*.{txt,toml}~/^\s*["']?flask\b/im
Any=app.py~/Flask\(__name__/;wsgi.py~/create_app|Flask/;*/__init__.py~/Flask\(__name__/
Nested=no

[{instance,static/uploads,uploads}/**]
App=modify
Code=no
Why=what changes at run time: databases, uploads, settings

[{instance,instances}/**]
Server=none
Why=not served

[instance/{config.py,application.cfg}]
App=read
Server=none
World=none
Code=yes
Why=holds the secrets of this deployment

[**/]
App=modify
Code=no
Holding=*.sqlite;*.sqlite3;*.db
Why=SQLite makes its journal in the database's directory

[**/*.{sqlite,sqlite3,db}{,-journal,-wal,-shm}]
Server=none
World=none
App=modify
Why=the database
