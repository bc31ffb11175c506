"""A transcript as Markdown: for a wiki, a repository or a document."""

from collections.abc import Mapping

from bot.discussion.transcript import Entry, Gap, Head, ToldRound, ToldVote
from bot.transcripts import phrases
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
        """Question, excerpts, how the class stood."""
        prompt = told.round.prompt
        lines = ["", f"## Round {told.round.number}: {markdown_line(prompt.question)}", ""]
        lines += [markdown_line(phrases.round_facts(told, self._clock)), "", "### Excerpts", ""]
        for excerpt in prompt.excerpts:
            lines += [*_quoted(excerpt.quote, 1), ">", f"> — ¶{excerpt.paragraph}", ""]
        lines += ["### How the class stood", "", "| Side | Votes | Share |", "| --- | ---: | ---: |"]
        for stance in prompt.stances:
            votes, percent = phrases.votes_for(told, stance.id), phrases.share_of(told, stance.id)
            words = markdown_line(phrases.stance_words(prompt, stance.id))
            lines.append(f"| {words} | {votes} | {percent} % |")
        lines += ["", "### Responses", ""]
        if not told.entries:
            lines += ["Nobody responded.", ""]
        self._write(lines)

    def gap(self, gap: Gap) -> None:
        """A gap in its place."""
        self._write([f"**Gap.** {markdown_line(phrases.gap(gap, self._clock))}", ""])

    def entry(self, entry: Entry) -> None:
        """A response, quoted as deep as it stands."""
        response, level = entry.response, min(entry.depth, _DEEPEST)
        before = "> " * level
        lines = [before + self._header(entry), before.rstrip()]
        if response.withdrawn_at:
            lines.append(f"{before}*Withdrawn by its author, {self._clock.minute(response.withdrawn_at)}.*")
        if entry.hidden_at:
            lines += [f"{before}*Hidden by a moderator, {self._clock.minute(entry.hidden_at)}.*", before.rstrip()]
        lines += self._body(response.body, level + 1)
        lines += [f"{before}*Attached: {markdown_line(file)}*" for file in phrases.attached(response)]
        for citation in entry.citations:
            lines += [before.rstrip(), f"{before}Cites ¶{citation.paragraph}:", before.rstrip()]
            lines += _quoted(citation.quote, level + 1)
        for revision in entry.revisions:
            side = markdown_line(phrases.stance_words(entry.round.prompt, revision.stance))
            until = self._clock.minute(revision.replaced_at)
            lines += [before.rstrip(), f"{before}*Until {until} ({side}) it read:*", before.rstrip()]
            lines += self._body(revision.body, level + 1)
        self._write([*lines, ""])

    def begin_votes(self, told: ToldRound) -> None:
        """The head of the table of votes."""
        self._write(["### Votes and changes of side", ""])
        if told.votes:
            self._write(["| Time | Who | Side | Before |", "| --- | --- | --- | --- |"])
        else:
            self._write(["Nobody voted."])

    def vote(self, vote: ToldVote) -> None:
        """A vote as a row."""
        prompt = vote.round.prompt
        before = markdown_line(phrases.stance_words(prompt, vote.previous)) if vote.previous else ""
        side = markdown_line(phrases.stance_words(prompt, vote.stance))
        who = markdown_line(vote.speaker.label)
        self._write([f"| {self._clock.second(vote.at)} | {who} | {side} | {before} |"])

    def end(self, ledger: Ledger) -> None:
        """Who took part."""
        lines = ["", "## Who took part", "", "| Who | Role | Responses | Replies | Words | Votes | Changes of side |"]
        lines.append("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
        lines += [
            f"| {markdown_line(part.speaker.label)} | {part.speaker.role.value} | {part.responses} | {part.replies} "
            f"| {part.words} | {part.votes} | {part.changes_of_side} |"
            for part in ledger.parts.values()
        ]
        self._write(lines)

    def _header(self, entry: Entry) -> str:
        return " · ".join(
            [f"**{markdown_line(entry.speaker.label)}**", *phrases.circumstances(entry, self._clock, markdown_line)]
        )

    def _body(self, body: Mapping[str, str], level: int) -> list[str]:
        lines: list[str] = []
        for name, text in body.items():
            heading = phrases.label(name)
            if lines:
                lines.append(("> " * level).rstrip())
            if heading:
                lines += [f"{'> ' * level}**{markdown_line(heading)}**", ("> " * level).rstrip()]
            lines += _quoted(self._mentions.named(text), level)
        return lines

    def _write(self, lines: list[str]) -> None:
        self._out.write(("\n".join(lines) + "\n").encode(errors="replace"))


def _quoted(text: str, level: int) -> list[str]:
    """Words as a block quote; each of their lines stays a line."""
    before = "> " * level
    lines = markdown(text).split("\n")
    broken = [
        line + ("\\" if line.strip() and behind.strip() else "")
        for line, behind in zip(lines, [*lines[1:], ""], strict=True)
    ]
    return [(before + line).rstrip(" ") for line in broken]
