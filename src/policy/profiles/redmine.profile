# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Redmine
Source=https://www.redmine.org/projects/redmine/wiki/RedmineInstall (Step 8)
First=behind;common
Last=kept

[Match]
All=lib/redmine/version.rb;config/environment.rb;extra/mail_handler/
Before=rails
Docroot=public

[public/**]
Server=read
Why=the document root

[config/{database.yml,configuration.yml,secrets.yml,initializers/secret_token.rb}]
App=read
Server=none
World=none
Code=yes
Why=holds passwords and the session key

[files/**]
App=modify
Code=no
MovedBy=config/configuration.yml~/^\s*attachments_storage_path:\s*["']?([^"'\s#]+)/m
Why=attachments

[log/**]
App=modify
Code=no
Why=logs

[tmp/**]
App=modify
Code=no
Why=cache, thumbnails, documents

[public/{assets,plugin_assets}/**]
App=modify
Code=no
Why=assets, made and copied when Redmine starts

[db/]
App=modify
Code=no
Holding=*.sqlite3
Why=SQLite makes its journal in the database's directory

[**/*.sqlite3{,-journal,-wal,-shm}]
Server=none
World=none
App=modify
Why=the database
