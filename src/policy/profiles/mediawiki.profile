# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=MediaWiki
Source=https://www.mediawiki.org/wiki/Manual:Security; docs/distributors.txt
First=common
Last=kept

[Match]
All=includes/Defines.php~/MW_VERSION/;api.php;load.php;maintenance/update.php

[LocalSettings.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[images/**]
App=modify
Code=no
If=LocalSettings.php~/^\s*\$wgEnableUploads\s*=\s*true/mi
MovedBy=LocalSettings.php~/^\s*\$wgUploadDirectory\s*=\s*(?:['"]\$IP(?<here>\/[^'"]+)|['"]([^'"$]+))['"]/m
Why=uploads land here

[cache/**]
App=modify
Code=no
If=LocalSettings.php~/^\s*\$wg(CacheDirectory|UseFileCache)\s*=/m
MovedBy=LocalSettings.php~/^\s*\$wgCacheDirectory\s*=\s*(?:['"]\$IP(?<here>\/[^'"]+)|['"]([^'"$]+))['"]/m
Why=interface texts and pages that are cached

[images/README]
App=read
Code=yes
Why=part of the program

[**/]
App=modify
Code=no
Holding=*.sqlite
Why=SQLite makes its journal in the database's directory

[**/*.sqlite{,-journal,-wal,-shm}]
Server=none
World=none
App=modify
Why=the database

[extensions/SyntaxHighlight_GeSHi/pygments/pygmentize]
App=read
Script=run
Why=started to colour code
