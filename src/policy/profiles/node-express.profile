# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Express
Source=https://expressjs.com/en/advanced/best-practice-security.html (Express itself writes nothing: a convention)
First=common
Last=kept

[Match]
All=package.json~/"express"\s*:/
Any=app.js;server.js;index.js;bin/www
Nested=no

[{uploads,public/uploads,logs,tmp,data}/**]
App=modify
Code=no
Why=written by convention

[config/*.json]
Server=none
World=none
Why=may hold passwords

[**/*.{js,mjs,cjs,ts}]
Code=yes
