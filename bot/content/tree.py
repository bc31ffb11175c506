"""YAML as a tree that knows its places. It is read from the parser's events, within budgets, before anything is built.

PyYAML's own composer and constructors are not used: they recurse as deep as the file does, expand aliases without a
bound, keep the last of two equal keys and turn `1:30` into 90.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from bot.content.scalars import Value, resolve
from bot.content.source import Finding, Source, unprintable
from bot.content.syntax import explain_syntax
from bot.values import frozen

NODE_BUDGET = 10_000
"""Nodes of a file once every alias is written out. A full set of 25 prompts has about 2,000."""

DEPTH_LIMIT = 20
"""Lists and mappings inside each other. A prompt set has five levels."""

KEY_LIMIT = 300
"""Keys of one mapping. A prompt has seven; what is told of an unknown key is looked up among those beside it."""

REPEAT_BUDGET = 100_000
"""Characters that the aliases of a file repeat. A set that has its stances written once repeats about 5,000."""


_TAG_DIRECTIVE = re.compile(r"(?:^|[\r\n\x85\u2028\u2029])(?=%TAG)")
_MOST_TAG_DIRECTIVES = 20
"""Each is compared with all before it by the parser, and none is of any use here."""

Plain = Value | list["Plain"] | dict[str, "Plain"]
"""What a node holds without its places."""


@frozen
class Scalar:
    """One value: `source` is its text, `value` what YAML takes it for. `start` is its offset in the file."""

    start: int
    source: str
    value: Value
    size: int = 1
    height: int = 0

    @property
    def letters(self) -> int:
        """The length of its text."""
        return len(self.source)

    def plain(self) -> Plain:
        """The value alone."""
        return self.value


@frozen
class Sequence:
    """A list. `size` counts the nodes in it and `letters` their characters with every alias written out.

    `height` counts the levels below it.
    """

    start: int
    items: tuple["Node", ...]
    size: int
    height: int
    letters: int

    def plain(self) -> Plain:
        """The list without its places."""
        return [item.plain() for item in self.items]


@frozen
class Entry:
    """One `key: value` of a mapping."""

    key: Scalar
    value: "Node"


@frozen
class Mapping:
    """Keys and values, by the key's text. Of a key that stands twice the first is kept."""

    start: int
    entries: dict[str, Entry]
    size: int
    height: int
    letters: int

    def plain(self) -> Plain:
        """The mapping without its places."""
        return {name: entry.value.plain() for name, entry in self.entries.items()}

    def get(self, name: str) -> "Node | None":
        """The value of a key, or None where the mapping lacks it."""
        entry = self.entries.get(name)
        return None if entry is None else entry.value


Node = Scalar | Sequence | Mapping


def read_tree(source: Source) -> tuple[Node | None, list[Finding]]:
    """The tree of a YAML text beside what is wrong with it. No tree: the text could not be read to its end."""
    reader = _Reader(source)
    try:
        root = reader.document()
    except _UnreadableError as stop:
        return None, [*reader.findings, *stop.findings]
    return root, reader.findings


class _UnreadableError(Exception):
    """What is wrong is such that reading on makes no sense."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__()
        self.findings = findings


@dataclass
class _Reader:
    """Builds the tree from events. Recursion is safe here: the depth is checked before each step down."""

    source: Source
    findings: list[Finding] = field(default_factory=list[Finding])
    _anchors: dict[str, Node | None] = field(default_factory=dict[str, "Node | None"])
    _size: int = 0
    _repeated: int = 0

    def document(self) -> Node:
        """The file's only document."""
        directives = list(islice(_TAG_DIRECTIVE.finditer(self.source.text), _MOST_TAG_DIRECTIVES + 1))
        if len(directives) > _MOST_TAG_DIRECTIVES:
            what = "YAML reads %TAG at the beginning of a line as its own sign"
            raise _UnreadableError(Finding(directives[0].end(), what, "take these lines away"))
        events = self._events()
        root: Node | None = None
        for event in events:
            match event:
                case StreamStartEvent() | StreamEndEvent() | DocumentEndEvent():
                    continue
                case DocumentStartEvent() if root is not None:
                    raise _UnreadableError(
                        Finding(_start(event), "a second document begins here", "keep one document in a file")
                    )
                case DocumentStartEvent():
                    root = self._node(next(events), events, 1)
                case _:
                    raise AssertionError(event)
        if root is None or (isinstance(root, Scalar) and root.source == ""):
            raise _UnreadableError(Finding(0, "this file is empty", "write its keys, or take the file away"))
        return root

    def _events(self) -> Iterator[Event]:
        events = yaml.parse(self.source.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        while True:
            try:
                event = next(events, None)
            except yaml.MarkedYAMLError as error:
                raise _UnreadableError(*explain_syntax(error, self.source)) from error
            except (ValueError, OverflowError) as error:  # PyYAML's own scanner, for an escape beyond Unicode
                raise _UnreadableError(
                    Finding(0, "an escape such as \\U… in this file is no character", "write the character itself")
                ) from error
            if event is None:
                return
            yield event

    def _node(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        if not isinstance(event, NodeEvent):
            raise AssertionError(event)
        start = _start(event)
        if isinstance(event, AliasEvent):
            return self._alias(event, start, depth)
        if depth > DEPTH_LIMIT:
            raise _UnreadableError(
                Finding(start, f"lists and keys are nested deeper than {DEPTH_LIMIT} levels here", "write it flatter")
            )
        self._spend(1, start)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        match event:
            case ScalarEvent():
                node: Node = self._scalar(event, start)
            case SequenceStartEvent():
                self._refuse_tag(event.tag, start)
                node = self._sequence(start, events, depth)
            case MappingStartEvent():
                self._refuse_tag(event.tag, start)
                node = self._mapping(start, events, depth)
            case _:
                raise AssertionError(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _scalar(self, event: ScalarEvent, start: int) -> Scalar:
        self._refuse_tag(event.tag, start)
        character = unprintable(event.value)
        if character is not None:
            self.findings.append(
                Finding(start, f"this text holds the control character {character}", "take its escape out of the text")
            )
        plain = not event.style and event.tag is None
        return Scalar(start, event.value, resolve(event.value) if plain else event.value)

    def _sequence(self, start: int, events: Iterator[Event], depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            items.append(self._node(event, events, depth + 1))
        return Sequence(start, tuple(items), *_measure(items))

    def _mapping(self, start: int, events: Iterator[Event], depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if len(entries) >= KEY_LIMIT:
                what = f"more than {KEY_LIMIT} keys stand beside each other here"
                raise _UnreadableError(Finding(key.start, what, "take those away that nobody reads"))
            if not isinstance(key, Scalar):
                self.findings.append(Finding(key.start, "a list or a mapping stands as a key", "use a word as the key"))
            elif key.source == "<<":
                self.findings.append(
                    Finding(key.start, "the merge key `<<` is not read here", "write the merged keys out")
                )
            elif key.source in entries:
                line = self.source.line(entries[key.source].key.start)
                self.findings.append(
                    Finding(
                        key.start,
                        f"the key `{_short(key.source)}` stands twice (first in line {line})",
                        "keep one of the two",
                    )
                )
            else:
                entries[key.source] = Entry(key, value)
        return Mapping(
            start, entries, *_measure([node for each in entries.values() for node in (each.key, each.value)])
        )

    def _alias(self, event: AliasEvent, start: int, depth: int) -> Node:
        name = event.anchor or ""
        node = self._anchors.get(name)
        if node is None and name in self._anchors:
            raise _UnreadableError(
                Finding(start, f"the alias *{_short(name)} stands inside its own anchor", "write the value out")
            )
        if node is None:
            raise _UnreadableError(
                Finding(
                    start,
                    f"the alias *{_short(name)} has no anchor &{_short(name)} above it",
                    "put text that begins with * in quotes, or name an anchor that exists",
                )
            )
        if depth + node.height > DEPTH_LIMIT:
            raise _UnreadableError(
                Finding(start, f"aliases nest values deeper than {DEPTH_LIMIT} levels here", "write the values out")
            )
        self._spend(node.size, start)
        self._repeated += node.letters
        if self._repeated > REPEAT_BUDGET:
            what = f"aliases repeat more than {REPEAT_BUDGET:,} characters up to here"
            raise _UnreadableError(Finding(start, what, "use fewer aliases, or split the file"))
        return replace(node, start=start)

    def _spend(self, size: int, start: int) -> None:
        self._size += size
        if self._size > NODE_BUDGET:
            raise _UnreadableError(
                Finding(
                    start,
                    f"this file holds more than {NODE_BUDGET:,} values, counting those that aliases repeat",
                    "use fewer aliases, or split the file",
                )
            )

    def _refuse_tag(self, tag: str | None, start: int) -> None:
        if tag is not None and tag != "!":
            self.findings.append(
                Finding(start, f"the tag {_short(_tag_name(tag))} is not read here", "take the tag away")
            )


def _start(event: Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _measure(children: list[Node]) -> tuple[int, int, int]:
    """Size, height and letters of what has these children."""
    size, letters = 1 + sum(child.size for child in children), sum(child.letters for child in children)
    return size, 1 + max((child.height for child in children), default=0), letters


def _tag_name(tag: str) -> str:
    prefix = "tag:yaml.org,2002:"
    return f"!!{tag.removeprefix(prefix)}" if tag.startswith(prefix) else tag


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
