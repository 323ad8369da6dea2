# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=phpBB
Source=https://www.phpbb.com/support/docs/en/3.3/ug/quickstart/installation/; phpbb/install/module/requirements/task/check_filesystem.php
First=common
Last=kept

[Match]
All=includes/constants.php~/PHPBB_VERSION/;viewtopic.php;ucp.php;mcp.php

[config.php*]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[{cache,store,files}/**]
App=modify
Code=no
Why=what is cached, kept and attached

[{files,store}/**]
Server=none
Why=served by the board, which asks who may

[images/avatars/upload/**]
App=modify
Code=no
Why=avatars

[config.php]
When=install
App=write
Why=the installer writes the settings

[{ext,vendor-ext}/**]
When=update
App=modify
Why=extensions installed from the catalog

[composer-ext.{json,lock}]
When=update
App=write
Why=extensions installed from the catalog
