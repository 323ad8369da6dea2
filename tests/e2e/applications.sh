# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Applications as their vendors pack them, in one folder each, made of Debian's packages (which ./bootstrap test unpacks). Needs
# $packages, where these lie, and $stage, for what is in between.

# shellcheck disable=SC2016,SC2154 # the dollars are PHP's; see above

# with_links PACKAGE DIRECTORY TREE: TREE is a copy of the package's DIRECTORY, with what its links lead to in their place, if that is
# in the package; what other packages have is left out: code as an empty file, the rest as an empty directory.
with_links () {
  wl_root=$packages/$1
  cp -r "$wl_root/$2" "$3"
  for _ in 1 2 3 4; do
    find "$3" -type l >"$stage/links"
    [ -s "$stage/links" ] || break
    while IFS= read -r wl_link; do
      wl_target=$(readlink "$wl_link")
      wl_below=${wl_link#"$3"}
      case $wl_target in
        /*) wl_from=$wl_root$wl_target ;;
        *) wl_from=$wl_root/$2${wl_below%/*}/$wl_target ;;
      esac
      rm "$wl_link"
      if [ -e "$wl_from" ] || [ -L "$wl_from" ]; then
        cp -r "$wl_from" "$wl_link"
      else
        case ${wl_target##*/} in
          *.*) echo '<?php' >"$wl_link" ;;
          *) mkdir "$wl_link" ;;
        esac
      fi
    done <"$stage/links"
  done
  find "$3" -type l -delete
}

# What each keeps for the application to write, as one extended regular expression of paths beneath the site.
written () {
  case $1 in
    cacti) echo '(log|rra|cache)(/.*)?' ;;
    dokuwiki) echo '(data|conf)(/.*)?' ;;
    mediawiki) echo '(images|cache)(/.*)?' ;;
    phpmyadmin) echo 'tmp(/.*)?' ;;
    redmine) echo '(files|log|tmp|public/(assets|plugin_assets))(/.*)?' ;;
    roundcube) echo '(temp|logs)(/.*)?' ;;
    shaarli) echo '(cache|data|pagecache|tmp)(/.*)?' ;;
    simplesamlphp) echo '(log|data|cache)(/.*)?' ;;
    tt-rss) echo '(cache|lock|feed-icons)(/.*)?' ;;
    wordpress) echo 'wp-content/uploads(/.*)?' ;;
  esac
}

# application NAME TREE: makes TREE, or fails where there is no such package.
application () {
  package=$1
  [ "$1" != roundcube ] || package=roundcube-core
  [ -d "$packages/$package" ] || return 1
  files=$packages/$package
  case $1 in
    cacti)
      with_links cacti usr/share/cacti/site "$2"
      cp "$files/usr/share/cacti/conf_templates/cacti.sql" "$2/"
      rm -rf "$2/log" "$2/rra" "$2/cache"
      mkdir -p "$2/log" "$2/rra" "$2/cache/boost" "$2/cache/mibcache" "$2/cache/realtime" "$2/cache/spikekill"
      ;;
    dokuwiki)
      with_links dokuwiki usr/share/dokuwiki "$2"
      rm -rf "$2/conf" "$2/data"
      with_links dokuwiki etc/dokuwiki "$2/conf"
      cp -r "$files/var/lib/dokuwiki/data" "$2/data"
      rm -rf "$2/conf/local.php" "$2/.htaccess" "$2/inc/preload.php"
      sed -i "s|'/var/lib/dokuwiki/data'|'./data'|" "$2/conf/dokuwiki.php"
      sed -i '\|phpseclib/bootstrap|d' "$2/vendor/composer/autoload_files.php" "$2/vendor/composer/autoload_static.php"
      ;;
    mediawiki)
      with_links mediawiki usr/share/mediawiki "$2"
      cp -r "$packages/mediawiki-classes/usr/share/mediawiki/." "$2/"
      rm -rf "$2/LocalSettings.php" "$2/config" "$2/extensions"
      mkdir -p "$2/cache" "$2/extensions"
      ;;
    phpmyadmin)
      with_links phpmyadmin usr/share/phpmyadmin "$2"
      # As the vendor's own has it.
      sed -i "s|'/var/lib/phpmyadmin/tmp/'|ROOT_PATH . 'tmp' . DIRECTORY_SEPARATOR|; s|'/etc/phpmyadmin/config.inc.php'|ROOT_PATH . 'config.inc.php'|" \
        "$2/libraries/vendor_config.php"
      printf '<?php\n$cfg["blowfish_secret"] = "not so secret";\n' >"$2/config.inc.php"
      mkdir "$2/tmp"
      ;;
    redmine)
      with_links redmine usr/share/redmine "$2"
      rm -rf "$2/instances"
      mkdir -p "$2/files" "$2/log" "$2/tmp" "$2/public/plugin_assets"
      printf 'production:\n  adapter: sqlite3\n' >"$2/config/database.yml"
      ;;
    roundcube)
      with_links roundcube-core usr/share/roundcube "$2"
      with_links roundcube-core etc/roundcube "$2/config"
      printf '<?php\n$config["des_key"] = "not so secret at all";\n' >"$2/config/config.inc.php"
      mkdir "$2/temp" "$2/logs"
      ;;
    shaarli)
      with_links shaarli usr/share/shaarli "$2"
      rm -rf "$2/cache"
      sed -i 's#/var/\(lib\|cache\)/shaarli/##' "$2/application/config/ConfigManager.php"
      mkdir "$2/cache" "$2/data" "$2/pagecache" "$2/tmp"
      ;;
    simplesamlphp)
      with_links simplesamlphp usr/share/simplesamlphp "$2"
      sed -i "s|'/var/lib/simplesamlphp/|'|; s|'/var/log/simplesamlphp/*'|'log/'|
        s|'/etc/ssl/certs/'|'cert/'|; s|'/etc/simplesamlphp/|'|; s|'/tmp/simplesaml'|'cache/'|; s|=> 'syslog'|=> 'file'|" "$2/config/config.php"
      sed -i '/secrets.inc.php/d' "$2/config/config.php"
      mkdir -p "$2/log" "$2/data" "$2/cert" "$2/cache" "$2/metadata"
      ;;
    tt-rss)
      with_links tt-rss usr/share/tt-rss/www "$2"
      sed -i "s|'/var/cache/tt-rss'|'cache'|; s|'/var/lib/tt-rss'|'lock'|; /database.php/d" "$2/config.php"
      mkdir -p "$2/lock" "$2/cache/images" "$2/cache/upload" "$2/cache/export" "$2/cache/starred-images" "$2/cache/feeds"
      ;;
    wordpress)
      with_links wordpress usr/share/wordpress "$2"
      cp -r "$files/var/lib/wordpress/wp-content/." "$2/wp-content/"
      find "$2" -type l -delete
      mkdir -p "$2/wp-content/uploads"
      printf '<?php\ndefine("DB_PASSWORD", "not so secret");\n' >"$2/wp-config.php"
      ;;
  esac
}
