# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Python CGI
Source=https://httpd.apache.org/docs/2.4/howto/cgi.html (File permissions); https://learn.microsoft.com/iis/get-started/planning-for-security/secure-content-in-iis-through-file-system-acls

[Match]
Any=cgi-bin/*.py;cgi-bin/*~/\A#!.*python/;**/*.cgi~/\A#!.*python/;.htaccess~/\b(ExecCGI|cgi-script)\b/i;web.config~/scriptProcessor="[^"]*python/i
Before=apache-cgi
Nested=no

[**]
App=read
Why=the server serves it or a script reads it

[**/]
Holding=*.py;*.cgi;*.pl
App=modify
Why=scripts write beside themselves: the classic cure for Errno 13

[**/data/**]
App=modify
Why=the scripts' data

[**/*.{txt,csv,tsv,dat,log,json,xml,db,db3,sqlite,sqlite3,pickle,pkl,shelve}]
Beside=*.py;*.cgi;*.pl
App=write
Why=data beside a script is what the script writes

[**/*.{py,pyc,cgi,pl}]
App=read
Code=yes
Script=run
Why=the server executes CGI scripts

[**/cgi-bin/**]
Script=run

[**/{requirements*,constraints*,robots,LICENSE*,README*}.txt]
App=read
Code=yes
Why=part of the site's source

[**/{node_modules,vendor,site-packages,dist-packages,venv,.venv}/**]
App=read
Script=read
Why=installed packages are read, never written

[**/{.htaccess,web.config}]
App=read
Server=read
Code=yes
Why=the server refuses the whole directory where it cannot read this

[**/.ht{passwd,digest,group}]
App=none
Server=read
World=none
Why=the server checks passwords against it

[**/*.{db,db3,sqlite,sqlite3}{,-journal,-wal,-shm}]
Server=none
World=none
Why=a database, read and written by the scripts only

[**/{.env,.env.*}]
App=read
Server=none
World=none
Why=holds passwords for the scripts

[**/.env.{example,dist,sample,template}]
Server=read
World=read
Why=an example without passwords

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

[**/.{ssh,gnupg}/**]
App=none
World=none
Why=key material

[**/.{git,svn,hg,bzr}/**]
App=none
Code=yes
Why=version control, which the site does not need
