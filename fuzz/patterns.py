"""Patterns that large hostile files repeat."""

from collections.abc import Iterable, Mapping

Pattern = tuple[bytes, bytes, bytes]
"""How a file begins, what is repeated in it (`%d` counts), and how it ends."""


def _each(repeated: Iterable[bytes], *, begins: bytes = b"", ends: bytes = b"") -> Iterable[Pattern]:
    return ((begins, sign, ends) for sign in repeated)


_SET = b"article: north-korea-ballistic-missile-tests\ntitle: T\n"
_EXCERPTS = _SET + b"prompts:\n- id: a\n  excerpts:\n"
_STANCES = _SET + b"prompts:\n- id: a\n  stances:\n"
_LONG_ALIAS = b"x: &x " + b"North Korea fired a missile. " * 2000 + b"\n"
_BOMB = b"a: &a [1,1,1,1,1,1,1,1,1]\n" + b"".join(
    b"%c: &%c [%b]\n" % (place + 1, place + 1, b",".join([b"*%c" % place] * 9)) for place in range(97, 121)
)

PATTERNS: Mapping[str, tuple[Pattern, ...]] = {
    "loader": (
        *_each((b"[", b"{", b"[{", b"{a: ", b"[\n", b"[a,", b"- ", b"? ", b"? a\n", b": ")),
        *_each((b"a", b"\0", b"\n", b" ", b"\t", b"\r", b"a: ", b"#", b"# a\n", b"---\n", b"...\n")),
        *_each((b"%YAML 1.1\n", b"%TAG ! tag:a\n", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"a\0")),
        *_each((b"*", b"&", b"!", b"|", b">", b"%", b"@", b"`", b"a: [\n", b"phases \t", b"\xc2\x85")),
        *_each((b"a", b"&a", b"*a", b"!a", b"!%41", b"\xcc\x81", b"\xf0\x9f\x98\x80"), begins=b"title: "),
        *_each((b"a", b"\\x41", b"\\u0041", b"\\n", b"\n", b" ", b"\\\n"), begins=b'title: "', ends=b'"'),
        *_each((b"a", b"''", b"\n", b"a b\n "), begins=b"title: '"),
        *_each((b"  a\n", b"\n", b" "), begins=b"title: |\n"),
        *_each((b"  a\n\n", b"\n", b"  a\n   b\n"), begins=b"title: >\n"),
        *_each(
            (b"9", b"1:1", b":1", b"1_", b"1.", b"0x", b"._", b"2001-01-01 ", b"1e9", b".1"), begins=b"- ", ends=b"x"
        ),
        *_each((b"k%d: 1\n", b"a: 1\n", b"- &a%d 1\n", b"- !!python/name:os.system a\n", b"- !!int 1\n")),
        (b"{", b"k%d: 1,", b"}"),
        (b"[", b"1,", b"]"),
        (b"- &a 1\n", b"- *a\n", b""),
        (b"<<: ", b"*a ", b""),
        (_BOMB, b"# a\n", b""),
        (b"%TAG", b" !a%d! tag:x,2000:\n%%TAG", b"\n--- a"),
        (b"", b"promts%d: 1\n", b""),
        (b"", b"promtspromtspromtspromtspromtspromts%d: 1\n", b""),
        (_LONG_ALIAS + _EXCERPTS, b"  - {paragraph: 1, quote: *x}\n", b""),
        (_LONG_ALIAS + b"prompts:\n", b"- {? *x : *x}\n", b""),
        (_LONG_ALIAS + b"phases:\n", b"- argue: {say: *x}\n", b""),
        (_EXCERPTS, b"  - {paragraph: 1, quote: North Korea fired a mistle that failed}\n", b""),
        (_EXCERPTS, b"  - {paragraph: 1, quote: a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b%d}\n", b""),
        (_EXCERPTS + b"  - {paragraph: 1, quote: ", b"North Korea fired ", b"}"),
        (_EXCERPTS + b"  - {paragraph: 1, quote: ", b"... a ", b"}"),
        (_EXCERPTS + b'  - {paragraph: 1, quote: "a', b" ", b'b"}'),
        (_EXCERPTS + b'  - {paragraph: 1, quote: "a', b"\\n\\t", b'b"}'),
        (_STANCES, b"  - {id: a%d, label: b%d, emoji: ':smil%d:'}\n", b""),
        (_STANCES, b"  - {lable: a, em: b}\n", b""),
        (_STANCES + b"  - {emoji: '", b"\xf0\x9f\x98\x80\xe2\x80\x8d", b"'}"),
        (_STANCES + b'  - {label: "', b" \\n", b'"}'),
        (_STANCES + b"  - {id: ", b"a-", b"!}"),
        (b"article: ", b"mars-", b""),
        (_SET + b"prompts:\n", b"- {qestion%d: 1, id: a, stances: [], b: c}\n", b""),
        (b"title: a\nphases:\n", b"- argue: {minutes: 1}\n", b""),
        (b"title: a\nphases:\n", b"- argu\n", b""),
        (b"title: a\nphases:\n", b"- {vote: {}, argu: {}}\n", b""),
    ),
    "article": (
        *_each((b"[", b"[](", b"![", b"*", b"**a", b"`", b"``a ", b"<", b"<a ", b"<!--", b"> ", b"- ")),
        *_each((b"# a\n", b"```\n", b"~~~a\n", b"[a]: b\n", b"[a]: <\n", b'[a]: b "\n', b"|a|b\n|-|-\n")),
        *_each((b"---\n", b"a\n===\n", b"- \n", b"> a\n", b"- a\n", b"\n", b"a\n", b"<div>\n", b"[a%d]: /u\n")),
        *(
            (b"", sign + b"a" * 250 + b"\n", b"")
            for sign in (b"", b"- ", b"> ", b"1. ", b"```", b"[a]: b '", b"<p>", b"    ")
        ),
        *(
            (b"", sign * 60 + b"a\n" + b"\n" * blank, b"")
            for sign in (b"> ", b"- ", b"> - ", b"1. ")
            for blank in (0, 1)
        ),
        *((b"[a]: b '", b"a" * 250 + b"\n", end) for end in (b"", b"'")),
        (b"[", b"a" * 250 + b"\n", b""),
        *(
            (b"", line * (9000 // len(line)) + b"\n\n", b"")
            for line in (b"![", b"![](", b"![][", b"![]", b"[ ", b"![a] ", b"![]( ")
        ),
        (b"---\n", b"- ", b"\n---\na"),
        (b"---\n", b"a%d: 1\n", b"\n---\na"),
        (b"---", b" ", b"\n"),
        (b"---\n", b"---  \t", b""),
    ),
    "quotes": (
        *_each((b"a ", b"a\n", b" ", b"a b c ", b"\xe2\x80\x9c"), begins=b"a\n"),
        *_each((b"a ", b" ", b"b a a ", b"... ", b'"'), ends=b"\na b c d a b d c a a b"),
        (b"a b " * 20 + b"c\n", b"b a a ", b""),
        (b"a b " * 400 + b"c\n", b"b a a ", b""),
        (b"b a " * 400 + b"c\n", b"a b\n", b""),
    ),
    "words": tuple(
        (b"", sign, b"")
        for sign in (
            *(
                b"[",
                b"*",
                b"<",
                b"`",
                b"\\",
                b"|",
                b"\n",
                b"\n> ",
                b"\n- ",
                b"1. ",
                b"\n1",
                b" ",
                b"a\n\n\n\n",
                b"http://a",
                b"a.",
                b"www.",
                b"](",
                b"#",
            ),
            *(
                text.encode()
                for text in ("\u200b", "a\u0301", "\u0301", "\u202e", "\u0647\u200c", "\U0001f469\u200d", "\ufe0f")
            ),
            *(
                text.encode()
                for text in (
                    "\u05d0",
                    "\U0001f3f4\U000e0067",
                    "\u3164\n",
                    "\n\u200f",
                    "\x85",
                    "\ufdfd",
                    "\u0e01\u0e47\u0e47",
                )
            ),
        )
    ),
    "addresses": (
        (b"parley:a", b":a", b""),
        (b"parley:a", b":a", b"!"),
        (b"parley:", b"a-", b"!"),
        (b"parley:a:", b"9", b""),
    ),
    "times": tuple(
        (b"", sign, b"")
        for sign in (
            b"1",
            b"in ",
            b"1 ",
            b"at ",
            b"in 1h",
            b"\xd9\xa3",
            b"\xef\xb7\xba",
            b"monday ",
            b"next ",
            b",",
            b"1:",
        )
    ),
}
"""For each target what it is slow or greedy with, if with anything."""
