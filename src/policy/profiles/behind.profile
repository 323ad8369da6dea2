# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=What lies behind a document root
Source=https://symfony.com/doc/current/setup/web_server_configuration.html

[**]
Server=none
Why=only the document root is served

[**/]
Server=traverse
Why=the document root lies below
