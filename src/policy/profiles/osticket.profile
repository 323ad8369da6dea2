# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=osTicket
Source=https://docs.osticket.com/en/latest/Getting%20Started/Installation.html; scp/admin.inc.php
First=common
Last=kept

[Match]
All=bootstrap.php~/THIS_VERSION/;scp/;include/class.config.php

[include/ost-config.php*]
App=read
Server=none
World=none
Code=yes
Why=holds the database password; osTicket warns where it can be written

[include/ost-config.php]
When=install
App=write
Why=the installer writes the settings
