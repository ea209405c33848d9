"""C and C++ cut into words, numbers and signs, and the brackets among them."""

import re

TOKEN = re.compile(r"""
    //[^\n]* | /\*.*?\*/                                        # comments
  | (?P<raw>R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)")
  | (?P<string>"(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*')
  | (?P<number>\.?\d(?:[eEpP][+-]|'(?=[0-9a-fA-F])|[\w.])*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<sign>::|->|\S)
""", re.VERBOSE | re.DOTALL)

# A word before another that does not make the other one the name of a new declaration.
NO_TYPE = set("""return else new delete throw case goto sizeof do and or not if while const constexpr
    consteval static inline explicit virtual friend mutable extern volatile public private protected
    operator typename template using noexcept requires override final namespace co_return default
    alignas alignof decltype register thread_local""".split())
OPENING, CLOSING = {"(": ")", "[": "]", "{": "}"}, {")", "]", "}"}


def tokens_of(text):
    """Words, numbers and signs; strings and numbers become "" and 0."""
    for match in TOKEN.finditer(text):
        kind = match.lastgroup
        if kind in ("word", "sign"):
            yield match.group()
        elif kind == "number":
            yield "0"
        elif kind is not None:
            yield '""'


def is_word(token):
    return token[:1].isalpha() or token[:1] == "_"


def without_comments(text):
    def keep(match):
        return " " if match.group().startswith(("//", "/*")) else match.group()
    return TOKEN.sub(keep, text)


def past(tokens, i):
    """The index behind the bracket that closes the one at i."""
    depth = 0
    for j in range(i, len(tokens)):
        if tokens[j] in OPENING:
            depth += 1
        elif tokens[j] in CLOSING:
            depth -= 1
            if depth == 0:
                return j + 1
    return len(tokens)


def past_angles(tokens, i):
    """The index behind the > that closes the < at i."""
    depth = 0
    while i < len(tokens):
        if tokens[i] in "([{":
            i = past(tokens, i)
            continue
        depth += {"<": 1, ">": -1}.get(tokens[i], 0)
        i += 1
        if depth == 0:
            break
    return i


def declared(tokens):
    """Names that are declared anywhere in these tokens: behind a type, as a parameter, a variable,
    a member, a function or a type of their own."""
    found = set()
    for i, name in enumerate(tokens):
        if i == 0 or not is_word(name):
            continue
        before = tokens[i - 1]
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        if is_word(before) and before not in NO_TYPE:
            found.add(name)
        elif before in ("typename", "using") and following in (",", ">", "="):
            found.add(name)
        elif before in ("&", "*", ">") and following in ("(", ")", ",", ";", "=", "{", ":", "["):
            if before == ">" or is_type(tokens[i - 2]) or tokens[i - 2] in ("&", "*"):
                found.add(name)
        elif before in ("[", ",") and following in (",", "]") and is_binding(tokens, i):
            found.add(name)
        elif before in ("[", ",", "&") and following == "=":
            found.add(name)  # captured, or a further variable of one declaration
    return found


def is_type(token):
    return token == ">" or token[:1].isupper() or token.endswith("_t") or token in (
        "auto", "char", "bool", "int", "long", "double", "float", "void", "const", "unsigned")


def is_binding(tokens, i):
    while i > 0 and (is_word(tokens[i]) or tokens[i] == ","):
        i -= 1
    return tokens[i] == "[" and tokens[i - 1] in ("auto", "&")
