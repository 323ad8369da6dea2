# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=TYPO3 (Composer)
Source=https://docs.typo3.org/m/typo3/reference-coreapi/main/en-us/Security/GuidelinesAdministrators/FileDirectoryPermissions.html
First=behind;common
Last=kept

[Match]
All=public/index.php;vendor/typo3/;config/;composer.json~/"typo3\/cms-core"/
Docroot=public

[public/**]
Server=read
Why=the document root

[config/system/{settings,additional}.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password and the encryption key

[{public/fileadmin,public/typo3temp}/**]
App=modify
Code=no
Why=uploads, and assets that are made on demand

[public/fileadmin/**/*.{php,phtml,phar}]
App=read
Code=yes
Why=uploads are not code

[var/**]
App=modify
Code=no
Why=cache, logs, sessions

[config/sites/**]
When=feature:sites-backend
App=modify
Why=site settings changed in the back end

[config/system/settings.php]
When=feature:settings-backend
App=write
Why=settings changed in the back end

[{config,vendor,public/_assets}/**]
Code=yes
