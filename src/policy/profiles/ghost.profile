# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Ghost
Source=https://ghost.org/docs/ghost-cli/; lib/commands/doctor/checks of TryGhost/Ghost-CLI
First=common
Last=kept

[Match]
All=current;versions/;content/themes/;config.production.json
Before=node-express

[config.production.json]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[content/**]
App=modify
Code=no
MovedBy=config.production.json~/"contentPath"\s*:\s*"([^"]+)"/
Why=pictures, themes, settings, logs
