# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Grav
Source=https://learn.getgrav.org/troubleshooting/permissions
First=common
Last=kept

[Match]
All=system/defines.php~/GRAV_VERSION/;bin/grav;user/config/

[{cache,logs,images,assets,tmp,backup}/**]
App=modify
Code=no
Why=what is cached, logged, resized and backed up

[{cache,logs,tmp,backup}/**]
Server=none
Why=not served

[user/{data,uploads}/**]
App=modify
Code=no
Why=what forms save

[user/{accounts,config,pages}/**]
When=feature:admin-plugin
App=modify
Why=written by the admin plugin

[{user/plugins,user/themes,system,vendor,bin}/**]
When=update
App=modify
Why=updates from the admin plugin

[user/accounts/*.yaml]
Server=none
World=none
Why=password hashes

[user/config/security.yaml]
Server=none
World=none
Why=holds the salt

[backup/*.zip]
Server=none
World=none
Why=a copy of all of it
