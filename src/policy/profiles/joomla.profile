# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Joomla
Source=https://docs.joomla.org/Security_Checklist; administrator/components/com_admin/src/Model/SysinfoModel.php
First=common
Last=kept

[Match]
All=libraries/src/Version.php;administrator/components/com_admin/;includes/defines.php

[configuration.php*]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[images/**]
App=modify
Code=no
Why=media uploads land here

[images/**/*.{php,phtml,phar}]
App=read
Code=yes
Why=uploads are not code

[tmp/**]
App=modify
Code=no
MovedBy=configuration.php~/^\s*public\s+\$tmp_path\s*=\s*'([^']+)'/m
Why=temporary files

[administrator/logs/**]
App=modify
Code=no
MovedBy=configuration.php~/^\s*public\s+\$log_path\s*=\s*'([^']+)'/m
Server=none
Why=logs

[administrator/cache/**]
App=modify
Code=no
MovedBy=configuration.php~/^\s*public\s+\$cache_path\s*=\s*'([^']+)'/m
Why=what is cached

[{cache,media/cache}/**]
App=modify
Code=no
Why=what is cached

[{administrator/{components,language,manifests,modules,templates},components,language,libraries,media,modules,plugins,templates}/**]
When=update
App=modify
Why=extensions and updates installed from the back end

[configuration.php]
When=feature:global-config
App=write
Why=settings changed in the back end
