#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes real programs fail on a prepared tree and records what they print, beside the truth.

    record.py [PROGRAM...]        as JSON lines on standard output; without arguments every program that is there

A line: {"family", "program", "case", "path", "second", "operation", "errno", "text"}. The tree lies in a temporary
directory, which is /srv/record in what is written. Whoever runs this is denied: as root the programs run as nobody, on
a tree that root owns; else modes without any bits do."""

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile

PLACE = "/srv/record"
NOBODY = 65534
EACCES, EPERM, ENOENT = 13, 1, 2
NAMES = ["data.txt", "sp ace.txt", "it's.txt", 'say "x".txt', "caf\u00e9.txt", "a (1).txt", "a: b.txt", "semi;colon,x"]


class Tree:
    """closed/ cannot be entered, fixed/ cannot be written, secret* cannot be read, run* cannot be run."""

    def __init__(self):
        self.base = tempfile.mkdtemp(prefix="e13-record-", dir="/var/tmp")
        os.chmod(self.base, 0o755)
        for name in ("closed", "fixed", "open"):
            os.mkdir(self.at(name))
        for name in NAMES:
            for folder in ("closed", "fixed", "open"):
                self.write(f"{folder}/{name}", 0o600 if os.geteuid() == 0 else 0o000)
        for name in ("fixed/a", "fixed/b", "open/a"):
            self.write(name, 0o644)
        os.mkdir(self.at("fixed/dir"))
        self.write("open/run", 0o644, "#!/bin/sh\necho run\n")
        self.write("open/lost", 0o755, "#!/nonexistent/interpreter\n")
        self.write("open/dos", 0o755, "#!/bin/sh\r\necho run\r\n")
        closed = 0o700 if os.geteuid() == 0 else 0o000
        os.chmod(self.at("closed"), closed)
        os.chmod(self.at("fixed"), 0o755 if os.geteuid() == 0 else 0o555)
        os.chmod(self.at("open"), 0o755)
        self.home = tempfile.mkdtemp(prefix="e13-home-", dir="/var/tmp")
        os.chmod(self.home, 0o777)

    def at(self, name):
        return os.path.join(self.base, name)

    def write(self, name, mode, text="x\n"):
        with open(self.at(name), "w", encoding="utf-8") as out:
            out.write(text)
        os.chmod(self.at(name), mode)

    def remove(self):
        for root, folders, _ in os.walk(self.base):
            for folder in folders:
                os.chmod(os.path.join(root, folder), 0o700)
        shutil.rmtree(self.base, ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)


def drop():
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def run(tree, argv, stdin=None, cwd=None, env=None):
    """What a program prints on both streams; None where it does not end."""
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", "HOME": tree.home}
    environment.update(env or {})
    try:
        done = subprocess.run(argv, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=cwd or "/",
                              env=environment, preexec_fn=drop, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return None
    except OSError:
        return None
    return done.stdout.decode("utf-8", "surrogateescape")


class Case:
    def __init__(self, name, operation, path, error, second=None):
        self.name, self.operation, self.path, self.error, self.second = name, operation, path, error, second


def cases(tree, names=True):
    """What every language can do to a file, and what the kernel says to it."""
    at = tree.at
    for name in NAMES if names else NAMES[:2]:
        yield Case("read", "read", at("open/" + name), EACCES)
    yield Case("read", "read", at("closed/data.txt"), EACCES)
    yield Case("read", "read", at("open/none"), ENOENT)
    yield Case("read", "read", at("none/x/y"), ENOENT)
    yield Case("write", "write", at("fixed/new"), EACCES)
    yield Case("write", "write", at("fixed/a"), EACCES)
    yield Case("write", "write", at("none/new"), ENOENT)
    yield Case("mkdir", "create", at("fixed/new dir"), EACCES)
    yield Case("mkdir", "create", at("none/new"), ENOENT)
    yield Case("unlink", "delete", at("fixed/a"), EACCES)
    yield Case("rename", "rename", at("fixed/a"), EACCES, at("fixed/c"))
    yield Case("list", "list", at("closed"), EACCES)
    yield Case("list", "list", at("none"), ENOENT)
    yield Case("stat", "stat", at("closed/data.txt"), EACCES)
    yield Case("chdir", "enter", at("closed"), EACCES)
    yield Case("run", "run", at("open/run"), EACCES)
    yield Case("chmod", "change", at("fixed/a"), EPERM if os.geteuid() == 0 else None)


class Recorder:
    def __init__(self, tree):
        self.tree, self.lines = tree, []

    def add(self, family, program, case, text):
        if not text or case.error is None:
            return
        named = case.path is not None and case.path in text.replace("\\303\\251", "\u00e9").replace(
            "\\xc3\\xa9", "\u00e9").replace('\\"', '"').replace("&#039;", "'").replace("&quot;", '"').replace("\\'", "'").replace("'\\''", "'")

        def moved(value):
            return None if value is None else value.replace(self.tree.base, PLACE).replace(self.tree.home, "/srv/home")

        self.lines.append({"family": family, "program": program, "case": case.name, "path": moved(case.path) if named else None,
                           "second": moved(case.second), "operation": case.operation, "errno": case.error,
                           "text": moved(text)})


# ---- Languages: a script takes the case's name and its paths ------------------------------------------------------

PYTHON = """import os, subprocess, sys
def main(what, path, second=None):
    if what == "read":
        with open(path) as source:
            source.read()
    elif what == "write":
        with open(path, "w") as out:
            out.write("x")
    elif what == "mkdir":
        os.mkdir(path)
    elif what == "unlink":
        os.unlink(path)
    elif what == "rename":
        os.rename(path, second)
    elif what == "list":
        os.listdir(path)
    elif what == "stat":
        os.stat(path)
    elif what == "chdir":
        os.chdir(path)
    elif what == "run":
        subprocess.run([path])
    elif what == "chmod":
        os.chmod(path, 0o777)
main(*sys.argv[1:])
"""

PERL = """my ($what, $path, $second) = @ARGV;
if ($what eq 'read') { open(my $in, '<', $path) or die "Can't open $path: $!"; }
elsif ($what eq 'write') { open(my $out, '>', $path) or die "Cannot write '$path': $!"; }
elsif ($what eq 'mkdir') { mkdir($path) or die "mkdir $path: $!"; }
elsif ($what eq 'unlink') { unlink($path) or die "Could not unlink $path: $!"; }
elsif ($what eq 'rename') { rename($path, $second) or die "rename '$path' to '$second': $!"; }
elsif ($what eq 'list') { opendir(my $d, $path) or die "opendir $path ($!)"; }
elsif ($what eq 'stat') { stat($path) or die "stat $path: $!"; }
elsif ($what eq 'chdir') { chdir($path) or die "chdir $path: $!"; }
elsif ($what eq 'run') { exec($path) or die "exec $path: $!"; }
elsif ($what eq 'chmod') { chmod(0777, $path) or die "chmod $path: $!"; }
"""

PHP = """<?php
$what = $argv[1]; $path = $argv[2]; $second = $argv[3] ?? '';
switch ($what) {
  case 'read': file_get_contents($path); break;
  case 'write': file_put_contents($path, 'x'); break;
  case 'mkdir': mkdir($path); break;
  case 'unlink': unlink($path); break;
  case 'rename': rename($path, $second); break;
  case 'list': scandir($path); break;
  case 'stat': filesize($path); break;
  case 'chdir': chdir($path); break;
  case 'chmod': chmod($path, 0777); break;
  case 'include': include $path; break;
  case 'require': require $path; break;
  case 'touch': touch($path); break;
  case 'session': session_save_path($path); session_start(); break;
}
"""

NODE = """const fs = require('fs'); const [what, path, second] = process.argv.slice(2);
({ read: () => fs.readFileSync(path), write: () => fs.writeFileSync(path, 'x'), mkdir: () => fs.mkdirSync(path),
  unlink: () => fs.unlinkSync(path), rename: () => fs.renameSync(path, second), list: () => fs.readdirSync(path),
  stat: () => fs.statSync(path), chdir: () => process.chdir(path), chmod: () => fs.chmodSync(path, 0o777),
  run: () => { const done = require('child_process').spawnSync(path); if (done.error) throw done.error; },
})[what]();
"""

RUBY = """what, path, second = ARGV
case what
when 'read' then File.read(path)
when 'write' then File.write(path, 'x')
when 'mkdir' then Dir.mkdir(path)
when 'unlink' then File.unlink(path)
when 'rename' then File.rename(path, second)
when 'list' then Dir.entries(path)
when 'stat' then File.stat(path)
when 'chdir' then Dir.chdir(path)
when 'run' then exec([path, path])
when 'chmod' then File.chmod(0777, path)
end
"""

JAVA = """import java.io.*; import java.nio.file.*;
public class Fail {
  public static void main(String[] a) throws Exception {
    Path path = Paths.get(a[1]);
    switch (a[0]) {
      case "read": new FileInputStream(a[1]).close(); break;
      case "write": new FileOutputStream(a[1]).close(); break;
      case "mkdir": Files.createDirectory(path); break;
      case "unlink": Files.delete(path); break;
      case "rename": Files.move(path, Paths.get(a[2])); break;
      case "list": Files.newDirectoryStream(path).close(); break;
      case "stat": Files.size(path); break;
      case "run": new ProcessBuilder(a[1]).start(); break;
      case "chmod": Files.setPosixFilePermissions(path, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    }
  }
}
"""

GO = """package main
import ("log"; "os"; "os/exec")
func main() {
  what, path := os.Args[1], os.Args[2]
  var err error
  switch what {
  case "read": _, err = os.ReadFile(path)
  case "write": err = os.WriteFile(path, []byte("x"), 0644)
  case "mkdir": err = os.Mkdir(path, 0755)
  case "unlink": err = os.Remove(path)
  case "rename": err = os.Rename(path, os.Args[3])
  case "list": _, err = os.ReadDir(path)
  case "stat": _, err = os.Stat(path)
  case "chdir": err = os.Chdir(path)
  case "run": err = exec.Command(path).Run()
  case "chmod": err = os.Chmod(path, 0777)
  }
  if err != nil { log.Fatal("failed: ", err) }
}
"""

RUST = """use std::{env, fs};
fn main() {
    let a: Vec<String> = env::args().collect();
    match a[1].as_str() {
        "read" => { fs::read(&a[2]).unwrap(); }
        "write" => { fs::write(&a[2], "x").unwrap(); }
        "mkdir" => { fs::create_dir(&a[2]).unwrap(); }
        _ => {}
    }
}
"""

TOOLS = {
    "read": ["cat"], "write": ["cp", "/etc/hostname"], "mkdir": ["mkdir"], "unlink": ["rm", "-f"], "rename": ["mv", "-f"],
    "list": ["ls"], "stat": ["stat"], "chmod": ["chmod", "777"],
}

SHELL = {
    "read": 'cat < "$1"', "write": 'echo x > "$1"', "chdir": 'cd "$1"', "run": '"$1"',
}


def script(tree, name, text, mode=0o755):
    path = os.path.join(tree.home, name)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    os.chmod(path, mode)
    return path


def interpreted(recorder, family, program, name, text, skip=()):
    tree = recorder.tree
    path = script(tree, name, text)
    for case in cases(tree):
        if case.name not in skip:
            arguments = [case.path] + ([case.second] if case.second else [])
            recorder.add(family, os.path.basename(program[0]), case, run(tree, program + [path, case.name] + arguments))


def record_python(recorder):
    interpreted(recorder, "python", ["/usr/bin/python3"], "fail.py", PYTHON)
    tree = recorder.tree
    recorder.add("python", "python3", Case("script", "read", tree.at("open/data.txt"), EACCES),
                 run(tree, ["/usr/bin/python3", tree.at("open/data.txt")]))


def record_perl(recorder):
    interpreted(recorder, "perl", ["perl"], "fail.pl", PERL)
    tree = recorder.tree
    recorder.add("perl", "perl", Case("script", "read", tree.at("open/data.txt"), EACCES), run(tree, ["perl", tree.at("open/data.txt")]))


def record_php(recorder):
    tree, php = recorder.tree, ["php", "-n", "-d", "display_errors=0", "-d", "log_errors=1", "-d", "error_log="]
    interpreted(recorder, "php", php, "fail.php", PHP, skip=("run",))
    path = os.path.join(tree.home, "fail.php")
    extra = [Case("include", "read", tree.at("open/data.txt"), EACCES), Case("require", "read", tree.at("open/none"), ENOENT),
             Case("touch", "create", tree.at("fixed/new"), EACCES)]
    for case in extra:
        recorder.add("php", "php", case, run(tree, php + [path, case.name, case.path]))
    html = ["php", "-n", "-d", "display_errors=1", "-d", "html_errors=1", "-d", "log_errors=0"]
    for case in [Case("read", "read", tree.at("open/it's.txt"), EACCES), Case("write", "write", tree.at("fixed/new"), EACCES)]:
        recorder.add("php", "php html", case, run(tree, html + [path, case.name, case.path]))


def record_node(recorder):
    interpreted(recorder, "node", ["node"], "fail.js", NODE)


def record_ruby(recorder):
    interpreted(recorder, "ruby", ["ruby"], "fail.rb", RUBY)


def compiled(recorder, family, compiler, name, text, program, skip=(), only=None):
    tree = recorder.tree
    source = script(tree, name, text)
    environment = dict(os.environ, GOCACHE=tree.home + "/cache", GO111MODULE="off")
    if subprocess.run(compiler + [source], cwd=tree.home, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
        return
    for case in cases(tree):
        if case.name in skip or (only and case.name not in only):
            continue
        arguments = [case.path] + ([case.second] if case.second else [])
        told = case if family != "rust" else Case(case.name, "unknown", None, case.error)
        recorder.add(family, family, told, run(tree, program(tree) + [case.name] + arguments))


def record_java(recorder):
    compiled(recorder, "java", ["javac"], "Fail.java", JAVA, lambda tree: ["java", "-cp", tree.home, "Fail"], skip=("chdir",))


def record_go(recorder):
    compiled(recorder, "go", ["go", "build", "-o", recorder.tree.home + "/fail"], "fail.go", GO, lambda tree: [tree.home + "/fail"])


def record_rust(recorder):
    compiled(recorder, "rust", ["rustc", "-o", recorder.tree.home + "/fail-rs"], "fail.rs", RUST,
             lambda tree: [tree.home + "/fail-rs"], only=("read", "write", "mkdir"))


def record_shell(recorder):
    tree = recorder.tree
    for case in cases(tree):
        if case.name in TOOLS:
            arguments = TOOLS[case.name] + [case.path] + ([case.second] if case.second else [])
            if case.name == "unlink" or arguments[0] != "rm":
                told = Case("list", "stat", case.path, case.error) if case.name == "list" and case.error == ENOENT else case
                recorder.add("shell", arguments[0], told, run(tree, arguments))
        for shell in ("bash", "dash", "zsh"):
            if case.name in SHELL and shutil.which(shell):
                # bash says the same of what it may not run and of what it may not open.
                operation = "unknown" if shell != "dash" and case.name != "chdir" else case.operation
                recorder.add("shell", shell, Case(case.name, operation, case.path, case.error),
                             run(tree, [shell, "-c", SHELL[case.name], shell, case.path]))
    for shell in ("bash", "dash", "zsh"):
        if shutil.which(shell):
            path = script(tree, "fail.sh", f"#!/bin/{shell}\n\"$1\"\n")
            recorder.add("shell", shell, Case("script", "run" if shell == "dash" else "unknown", tree.at("open/run"), EACCES),
                         run(tree, [shell, path, tree.at("open/run")]))
    recorder.add("shell", "bash", Case("interpreter", "run", tree.at("open/lost"), ENOENT), run(tree, ["bash", "-c", tree.at("open/lost")]))
    recorder.add("shell", "env", Case("env", "run", "no-such-program", ENOENT), run(tree, ["env", "no-such-program"]))


def record_git(recorder):
    tree = recorder.tree
    repository = os.path.join(tree.home, "repository")
    git = ["git", "-c", "safe.directory=*", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", "init", "-q", repository], check=False)
    run(tree, git + ["status"])
    recorder.add("git", "git", Case("clone", "create", tree.at("fixed/clone"), EACCES),
                 run(tree, git + ["clone", "-q", repository, tree.at("fixed/clone")]))
    with open(os.path.join(repository, "x"), "w", encoding="utf-8") as out:
        out.write("x")
    if os.geteuid() == 0:
        recorder.add("git", "git", Case("lock", "create", repository + "/.git/index.lock", EACCES), run(tree, git + ["add", "x"], cwd=repository))
        os.chmod(repository + "/.git", 0o777)
        recorder.add("git", "git", Case("objects", "create", ".git/objects", EACCES), run(tree, git + ["add", "x"], cwd=repository))
        recorder.add("git", "git", Case("dubious", "read", repository, 0), run(tree, ["git", "status"], cwd=repository))


def record_sqlite(recorder):
    tree = recorder.tree
    database = tree.at("open/db.sqlite")
    subprocess.run(["sqlite3", database, "create table t (x)"], check=False)
    os.chmod(database, 0o444)
    recorder.add("sqlite", "sqlite3", Case("readonly", "write", None, EACCES), run(tree, ["sqlite3", database, "insert into t values (1)"]))
    recorder.add("sqlite", "sqlite3", Case("open", "open", tree.at("closed/db"), 0),
                 run(tree, ["sqlite3", tree.at("closed/db"), "select * from t"]))
    text = "import sqlite3, sys\nsqlite3.connect(sys.argv[1]).execute(sys.argv[2])\n"
    path = script(tree, "db.py", text)
    recorder.add("sqlite", "python3", Case("open", "open", None, 0), run(tree, ["/usr/bin/python3", path, tree.at("closed/db"), "select 1 from t"]))
    recorder.add("sqlite", "python3", Case("readonly", "write", None, EACCES), run(tree, ["/usr/bin/python3", path, database, "insert into t values (1)"]))


def record_strace(recorder):
    """Of a call that strace shows: the whole output is read, and the failure is one among those that it names."""
    tree = recorder.tree
    path = script(tree, "fail.py", PYTHON)
    for case in cases(tree):
        if case.name == "run":
            continue
        arguments = [case.path] + ([case.second] if case.second else [])
        for options in ([], ["-y"], ["-f", "-tt"]):
            out = run(tree, ["strace", "-e", "trace=file"] + options + ["-Z", "/usr/bin/python3", "-I", "-S", path, case.name] + arguments)
            lines = [line for line in (out or "").splitlines() if '"' + case.path + '"' in line.replace("\\303\\251", "\u00e9").replace('\\"', '"')
                     and "= -1" in line and "execve" not in line and "readlink" not in line]
            if lines:
                recorder.add("strace", "strace" + " ".join(options), case, lines[0] + "\n")


def serve(tree, argv, act, log):
    """Runs a server as nobody until @act is done; what it wrote into @log."""
    with open(os.path.join(tree.home, "stderr"), "wb") as err:
        server = subprocess.Popen(argv, stdout=err, stderr=err, cwd=tree.home, preexec_fn=drop)
    try:
        act()
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
    if log is None:
        log = os.path.join(tree.home, "stderr")
    with open(log, "rb") as source:
        return source.read().decode("utf-8", "surrogateescape")


def fetch(port, paths):
    import http.client
    import time
    import urllib.parse

    for _ in range(50):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
            break
        except OSError:
            time.sleep(0.1)
    for path in paths:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", urllib.parse.quote(path))
            connection.getresponse().read()
        except OSError:
            pass
    time.sleep(0.3)


def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def split_log(recorder, family, program, text, wanted):
    """One recorded line a case: the one in the log that holds the case's word."""
    for case, word in wanted:
        line = next((line for line in text.splitlines() if word in line), None)
        if line is not None:
            recorder.add(family, program, case, line + "\n")


def record_nginx(recorder):
    tree, port = recorder.tree, free_port()
    home = tree.home
    config = script(tree, "nginx.conf", f"""daemon off; worker_processes 1; pid {home}/nginx.pid; error_log {home}/error.log info;
events {{ }}
http {{ access_log off; client_body_temp_path {home}/b; proxy_temp_path {home}/p; fastcgi_temp_path {home}/f; uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
server {{ listen 127.0.0.1:{port}; root {tree.base};
location /sock {{ fastcgi_pass unix:{tree.base}/closed/php.sock; }}
location /nosock {{ fastcgi_pass unix:{tree.base}/open/none.sock; }} }} }}
""")
    urls = ["/open/" + name for name in NAMES] + ["/closed/data.txt", "/open/none", "/closed/", "/open/", "/sock", "/nosock"]
    text = serve(tree, ["nginx", "-c", config, "-e", home + "/error.log"], lambda: fetch(port, urls), home + "/error.log")
    wanted = [(Case("read", "read", tree.at("open/" + name), EACCES), "/open/" + name + '" failed') for name in NAMES]
    wanted += [(Case("read", "read", tree.at("closed/data.txt"), EACCES), "closed/data.txt\" failed"),
               (Case("read", "read", tree.at("open/none"), ENOENT), "open/none\" failed"),
               (Case("list", "stat", tree.at("closed/index.html"), EACCES), "closed/index.html\" "),
               (Case("index", "list", tree.at("open/"), 0), "directory index of"),
               (Case("connect", "connect", tree.at("closed/php.sock"), EACCES), "php.sock failed"),
               (Case("connect", "connect", tree.at("open/none.sock"), ENOENT), "none.sock failed")]
    split_log(recorder, "nginx", "nginx", text, wanted)
    broken = script(tree, "broken.conf", f"error_log {tree.base}/fixed/error.log; pid {home}/p.pid; events {{ }} http {{ }}")
    recorder.add("nginx", "nginx", Case("log", "write", tree.at("fixed/error.log"), EACCES), run(tree, ["nginx", "-t", "-e", "stderr", "-c", broken]))
    missing = script(tree, "missing.conf", f"pid {home}/p.pid; events {{ }} http {{ include {tree.base}/open/none.conf; }}")
    recorder.add("nginx", "nginx", Case("include", "read", tree.at("open/none.conf"), ENOENT), run(tree, ["nginx", "-t", "-e", "stderr", "-c", missing]))


def record_apache(recorder):
    tree, port = recorder.tree, free_port()
    home, modules = tree.home, "/usr/lib/apache2/modules"
    os.mkdir(os.path.join(home, "cgi"))
    for name, text, mode in (("norun", "#!/bin/sh\necho\n", 0o644), ("lost", "#!/nonexistent/interpreter\n", 0o755)):
        script(tree, "cgi/" + name, text, mode)
    script(tree, "cgi/fail.py", "#!/usr/bin/python3\n" + f'print("Content-Type: text/plain\\n")\nopen("{tree.base}/open/data.txt")\n')
    names = ["mpm_event", "authz_core", "mime", "dir", "autoindex", "cgid", "alias", "env"]
    load = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in names if os.path.exists(f"{modules}/mod_{name}.so"))
    config = script(tree, "httpd.conf", f"""ServerRoot {home}
{load}
ServerName localhost
TypesConfig /dev/null
Listen 127.0.0.1:{port}
PidFile {home}/httpd.pid
ErrorLog {home}/httpd.log
LogLevel info
DefaultRuntimeDir {home}
DocumentRoot {tree.base}
ScriptSock {home}/cgisock
ScriptAlias /cgi/ {home}/cgi/
<Directory />
AllowOverride All
Require all granted
</Directory>
""")
    urls = ["/open/" + name for name in NAMES] + ["/closed/data.txt", "/open/none", "/fixed/", "/open/", "/cgi/norun", "/cgi/lost", "/cgi/none", "/cgi/fail.py"]
    text = serve(tree, ["apache2", "-f", config, "-DFOREGROUND"], lambda: fetch(port, urls), home + "/httpd.log")
    wanted = [(Case("read", "read", tree.at("open/" + name), EACCES), "deny server access: " + tree.at("open/" + name.replace("\u00e9", "\\xc3\\xa9")))
              for name in NAMES]
    wanted += [(Case("search", "stat", tree.at("closed/data.txt"), EACCES), "/closed/data.txt denied"),
               (Case("htaccess", "read", tree.at("closed/.htaccess"), EACCES), "closed/.htaccess"),
               (Case("missing", "read", tree.at("open/none"), ENOENT), "does not exist: " + tree.at("open/none")),
               (Case("cgi", "stat", home + "/cgi/none", 0), "cgi/none"),
               (Case("cgi", "run", home + "/cgi/norun", EACCES), "cgi/norun"),
               (Case("cgi", "run", home + "/cgi/lost", ENOENT), "cgi/lost")]
    split_log(recorder, "apache", "apache2", text, wanted)
    split_log(recorder, "python", "apache2 cgi", text, [(Case("cgi", "unknown", tree.at("open/data.txt"), EACCES), "PermissionError")])


def record_lighttpd(recorder):
    tree, port = recorder.tree, free_port()
    home = tree.home
    config = script(tree, "lighttpd.conf", f"""server.document-root = "{tree.base}"
server.port = {port}
server.bind = "127.0.0.1"
server.errorlog = "{home}/lighttpd.log"
debug.log-request-handling = "enable"
""")
    text = serve(tree, ["lighttpd", "-D", "-f", config], lambda: fetch(port, ["/open/data.txt"]), home + "/lighttpd.log")
    split_log(recorder, "lighttpd", "lighttpd", text, [(Case("read", "read", tree.at("open/data.txt"), EACCES), "data.txt: Permission")])
    broken = script(tree, "broken-l.conf", f'server.document-root = "{tree.base}"\nserver.port = {port}\nserver.errorlog = "{tree.base}/fixed/error.log"\n')
    recorder.add("lighttpd", "lighttpd", Case("log", "write", tree.at("fixed/error.log"), EACCES), run(tree, ["lighttpd", "-D", "-f", broken]))


def record_fpm(recorder):
    tree = recorder.tree
    program = next((path for path in ("php-fpm", "php-fpm8.4", "php-fpm8.3", "php-fpm8.2") if shutil.which(path)), None)
    if program is None:
        return
    for name, listen, log, case in (("a", tree.at("fixed/php.sock"), tree.home + "/fpm.log", Case("bind", "create", tree.at("fixed/php.sock"), EACCES)),
                                    ("b", tree.at("none/php.sock"), tree.home + "/fpm.log", Case("bind", "create", tree.at("none/php.sock"), ENOENT)),
                                    ("c", tree.home + "/php.sock", tree.at("fixed/fpm.log"), Case("log", "write", tree.at("fixed/fpm.log"), EACCES))):
        config = script(tree, f"fpm-{name}.conf", f"[global]\npid = {tree.home}/fpm.pid\nerror_log = {log}\n[www]\nlisten = {listen}\npm = static\npm.max_children = 1\n")
        recorder.add("php-fpm", "php-fpm", case, run(tree, [program, "-n", "-F", "-y", config]))


def record_uwsgi(recorder):
    tree = recorder.tree
    recorder.add("uwsgi", "uwsgi", Case("bind", "create", None, EACCES), run(tree, ["timeout", "5", "uwsgi", "--socket", tree.at("fixed/u.sock"), "--need-app"]))
    recorder.add("uwsgi", "uwsgi", Case("chdir", "enter", None, EACCES), run(tree, ["timeout", "5", "uwsgi", "--chdir", tree.at("closed"), "--socket", tree.home + "/u.sock"]))
    recorder.add("uwsgi", "uwsgi", Case("log", "open", tree.at("fixed/u.log"), EACCES), run(tree, ["timeout", "5", "uwsgi", "--logto", tree.at("fixed/u.log"), "--socket", tree.home + "/u.sock"]))


def record_gunicorn(recorder):
    tree = recorder.tree
    recorder.add("gunicorn", "gunicorn", Case("log", "write", tree.at("fixed/g.log"), EACCES),
                 run(tree, ["gunicorn", "--error-logfile", tree.at("fixed/g.log"), "--bind", "127.0.0.1:0", "x:y"]))
    recorder.add("gunicorn", "gunicorn", Case("chdir", "unknown", tree.at("closed"), EACCES),
                 run(tree, ["gunicorn", "--chdir", tree.at("closed"), "--bind", "127.0.0.1:0", "x:y"]))


PROGRAMS = {
    "python3": record_python, "perl": record_perl, "php": record_php, "node": record_node, "ruby": record_ruby,
    "javac": record_java, "go": record_go, "rustc": record_rust, "bash": record_shell, "git": record_git,
    "sqlite3": record_sqlite, "strace": record_strace, "nginx": record_nginx, "apache2": record_apache,
    "lighttpd": record_lighttpd, "php-fpm": record_fpm, "uwsgi": record_uwsgi, "gunicorn": record_gunicorn,
}


def main(wanted):
    for name in wanted or PROGRAMS:
        if not shutil.which(name) and name != "php-fpm":
            print(f"{name} is not here: not recorded", file=sys.stderr)
            continue
        tree = Tree()
        try:
            recorder = Recorder(tree)
            PROGRAMS[name](recorder)
            for line in recorder.lines:
                print(json.dumps(line))
            print(f"{name}: {len(recorder.lines)}", file=sys.stderr)
        finally:
            tree.remove()


if __name__ == "__main__":
    main(sys.argv[1:])
