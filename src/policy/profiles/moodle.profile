# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Moodle
Source=https://docs.moodle.org/en/Installing_Moodle; config-dist.php, lib/setup.php
First=common
Last=kept

[Match]
All=config-dist.php
Any=lib/moodlelib.php;public/lib/moodlelib.php

[config.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[moodledata/**]
App=modify
Code=no
MovedBy=config.php~/^\s*\$CFG->dataroot\s*=\s*(?:(?:__DIR__|dirname\(\s*__FILE__\s*\))\s*\.\s*['"](?<here>[^'"]+)|['"]([^'"]+))['"]/m
If=config.php~/^\s*\$CFG->dataroot\s*=/m
Server=none
World=none
Why=what users upload and what is cached

[{mod,blocks,theme,local}/**]
When=update
App=modify
Why=plugins installed from the web
