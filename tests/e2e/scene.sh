# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The scene that the end-to-end tests, the README and the demo share: maria unzips somebody else's web project, whose
# archive carries modes for nobody but its owner, and Apache is to serve it as www-data.
#
# Everything lives in namespaces of its own: no process but the scene's is seen to be a web server, /srv is empty, /var/lib
# can be written without a trace, and the account database knows the players; nothing is left behind, whatever happens.
# $sites is where sites go.

PATH=$PATH:/usr/sbin:/sbin
export PATH

maria=51500   # owns the site
students=51501 # her group
helper=51502  # a member of it, and of another group
nosy=51503    # nobody in particular

# scene_enter "$0" "$@": begins again in a namespace of its own, as the first thing that a script does. Returns 1 where the
# system does not let us.
scene_enter () {
  [ -z "${E13_SCENE-}" ] || return 0
  # Below /srv we would hide ourselves.
  case $(cd "$(dirname "$1")" && pwd -P) in /srv/*) return 1 ;; esac
  set -- unshare --mount --propagation private --pid --fork --kill-child --mount-proc -- \
    sh -c '"$@"; exit $?' scene "$@" # the namespace's first process reaps, which the script would not
  unshare --mount --propagation private --pid --fork --mount-proc -- true 2>/dev/null || return 1
  export E13_SCENE=entered
  exec "$@"
}

# Lays the stage; $stage is for what belongs to no site. /srv is empty.
scene_begin () {
  scene_begin_in_place
  mount -t tmpfs -o mode=0755 errno13 "$stage"
  mkdir "$stage/upper" "$stage/work" "$stage/srv" "$stage/www"
  mount --bind "$stage/srv" /srv
  mount -t overlay -o "lowerdir=/var/lib,upperdir=$stage/upper,workdir=$stage/work" overlay /var/lib
  scene_accounts
  sites=/srv
}

# The same without a namespace, for a container that lets nobody mount: below $stage, and the players have numbers only.
scene_begin_in_place () {
  umask 022
  stage=$(mktemp -d)
  trap scene_end EXIT
  trap 'exit 130' INT TERM
  chmod 0755 "$stage"
  mkdir "$stage/srv" "$stage/www"
  sites=$stage/srv
}

scene_accounts () {
  cp -p /etc/passwd /etc/group "$stage/"
  cat >>"$stage/passwd" <<PASSWD
maria:x:$maria:$students:Maria:/home/maria:/bin/sh
helper:x:$helper:$helper:Helper:/nonexistent:/bin/sh
nosy:x:$nosy:$nosy:Nosy:/nonexistent:/bin/sh
PASSWD
  cat >>"$stage/group" <<GROUP
students:x:$students:helper
helper:x:$helper:
nosy:x:$nosy:
GROUP
  mount --bind "$stage/passwd" /etc/passwd
  mount --bind "$stage/group" /etc/group
}

# The namespace takes its mounts with it.
scene_end () {
  scene_status=$?
  trap - EXIT
  apache_stop
  cd /
  [ -z "${E13_SCENE-}" ] || umount -l "$stage" 2>/dev/null || :
  rm -rf --one-file-system "$stage"
  exit "$scene_status"
}

# as ACCOUNT COMMAND...: with the groups that the account database gives it.
as () {
  scene_account=$1
  shift
  if id -u "$scene_account" >/dev/null 2>&1; then
    setpriv --reuid "$scene_account" --regid "$(id -g "$scene_account")" --init-groups "$@"
  else
    setpriv --reuid "$maria" --regid "$students" --clear-groups "$@"
  fi
}

# The project as its author packed it: week7.zip, made by somebody with umask 077.
scene_pack () {
  mkdir -p "$stage/pack/week7/cgi-bin" "$stage/pack/week7/static"
  cat >"$stage/pack/week7/cgi-bin/count.py" <<'SCRIPT'
#!/usr/bin/python3
import os

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "count.txt")
with open(path, "r+") as file:
    visits = int(file.read() or 0) + 1
    file.seek(0)
    file.write(str(visits))
print("Content-Type: text/plain\n\nvisits: %d" % visits)
SCRIPT
  cat >"$stage/pack/week7/cgi-bin/hello.py" <<'SCRIPT'
#!/usr/bin/python3
print("Content-Type: text/plain\n\nhello")
SCRIPT
  printf '0' >"$stage/pack/week7/cgi-bin/count.txt"
  printf '<h1>Week 7</h1>\n' >"$stage/pack/week7/index.html"
  printf 'h1 { color: teal }\n' >"$stage/pack/week7/static/style.css"
  find "$stage/pack/week7" -type d -exec chmod 0700 {} +
  find "$stage/pack/week7" -type f -exec chmod 0600 {} +
  chmod 0755 "$stage/pack/week7/cgi-bin/count.py"
  (cd "$stage/pack" && zip -qrX "$stage/week7.zip" week7)
}

# Maria unzips it: $sites/class/week7.
scene_unpack () {
  mkdir -p "$sites/class"
  chown "$maria:$students" "$sites/class"
  chmod 0755 "$sites/class"
  (cd "$sites/class" && as maria unzip -q "$stage/week7.zip")
}

# apache_start SITE: an Apache with mod_cgid for this site alone; $url is its address. $apache_settings are added to its own.
apache_start () {
  modules=$(apache_modules)
  for port in $(free_ports); do
    cat >"$stage/www/httpd.conf" <<CONF
ServerRoot $stage/www
ServerName localhost
Listen 127.0.0.1:$port
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule dir_module $modules/mod_dir.so
LoadModule alias_module $modules/mod_alias.so
LoadModule cgid_module $modules/mod_cgid.so
User www-data
Group www-data
StartServers 1
DefaultRuntimeDir $stage/www
PidFile $stage/www/apache.pid
ScriptSock $stage/www/cgi.sock
ErrorLog $stage/www/error.log
LogLevel info
DocumentRoot $1
DirectoryIndex index.html
${apache_settings-}
ScriptAlias /cgi-bin/ $1/cgi-bin/
<Directory $1>
  Require all granted
</Directory>
CONF
    if apache2 -f "$stage/www/httpd.conf" -k start 2>"$stage/www/start.log"; then
      url=http://127.0.0.1:$port
      apache_wait && return 0
    fi
  done
  cat "$stage/www/start.log" "$stage/www/error.log" >&2
  return 1
}

apache_modules () {
  for folder in /usr/lib/apache2/modules /usr/lib/httpd/modules /usr/lib64/httpd/modules; do
    [ ! -d "$folder" ] || printf '%s\n' "$folder"
  done | head -n 1
}

free_ports () {
  python3 -c '
import socket
holders = [socket.socket() for _ in range(3)]
for holder in holders:
    holder.bind(("127.0.0.1", 0))
for holder in holders:
    print(holder.getsockname()[1])'
}

# Until it answers, whatever it answers: five seconds at most.
apache_wait () {
  for _ in $(seq 100); do
    [ "$(http_status /)" = 000 ] || return 0
    sleep 0.05
  done
  return 1
}

apache_stop () {
  [ -s "${stage:-/nonexistent}/www/apache.pid" ] || return 0
  apache_pid=$(cat "$stage/www/apache.pid")
  kill "$apache_pid" 2>/dev/null || :
  for _ in $(seq 100); do
    kill -0 "$apache_pid" 2>/dev/null || break
    sleep 0.05
  done
  rm -f "$stage/www/apache.pid"
}

# http_get PATH: the status on the first line, then the body; 000 where nobody answers.
http_get () {
  python3 - "$url$1" <<'PYTHON'
import sys, urllib.request, urllib.error
try:
    answer = urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1], timeout=10)
except urllib.error.HTTPError as error:
    answer = error
except OSError:
    print("000")
    sys.exit()
print(answer.status)
print(answer.read().decode("utf-8", "replace"), end="")
PYTHON
}

http_status () { http_get "$1" | sed -n 1p; }
