# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Django
Source=https://docs.djangoproject.com/en/stable/howto/deployment/checklist/
First=common
Last=kept

[Match]
All=manage.py~/DJANGO_SETTINGS_MODULE/
Any=*/settings.py~/INSTALLED_APPS/;*/settings/base.py;config/settings*.py

[{settings,local_settings,*/settings,*/local_settings,*/settings/*}.py]
App=read
Server=none
World=none
Code=yes
Why=holds SECRET_KEY and the database password

[**/]
App=modify
Code=no
Holding=db.sqlite3
Why=SQLite makes its journal in the database's directory

[**/db.sqlite3{,-journal,-wal,-shm}]
Server=none
World=none
App=modify
Why=the database

[{media,mediafiles}/**]
App=modify
Code=no
Why=MEDIA_ROOT, by the names that are common

[media/**]
App=modify
Code=no
If=*/settings.py~/^\s*MEDIA_ROOT\s*=/m;*/settings/base.py~/^\s*MEDIA_ROOT\s*=/m
MovedBy=*/settings.py~/^\s*MEDIA_ROOT\s*=\s*(?:BASE_DIR\s*\/\s*|os\.path\.join\(\s*BASE_DIR\s*,\s*)?r?["']([^"']+)["']/m;*/settings/base.py~/^\s*MEDIA_ROOT\s*=\s*(?:BASE_DIR\s*\/\s*|os\.path\.join\(\s*BASE_DIR\s*,\s*)?r?["']([^"']+)["']/m
Why=MEDIA_ROOT: uploads land here

[{media,mediafiles}/**/*.{py,php,cgi}]
Code=yes
Why=uploads are not code

[{static,staticfiles}/**]
When=update
App=modify
Why=STATIC_ROOT: filled by collectstatic when the site is deployed
