# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# File systems to judge on, made new: ext4, xfs and btrfs in files, tmpfs, and an overlay. For a mount namespace of one's own.

import os
import subprocess


def call(*words):
    return subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)


def on_image(make, size):
    def mount(place, stage):
        image = os.path.join(stage, os.path.basename(place) + ".disk")
        with open(image, "wb") as out:
            out.truncate(size)
        for words in (make + [image], ["mount", "-o", "loop", image, place]):
            try:
                result = call(*words)
            except FileNotFoundError:
                return "there is no " + words[0]
            if result.returncode != 0:
                return "%s: %s" % (words[0], result.stderr.decode(errors="replace").strip())
        return None
    return mount


def on_memory(place, _stage):
    result = call("mount", "-t", "tmpfs", "-o", "mode=0755", "errno13", place)
    return result.stderr.decode().strip() if result.returncode != 0 else None


def on_overlay(place, stage):
    """Only a try: the overlay that is judged is laid over each tree when that has been made."""
    layers = os.path.join(stage, "layers")
    os.mkdir(layers)
    result = call("mount", "-t", "tmpfs", "-o", "mode=0755", "errno13", layers)
    if result.returncode != 0:
        return result.stderr.decode().strip()
    why_not = lay_over(place, layers)
    if why_not is None:
        call("umount", place)
    return why_not


def lay_over(place, layers):
    for layer in ("lower", "upper", "work"):
        os.makedirs(os.path.join(layers, layer), 0o755, exist_ok=True)
    words = "lowerdir=%s/lower,upperdir=%s/upper,workdir=%s/work" % (layers, layers, layers)
    result = call("mount", "-t", "overlay", "-o", words, "overlay", place)
    return result.stderr.decode().strip() if result.returncode != 0 else None


KINDS = {
    "ext4": on_image(["mkfs.ext4", "-q"], 64 << 20),
    "xfs": on_image(["mkfs.xfs", "-q"], 320 << 20),
    "btrfs": on_image(["mkfs.btrfs", "-q"], 256 << 20),
    "tmpfs": on_memory,
    "overlay": on_overlay,
}


def mount_all(stage):
    """Places by the file system's name, and why the others are missing."""
    places, missing = {}, {}
    for name, mount in KINDS.items():
        place = os.path.join(stage, name)
        os.mkdir(place, 0o755)
        why_not = mount(place, stage)
        if why_not is None:
            os.chmod(place, 0o755)
            places[name] = place
        else:
            missing[name] = why_not
    return places, missing


def make_tree(kind, place, make, number):
    """The tree that make(DIRECTORY) makes, on the file system at @place. Below an overlay, it is made in the lower layer; then every other object
    is given new permissions through the overlay, which takes it to the upper one."""
    if kind != "overlay":
        tree = make(os.path.join(place, "tree%d" % number))
        tree.make()
        return tree
    layers = os.path.join(os.path.dirname(place), "layers", str(number))
    lower = os.path.join(layers, "lower")
    os.makedirs(lower, 0o755)
    tree = make(os.path.join(lower, "tree%d" % number))
    tree.make()
    why_not = lay_over(place, layers)
    if why_not is not None:
        raise RuntimeError(why_not)
    tree.root = os.fsencode(os.path.join(place, "tree%d" % number))
    for thing in reversed(tree.things[::2]):
        tree.give_permissions(thing)
    return tree


def forget_tree(kind, place, tree):
    if kind == "overlay":
        call("umount", place)
        call("rm", "-rf", os.path.join(os.path.dirname(place), "layers", os.path.basename(os.fsdecode(tree.root))[4:]))
    else:
        call("rm", "-rf", os.fsdecode(tree.root))


def unmount_all(stage):
    with open("/proc/self/mounts", encoding="ascii", errors="surrogateescape") as mounts:
        places = [line.split()[1] for line in mounts]
    for place in reversed(places):
        if place.startswith(stage + "/"):
            call("umount", "-l", place)
