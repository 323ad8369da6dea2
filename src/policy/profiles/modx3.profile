# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=MODX Revolution 3
Source=https://docs.modx.com/3.x/en/getting-started/installation; setup/includes/test/modinstalltest.class.php
First=common
Last=kept

[Match]
All=index.php~/MODX_CORE_PATH/;core/docs/version.inc.php;manager/;connectors/

[{core/config/config.inc.php,config.core.php}]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[core/{cache,export,packages}/**]
App=modify
Code=no
Why=what is cached, exported and unpacked

[core/**]
Server=none
Why=not served

[core/config/config.inc.php]
When=install
App=write
Why=the installer writes the settings

[{assets,core/components}/**]
When=update
App=modify
Why=packages installed from the manager
