#!/usr/bin/env python3
"""The structure of the tree by its #includes: which room may know which, and who includes what.

    tests/structure/includes.py                   print what is wrong; the test does the same
    tests/structure/includes.py --arrows          print the arrows between the rooms
    tests/structure/includes.py --fix [PATH ..]   insert the includes that are missing, in all files
                                                  or in those below these paths, and format them
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections import Counter

sys.dont_write_bytecode = True
import source

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# From the ground up. A room may include files of its own and of those that stand before it, or
# beside it as long as the rooms of that floor go in no circle.
FLOORS = (
    ("core",),
    ("ops/kernels",),
    ("ops",),
    ("finn/domains", "finn/optimisers"),
    ("finn/networks",),
    ("finn/constraints", "finn/conditioning"),
    ("finn/model",),
    ("finn/data", "finn/evaluation"),
    ("finn/queries", "finn/training"),
    ("finn/chains",),
    ("capi",),
    ("tests/support",),
    ("bench", "bindings", "examples", "program", "tests"),
)
# Rooms that see the library as a user does: of the rooms below them these headers alone.
OUTSIDE = {"program": ("capi/finn.h", "capi/finn.hpp")}
ROOMS = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# Headers that hand on what another one defines: whoever includes the first need not name the other.
EXPORTS = {"capi/finn.hpp": ("capi/finn.h",),
           "tests/capi/support.hpp": ("tests/capi/handle_support.hpp",
                                      "tests/capi/model_support.hpp",
                                      "tests/capi/refusal_support.hpp")}


def read_tree(root):
    return source.read_tree(root, sorted({room.split("/")[0] for room in ROOMS}))


def room_of(path):
    """The innermost room that holds this file; "" where there is none."""
    folder = os.path.dirname(path)
    while folder and folder not in ROOMS:
        folder = os.path.dirname(folder)
    return folder


def resolved(tree, path, include):
    """The file of the tree that an include names, or None."""
    for place in ("", os.path.dirname(path), "capi"):
        if (found := os.path.normpath(os.path.join(place, include))) in tree:
            return found
    return None


def graph_of(tree):
    """path -> the files of the tree that it includes, in order."""
    return {path: [found for include in file.includes
                   if (found := resolved(tree, path, include)) is not None]
            for path, file in tree.items()}


def arrows(graph):
    """(room, room) -> pairs of files."""
    return Counter((room_of(path), room_of(included)) for path, all in graph.items()
                   for included in all if room_of(path) != room_of(included))


def circle(graph):
    """A circle of a graph as a list that begins and ends with the same node, or []."""
    done, way = set(), []

    def visit(node):
        if node in way:
            return way[way.index(node):] + [node]
        if node in done:
            return []
        way.append(node)
        for following in sorted(graph.get(node, ())):
            if found := visit(following):
                return found
        way.pop()
        done.add(node)
        return []

    return next((found for node in sorted(graph) if (found := visit(node))), [])


def wrong_arrows(graph):
    for path in graph:
        if room_of(path) == "":
            yield "%s: stands in no room of tests/structure/includes.py" % path
    for path, all in graph.items():
        for included in all:
            a, b = room_of(path), room_of(included)
            if a and b and ROOMS[b] > ROOMS[a]:
                yield "%s: includes %s, but %s lies above %s" % (path, included, b, a)
            if a != b and included not in OUTSIDE.get(a, (included,)):
                yield "%s: includes %s, but %s knows %s alone" % (
                    path, included, a, " and ".join(OUTSIDE[a]))
    rooms = {}
    for a, b in arrows(graph):
        if ROOMS.get(a, -1) == ROOMS.get(b, -2):
            rooms.setdefault(a, set()).add(b)
    if found := circle(rooms):
        yield "rooms in a circle: " + " -> ".join(found)


def wrong_circles(graph):
    if found := circle(graph):
        yield "files in a circle: " + " -> ".join(found)


def reached(graph, path):
    """All files that an include of this one brings in."""
    found, left = set(), [path]
    while left:
        for included in graph[left.pop()]:
            if included not in found:
                found.add(included)
                left.append(included)
    return found


def own_headers(tree, path):
    """The header of the same name as a source."""
    stem, ending = os.path.splitext(path)
    return {stem + e for e in (".hpp", ".h") if ending in (".cpp", ".c") and stem + e in tree}


def namespaces_of(tree):
    return {n for file in tree.values() for all in file.defines.values() for n in all}


def definitions_of(tree):
    """name -> {header: its namespaces}."""
    found = {}
    for path, file in tree.items():
        if path.endswith((".hpp", ".h")):
            for name, namespaces in file.defines.items():
                found.setdefault(name, {})[path] = namespaces
    return found


def is_function(name):
    """Types, constants and macros are written with capitals, or as a C type of finn.h."""
    return name.islower() and not name.startswith("finn_")


def is_used(use, file, namespaces):
    """Whether this may be a name from another file, and not a member or something local."""
    if use.qualifier:
        return use.qualifier in namespaces
    if use.name in file.declares:
        return False
    return use.called or not is_function(use.name)


class Names:
    """Which headers of the tree a file uses by name."""

    def __init__(self, tree, graph):
        self.tree, self.graph = tree, graph
        self.namespaces = namespaces_of(tree) - {""}
        self.definitions = definitions_of(tree)

    def direct(self, path):
        direct = {path} | set(self.graph[path])
        for own in own_headers(self.tree, path) & direct:
            direct |= set(self.graph[own])
        for included in list(direct):
            direct |= set(EXPORTS.get(included, ()))
        return direct

    def missing(self, path):
        """(name, header) of names that come only through someone else's include."""
        file, direct = self.tree[path], self.direct(path)
        visible = reached(self.graph, path) | direct
        # A class calls what it inherits by the name alone.
        members = set().union(*(self.tree[header].members for header in visible - {path}))
        found = {}
        for use in file.uses:
            if not is_used(use, file, self.namespaces):
                continue
            if is_function(use.name) and not use.qualifier and use.name in members:
                continue
            headers = self.headers(use, visible)
            if headers and not headers & direct:
                found.setdefault(use.name, min(
                    headers, key=lambda h: (use.name in self.tree[h].borrows, h)))
        return sorted(found.items())

    def headers(self, use, visible):
        """The headers that may be meant."""
        return {header for header, namespaces in self.definitions.get(use.name, {}).items()
                if header in visible and (not use.qualifier or use.qualifier in namespaces)}


def missing_includes(tree, graph):
    names = Names(tree, graph)
    for path in tree:
        for name, header in names.missing(path):
            yield path, name, header


def errors(tree):
    """One line for each thing that is wrong with the tree."""
    graph = graph_of(tree)
    found = list(wrong_arrows(graph)) + list(wrong_circles(graph))
    for path, name, header in missing_includes(tree, graph):
        found.append('%s: uses %s; #include "%s"' % (path, name, header))
    return found


def with_includes(text, headers, own):
    """The text of a file with these includes in the first, sorted block of those of the tree."""
    lines = text.split("\n")
    new = sorted('#include "%s"' % header for header in headers)
    block = [i for i, line in enumerate(lines)
             if re.match(r'#include "(.*)"', line) and line.split('"')[1] not in own]
    if block:
        first = end = block[0]
        while end in block:
            end += 1
        lines[first:end] = sorted(set(lines[first:end] + new))
        return "\n".join(lines)
    before = [i for i, line in enumerate(lines) if re.match(r"#include |#pragma once", line)]
    place = before[-1] + 1 if before else 0
    lines[place:place] = [""] + new if before else new + [""]
    return "\n".join(lines)


def insert_missing(root, below, endings):
    """Inserts what is missing in the files below these paths that end so; the files changed."""
    tree = read_tree(root)
    wanted = {}
    for path, _, header in missing_includes(tree, graph_of(tree)):
        if path.startswith(tuple(below)) and path.endswith(endings):
            wanted.setdefault(path, set()).add(header)
    for path, headers in wanted.items():
        with open(os.path.join(root, path), encoding="utf-8") as file:
            text = file.read()
        with open(os.path.join(root, path), "w", encoding="utf-8") as file:
            file.write(with_includes(text, headers, own_headers(tree, path)))
        print("%s: %s" % (path, " ".join(sorted(headers))))
    return sorted(wanted)


def fix(root, below):
    """Headers first: what one includes, the source of its name need not."""
    changed = insert_missing(root, below, (".hpp", ".h"))
    changed += insert_missing(root, below, (".cpp", ".c"))
    if changed and shutil.which("clang-format-14"):
        subprocess.run(["clang-format-14", "-i"] + changed, cwd=root, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arrows", action="store_true")
    parser.add_argument("--fix", nargs="*", metavar="PATH")
    arguments = parser.parse_args()
    if arguments.fix is not None:
        fix(ROOT, arguments.fix or [""])
        return 0
    tree = read_tree(ROOT)
    if arguments.arrows:
        for (a, b), count in sorted(arrows(graph_of(tree)).items()):
            print("%s -> %s: %d" % (a, b, count))
        return 0
    found = errors(tree)
    print("\n".join(found) if found else "%d files, nothing wrong" % len(tree))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
