# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Tiny Tiny RSS
Source=https://tt-rss.org/wiki/InstallationNotes; include/sanity_check.php
First=common
Last=kept

[Match]
All=backend.php;opml.php;plugins/auth_internal/;js/FeedTree.js

[config.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password

[{cache,feed-icons,lock}/**]
App=modify
Code=no
Server=read
Why=feeds, pictures and icons that are kept

[lock/**]
Server=none
Why=not served

[cache/{export,starred-images,upload,simplepie}/**]
Server=none
Why=served by the application, or not at all
