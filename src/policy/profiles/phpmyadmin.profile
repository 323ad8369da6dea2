# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=phpMyAdmin
Source=https://docs.phpmyadmin.net/en/latest/setup.html; libraries/classes/Config.php
First=common
Last=kept

[Match]
All=config.sample.inc.php;libraries/;index.php
Any=libraries/classes/Config.php;src/Config.php

[config.inc.php]
App=read
Server=none
World=none
Code=yes
Why=holds passwords; phpMyAdmin does not start where all can write it

[tmp/**]
App=modify
Code=no
MovedBy=config.inc.php~/^\s*\$cfg\['TempDir'\]\s*=\s*(?:(?:__DIR__|ROOT_PATH)\s*\.\s*)?['"]([^'"]+)['"]/m;libraries/vendor_config.php~/^\s*(?:define\('TEMP_DIR',|'tempDir'\s*=>)\s*'([^']+)'/m
Server=none
Why=compiled templates

[upload/**]
When=feature:server-files
App=read
MovedBy=config.inc.php~/^\s*\$cfg\['UploadDir'\]\s*=\s*['"]([^'"]+)['"]/m
Why=files to import

[save/**]
When=feature:server-files
App=modify
MovedBy=config.inc.php~/^\s*\$cfg\['SaveDir'\]\s*=\s*['"]([^'"]+)['"]/m
If=config.inc.php~/^\s*\$cfg\['SaveDir'\]\s*=\s*['"][^'"]/m
Why=exports that are kept here
