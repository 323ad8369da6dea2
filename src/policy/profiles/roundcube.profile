# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Roundcube
Source=https://github.com/roundcube/roundcubemail/blob/master/INSTALL.md
First=common
Last=kept

[Match]
All=program/include/iniset.php~/RCMAIL_VERSION/;config/defaults.inc.php;program/lib/

[config/config.inc.php]
App=read
Server=none
World=none
Code=yes
Why=holds the database password and the session key

[temp/**]
App=modify
Code=no
MovedBy=config/config.inc.php~/^\s*\$config\['temp_dir'\]\s*=\s*(?:(?:RCUBE_INSTALL_PATH|INSTALL_PATH)\s*\.\s*)?['"]([^'"]+)['"]/m
Server=none
World=none
Why=attachments on their way

[logs/**]
App=modify
Code=no
Unless=config/config.inc.php~/^\s*\$config\['log_driver'\]\s*=\s*['"](syslog|stdout)['"]/m
MovedBy=config/config.inc.php~/^\s*\$config\['log_dir'\]\s*=\s*(?:(?:RCUBE_INSTALL_PATH|INSTALL_PATH)\s*\.\s*)?['"]([^'"]+)['"]/m
Server=none
World=none
Why=logs

[config/]
When=install
App=modify
Why=the installer makes config.inc.php

[config/config.inc.php.sample]
App=read
World=read
Why=an example without passwords
