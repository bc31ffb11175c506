"""A transcript as plain text: for an e-mail, a printer, a screen reader or grep."""

from collections.abc import Iterator, Mapping

from typing_extensions import override

from bot.discussion.transcript import Entry, Gap, Head, ToldRound, ToldVote
from bot.transcripts import course, phrases, standing
from bot.transcripts.clock import Clock
from bot.transcripts.ledger import Ledger, Part
from bot.transcripts.masking import Mentions
from bot.transcripts.signs import one_line, visible
from bot.transcripts.writer import Out, Writer

_DEEPEST = 3
_RULE = "=" * 80
_THIN_RULE = "-" * 80


class PlainText(Writer):
    """Writes UTF-8 text. Every line that a person wrote begins with a bar, so that none can pass for one of ours."""

    def __init__(self, out: Out, clock: Clock) -> None:
        self._out = out
        self._clock = clock
        self._mentions = Mentions({})

    def begin(self, head: Head) -> None:
        """Title and facts."""
        self._mentions = Mentions(head.speakers)
        lines = [_RULE, one_line(head.session.prompt_set.title), _RULE, ""]
        lines += [f"{name + ':':<9} {one_line(value)}" for name, value in phrases.session_facts(head, self._clock)]
        lines += ["", phrases.names_notice(head)]
        if part := phrases.part_notice(head, self._clock):
            lines.append(one_line(part))
        self._write([*lines, ""])

    def begin_round(self, told: ToldRound) -> None:
        """Question, excerpts, phases, how the class stood and where everybody was placed."""
        prompt = told.round.prompt
        lines = ["", _RULE, f"Round {told.round.number}: {one_line(prompt.question)}", _RULE]
        lines += [one_line(course.round_facts(told, self._clock)), ""]
        for excerpt in prompt.excerpts:
            lines += [*_barred(excerpt.quote, "  "), f"    — ¶{excerpt.paragraph}", ""]
        lines += [*self._phases(told), *_standing(told), *_swing(told), *self._places(told)]
        lines += [_THIN_RULE, "Responses", _THIN_RULE, ""]
        if not told.entries:
            lines += ["Nobody responded.", ""]
        self._write(lines)

    def _phases(self, told: ToldRound) -> list[str]:
        if not told.round.has_phases:
            return []
        rows = [
            f"  {phase.number + 1:>2}. {one_line(phrases.named_phase(phase.phase))}: "
            f"{course.times(told, phase, self._clock)}"
            for phase in told.phases
        ]
        return ["Phases:", *rows, ""]

    def _places(self, told: ToldRound) -> list[str]:
        if not told.places:
            return []
        rows = [
            f"  {self._clock.second(place.at)}  {one_line(place.speaker.label)}: "
            f"{one_line(course.side_words(told.round.prompt, place.side))}"
            f"{'' if place.group is None else f', group {place.group}'} ({course.why(place)})"
            for place in told.places
        ]
        return ["Assigned sides:", *rows, ""]

    def gap(self, gap: Gap) -> None:
        """A gap in its place."""
        self._write([f"[Gap] {one_line(phrases.gap(gap, self._clock))}", ""])

    @override
    def entry(self, entry: Entry, words: int) -> None:
        """A response, indented as deep as it stands."""
        response, indent = entry.response, "    " * min(entry.depth, _DEEPEST)
        lines = [indent + self._header(entry)]
        if response.withdrawn_at:
            lines.append(f"{indent}[Withdrawn by its author, {self._clock.minute(response.withdrawn_at)}]")
        if entry.hidden_at:
            lines.append(f"{indent}[{phrases.hidden(response)}, {self._clock.minute(entry.hidden_at)}]")
        lines += [f"{indent}[{mark.sentence}]" for mark in course.marks(entry)]
        lines += self._body(response.body, indent)
        lines += [f"{indent}[Attached: {one_line(file)}]" for file in phrases.attached(response)]
        for citation in entry.citations:
            quote = _barred(citation.exact, indent) if citation.exact else []
            lines += [f"{indent}[Cites ¶{citation.paragraph}]", *quote]
        for place, revision in enumerate(entry.revisions):
            whose = one_line(course.of_revision(entry, place))
            lines.append(f"{indent}[Until {self._clock.minute(revision.replaced_at)} ({whose}) it read]")
            lines += self._body(revision.body, indent)
        self._write([*lines, ""])

    def begin_votes(self, told: ToldRound) -> None:
        """The head of the list of votes."""
        missing = standing.unlisted(told)
        lines = [missing, ""] if missing and told.votes else [missing] if missing else []
        self._write([_THIN_RULE, "Votes and changes of side", _THIN_RULE, "", *lines])

    def vote(self, vote: ToldVote) -> None:
        """A vote as a line."""
        prompt = vote.round.prompt
        side = one_line(phrases.stance_words(prompt, vote.stance))
        before = f", before: {one_line(phrases.stance_words(prompt, vote.previous))}" if vote.previous else ""
        plan = vote.round.format.plan
        phase = f" ({one_line(phrases.named_phase(plan[vote.phase]))})" if vote.round.has_phases else ""
        self._write([f"{self._clock.second(vote.at)}  {one_line(vote.speaker.label)}: {side}{before}{phase}"])

    def end(self, ledger: Ledger) -> None:
        """Who took part."""
        lines = ["", _RULE, "Who took part", _RULE, ""]
        if notice := phrases.people_notice(ledger):
            lines += [notice, ""]
        lines += [
            f"{one_line(part.speaker.label)} ({part.speaker.role.value}): {', '.join(_facts(part, ledger))}"
            for part in ledger.parts.values()
        ]
        self._write(lines)

    def _header(self, entry: Entry) -> str:
        return " · ".join([one_line(course.author(entry)), *course.circumstances(entry, self._clock, one_line)])

    def _body(self, body: Mapping[str, str], indent: str) -> list[str]:
        lines: list[str] = []
        for heading, text in phrases.parts(body):
            if heading:
                lines.append(f"{indent}{one_line(heading)}:")
            lines += _barred(self._mentions.named(text), indent)
        return lines

    def _write(self, lines: list[str]) -> None:
        self._out.write(("\n".join(lines) + "\n").encode(errors="replace"))


def _standing(told: ToldRound) -> list[str]:
    """The count; where there were several votes each of them."""
    lines = ["How the class stood:"]
    counts = standing.counts(told)
    for count in counts:
        lines += [f"  {one_line(count.head)}"] if standing.has_ballots(told) else []
        lines += [f"  {share.votes:>4}  {share.percent:>3} %  {one_line(share.stance)}" for share in count.shares]
        lines += [f"  {count.note}"] if count.note else []
    return [*lines, *([] if counts else [f"  {standing.uncounted(told)}"]), ""]


def _swing(told: ToldRound) -> list[str]:
    """How minds moved between the first vote and the last."""
    if told.swing is None:
        return []
    lines = ["How minds moved:", f"  {one_line(standing.swing_head(told, told.swing))}"]
    lines += [
        f"  {row.before:>4} → {row.after:<4} {row.points:>6} points  {one_line(row.stance)}"
        for row in standing.swing_rows(told, told.swing)
    ]
    return [*lines, *(f"  {one_line(sentence)}" for sentence in standing.swing_sentences(told, told.swing)), ""]


def _facts(part: Part, ledger: Ledger) -> Iterator[str]:
    yield phrases.counted(part.responses, "response")
    yield phrases.counted(part.replies, "reply", "replies")
    if ledger.counts.reflections:
        yield phrases.counted(part.reflections, "reflection")
    if ledger.counts.statements:
        yield phrases.counted(part.statements, "group statement")
    yield phrases.counted(part.words, "word")
    if ledger.counts.votes or not ledger.has_secret_votes:
        yield phrases.counted(part.votes, "vote")
        yield phrases.counted(part.changes_of_side, "change of side", "changes of side")


def _barred(text: str, indent: str) -> list[str]:
    return [f"{indent}│ {line}".rstrip() for line in visible(text).split("\n")]
