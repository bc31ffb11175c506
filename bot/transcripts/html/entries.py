"""A response, a vote and a gap as HTML: the pieces that a large transcript has by the hundred thousand."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.discussion.ids import StanceId
from bot.discussion.palette import STANCE_COLOURS
from bot.discussion.transcript import Entry, Gap, Head, Speaker, ToldRound, ToldVote
from bot.discussion.values import Revision
from bot.transcripts import phrases
from bot.transcripts.clock import Clock
from bot.transcripts.masking import Mentions
from bot.transcripts.signs import html, html_line

_DEEPEST = 3
NO_SIDE = len(STANCE_COLOURS)
"""The colour's place for who has taken no side."""


class Entries:
    """Makes the pieces of one transcript, with what is the same for many of them made once."""

    def __init__(self, head: Head, clock: Clock) -> None:
        self._clock = clock
        self._mentions = Mentions(head.speakers)
        self._names = {speaker.key: html_line(speaker.label) for speaker in head.speakers.values()}
        self._keys = {speaker.key: html(speaker.key) for speaker in head.speakers.values()}
        self._chips: dict[str | None, tuple[int, str, str]] = {}
        self._day = date.min
        self._is_whole = head.scope.student is None and head.scope.since is None
        self._path: list[int] = []

    def begin_round(self, told: ToldRound) -> None:
        """Make the sides of the round's prompt once."""
        prompt, number = told.round.prompt, told.round.number
        self._day = self._clock.here(told.round.opened_at).date()
        self._path = []
        self._chips = {None: (NO_SIDE, f"{number}.none", "")}
        for place, stance in enumerate(prompt.stances):
            self._chips[stance.id] = (
                min(place, NO_SIDE),
                f"{number}.{place}",
                f'<span class="side">{html_line(phrases.stance_words(prompt, stance.id))}</span>',
            )

    def name(self, speaker: Speaker) -> str:
        """A name as HTML that keeps its direction of writing to itself."""
        return f"<bdi>{self._names.get(speaker.key) or html_line(speaker.label)}</bdi>"

    def key(self, speaker: Speaker) -> str:
        """What the filter knows a speaker by."""
        return self._keys.get(speaker.key) or html(speaker.key)

    def time(self, time: datetime) -> str:
        """A time on the school's clock, with its day where that is not the round's; UTC in the title."""
        utc, here = self._clock.utc(time), self._clock.here(time)
        shown = f"{here.hour:02}:{here.minute:02}"
        if here.date() != self._day:
            shown = f"{self._clock.day(time)}, {shown}"
        return f'<time datetime="{utc}" title="{utc[:10]} {utc[11:23]} UTC">{shown}</time>'

    def entry(self, entry: Entry) -> str:
        """A response with all that belongs to it."""
        response = entry.response
        colour, side, chip = self._chip(response.stance)
        body = self._body(response.body)
        marks = ""
        states = ""
        if response.withdrawn_at is not None:
            states = " withdrawn"
            body = f'<p class="mark">Withdrawn by its author at {self.time(response.withdrawn_at)}.</p>'
        if entry.hidden_at is not None:
            states += " hid"
            marks = f'<p class="mark">Hidden by a moderator at {self.time(entry.hidden_at)}.</p>'
        role = phrases.role(response.role)
        badge = f'<span class="role">{role}</span>' if role else ""
        cited = self._citations(entry) if entry.citations else ""
        edits = self._edits(entry) if entry.revisions or response.edited_at is not None else ""
        answers = self._answers(entry)
        return (
            f'<article class="e d{min(entry.depth, _DEEPEST)} c{colour}{states}" id="r{response.id}" '
            f'data-s="{self.key(entry.speaker)}" data-v="{side}"><header><h4>{self.name(entry.speaker)}</h4>{badge}'
            f'{chip}{answers}<a class="at" href="#r{response.id}">{self.time(response.created_at)}</a></header>'
            f"{marks}{body}{cited}{edits}</article>\n"
        )

    def vote(self, vote: ToldVote) -> str:
        """A vote as a row of a table."""
        changed = vote.previous is not None and vote.previous != vote.stance
        before = self._chip(vote.previous)[2] if vote.previous is not None else ""
        return (
            f'<tr data-s="{self.key(vote.speaker)}"{" class=changed" if changed else ""}><td>{self.time(vote.at)}</td>'
            f'<th scope="row">{self.name(vote.speaker)}</th><td class="c{self._chip(vote.stance)[0]}">'
            f'{self._chip(vote.stance)[2]}</td><td class="c{self._chip(vote.previous)[0]}">{before}</td></tr>\n'
        )

    def gap(self, gap: Gap) -> str:
        """A gap in its place."""
        return f'<p class="gap"><strong>Gap.</strong> {html(phrases.gap(gap, self._clock))}</p>\n'

    def _chip(self, stance: StanceId | None) -> tuple[int, str, str]:
        known = self._chips.get(stance)
        if known is None:
            known = NO_SIDE, "none", f'<span class="side">{html_line(stance or "")}</span>'
        return known

    def _answers(self, entry: Entry) -> str:
        """To whom, with a link to it; no link where that response is not told within the scope."""
        parent = entry.response.parent_id
        told = self._is_whole or entry.depth == 0 or self._path[entry.depth - 1 : entry.depth] == [parent]
        if not self._is_whole:
            self._path[entry.depth :] = [entry.response.id]
        if parent is None:
            return ""
        name = self.name(entry.parent_speaker) if entry.parent_speaker else "somebody"
        if told and entry.depth:
            return f'<a class="to" href="#r{parent}">answers {name}</a>'
        return f'<span class="to">answers {name}</span>'

    def _body(self, body: Mapping[str, str]) -> str:
        parts: list[str] = []
        for field, text in body.items():
            words = html(self._mentions.named(text))
            heading = phrases.label(field)
            if heading is None:
                parts.append(f'<p class="w" dir="auto">{words}</p>')
            else:
                parts.append(f'<p class="f">{html_line(heading)}</p><p class="w" dir="auto">{words}</p>')
        return "".join(parts)

    def _citations(self, entry: Entry) -> str:
        return "".join(
            f'<p class="cite"><a href="#p{each.paragraph}">Cites ¶{each.paragraph}</a> '
            f'<q dir="auto">{html(each.quote)}</q></p>'
            for each in entry.citations
        )

    def _edits(self, entry: Entry) -> str:
        edited = entry.response.edited_at
        when = f" at {self.time(edited)}" if edited is not None else ""
        if not entry.revisions:
            return f'<p class="mark">Edited{when}.</p>'
        earlier = phrases.counted(len(entry.revisions), "earlier wording")
        listed = "".join(self._revision(revision, entry) for revision in entry.revisions)
        return f'<details class="edits"><summary>Edited{when}: {earlier}</summary><ol>{listed}</ol></details>'

    def _revision(self, revision: Revision, entry: Entry) -> str:
        moved = revision.stance != entry.response.stance
        colour, _, chip = self._chip(revision.stance)
        side = f' <span class="c{colour}">{chip}</span>' if moved and chip else ""
        return f'<li><p class="mark">Until {self.time(revision.replaced_at)}{side}</p>{self._body(revision.body)}</li>'
