# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=What all sites have
Source=https://httpd.apache.org/docs/2.4/misc/security_tips.html, and what the frameworks' own .gitignore files keep out

[**/{.env,.env.*,.flaskenv}]
App=read
Server=none
World=none
Code=yes
Why=holds passwords for the application

[**]
App=read
Why=code and assets are read; only the site's owner writes them

[**/*.{php,inc,phtml,phar,module,py,pyc,rb,pl,pm,cgi,fcgi,asp,aspx,ascx,ashx,asax,cshtml,dll}]
Code=yes

[**/{.htaccess,web.config,.user.ini}]
App=read
Code=yes
Server=read
Why=the server refuses the whole directory where it cannot read this

[**/.ht{passwd,digest,group}]
App=none
Server=read
World=none
Why=the server checks passwords against it

[**/*.{sqlite,sqlite3,db}{,-journal,-wal,-shm}]
Server=none
World=none
Why=a database, read and written by the application only

[**/.env.{example,dist,sample,template,testing}]
Server=read
World=read
Why=an example without passwords

[**/*.{bak,old,orig,swp}]
App=none
World=none
Why=a backup copy, which the site does not need

[**/*~]
App=none
World=none
Why=a backup copy, which the site does not need

[*.{sql,sql.gz,sql.bz2,sql.xz,sql.zip,dump}]
App=none
World=none
Why=a dump, which the site does not need

[**/{wp-config,settings,config,configuration,config.inc}.php.*]
App=none
World=none
Why=a copy of a configuration file, served as text

[**/*.php.{dist,sample,example,default}*]
App=read
World=read
Why=an example without passwords

[**/*.{key,pem,pfx,p12,jks,kdbx}]
App=none
World=none
Why=key material

[**/{cacert,ca-bundle,ca-certificates}.pem]
App=read
World=read
Why=certificates of public authorities, which the site's code checks others by

[**/id_{rsa,dsa,ecdsa,ed25519}*]
App=none
World=none
Why=key material

[**/.{ssh,gnupg}/**]
App=none
World=none
Why=key material

[**/{vendor,node_modules,bower_components,site-packages,dist-packages}/**]
App=read
World=read
Why=installed packages are read, never written
