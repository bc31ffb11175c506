"""What a format must keep to beyond the form of its values: each phase has what it needs around it.

The rules look at the tree, not at the model: a format with a mistyped key is still checked as a whole.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from bot.content.formats.choices import Assign, ChartKind, PhaseKind, Visible, Who
from bot.content.formats.values import MOST_PHASES, Format
from bot.content.lookups import text_at, twice
from bot.content.source import Finding, Source
from bot.content.suggestions import nearest_word
from bot.content.tree import Entry, Mapping, Node, Scalar, Sequence
from bot.values import frozen

_STANCES = "`sides: {assign: stances}`"
_CIRCLES = "`sides: {assign: circles}`"


@frozen
class _Step:
    """One phase as the file has it. A mistyped kind counts as the one that is meant."""

    kind: PhaseKind
    key: Scalar
    body: Mapping | None

    def text(self, name: str) -> Scalar | None:
        """The text behind one of its keys."""
        return text_at(self.body, name) if self.body else None

    def is_on(self, name: str) -> bool:
        """Is this key answered with yes?"""
        value = self.body.get(name) if self.body else None
        return isinstance(value, Scalar) and value.value is True


def check_format(root: Node, source: Source) -> list[Finding]:
    """What is wrong with how a format's phases fit together, and with its frame."""
    if not isinstance(root, Mapping):
        return []
    steps = list(islice(_steps(root), MOST_PHASES + 1))
    if len(steps) > MOST_PHASES:
        steps = []  # too many are told as such; how they fit together is a later question
    votes = [step.body for step in steps if step.kind is PhaseKind.VOTE and step.body]
    return [
        *_check_groups(root),
        *(finding for step in steps for finding in _check_frame(step, root)),
        *(finding for index, step in enumerate(steps) for finding in _check_order(step, steps[:index], steps[index:])),
        *(_check_requirements(root, steps) if steps else ()),
        *twice(votes, "name", "another vote", source, str.casefold),
    ]


def _steps(root: Mapping) -> Iterator[_Step]:
    phases = root.get("phases")
    for item in phases.items if isinstance(phases, Sequence) else ():
        for name, entry in item.entries.items() if isinstance(item, Mapping) else ():
            kind = _meant(name, list(PhaseKind))
            if kind is not None:
                yield _Step(PhaseKind(kind), entry.key, entry.value if isinstance(entry.value, Mapping) else None)


def _check_groups(root: Mapping) -> Iterator[Finding]:
    groups, assigned = _framed(root, "groups"), _assigned(root)
    if groups is None:
        return
    if assigned is None:
        what = "groups have assigned sides in them, and this format assigns none"
        yield Finding(groups.key.start, what, f"add {_STANCES}, or take the groups away")
    elif assigned == Assign.CIRCLES:
        what = "groups have every stance in them, and this format assigns circles"
        yield Finding(groups.key.start, what, f"write {_STANCES}, or take the groups away")


def _check_frame(step: _Step, root: Mapping) -> Iterator[Finding]:
    """Does the format assign what the phase builds on?"""
    assigned = _assigned(root)
    if step.kind is PhaseKind.SWAP and assigned is None:
        what = "there are no assigned sides here that could be swapped"
        yield Finding(step.key.start, what, f"add {_STANCES} or {_CIRCLES}, or take the swap away")
    if step.kind is PhaseKind.STATEMENT and _framed(root, "groups") is None:
        what = "a statement is written by a group, and this format has no groups"
        yield Finding(step.key.start, what, f"add `groups: {{size: 4}}` and {_STANCES}, or take the statement away")
    who = step.text("who")
    if who is not None and who.source in {Who.INNER, Who.OUTER} and assigned in {None, Assign.STANCES}:
        what = f"this format assigns no circles, so there is no {who.source} one"
        yield Finding(who.start, what, f"write {_CIRCLES}, or take `who` away")


def _check_order(step: _Step, before: list[_Step], after: list[_Step]) -> Iterator[Finding]:
    """Has what the phase builds on happened, and will what it promises come?"""
    builds_on = step.key if step.kind is PhaseKind.REPLY else None
    if step.is_on("names-a-point") and step.body is not None:
        builds_on = step.body.entries["names-a-point"].key
    missing = _unread(before)
    if builds_on is not None and missing is not None:
        yield Finding(builds_on.start, *missing)
    visible = step.text("visible")
    if visible is not None and visible.source == Visible.AT_REVEAL and PhaseKind.REVEAL not in _kinds(after):
        what = "responses wait for a reveal, and none comes after this phase"
        yield Finding(visible.start, what, "add a `reveal` after it, or write at-once or after-yours")
    chart, votes = step.text("chart"), sum(earlier.kind is PhaseKind.VOTE for earlier in before)
    if chart is not None and chart.source == ChartKind.SWING and votes < 2:
        what = f"swing compares two votes, and before this there is {'one' if votes else 'none'}"
        yield Finding(chart.start, what, "add a vote before and after the arguments, or choose another chart")


def _unread(steps: list[_Step]) -> tuple[str, str] | None:
    """Why nothing of what classmates have said can be answered after these phases, with the mend; None where it can."""
    waits = False
    for step in steps:
        visible = step.text("visible")
        if step.kind is PhaseKind.ARGUE and visible is not None and visible.source == Visible.AT_REVEAL:
            waits = True
        elif step.kind in {PhaseKind.ARGUE, PhaseKind.STATEMENT} or (waits and step.kind is PhaseKind.REVEAL):
            return None
    if waits:
        return "what classmates have said is still hidden here", "put the `reveal` before it"
    return "classmates have said nothing yet that this could be about", "put an `argue` before it"


def _check_requirements(root: Mapping, steps: list[_Step]) -> Iterator[Finding]:
    """Can everybody do what is required of them?"""
    requires = root.get("requires")
    if not isinstance(requires, Mapping):
        return
    has_argue = PhaseKind.ARGUE in _kinds(steps)
    has_reply = PhaseKind.REPLY in _kinds(steps) or any(step.is_on("replies") for step in steps)
    if _is_wanted(requires, "responses") and not has_argue:
        what = "no phase of this format takes responses"
        yield Finding(requires.entries["responses"].key.start, what, "add an `argue`, or take this away")
    if _is_wanted(requires, "replies") and not has_reply:
        what = "no phase of this format takes answers to classmates"
        yield Finding(requires.entries["replies"].key.start, what, "add a `reply`, or take this away")


def _is_wanted(requires: Mapping, name: str) -> bool:
    number = requires.get(name)
    return isinstance(number, Scalar) and isinstance(number.value, int) and number.value > 0


def _kinds(steps: Iterable[_Step]) -> set[PhaseKind]:
    return {step.kind for step in steps}


def _framed(root: Mapping, name: str) -> Entry | None:
    """The entry of one of the format's own keys, mistyped or not; None where it is left out or empty."""
    for key, entry in root.entries.items():
        is_empty = isinstance(entry.value, Scalar) and entry.value.value is None
        if _meant(key, Format.model_fields) == name and not is_empty:
            return entry
    return None


def _assigned(root: Mapping) -> str | None:
    """What the format assigns; empty where that cannot be made out, None where it assigns nothing."""
    sides = _framed(root, "sides")
    if sides is None:
        return None
    assign = text_at(sides.value, "assign") if isinstance(sides.value, Mapping) else None
    return assign.source if assign is not None else ""


def _meant(word: str, known: Collection[str]) -> str | None:
    """The known word that this one is or nearly is."""
    return word if word in known else nearest_word(word, known)
