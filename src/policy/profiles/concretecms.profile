# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Concrete CMS
Source=https://documentation.concretecms.org/developers/introduction/system-requirements; concrete/src/Install/Preconditions/WritableDirectories.php
First=common
Last=kept

[Match]
All=concrete/dispatcher.php;concrete/config/concrete.php~/'version'/;application/

[application/files/**]
App=modify
Code=no
Why=uploads and what is cached

[application/files/**/*.{php,phtml,phar}]
Code=yes
Why=uploads are not code

[application/config/**]
App=modify
Code=no
Why=settings are saved here as PHP files

[packages/]
When=update
App=modify
Why=packages installed from the dashboard

[{updates,application/languages}/**]
When=update
App=modify
Why=updates from the dashboard

[application/config/**/database.php]
Server=none
World=none
Why=holds the database password
