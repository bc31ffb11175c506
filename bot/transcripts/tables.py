"""A transcript as CSV: one file each for responses, votes, participants and rounds.

RFC 4180 with a byte order mark. What a spreadsheet might run as a formula has an apostrophe in front, and so has what
already began with one: taking one leading apostrophe away always gives what was written. Spreadsheets round numbers of
more than 15 digits, so ids of Discord carry a letter (m for a message, u for a user) and stay text.
"""

from collections.abc import Iterable

from bot.content.models import Prompt
from bot.discussion.transcript import Entry, Gap, Head, Speaker, ToldRound, ToldVote
from bot.discussion.wording import FIELDS, TEXT
from bot.transcripts.clock import Clock
from bot.transcripts.ledger import Ledger, words
from bot.transcripts.links import link
from bot.transcripts.phrases import attached, joined, votes_for
from bot.transcripts.signs import csv_text
from bot.transcripts.writer import Out, Writer

_FIELDS = tuple(field.name for field in FIELDS)

TABLES = ("responses", "votes", "participants", "rounds")
"""The files, in the order in which `Tables` takes them."""

RESPONSES = (
    "message_id", "link", "round", "prompt_id", "question", "author", "author_key", "role", "stance_id", "stance",
    "kind", "response_id", "parent_id", "parent_author", "depth", "text", "claim", "evidence", "reasoning", "words",
    "created_at", "created_at_local", "edited_at", "withdrawn_at", "hidden_at", "citations", "revisions",
    "attachments",
)  # fmt: skip
VOTES = (
    "round", "prompt_id", "question", "author", "author_key", "role", "stance_id", "stance", "previous_id", "previous",
    "at", "at_local",
)  # fmt: skip
PARTICIPANTS = (
    "author", "author_key", "role", "user_id", "responses", "replies", "words", "on_time", "withdrawn", "hidden",
    "votes", "changes_of_side",
)  # fmt: skip
ROUNDS = (
    "round", "prompt_id", "question", "opened_at", "opened_at_local", "deadline_at", "closed_at", "closing", "voters",
    "tally", "responses", "votes", "gaps", "gap_times",
)  # fmt: skip


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
    """Writes the four files at once."""

    def __init__(self, responses: Out, votes: Out, participants: Out, rounds: Out, clock: Clock) -> None:
        self._responses = Table(responses, RESPONSES)
        self._votes = Table(votes, VOTES)
        self._participants = Table(participants, PARTICIPANTS)
        self._rounds = Table(rounds, ROUNDS)
        self._clock = clock
        self._posed = ""
        self._stances: dict[str | None, str] = {}
        self._names: dict[str, tuple[str, str]] = {}

    def begin(self, head: Head) -> None:
        """Make every name safe once."""
        self._names = {speaker.key: _author(speaker) for speaker in head.speakers.values()}

    def begin_round(self, told: ToldRound) -> None:
        """Make the round's own words safe once, and tell the round."""
        posed, clock, prompt = told.round, self._clock, told.round.prompt
        self._posed = f"{posed.number},{csv_text(prompt.id)},{csv_text(prompt.question)}"
        self._stances = {None: ","} | {stance.id: _stance(stance.id, stance.label) for stance in prompt.stances}
        self._rounds.row(
            (
                posed.number,
                prompt.id,
                prompt.question,
                clock.utc(posed.opened_at),
                clock.local(posed.opened_at),
                clock.utc(posed.deadline) if posed.deadline else "",
                clock.utc(posed.closed_at) if posed.closed_at else "",
                posed.closing.value if posed.closing else "",
                told.tally.voters,
                _tally(told, prompt),
                told.entries,
                told.votes,
                len(told.gaps),
                "\n".join(self._gap(gap) for gap in told.gaps),
            )
        )

    def entry(self, entry: Entry) -> None:
        """A response as a row."""
        response, clock, parent = entry.response, self._clock, entry.parent_speaker
        message = response.message_id
        created, created_local = clock.both(response.created_at)
        self._responses.line(
            f"{f'm{message}' if message else ''},{link(entry) or ''},{self._posed},{self._author(entry.speaker)[1]},"
            f"{response.role},{self._side(response.stance)},{response.source},{response.id},{response.parent_id or ''},"
            f"{self._author(parent)[0] if parent else ''},{entry.depth},{_words(entry)},"
            f"{words(response.body)},{created},{created_local},"
            f"{clock.utc(response.edited_at) if response.edited_at else ''},"
            f"{clock.utc(response.withdrawn_at) if response.withdrawn_at else ''},"
            f"{clock.utc(entry.hidden_at) if entry.hidden_at else ''},"
            f"{_citations(entry) if entry.citations else ''},{len(entry.revisions)},"
            f"{csv_text(chr(10).join(attached(response))) if response.attachments else ''}"
        )

    def vote(self, vote: ToldVote) -> None:
        """A vote as a row."""
        at, at_local = self._clock.both(vote.at)
        self._votes.line(
            f"{self._posed},{self._author(vote.speaker)[1]},{vote.speaker.role},{self._side(vote.stance)},"
            f"{self._side(vote.previous)},{at},{at_local}"
        )

    def end(self, ledger: Ledger) -> None:
        """Everybody who took part, by name."""
        for part in ledger.parts.values():
            speaker = part.speaker
            self._participants.row(
                (
                    _label(speaker),
                    speaker.key,
                    speaker.role.value,
                    f"u{speaker.user_id}" if speaker.user_id is not None else "",
                    part.responses,
                    part.replies,
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


def _words(entry: Entry) -> str:
    """Four fields: all words, and those of a claim, of evidence and of reasoning."""
    body = entry.response.body
    if len(body) == 1 and TEXT in body:
        return f"{csv_text(body[TEXT])},,,"
    whole = csv_text(joined(entry)) if body else ""
    return ",".join((whole, *(csv_text(body[name]) if name in body else "" for name in _FIELDS)))


def _citations(entry: Entry) -> str:
    return csv_text("\n".join(f"¶{each.paragraph}: {each.quote}" for each in entry.citations))


def _tally(told: ToldRound, prompt: Prompt) -> str:
    return "; ".join(f"{stance.label}: {votes_for(told, stance.id)}" for stance in prompt.stances)
