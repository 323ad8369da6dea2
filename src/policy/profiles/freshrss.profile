# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=FreshRSS
Source=https://freshrss.github.io/FreshRSS/en/admins/03_Installation.html; cli/access-permissions.sh
First=behind;common
Last=kept

[Match]
All=constants.php~/FRESHRSS_VERSION/;p/i/;cli/access-permissions.sh
Docroot=p

[p/**]
Server=read
Why=the document root

[data/**]
App=modify
Code=no
Why=settings, accounts, what is cached

[data/config.php]
Server=none
World=none
Why=holds the salt and the database password

[data/users/*/config.php]
Server=none
World=none
Why=password hashes

[extensions/**]
When=update
App=modify
Why=extensions
