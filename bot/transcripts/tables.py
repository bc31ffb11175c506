"""A transcript as CSV: one file each for responses, votes, participants and rounds, and where there are any for phases
and for assigned places.

RFC 4180 with a byte order mark. What a spreadsheet might run as a formula has an apostrophe in front, and so has what
already began with one: taking one leading apostrophe away always gives what was written. Spreadsheets round numbers of
more than 15 digits, so ids of Discord carry a letter (m for a message, u for a user) and stay text.
"""

from collections.abc import Callable, Iterable, Mapping

from bot.content.models import Prompt
from bot.discussion.ids import StanceId
from bot.discussion.phase_names import phase_name
from bot.discussion.transcript import Entry, Gap, Head, Speaker, ToldPhase, ToldRound, ToldVote
from bot.discussion.values import Role, Round, Source
from bot.discussion.wording import FIELDS, RESTATED_FIELD, TEXT
from bot.transcripts import course, standing
from bot.transcripts.clock import Clock
from bot.transcripts.columns import COLUMNS, TableName, tables_of
from bot.transcripts.ledger import Ledger
from bot.transcripts.links import channel_of, link
from bot.transcripts.phrases import attached, joined, kind_of
from bot.transcripts.signs import csv_text
from bot.transcripts.writer import Out, Writer

_FIELDS = (RESTATED_FIELD.name, *(field.name for field in FIELDS))
_NO_FIELDS = "," * len(_FIELDS)
_NOTHING_MORE = ",,,,0,,,,,0,"
"""The fields behind the time of writing, of a response of which there is nothing to tell in them."""


class Table:
    """One CSV file. What a person may have written must come as `csv_text`, or through `row`."""

    def __init__(self, out: Out, columns: Iterable[str]) -> None:
        self._out = out
        out.write(b"\xef\xbb\xbf")
        self.line(",".join(columns))

    def line(self, line: str) -> None:
        """Write a line whose fields are made."""
        self._out.write(f"{line}\r\n".encode())

    def row(self, values: Iterable[str | int]) -> None:
        """Write a line of values of any kind."""
        self.line(",".join(csv_text(value) if isinstance(value, str) else str(value) for value in values))


class Tables(Writer):
    """Writes all files at once: those of `tables_of`, into what `opened` gives for each of them."""

    def __init__(self, head: Head, clock: Clock, opened: Callable[[TableName], Out]) -> None:
        self._tables = {name: Table(opened(name), COLUMNS[name]) for name in tables_of(head)}
        self._responses, self._votes = self._tables[TableName.RESPONSES], self._tables[TableName.VOTES]
        self._clock = clock
        self._channel = ""
        self._posed: list[str] = []
        self._stances: dict[str | None, str] = {}
        self._names: dict[str, tuple[str, str]] = {}
        self._said: dict[tuple[str, Role, str | None, Source, int], str] = {}

    def begin(self, head: Head) -> None:
        """Make every name safe once."""
        self._names = {speaker.key: _author(speaker) for speaker in head.speakers.values()}

    def begin_round(self, told: ToldRound) -> None:
        """Make the round's own words safe once, and tell the round with its phases and places."""
        posed, prompt = told.round, told.round.prompt
        question = _question(posed)
        self._channel = channel_of(posed)
        self._said.clear()
        self._posed = [f"{question},{phase}" for phase in _phases(posed)]
        self._stances = {None: ","} | {stance.id: _stance(stance.id, stance.label) for stance in prompt.stances}
        self._tell_round(told)
        if posed.has_phases:
            for phase in told.phases:
                self._tell_phase(phase, prompt)
        for place in told.places:
            at, at_local = self._clock.both(place.at)
            side = f"{csv_text(place.side)},{csv_text(_side_label(prompt, place.side))}"
            group = "" if place.group is None else place.group
            self._tables[TableName.PLACES].line(
                f"{question},{self._author(place.speaker)[1]},{place.speaker.role},{side},{group},{at},{at_local},"
                f"{place.reason}"
            )

    def _tell_round(self, told: ToldRound) -> None:
        posed, clock, prompt, moved = told.round, self._clock, told.round.prompt, told.swing
        self._tables[TableName.ROUNDS].row(
            (
                posed.number,
                prompt.id,
                prompt.question,
                posed.format.title,
                clock.utc(posed.opened_at),
                clock.local(posed.opened_at),
                clock.utc(posed.deadline) if posed.deadline else "",
                clock.utc(posed.closed_at) if posed.closed_at else "",
                posed.closing.value if posed.closing else "",
                told.tally.voters,
                _tally(told.tally.counts, prompt),
                told.entries,
                told.votes,
                len(told.gaps),
                "\n".join(self._gap(gap) for gap in told.gaps),
                moved.both if moved else "",
                "; ".join(standing.in_points(told, moved)) if moved else "",
                "; ".join(standing.moves(told, moved)) if moved else "",
            )
        )

    def _tell_phase(self, phase: ToldPhase, prompt: Prompt) -> None:
        clock, votes = self._clock, phase.votes
        began, began_local = clock.both(phase.began_at)
        ended, ended_local = clock.both(phase.ended_at) if phase.ended_at else ("", "")
        counted = (
            (str(sum(votes.values())), csv_text(_tally(votes, prompt)), str(phase.left_out))
            if votes is not None
            else ("", "", "")
        )
        self._tables[TableName.PHASES].line(
            ",".join((self._posed[phase.number], began, began_local, ended, ended_local, *counted))
        )

    def entry(self, entry: Entry, words: int) -> None:
        """A response as a row."""
        response, parent = entry.response, entry.parent_speaker
        key = entry.speaker.key, response.role, response.stance, response.source, response.phase
        said = self._said.get(key) or self._said_by(entry)
        message = response.message_id
        created, created_local = self._clock.both(response.created_at)
        self._responses.line(
            f"{f'm{message}' if message else ''},{link(entry, self._channel) or ''},{said},{response.id},"
            f"{response.parent_id or ''},{self._author(parent)[0] if parent else ''},{entry.depth},{_words(entry)},"
            f"{words},{created},{created_local},{self._more(entry) if _has_more(entry) else _NOTHING_MORE}"
        )

    def _said_by(self, entry: Entry) -> str:
        """What many rows have in common: the fields from the round to the kind of response."""
        response, speaker = entry.response, entry.speaker
        made = (
            f"{self._posed[response.phase]},{self._author(speaker)[1]},{response.role},{self._side(response.stance)},"
            f"{response.source}"
        )
        self._said[speaker.key, response.role, response.stance, response.source, response.phase] = made
        return made

    def _more(self, entry: Entry) -> str:
        """What few rows have: the fields behind the time of writing."""
        response, clock = entry.response, self._clock
        return (
            f"{clock.utc(response.edited_at) if response.edited_at else ''},"
            f"{clock.utc(response.withdrawn_at) if response.withdrawn_at else ''},"
            f"{clock.utc(entry.hidden_at) if entry.hidden_at else ''},"
            f"{_citations(entry)},{len(entry.revisions)},{csv_text(chr(10).join(attached(response)))},"
            f"{_with_others(entry)}"
        )

    def vote(self, vote: ToldVote) -> None:
        """A vote as a row."""
        at, at_local = self._clock.both(vote.at)
        self._votes.line(
            f"{self._posed[vote.phase]},{self._author(vote.speaker)[1]},{vote.speaker.role},{self._side(vote.stance)},"
            f"{self._side(vote.previous)},{at},{at_local}"
        )

    def end(self, ledger: Ledger) -> None:
        """Everybody who took part, by name."""
        for part in ledger.parts.values():
            speaker = part.speaker
            self._tables[TableName.PARTICIPANTS].row(
                (
                    _label(speaker),
                    speaker.key,
                    speaker.role.value,
                    f"u{speaker.user_id}" if speaker.user_id is not None else "",
                    part.responses,
                    part.replies,
                    part.reflections,
                    part.statements,
                    part.words,
                    part.on_time,
                    part.withdrawn,
                    part.hidden,
                    part.votes,
                    part.changes_of_side,
                )
            )

    def _author(self, speaker: Speaker) -> tuple[str, str]:
        return self._names.get(speaker.key) or _author(speaker)

    def _side(self, stance: str | None) -> str:
        return self._stances.get(stance) or _stance(stance or "", stance or "")

    def _gap(self, gap: Gap) -> str:
        return f"{self._clock.utc(gap.began_at)} to {self._clock.utc(gap.ended_at)} ({gap.reason})"


def _label(speaker: Speaker) -> str:
    return speaker.label if speaker.label.strip() else "(no name)"


def _author(speaker: Speaker) -> tuple[str, str]:
    """The name as a field, and with the key behind it as two."""
    name = csv_text(_label(speaker))
    return name, f"{name},{csv_text(speaker.key)}"


def _stance(stance: str, label: str) -> str:
    return f"{csv_text(stance)},{csv_text(label)}"


def _question(posed: Round) -> str:
    """A round as three fields: its number, its prompt and what was asked."""
    return f"{posed.number},{csv_text(posed.prompt.id)},{csv_text(posed.prompt.question)}"


def _phases(posed: Round) -> list[str]:
    """Each phase as three fields: its number, its name and its kind; empty ones where a round has only one."""
    if not posed.has_phases:
        return [",,"]
    return [
        f"{number},{csv_text(phase_name(phase))},{kind_of(phase)}" for number, phase in enumerate(posed.format.plan, 1)
    ]


def _words(entry: Entry) -> str:
    """Five fields: all words, those of a point said again, and those of a claim, of evidence and of reasoning."""
    body = entry.response.body
    if len(body) == 1 and TEXT in body:
        return f"{csv_text(body[TEXT])}{_NO_FIELDS}"
    whole = csv_text(joined(entry)) if body else ""
    return ",".join((whole, *(csv_text(body[name]) if name in body else "" for name in _FIELDS)))


def _has_more(entry: Entry) -> bool:
    """Is there anything to tell of a response but who wrote it, when and what?"""
    response = entry.response
    return bool(
        response.edited_at
        or response.withdrawn_at
        or entry.hidden_at
        or entry.citations
        or entry.revisions
        or response.attachments
        or response.held_back
        or entry.moved
        or response.group is not None
    )


def _with_others(entry: Entry) -> str:
    """Five fields: its group, who wrote it with its author, whether the class sees it, whom it moved, and where to."""
    group = entry.response.group
    writers = csv_text("\n".join(course.writers(entry)))
    toward = csv_text("; ".join(course.toward(entry)))
    unseen = "yes" if course.NOT_SHOWN in course.marks(entry) else ""
    return f"{'' if group is None else group},{writers},{unseen},{entry.moved},{toward}"


def _citations(entry: Entry) -> str:
    return csv_text(
        "\n".join(
            f"¶{each.paragraph}: {each.exact}" if each.exact else f"¶{each.paragraph}" for each in entry.citations
        )
    )


def _tally(votes: Mapping[StanceId, int], prompt: Prompt) -> str:
    return "; ".join(f"{stance.label}: {votes.get(StanceId(stance.id), 0)}" for stance in prompt.stances)


def _side_label(prompt: Prompt, side: str) -> str:
    stance = prompt.stance(side)
    return stance.label if stance else side
