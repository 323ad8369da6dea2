# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=What no application writes
Source=https://httpd.apache.org/docs/2.4/misc/security_tips.html; https://www.drupal.org/SA-CORE-2013-003

[**/*/{.htaccess,web.config,.user.ini}]
App=read
Code=yes
Server=read
Why=the server refuses the whole directory where it cannot read this, and runs what it says

[**/.{git,svn,hg,bzr}/**]
App=none
Code=yes
Why=version control, which the site does not need
