# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=SimpleSAMLphp
Source=https://simplesamlphp.org/docs/stable/simplesamlphp-install.html
First=behind;common
Last=kept

[Match]
All=modules/core/;modules/saml/;schemas/
Any=lib/SimpleSAML/;src/SimpleSAML/
Docroot=www;public

[www/**]
Server=read
Why=the document root

[public/**]
Server=read
Why=the document root

[config/**]
App=read
Server=none
World=none
Code=yes
Why=holds the administrator's password and the salt

[cert/**]
App=read
Server=none
World=none
Code=yes
Why=signs what is said of users

[{log,data,cache}/**]
App=modify
Code=no
Why=logs, the SQLite store, what is cached

[metadata/**]
Server=none
Code=yes
Why=who is trusted
