# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A site that no other profile knows. See errno13-profile(5).

[Profile]
Name=Web site
Source=https://httpd.apache.org/docs/2.4/howto/cgi.html (File permissions), and the classic advice for Errno 13

[**]
App=read
Why=the server serves it or the site's code reads it

[**/]
Holding=*.py;*.cgi;*.fcgi;*.wsgi;*.pl;*.rb;*.php;*.asp;*.aspx
App=modify
Why=scripts write beside themselves: the classic cure for Errno 13

[**/*.{txt,csv,tsv,dat,log,json,xml,db,db3,sqlite,sqlite3,pickle,pkl,shelve}]
Beside=*.py;*.cgi;*.fcgi;*.wsgi;*.pl;*.rb;*.php;*.asp;*.aspx
App=write
Why=data beside a script is what the script writes

[**/*.{py,pyc,cgi,fcgi,wsgi,pl,pm,rb,php,phtml,asp,aspx,sh}]
Code=yes

[**/*.{cgi,fcgi}]
Script=run
Why=the server executes CGI scripts

[**/cgi-bin/**]
Script=run
Why=the server executes CGI scripts

# What looks like data, but is written by people.

[**/{requirements*,constraints*,robots,humans,ads,security,LICENSE*,README*,CHANGELOG*,INSTALL*,CMakeLists}.txt]
App=read
Code=yes
Why=part of the site's source

[**/{package,package-lock,composer,tsconfig,jsconfig,manifest,appsettings*}.json]
App=read
Code=yes
Why=part of the site's source

[**/{sitemap*,crossdomain,browserconfig,pom,phpunit*}.xml]
App=read
Why=part of the site's source

# What a package manager put there is replaced by it, not written by the site.

[**/{node_modules,bower_components,vendor,site-packages,dist-packages,venv,.venv,virtualenv}/**]
App=read
Script=read
Why=installed packages are read, never written

# Configuration that the server itself reads.

[**/{.htaccess,web.config,.user.ini}]
App=read
Server=read
Code=yes
Why=the server refuses the whole directory where it cannot read this

[**/.ht{passwd,digest,group}]
App=none
Server=read
World=none
Why=the server checks passwords against it

# Secrets. Databases keep what the sections above give the application.

[**/*.{db,db3,sqlite,sqlite3}{,-journal,-wal,-shm}]
Server=none
World=none
Why=a database, read and written by the application only

[**/{.env,.env.*,.flaskenv}]
App=read
Server=none
World=none
Why=holds passwords for the application

[**/.env.{example,dist,sample,template}]
Server=read
World=read
Why=an example without passwords

[**/*.{sql,sql.gz,sql.bz2,sql.xz,sql.zip,dump,bak,old,orig,swp}]
App=none
World=none
Why=a dump or a backup copy, which the site does not need

[**/*~]
App=none
World=none
Why=a backup copy, which the site does not need

[**/{wp-config,settings,config,configuration}.php.*]
App=none
World=none
Why=a copy of a configuration file, served as text

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

[**/.{git,svn,hg,bzr}/**]
App=none
Code=yes
Why=version control, which the site does not need
