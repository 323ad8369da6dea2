# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Shaarli
Source=https://shaarli.readthedocs.io/en/master/Installation/; application/helper/ApplicationUtils.php
First=common
Last=kept

[Match]
All=shaarli_version.php;application/;tpl/;index.php~/shaarli/i

[{cache,data,pagecache,tmp}/**]
App=modify
Code=no
Server=none
Why=bookmarks, settings, what is cached

[data/**]
Server=none
World=none
Why=bookmarks, settings, password hashes
