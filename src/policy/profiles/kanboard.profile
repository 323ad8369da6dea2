# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Kanboard
Source=https://docs.kanboard.org/v1/admin/installation/; app/check_setup.php
First=common
Last=kept

[Match]
All=app/check_setup.php;jsonrpc.php;config.default.php;cli

[config.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[data/**]
App=modify
Code=no
MovedBy=config.php~/^\s*define\(\s*['"]DATA_DIR['"]\s*,\s*(?:__DIR__\s*\.\s*(?:DIRECTORY_SEPARATOR\s*\.\s*)?['"](?<here>[^'"]+)|['"]([^'"]+))['"]/m
Server=none
Why=the SQLite database, uploads, what is cached

[plugins/]
When=feature:plugin-installer
App=modify
Why=plugins installed from the interface

[data/db.sqlite]
Server=none
World=none
Why=the database
