# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Wagtail
Source=https://docs.wagtail.org/en/stable/deployment/under_the_hood.html
First=common
Last=kept

[Match]
All=manage.py~/DJANGO_SETTINGS_MODULE/
Any=requirements.txt~/^wagtail\b/im;*/settings/base.py~/["']wagtail(\.[a-z_]+)?["']/;*/settings.py~/["']wagtail(\.[a-z_]+)?["']/;pyproject.toml~/["']wagtail\b/
Before=django

[{*/settings,*/settings/*}.py]
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

[media/**]
App=modify
Code=no
If=*/settings/base.py~/^\s*MEDIA_ROOT\s*=/m
MovedBy=*/settings/base.py~/^\s*MEDIA_ROOT\s*=\s*(?:BASE_DIR\s*\/\s*|os\.path\.join\(\s*BASE_DIR\s*,\s*)?r?["']([^"']+)["']/m
Why=MEDIA_ROOT: pictures and documents land here

[media/{documents,original_images}/**]
Server=none
Why=served through a view, which asks who may

[static/**]
When=update
App=modify
Why=STATIC_ROOT: filled by collectstatic when the site is deployed
