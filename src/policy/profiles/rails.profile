# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Ruby on Rails
Source=https://guides.rubyonrails.org/configuring.html; railties/lib/rails/application/bootstrap.rb
First=behind;common
Last=kept

[Match]
All=config/application.rb;config/environment.rb;bin/rails;Gemfile~/gem ['"]rails['"]/
Docroot=public

[public/**]
Server=read
Why=the document root

[{config/master.key,config/credentials/*.key}]
App=read
Server=none
World=none
Code=yes
Why=decrypts the credentials

[config/database.yml]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[tmp/**]
App=modify
Code=no
Why=cache, sockets, uploads on their way

[log/**]
App=modify
Code=no
Why=logs

[{storage,shared/storage}/**]
App=modify
Code=no
Why=uploads and, since Rails 7.1, SQLite databases

[public/{uploads,system}/**]
App=modify
Code=no
Why=uploads, by convention

[public/{assets,packs}/**]
When=update
App=modify
Why=filled by assets:precompile when the site is deployed

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
