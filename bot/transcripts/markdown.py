"""A transcript as Markdown: for a wiki, a repository or a document."""

from collections.abc import Iterable, Mapping, Sequence

from typing_extensions import override

from bot.discussion.transcript import Entry, Gap, Head, ToldRound, ToldVote
from bot.transcripts import course, phrases, standing
from bot.transcripts.clock import Clock
from bot.transcripts.ledger import Ledger
from bot.transcripts.masking import Mentions
from bot.transcripts.signs import markdown, markdown_line
from bot.transcripts.writer import Out, Writer

_DEEPEST = 3


class Markdown(Writer):
    """Writes CommonMark with tables, UTF-8. Whatever a person wrote stands in a block quote of its own."""

    def __init__(self, out: Out, clock: Clock) -> None:
        self._out = out
        self._clock = clock
        self._mentions = Mentions({})
        self._phased = False

    def begin(self, head: Head) -> None:
        """Title and facts."""
        self._mentions = Mentions(head.speakers)
        lines = [f"# {markdown_line(head.session.prompt_set.title)}", ""]
        lines += [f"- **{name}:** {markdown_line(value)}" for name, value in phrases.session_facts(head, self._clock)]
        lines += ["", phrases.names_notice(head), ""]
        if part := phrases.part_notice(head, self._clock):
            lines += [markdown_line(part), ""]
        self._write(lines)

    def begin_round(self, told: ToldRound) -> None:
        """Question, excerpts, phases, how the class stood and where everybody was placed."""
        prompt = told.round.prompt
        lines = ["", f"## Round {told.round.number}: {markdown_line(prompt.question)}", ""]
        lines += [markdown_line(course.round_facts(told, self._clock)), "", "### Excerpts", ""]
        for excerpt in prompt.excerpts:
            lines += [*_quoted(excerpt.quote, 1), ">", f"> — ¶{excerpt.paragraph}", ""]
        lines += [*self._phases(told), *self._standing(told), *self._places(told), "### Responses", ""]
        if not told.entries:
            lines += ["Nobody responded.", ""]
        self._write(lines)

    def _phases(self, told: ToldRound) -> list[str]:
        if not told.round.has_phases:
            return []
        rows = (
            (str(phase.number + 1), phase.name, phrases.kind_of(phase.phase), course.times(told, phase, self._clock))
            for phase in told.phases
        )
        return ["### Phases", "", *_table(("", "Phase", "Kind", "Time"), rows), ""]

    def _standing(self, told: ToldRound) -> list[str]:
        """The count; where there were several votes each of them, and how minds moved."""
        lines = ["### How the class stood", ""]
        counts = standing.counts(told)
        for count in counts:
            rows = ((share.stance, str(share.votes), f"{share.percent} %") for share in count.shares)
            lines += [f"**{markdown_line(count.head)}**", ""] if standing.has_ballots(told) else []
            lines += [*_table(("Side", "Votes:", "Share:"), rows), ""]
            lines += [markdown_line(count.note), ""] if count.note else []
        return [*lines, *([] if counts else [standing.uncounted(told), ""]), *self._swing(told)]

    def _swing(self, told: ToldRound) -> list[str]:
        if told.swing is None:
            return []
        rows = (
            (row.stance, str(row.before), str(row.after), row.points) for row in standing.swing_rows(told, told.swing)
        )
        before, after = standing.swing_names(told)
        return [
            "### How minds moved",
            "",
            f"{markdown_line(standing.swing_head(told, told.swing))}.",
            "",
            *_table(("Side", f"{before}:", f"{after}:", "Points:"), rows),
            "",
            *[f"- {markdown_line(sentence)}" for sentence in standing.swing_sentences(told, told.swing)],
            "",
        ]

    def _places(self, told: ToldRound) -> list[str]:
        if not told.places:
            return []
        prompt, clock = told.round.prompt, self._clock
        rows = (
            (
                clock.second(place.at),
                place.speaker.label,
                course.side_words(prompt, place.side),
                "" if place.group is None else str(place.group),
                course.why(place),
            )
            for place in told.places
        )
        return ["### Assigned sides", "", *_table(("Time", "Who", "Side", "Group", "Why"), rows), ""]

    def gap(self, gap: Gap) -> None:
        """A gap in its place."""
        self._write([f"**Gap.** {markdown_line(phrases.gap(gap, self._clock))}", ""])

    @override
    def entry(self, entry: Entry, words: int) -> None:
        """A response, quoted as deep as it stands."""
        response, level = entry.response, min(entry.depth, _DEEPEST)
        before = "> " * level
        lines = [before + self._header(entry), before.rstrip()]
        if response.withdrawn_at:
            lines.append(f"{before}*Withdrawn by its author, {self._clock.minute(response.withdrawn_at)}.*")
        if entry.hidden_at:
            lines += [f"{before}*{phrases.hidden(response)}, {self._clock.minute(entry.hidden_at)}.*", before.rstrip()]
        for mark in course.marks(entry):
            lines += [f"{before}*{mark.sentence}*", before.rstrip()]
        lines += self._body(response.body, level + 1)
        lines += [f"{before}*Attached: {markdown_line(file)}*" for file in phrases.attached(response)]
        for citation in entry.citations:
            lines += [before.rstrip(), f"{before}Cites ¶{citation.paragraph}{':' if citation.exact else '.'}"]
            if citation.exact:
                lines += [before.rstrip(), *_quoted(citation.exact, level + 1)]
        for place, revision in enumerate(entry.revisions):
            whose = markdown_line(course.of_revision(entry, place))
            until = self._clock.minute(revision.replaced_at)
            lines += [before.rstrip(), f"{before}*Until {until} ({whose}) it read:*", before.rstrip()]
            lines += self._body(revision.body, level + 1)
        self._write([*lines, ""])

    def begin_votes(self, told: ToldRound) -> None:
        """The head of the table of votes."""
        lines = ["### Votes and changes of side", ""]
        if missing := standing.unlisted(told):
            lines += [missing, *([""] if told.votes else [])]
        self._phased = told.round.has_phases
        if told.votes:
            lines += _head(("Time", "Who", "Side", "Before", *(("Phase",) if self._phased else ())))
        self._write(lines)

    def vote(self, vote: ToldVote) -> None:
        """A vote as a row."""
        prompt = vote.round.prompt
        before = markdown_line(phrases.stance_words(prompt, vote.previous)) if vote.previous else ""
        side = markdown_line(phrases.stance_words(prompt, vote.stance))
        who = markdown_line(vote.speaker.label)
        plan = vote.round.format.plan
        phase = f" {markdown_line(phrases.named_phase(plan[vote.phase]))} |" if self._phased else ""
        self._write([f"| {self._clock.second(vote.at)} | {who} | {side} | {before} |{phase}"])

    def end(self, ledger: Ledger) -> None:
        """Who took part."""
        columns = phrases.facts_of_people(ledger)
        rows = (
            (part.speaker.label, part.speaker.role.value, *(str(fact(part)) for _, fact in columns))
            for part in ledger.parts.values()
        )
        heads = ("Who", "Role", *(f"{name}:" for name, _ in columns))
        notice = [about, ""] if (about := phrases.people_notice(ledger)) else []
        self._write(["", "## Who took part", "", *notice, *_table(heads, rows)])

    def _header(self, entry: Entry) -> str:
        return " · ".join(
            [f"**{markdown_line(course.author(entry))}**", *course.circumstances(entry, self._clock, markdown_line)]
        )

    def _body(self, body: Mapping[str, str], level: int) -> list[str]:
        lines: list[str] = []
        for heading, text in phrases.parts(body):
            if lines:
                lines.append(("> " * level).rstrip())
            if heading:
                lines += [f"{'> ' * level}**{markdown_line(heading)}**", ("> " * level).rstrip()]
            lines += _quoted(self._mentions.named(text), level)
        return lines

    def _write(self, lines: list[str]) -> None:
        self._out.write(("\n".join(lines) + "\n").encode(errors="replace"))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table. Columns of numbers have a colon behind their names; all cells are made safe here."""
    return [
        *_head(columns),
        *(f"| {' | '.join(markdown_line(cell) if cell else '' for cell in row)} |" for row in rows),
    ]


def _head(columns: Sequence[str]) -> list[str]:
    names = " | ".join(markdown_line(name.removesuffix(":")) if name else "" for name in columns)
    lines = " | ".join("---:" if name.endswith(":") else "---" for name in columns)
    return [f"| {names} |", f"| {lines} |"]


def _quoted(text: str, level: int) -> list[str]:
    """Words as a block quote; each of their lines stays a line."""
    before = "> " * level
    lines = markdown(text).split("\n")
    broken = [
        line + ("\\" if line.strip() and behind.strip() else "")
        for line, behind in zip(lines, [*lines[1:], ""], strict=True)
    ]
    return [(before + line).rstrip(" ") for line in broken]
