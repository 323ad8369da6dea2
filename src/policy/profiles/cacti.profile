# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Cacti
Source=https://docs.cacti.net/Install-Under-CentOS_LAMP.md; lib/installer.php (writable paths)
First=common
Last=kept

[Match]
All=include/cacti_version;include/global.php;graph_view.php;poller.php

[include/config.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[log/**]
App=modify
Code=no
Server=none
Why=logs

[rra/**]
App=modify
Code=no
Server=none
Why=what is measured

[cache/{boost,mibcache,realtime,spikekill}/**]
App=modify
Code=no
Why=what is cached

[{resource/snmp_index,resource/snmp_queries,resource/script_server,resource/script_queries,scripts}/**]
When=install
App=modify
Why=templates are imported here

[cacti.sql]
App=read
World=read
Why=the installer reads it
