# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=DokuWiki
Source=https://www.dokuwiki.org/install:permissions; install.php, inc/init.php
First=common
Last=kept

[Match]
All=doku.php;inc/init.php;conf/dokuwiki.php;lib/exe/

[data/**]
App=modify
Code=no
MovedBy=conf/local.php~/^\s*\$conf\['savedir'\]\s*=\s*['"]([^'"]+)['"]/m
Server=none
World=none
Why=pages, media, their history, what is cached

[conf/**]
App=modify
Code=no
Server=none
Why=settings, accounts and rights are written back

[conf/{dokuwiki,*.default,*.dist,*.conf}]
App=read
Code=yes
Why=part of the program

[conf/dokuwiki.php]
App=read
Code=yes
Why=part of the program

[lib/{plugins,tpl}/**]
When=update
App=modify
Why=extensions installed from the extension manager

[{bin,inc,vendor}/**]
Code=yes

[conf/{users.auth.php,local.php,acl.auth.php}]
Server=none
World=none
Why=accounts, rights and settings
