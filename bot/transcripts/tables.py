"""A transcript as CSV: one file each for responses, votes, participants and rounds.

RFC 4180 with a byte order mark. What a spreadsheet might run as a formula has an apostrophe in front, and so has what
already began with one: taking one leading apostrophe away always gives what was written. Spreadsheets round numbers of
more than 15 digits, so ids of Discord carry a letter (m for a message, u for a user) and stay text.
"""

import csv
from collections.abc import Iterable

from bot.content.models import Prompt
from bot.discussion.transcript import Entry, Gap, Head, ToldRound, ToldVote
from bot.transcripts import phrases
from bot.transcripts.clock import Clock
from bot.transcripts.ledger import Ledger, words
from bot.transcripts.links import link
from bot.transcripts.signs import cell
from bot.transcripts.writer import Out, Writer

TABLES = ("responses", "votes", "participants", "rounds")
"""The files, in the order in which `Tables` takes them."""

RESPONSES = (
    "message_id", "link", "round", "prompt_id", "question", "author", "author_key", "role", "stance_id", "stance",
    "kind", "response_id", "parent_id", "parent_author", "depth", "text", "claim", "evidence", "reasoning", "words",
    "created_at", "created_at_local", "edited_at", "withdrawn_at", "hidden_at", "citations", "revisions",
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


class _Lines:
    """What the csv module writes into: rows as text in, bytes out."""

    def __init__(self, out: Out) -> None:
        self._out = out

    def write(self, row: str) -> object:
        return self._out.write(row.encode(errors="replace"))


class Table:
    """One CSV file. Cells that are not ours must be made safe by `cell` before they come here."""

    def __init__(self, out: Out, columns: Iterable[str]) -> None:
        out.write(b"\xef\xbb\xbf")
        self.row = csv.writer(_Lines(out), lineterminator="\r\n").writerow
        self.row(columns)


class Tables(Writer):
    """Writes the four files at once."""

    def __init__(self, responses: Out, votes: Out, participants: Out, rounds: Out, clock: Clock) -> None:
        self._responses = Table(responses, RESPONSES)
        self._votes = Table(votes, VOTES)
        self._participants = Table(participants, PARTICIPANTS)
        self._rounds = Table(rounds, ROUNDS)
        self._clock = clock
        self._posed: tuple[object, ...] = ()
        self._stances: dict[str | None, str] = {}
        self._names: dict[str, str] = {}

    def begin(self, head: Head) -> None:
        """Make every name safe once."""
        self._names = {speaker.key: _name(speaker.label) for speaker in head.speakers.values()}

    def begin_round(self, told: ToldRound) -> None:
        """Make the round's own words safe once, and tell the round."""
        posed, clock, prompt = told.round, self._clock, told.round.prompt
        self._posed = (posed.number, prompt.id, cell(prompt.question))
        self._stances = {None: ""} | {stance.id: cell(stance.label) for stance in prompt.stances}
        self._rounds.row(
            (
                *self._posed,
                clock.utc(posed.opened_at),
                clock.local(posed.opened_at),
                clock.utc(posed.deadline) if posed.deadline else "",
                clock.utc(posed.closed_at) if posed.closed_at else "",
                posed.closing.value if posed.closing else "",
                told.tally.voters,
                cell(_tally(told, prompt)),
                told.entries,
                told.votes,
                len(told.gaps),
                cell("\n".join(self._gap(gap) for gap in told.gaps)),
            )
        )

    def entry(self, entry: Entry) -> None:
        """A response as a row."""
        response, clock, parent = entry.response, self._clock, entry.parent_speaker
        body, stance, message = response.body, response.stance, response.message_id
        self._responses.row(
            (
                f"m{message}" if message else "",
                link(entry) or "",
                *self._posed,
                self._name_of(entry.speaker.key, entry.speaker.label),
                entry.speaker.key,
                response.role,
                stance or "",
                self._stances.get(stance) or cell(stance or ""),
                response.source,
                response.id,
                response.parent_id or "",
                self._name_of(parent.key, parent.label) if parent else "",
                entry.depth,
                cell(phrases.joined(entry)) if body else "",
                cell(body["claim"]) if "claim" in body else "",
                cell(body["evidence"]) if "evidence" in body else "",
                cell(body["reasoning"]) if "reasoning" in body else "",
                words(body),
                clock.utc(response.created_at),
                clock.local(response.created_at),
                clock.utc(response.edited_at) if response.edited_at else "",
                clock.utc(response.withdrawn_at) if response.withdrawn_at else "",
                clock.utc(entry.hidden_at) if entry.hidden_at else "",
                cell("\n".join(f"¶{each.paragraph}: {each.quote}" for each in entry.citations))
                if entry.citations
                else "",
                len(entry.revisions),
            )
        )

    def vote(self, vote: ToldVote) -> None:
        """A vote as a row."""
        previous = vote.previous
        self._votes.row(
            (
                *self._posed,
                self._name_of(vote.speaker.key, vote.speaker.label),
                vote.speaker.key,
                vote.speaker.role,
                vote.stance,
                self._stances.get(vote.stance) or cell(vote.stance),
                previous or "",
                self._stances.get(previous) or cell(previous or ""),
                self._clock.utc(vote.at),
                self._clock.local(vote.at),
            )
        )

    def end(self, ledger: Ledger) -> None:
        """Everybody who took part, by name."""
        for part in ledger.parts.values():
            speaker = part.speaker
            self._participants.row(
                (
                    self._name_of(speaker.key, speaker.label),
                    speaker.key,
                    speaker.role,
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

    def _name_of(self, key: str, label: str) -> str:
        return self._names.get(key) or _name(label)

    def _gap(self, gap: Gap) -> str:
        return f"{self._clock.utc(gap.began_at)} to {self._clock.utc(gap.ended_at)} ({gap.reason})"


def _name(label: str) -> str:
    return cell(label) if label.strip() else "(no name)"


def _tally(told: ToldRound, prompt: Prompt) -> str:
    return "; ".join(f"{stance.label}: {phrases.votes_for(told, stance.id)}" for stance in prompt.stances)
