# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Kirby
Source=https://getkirby.com/docs/guide/security; src/Cms/System.php
First=common
Last=kept

[Match]
All=index.php~/new Kirby|Kirby\\Cms\\App/;content/;site/
Any=kirby/bootstrap.php;vendor/getkirby/cms/

[{content,media}/**]
App=modify
Code=no
Why=pages edited in the panel, and their resized pictures

[{content,media}/**/*.{php,phtml,phar}]
App=read
Code=yes
Why=content is not code

[site/{accounts,sessions,cache}/**]
App=modify
Code=no
Server=none
Why=accounts, sessions, and what is cached

[site/config/]
When=feature:license
App=write
Why=the licence is saved here once

[{kirby,site/templates,site/plugins}/**]
Code=yes

[site/{accounts,sessions,config}/**]
Server=none
World=none
Why=accounts, sessions and the licence
