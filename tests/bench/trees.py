# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Trees to measure on: the same every time, of a site's shape, readable for the account that asks."""

import os
import random
import subprocess

OWNER = 1000  # needs no account
MODE_DIRECTORY = 0o755
MODE_FILE = 0o644


class Maker:
    """Makes files and directories, and counts them."""

    def __init__(self, root, seed=13):
        self.root = root
        self.count = 0
        self.random = random.Random(seed)
        os.makedirs(root, MODE_DIRECTORY)
        os.chown(root, OWNER, OWNER)

    def directory(self, path):
        os.mkdir(path, MODE_DIRECTORY)
        os.chown(path, OWNER, OWNER)
        self.count += 1
        return path

    def file(self, path):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE_FILE))
        os.chown(path, OWNER, OWNER)
        self.count += 1

    def files(self, directory, number, suffixes):
        for i in range(number):
            self.file(f"{directory}/{self.random.choice(('index', 'class', 'view', 'util'))}-{i}{self.random.choice(suffixes)}")


def web(root, size):
    """A PHP application with its uploads and an installed node_modules: some ten levels deep, a dozen entries a directory."""
    make = Maker(root)
    for part in ("wp-admin", "wp-includes", "wp-content", "node_modules"):
        make.directory(f"{root}/{part}")
    uploads = make.directory(f"{root}/wp-content/uploads")
    package = 0
    while make.count < size:
        package += 1
        base = make.directory(f"{root}/node_modules/package-{package}")
        make.files(base, 6, (".json", ".md", ".js"))
        for inner in ("lib", "dist", "src"):
            place = make.directory(f"{base}/{inner}")
            make.files(place, make.random.randrange(8, 30), (".js", ".map", ".ts"))
            for depth in range(make.random.randrange(0, 5)):
                place = make.directory(f"{place}/part-{depth}")
                make.files(place, make.random.randrange(4, 20), (".js", ".css"))
        if package % 5 == 0:
            place = make.directory(f"{root}/wp-includes/block-{package}")
            make.files(place, 12, (".php", ".css"))
        if package % 10 == 0:
            place = make.directory(f"{uploads}/{package}")
            make.files(place, 60, (".jpg", ".png", ".webp"))
    return make.count


def one_directory(root, size):
    make = Maker(root)
    make.files(make.directory(f"{root}/uploads"), size, (".jpg",))
    return make.count


def large_directories(root, size):
    make = Maker(root)
    for i in range(size // 1000):
        make.files(make.directory(f"{root}/d{i}"), 999, (".jpg",))
    return make.count


def chain(root, size):
    """As deep as @size, which is far beyond PATH_MAX."""
    make = Maker(root)
    here = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    for _ in range(size):
        os.mkdir("deeper", MODE_DIRECTORY, dir_fd=here)
        os.chown("deeper", OWNER, OWNER, dir_fd=here)
        below = os.open("deeper", os.O_RDONLY | os.O_DIRECTORY, dir_fd=here)
        os.close(here)
        here = below
        make.count += 1
    os.close(here)
    return make.count


def sprinkle_acls(root):
    """An ACL on one object in a hundred, as trees have them."""
    names = subprocess.run(["find", root, "-type", "f", "-print0"], check=True, stdout=subprocess.PIPE).stdout
    chosen = b"\0".join(names.split(b"\0")[:-1][::100])
    subprocess.run(["xargs", "-0", "setfacl", "-m", "u:1001:r"], check=True, input=chosen)


def close_to_others(root):
    """Everything must change for the account to read it."""
    subprocess.run(["setfacl", "-R", "-b", "-k", root], check=True)
    subprocess.run(["chmod", "-R", "u=rwX,go=", root], check=True)
