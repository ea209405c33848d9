"""Names in C and C++ sources: which a file defines for others, which it declares, which it uses.

This is no compiler. It knows as much of the grammar as the style of this tree needs: it cuts a file
into tokens and walks the declarations at namespace scope. What it cannot resolve - members, local
variables - it leaves out, so that a name it does report is one of a header of the tree.
"""

import os
import re
from dataclasses import dataclass, field

from tokens import OPENING, declared, is_word, past, past_angles, tokens_of, without_comments

DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(\w+)((?:\\\n|[^\n])*)", re.MULTILINE)
INCLUDE = re.compile(r'[ \t]*"([^"\n]+)"|[ \t]*<([^>\n]+)>')


@dataclass
class Use:
    name: str
    qualifier: str  # the last namespace or class in front of it, "" if there is none
    called: bool


@dataclass
class Source:
    path: str
    includes: list = field(default_factory=list)  # as written
    defines: dict = field(default_factory=dict)  # name -> last namespaces, at namespace scope
    borrows: set = field(default_factory=set)    # those of them that are using-declarations
    declares: set = field(default_factory=set)   # names of anything made in the file, at any depth
    members: set = field(default_factory=set)    # names declared in classes
    uses: list = field(default_factory=list)


class Declarations:
    """Walks the declarations at namespace scope of one file."""

    def __init__(self, source, tokens):
        self.source, self.tokens = source, tokens
        self.scope(0, "")

    def define(self, name, namespace):
        self.source.defines.setdefault(name, set()).add(namespace)

    def at(self, i):
        return self.tokens[i] if i < len(self.tokens) else ""

    def scope(self, i, namespace):
        while i < len(self.tokens) and self.tokens[i] != "}":
            i = self.declaration(i, namespace)
        return i + 1

    def declaration(self, i, namespace):
        if self.at(i) == "template" and self.at(i + 1) == "<":
            i = past_angles(self.tokens, i + 1)
        if self.at(i) == "requires":
            i = past(self.tokens, self.tokens.index("(", i))
        start = i
        while self.at(i) in ("inline", "extern", "static", "constexpr", "typedef", '""'):
            i += 1
        if self.at(i) == "namespace":
            return self.namespace(i + 1, namespace)
        if self.at(i) == "{" and '""' in self.tokens[start:i]:
            return self.scope(i + 1, namespace)  # extern "C"
        if self.at(i) == "using":
            return self.using(i + 1, namespace)
        if self.at(i) in ("class", "struct", "union", "enum"):
            end = self.type(i, namespace, self.tokens[start:i])
            if end is not None:
                return end
        if "typedef" in self.tokens[start:i]:
            return self.typedef(i, namespace)
        if is_word(self.at(i)) and self.at(i + 1) == "(":
            return self.macro(past(self.tokens, i + 1))
        return self.function_or_variable(i, namespace)

    def macro(self, i):
        """Behind NAME(..), a macro at namespace scope: it may be followed by a body, or by no ;."""
        return self.end(i) if self.at(i) in (";", "->") else (
            past(self.tokens, i) if self.at(i) == "{" else i)

    def namespace(self, i, outer):
        name = outer
        while is_word(self.at(i)) or self.at(i) == "::":
            name = self.at(i) if is_word(self.at(i)) else name
            i += 1
        if self.at(i) == "{":
            return self.scope(i + 1, name)
        return self.end(i)  # an alias

    def using(self, i, namespace):
        end = self.end(i)
        if self.at(i + 1) == "=":
            self.define(self.at(i), namespace)
        elif self.at(i) != "namespace":
            self.define(self.at(end - 2), namespace)
            self.source.borrows.add(self.at(end - 2))
        return end

    def type(self, i, namespace, before):
        """A class or an enumeration; None if it is only part of another declaration."""
        kind, i = self.at(i), i + 1
        scoped = kind == "enum" and self.at(i) in ("class", "struct")
        i += scoped
        if self.at(i) == "alignas":
            i = past(self.tokens, i + 1)
        name = self.at(i) if is_word(self.at(i)) else ""
        i += name != ""
        if self.at(i) == "<":  # a specialisation
            i = past_angles(self.tokens, i)
        if self.at(i) in ("final", ":"):
            i = self.tokens.index("{", i)
        if self.at(i) == ";" and "typedef" not in before:
            return i + 1  # only declared
        if self.at(i) != "{":
            return None
        end = past(self.tokens, i)
        if name:
            self.define(name, namespace)
        if kind == "enum":
            self.enumerators(i + 1, end - 1, namespace, scoped)
        else:
            self.source.members |= declared(self.tokens[i:end - 1])
        if "typedef" in before and is_word(self.at(end)):
            self.define(self.at(end), namespace)
        return self.end(end)

    def enumerators(self, i, end, namespace, scoped):
        expected = True
        while i < end:
            token = self.tokens[i]
            if expected and is_word(token) and not scoped:
                self.define(token, namespace)
            expected = token == ","
            i = past(self.tokens, i) if token in OPENING else i + 1

    def typedef(self, i, namespace):
        end = self.end(i)
        part = self.tokens[i:end]
        if "(" in part and part[part.index("(") + 1] == "*":
            self.define(part[part.index("(") + 2], namespace)
        else:
            self.define(part[-2], namespace)
        return end

    def function_or_variable(self, i, namespace):
        start = i
        while i < len(self.tokens):
            token = self.tokens[i]
            if token == "<" and is_word(self.at(i - 1)) and self.at(i - 1) != "operator":
                i = past_angles(self.tokens, i)
                continue
            if token in ("alignas", "decltype", "__attribute__"):
                i = past(self.tokens, i + 1)
                continue
            if token == "[" and i == start:
                i = start = past(self.tokens, i)  # an attribute
                continue
            if token in "([{=;":
                break
            i += 1
        self.declarator(start, i, namespace)
        return self.end(i)

    def declarator(self, start, i, namespace):
        name = self.at(i - 1)
        if i - 1 <= start or not is_word(name) or self.at(i - 2) == "::":
            return  # a macro, an operator, or a member defined outside of its class
        if "operator" not in self.tokens[start:i] and "friend" not in self.tokens[start:i]:
            self.define(name, namespace)

    def end(self, i):
        """The index behind a declaration: its ; or, where it has a body, its }."""
        called = False
        while i < len(self.tokens) and self.tokens[i] != "}":
            token = self.tokens[i]
            if token == ";":
                return i + 1
            called = called or token == "("
            i = past(self.tokens, i) if token in OPENING else i + 1
            if token == "{" and called and self.at(i) not in (",", "{", ";", ")", "."):
                return i
        return i


def uses_of(tokens):
    for i, name in enumerate(tokens):
        if not is_word(name):
            continue
        before = tokens[i - 1] if i else ""
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        if before in (".", "->"):
            continue
        qualifier = ""
        if before == "::":
            qualifier = tokens[i - 2] if i > 1 and is_word(tokens[i - 2]) else ">"
        yield Use(name, qualifier, following in ("(", "<", "{"))


def read(path, text):
    source = Source(path)
    text = without_comments(text)
    rest = []
    for match in DIRECTIVE.finditer(text):
        kind, content = match.group(1), match.group(2)
        if kind == "include" and (included := INCLUDE.match(content)):
            source.includes.append(included.group(1) or included.group(2))
            continue
        words = list(tokens_of(content.replace("\\\n", " ")))
        if kind == "define" and words:
            source.defines.setdefault(words[0], set()).add("")
            source.declares.add(words[0])
            words = words[1:]
        rest += words
    tokens = list(tokens_of(DIRECTIVE.sub("", text)))
    Declarations(source, tokens)
    source.declares |= declared(tokens)
    source.uses = list(uses_of(tokens)) + list(uses_of(rest))
    return source


def read_tree(root, folders):
    """The sources below these folders: path relative to root -> Source."""
    found = {}
    for folder in folders:
        for directory, subfolders, names in os.walk(os.path.join(root, folder)):
            subfolders.sort()
            for name in sorted(names):
                if name.endswith((".hpp", ".cpp", ".h", ".c")):
                    path = os.path.join(directory, name)
                    relative = os.path.relpath(path, root)
                    with open(path, encoding="utf-8") as file:
                        found[relative] = read(relative, file.read())
    return found
