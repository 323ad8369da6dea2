# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Craft CMS
Source=https://craftcms.com/docs/5.x/requirements.html (File Permissions)
First=behind;common
Last=kept

[Match]
All=craft;config/general.php;composer.json~/"craftcms\/cms"/
Docroot=web;public_html;html

[web/**]
Server=read
Why=the document root

[public_html/**]
Server=read
Why=the document root

[html/**]
Server=read
Why=the document root

[storage/**]
App=modify
Code=no
MovedBy=.env~/^CRAFT_STORAGE_PATH=["']?([^"'\s#]+)/m
Why=at all times: logs, sessions, compiled templates

[web/cpresources/**]
App=modify
Code=no
Why=at all times: resources of the control panel

[web/{uploads,assets}/**]
App=modify
Code=no
Why=files of the asset volumes, by convention

[config/license.key]
App=write
Code=no
Why=at all times: the licence is renewed

[config/project/**]
When=feature:allow-admin-changes
App=modify
Why=the project configuration is written back

[{.env,composer.json,composer.lock}]
When=update
App=write
Why=updates from the control panel

[vendor/**]
When=update
App=modify
Why=updates from the control panel
