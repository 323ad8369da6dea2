# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Symfony
Source=https://symfony.com/doc/current/setup/file_permissions.html
First=behind;common
Last=kept

[Match]
All=bin/console;config/bundles.php;src/Kernel.php;composer.json~/"symfony\/framework-bundle"/
Docroot=public

[public/**]
Server=read
Why=the document root

[config/secrets/prod/prod.decrypt.private.php]
App=read
Server=none
World=none
Code=yes
Why=decrypts the secrets

[config/jwt/*.pem]
App=read
Server=none
World=none
Code=yes
Why=signs tokens

[var/log/**]
App=modify
Code=no
MovedBy=.env~/^APP_LOG_DIR=["']?([^"'\s#]+)/m;.env.local~/^APP_LOG_DIR=["']?([^"'\s#]+)/m
Why=logs

[var/cache/**]
App=modify
Code=no
MovedBy=.env~/^APP_CACHE_DIR=["']?([^"'\s#]+)/m;.env.local~/^APP_CACHE_DIR=["']?([^"'\s#]+)/m
Why=what the kernel compiles and caches

[var/{sessions,share}/**]
App=modify
Code=no
Why=sessions kept as files

[public/{uploads,upload}/**]
App=modify
Code=no
Why=uploads, by convention

[{src,config,vendor}/**]
Code=yes
