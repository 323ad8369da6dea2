# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Django
Source=https://docs.djangoproject.com/en/stable/howto/deployment/checklist/

[Match]
All=manage.py~/DJANGO_SETTINGS_MODULE/
Any=*/settings.py~/INSTALLED_APPS/;*/settings/base.py;config/settings*.py

[**]
App=read
Why=the code, templates and static files are read

[**/*.{py,pyc}]
Code=yes

# SQLite keeps its journal beside the database: the directory is written too, even where it holds code.

[**/]
Holding=db.sqlite3
App=modify
Why=SQLite makes its journal in the database's directory

[**/db.sqlite3{,-journal,-wal,-shm}]
App=modify
Server=none
World=none
Why=the database

[{media,mediafiles}/**]
App=modify
Why=MEDIA_ROOT: uploads land here

[{static,staticfiles}/**]
App=read
Why=STATIC_ROOT: filled by collectstatic when the site is deployed

[{settings,local_settings,*/settings,*/local_settings,*/settings/*}.py]
App=read
Server=none
World=none
Code=yes
Why=holds SECRET_KEY and the database password

[**/{.env,.env.*}]
App=read
Server=none
World=none
Why=holds passwords for the application

[**/.env.{example,dist,sample,template}]
Server=read
World=read
Why=an example without passwords

[**/{.htaccess,web.config}]
App=read
Server=read
Code=yes
Why=the server refuses the whole directory where it cannot read this

[**/*.{sql,sql.gz,dump,bak,old,orig,swp,key,pem,pfx,p12}]
App=none
World=none
Why=key material, a dump or a backup copy, which the site does not need

[**/{cacert,ca-bundle,ca-certificates}.pem]
App=read
World=read
Why=certificates of public authorities, which the site's code checks others by

[**/*~]
App=none
World=none
Why=a backup copy, which the site does not need

[**/.{git,svn,hg,bzr}/**]
App=none
Code=yes
Why=version control, which the site does not need
