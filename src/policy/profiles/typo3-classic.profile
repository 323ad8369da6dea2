# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=TYPO3 (classic)
Source=https://docs.typo3.org/m/typo3/reference-coreapi/main/en-us/Security/GuidelinesAdministrators/FileDirectoryPermissions.html
First=common
Last=kept

[Match]
All=typo3/sysext/core/composer.json;typo3conf/;index.php

[typo3conf/{system/settings,LocalConfiguration,AdditionalConfiguration}.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password and the encryption key

[{fileadmin,typo3temp}/**]
App=modify
Code=no
Why=uploads, cache, locks, assets

[fileadmin/**/*.{php,phtml,phar}]
App=read
Code=yes
Why=uploads are not code

[typo3conf/{ext,autoload,l10n}/**]
When=update
App=modify
Why=extensions and language packs installed from the back end

[typo3conf/PackageStates.php]
When=update
App=write
Why=extensions installed from the back end

[typo3conf/sites/**]
When=feature:sites-backend
App=modify
Why=site settings changed in the back end

[typo3conf/system/**]
When=feature:settings-backend
App=modify
Why=settings changed in the back end

[{typo3,vendor}/**]
Code=yes
