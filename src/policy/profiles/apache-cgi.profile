# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=CGI scripts
Source=https://httpd.apache.org/docs/2.4/howto/cgi.html (File permissions); https://httpd.apache.org/docs/2.4/suexec.html
First=generic

[Match]
Any=cgi-bin/*~/\A#!/;**/*.cgi~/\A#!/
Nested=no

[**/*.pl]
Script=run
Why=the server executes CGI scripts
