"""A response, a vote and a gap as HTML: the pieces that a large transcript has by the hundred thousand."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from bot.discussion.ids import StanceId
from bot.discussion.palette import STANCE_COLOURS
from bot.discussion.transcript import Entry, Gap, Head, Speaker, ToldPlace, ToldRound, ToldVote
from bot.discussion.values import Role, Round
from bot.discussion.wording import TEXT
from bot.transcripts import course, phrases
from bot.transcripts.clock import Clock
from bot.transcripts.masking import Mentions
from bot.transcripts.signs import html, html_attribute, html_line

_DEEPEST = 3
_MOST_KEPT = 4096
"""Of minutes and of responses of one thread: enough for any debate, and never more."""
NO_SIDE = len(STANCE_COLOURS)
"""The colour's place for who has taken no side."""


class _Side(NamedTuple):
    """A side of the round's prompt: its colour's place, what the filter knows it by, and its words."""

    colour: int
    place: str
    chip: str


class Entries:
    """Makes the pieces of one transcript, with what is the same for many of them made once."""

    def __init__(self, head: Head, clock: Clock) -> None:
        self._clock = clock
        self._mentions = Mentions(head.speakers)
        self._people = {speaker.key: _person(speaker) for speaker in head.speakers.values()}
        self._minutes: dict[str, str] = {}
        self._sides: dict[str | None, _Side] = {}
        self._openings: dict[tuple[str, Role, StanceId | None], tuple[str, str]] = {}
        self._day = date.min
        self._is_plain = True
        self._phases: list[str] = []
        self._is_whole = head.scope.student is None and head.scope.since is None
        self._thread: set[int] = set()

    def begin_round(self, told: ToldRound) -> None:
        """Make the sides of the round's prompt once."""
        prompt, number = told.round.prompt, told.round.number
        self._day = self._clock.here(told.round.opened_at).date()
        self._thread.clear()
        self._minutes.clear()
        self._openings.clear()
        self._is_plain = course.is_plain(told.round)
        self._phases = [_phase(phrases.named_phase(phase)) for phase in told.round.format.plan]
        self._sides = {None: _Side(NO_SIDE, f"{number}.none", "")}
        for place, stance in enumerate(prompt.stances):
            words = html_line(phrases.stance_words(prompt, stance.id))
            self._sides[stance.id] = _Side(min(place, NO_SIDE), f"{number}.{place}", _chip(words))

    def time(self, time: datetime) -> str:
        """A time on the school's clock, with its day where that is not the round's; UTC in the title."""
        utc = self._clock.utc(time)
        shown = self._minutes.get(utc[:16]) or self._minute(time, utc[:16])
        return f'<time datetime="{utc}" title="UTC {utc}">{shown}</time>'

    def entry(self, entry: Entry) -> bytes:
        """A response with all that belongs to it, in UTF-8."""
        response = entry.response
        key = entry.speaker.key, response.role, response.stance
        colour, opening = self._openings.get(key) or self._opening(entry)
        utc = self._clock.utc(response.created_at)
        at = self._minutes.get(utc[:16]) or self._minute(response.created_at, utc[:16])
        states = answers = edits = ""
        if response.withdrawn_at is not None or entry.hidden_at is not None:
            states = self._states(entry)
        if response.parent_id is not None or not self._is_whole:
            answers = self._answers(entry)
        if not self._is_plain or entry.moved:
            answers += self._marks(entry)
            opening = opening if response.group is None else self._opening_of_group(entry)
        if response.edited_at is not None or entry.revisions:
            edits = self._edits(entry)
        depth = entry.depth if entry.depth < _DEEPEST else _DEEPEST  # noqa: FURB136 - min() takes a tenth of all this
        start = (
            f'<article class="e d{depth} c{colour}{states}" id="r{response.id}" {opening}{answers}'
            f'<a class="at" href="#r{response.id}"><time datetime="{utc}" title="UTC {utc}">{at}</time></a></header>'
        )
        body = self._marked(entry) if states else self._body(response.body)
        if response.attachments:
            body += "".join(
                f'<p class="mark" dir="auto">Attached: {html_line(file)}</p>' for file in phrases.attached(response)
            )
        if entry.citations:
            body += self._citations(entry)
        # In two pieces: a single emoji in a text makes all of it slow to encode.
        return b"%b%b%b</article>\n" % (start.encode(), body.encode(), edits.encode())

    def _marks(self, entry: Entry) -> str:
        """What is to be known of a response in a debate of phases: its phase, who may read it, whom it moved."""
        phase = self._phases[entry.response.phase] if entry.round.has_phases else ""
        marks = "".join(
            f'<span class="role" title="{mark.sentence}">{mark.word}</span>' for mark in course.marks(entry)
        )
        moved = f'<span class="moved">{html_line(whom)}</span>' if (whom := course.moved(entry)) else ""
        return phase + marks + moved

    def vote(self, vote: ToldVote) -> str:
        """A vote as a row of a table."""
        key, name = self._person(vote.speaker)
        side = self._side(vote.stance)
        row, before = "", "<td></td>"
        if vote.previous is not None:
            row = ' class="changed"' if vote.previous != vote.stance else ""
            left = self._side(vote.previous)
            before = f'<td class="c{left.colour}">{left.chip}</td>'
        return (
            f'<tr data-s="{key}"{row}><td>{self.time(vote.at)}</td><th scope="row">{name}</th>'
            f'<td class="c{side.colour}">{side.chip}</td>{before}{self._voted_in(vote)}</tr>\n'
        )

    def _voted_in(self, vote: ToldVote) -> str:
        return f"<td>{self._phases[vote.phase]}</td>" if vote.round.has_phases else ""

    def place(self, place: ToldPlace, posed: Round) -> str:
        """An assigned side as a row of a table."""
        key, name = self._person(place.speaker)
        known = posed.prompt.stance(place.side)
        side = self._side(StanceId(known.id)) if known else None
        chip = side.chip if side else _chip(html_line(course.side_words(posed.prompt, place.side)))
        return (
            f'<tr data-s="{key}"><td>{self.time(place.at)}</td><th scope="row">{name}</th>'
            f'<td class="c{side.colour if side else NO_SIDE}">{chip}</td>'
            f"<td>{'' if place.group is None else place.group}</td><td>{course.why(place)}</td></tr>\n"
        )

    def gap(self, gap: Gap) -> str:
        """A gap in its place."""
        return f'<p class="gap"><strong>Gap.</strong> {html(phrases.gap(gap, self._clock))}</p>\n'

    def _side(self, stance: StanceId | None) -> "_Side":
        return self._sides.get(stance) or _Side(NO_SIDE, "none", _chip(html_line(stance or "")))

    def _opening(self, entry: Entry) -> tuple[str, str]:
        """What all responses of one person on one side begin with: the colour, and the header up to whom it answers."""
        role, stance = entry.response.role, entry.response.stance
        side, (key, name) = self._side(stance), self._person(entry.speaker)
        made = (
            f"{side.colour}",
            f'data-s="{key}" data-v="{side.place}"><header><h4>{name}</h4>{_badge(role)}{side.chip}',
        )
        self._openings[entry.speaker.key, role, stance] = made
        return made

    def _opening_of_group(self, entry: Entry) -> str:
        """The same header of what a group wrote: it stands in the group's name."""
        key, side = self._person(entry.speaker)[0], self._side(entry.response.stance)
        names = ", ".join(f"<bdi>{html_line(name)}</bdi>" for name in course.writers(entry))
        return (
            f'data-s="{key}" data-v="{side.place}"><header><h4>{html_line(course.author(entry))}</h4>'
            f'<span class="by">written by {names}</span>{_badge(entry.response.role)}{side.chip}'
        )

    def _states(self, entry: Entry) -> str:
        withdrawn = " withdrawn" if entry.response.withdrawn_at is not None else ""
        return withdrawn + (" hid" if entry.hidden_at is not None else "")

    def _marked(self, entry: Entry) -> str:
        """What a withdrawn or hidden response has for a body."""
        withdrawn_at, hidden_at = entry.response.withdrawn_at, entry.hidden_at
        marks = f'<p class="mark">{phrases.hidden(entry.response)} at {self.time(hidden_at)}.</p>' if hidden_at else ""
        if withdrawn_at is not None:
            return f'{marks}<p class="mark">Withdrawn by its author at {self.time(withdrawn_at)}.</p>'
        return marks + self._body(entry.response.body)

    def _person(self, speaker: Speaker) -> tuple[str, str]:
        return self._people.get(speaker.key) or _person(speaker)

    def _minute(self, time: datetime, minute: str) -> str:
        if len(self._minutes) >= _MOST_KEPT:
            self._minutes.clear()
        here = self._clock.here(time)
        shown = f"{here.hour:02}:{here.minute:02}"
        shown = shown if here.date() == self._day else f"{self._clock.day(time)}, {shown}"
        self._minutes[minute] = shown
        return shown

    def _answers(self, entry: Entry) -> str:
        """To whom, with a link to it; no link where that response is not told within the scope."""
        parent = entry.response.parent_id
        told = self._is_whole or parent in self._thread
        if not self._is_whole:
            if entry.depth == 0 or len(self._thread) >= _MOST_KEPT:
                self._thread.clear()
            self._thread.add(entry.response.id)
        if parent is None:
            return ""
        name = self._person(entry.parent_speaker)[1] if entry.parent_speaker else "somebody"
        if told:
            return f'<a class="to" href="#r{parent}">answers {name}</a>'
        return f'<span class="to">answers {name}</span>'

    def _body(self, body: Mapping[str, str]) -> str:
        if len(body) == 1 and TEXT in body:  # most of a long debate
            text = body[TEXT]
            return f'<p class="w" dir="auto">{html(self._mentions.named(text) if "<@" in text else text)}</p>'
        parts: list[str] = []
        for heading, text in phrases.parts(body):
            words = html(self._mentions.named(text) if "<@" in text else text)
            if heading is None:
                parts.append(f'<p class="w" dir="auto">{words}</p>')
            else:
                parts.append(f'<p class="f">{html_line(heading)}</p><p class="w" dir="auto">{words}</p>')
        return "".join(parts)

    def _citations(self, entry: Entry) -> str:
        return "".join(
            f'<p class="cite"><a href="#p{each.paragraph}">Cites ¶{each.paragraph}</a>{_quote(each.exact)}</p>'
            for each in entry.citations
        )

    def _edits(self, entry: Entry) -> str:
        edited = entry.response.edited_at
        when = f" at {self.time(edited)}" if edited is not None else ""
        if not entry.revisions:
            return f'<p class="mark">Edited{when}.</p>'
        earlier = phrases.counted(len(entry.revisions), "earlier wording")
        listed = "".join(self._revision(place, entry) for place in range(len(entry.revisions)))
        return f'<details class="edits"><summary>Edited{when}: {earlier}</summary><ol>{listed}</ol></details>'

    def _revision(self, place: int, entry: Entry) -> str:
        revision = entry.revisions[place]
        moved = revision.stance != entry.response.stance
        then = self._side(revision.stance)
        side = f' <span class="c{then.colour}">{then.chip}</span>' if moved and then.chip else ""
        by = f", by <bdi>{html_line(entry.writers[place].label)}</bdi>" if entry.writers else ""
        until = self.time(revision.replaced_at)
        return f'<li><p class="mark">Until {until}{by}{side}</p>{self._body(revision.body)}</li>'


def _person(speaker: Speaker) -> tuple[str, str]:
    """What the filter knows a speaker by, and the name as HTML that keeps its direction of writing to itself."""
    return html_attribute(speaker.key), f"<bdi>{_in_ascii(html_line(speaker.label))}</bdi>"


def _quote(words: str) -> str:
    return f' <q dir="auto">{html(words)}</q>' if words else ""


def _chip(words: str) -> str:
    return f'<span class="side">{_in_ascii(words)}</span>'


def _phase(words: str) -> str:
    return f'<span class="ph">{_in_ascii(html_line(words))}</span>'


def _in_ascii(made: str) -> str:
    """HTML with its other signs as references: what stands in every response is quicker to encode so."""
    return made.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _badge(role: Role) -> str:
    return "" if role is Role.STUDENT else f'<span class="role">{phrases.role(role)}</span>'
