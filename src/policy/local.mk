# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

liberrno13_a_SOURCES += \
	src/policy/builtin.h \
	src/policy/detect.c \
	src/policy/detect.h \
	src/policy/glob-parts.h \
	src/policy/glob.c \
	src/policy/glob.h \
	src/policy/guarded.c \
	src/policy/guarded.def \
	src/policy/guarded.h \
	src/policy/keyfile.c \
	src/policy/keyfile.h \
	src/policy/level.c \
	src/policy/marker.c \
	src/policy/marker.h \
	src/policy/matcher.c \
	src/policy/matcher.h \
	src/policy/moved.c \
	src/policy/moved.h \
	src/policy/nearest.c \
	src/policy/nearest.h \
	src/policy/policy.c \
	src/policy/policy.h \
	src/policy/profile-keys.c \
	src/policy/profile-keys.h \
	src/policy/profile.c \
	src/policy/profile.h \
	src/policy/profiles.c \
	src/policy/sections.c \
	src/policy/sections.h \
	src/policy/worker.def

# The built-in profiles, as C. Their order here is their order in `errno13 profiles`.
E13_PROFILES = \
	src/policy/profiles/generic.profile \
	src/policy/profiles/apache-cgi.profile \
	src/policy/profiles/aspnet.profile \
	src/policy/profiles/aspnetcore.profile \
	src/policy/profiles/blogengine.profile \
	src/policy/profiles/bookstack.profile \
	src/policy/profiles/cacti.profile \
	src/policy/profiles/cakephp.profile \
	src/policy/profiles/classic-asp-access.profile \
	src/policy/profiles/codeigniter4.profile \
	src/policy/profiles/concretecms.profile \
	src/policy/profiles/craft.profile \
	src/policy/profiles/django.profile \
	src/policy/profiles/dnn.profile \
	src/policy/profiles/dokuwiki.profile \
	src/policy/profiles/drupal10.profile \
	src/policy/profiles/drupal7.profile \
	src/policy/profiles/flarum.profile \
	src/policy/profiles/flask.profile \
	src/policy/profiles/freshrss.profile \
	src/policy/profiles/ghost.profile \
	src/policy/profiles/grav.profile \
	src/policy/profiles/joomla.profile \
	src/policy/profiles/kanboard.profile \
	src/policy/profiles/kirby.profile \
	src/policy/profiles/laravel.profile \
	src/policy/profiles/magento2.profile \
	src/policy/profiles/matomo.profile \
	src/policy/profiles/mediawiki.profile \
	src/policy/profiles/modx3.profile \
	src/policy/profiles/moodle.profile \
	src/policy/profiles/mybb.profile \
	src/policy/profiles/nextcloud.profile \
	src/policy/profiles/nextjs.profile \
	src/policy/profiles/node-express.profile \
	src/policy/profiles/nopcommerce2-3.profile \
	src/policy/profiles/nopcommerce4.profile \
	src/policy/profiles/octobercms.profile \
	src/policy/profiles/opencart.profile \
	src/policy/profiles/orchard1.profile \
	src/policy/profiles/orchardcore.profile \
	src/policy/profiles/osticket.profile \
	src/policy/profiles/phpbb.profile \
	src/policy/profiles/phpmyadmin.profile \
	src/policy/profiles/prestashop.profile \
	src/policy/profiles/python-cgi.profile \
	src/policy/profiles/rails.profile \
	src/policy/profiles/redmine.profile \
	src/policy/profiles/roundcube.profile \
	src/policy/profiles/shaarli.profile \
	src/policy/profiles/shopware6.profile \
	src/policy/profiles/simplesamlphp.profile \
	src/policy/profiles/statamic.profile \
	src/policy/profiles/symfony.profile \
	src/policy/profiles/trac.profile \
	src/policy/profiles/tt-rss.profile \
	src/policy/profiles/typo3-classic.profile \
	src/policy/profiles/typo3-composer.profile \
	src/policy/profiles/umbraco-legacy.profile \
	src/policy/profiles/umbraco9.profile \
	src/policy/profiles/wagtail.profile \
	src/policy/profiles/web2py.profile \
	src/policy/profiles/wintercms.profile \
	src/policy/profiles/wordpress.profile \
	src/policy/profiles/yii2-advanced.profile \
	src/policy/profiles/yii2-basic.profile \
	src/policy/profiles/common.profile \
	src/policy/profiles/behind.profile \
	src/policy/profiles/kept.profile

EXTRA_DIST += $(E13_PROFILES) src/policy/embed.awk
CLEANFILES += src/policy/builtin.c
nodist_liberrno13_a_SOURCES = src/policy/builtin.c

src/policy/builtin.c: $(E13_PROFILES) src/policy/embed.awk src/policy/local.mk
	$(AM_V_GEN)$(MKDIR_P) src/policy
	$(AM_V_at)(cd $(srcdir) && LC_ALL=C $(AWK) -f src/policy/embed.awk $(E13_PROFILES)) >$@.tmp && mv $@.tmp $@
