"""A transcript as plain text: for an e-mail, a printer, a screen reader or grep."""

from collections.abc import Mapping

from bot.discussion.transcript import Entry, Gap, Head, ToldRound, ToldVote
from bot.transcripts import phrases
from bot.transcripts.clock import Clock
from bot.transcripts.ledger import Ledger
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
        """Question, excerpts, how the class stood."""
        prompt = told.round.prompt
        lines = ["", _RULE, f"Round {told.round.number}: {one_line(prompt.question)}", _RULE]
        lines += [one_line(phrases.round_facts(told, self._clock)), ""]
        for excerpt in prompt.excerpts:
            lines += [*_barred(excerpt.quote, "  "), f"    — ¶{excerpt.paragraph}", ""]
        lines.append("How the class stood:")
        lines += [
            f"  {phrases.votes_for(told, stance.id):>4}  {phrases.share_of(told, stance.id):>3} %  "
            f"{one_line(phrases.stance_words(prompt, stance.id))}"
            for stance in prompt.stances
        ]
        lines += ["", _THIN_RULE, "Responses", _THIN_RULE, ""]
        if not told.entries:
            lines += ["Nobody responded.", ""]
        self._write(lines)

    def gap(self, gap: Gap) -> None:
        """A gap in its place."""
        self._write([f"[Gap] {one_line(phrases.gap(gap, self._clock))}", ""])

    def entry(self, entry: Entry) -> None:
        """A response, indented as deep as it stands."""
        response, indent = entry.response, "    " * min(entry.depth, _DEEPEST)
        lines = [indent + self._header(entry)]
        if response.withdrawn_at:
            lines.append(f"{indent}[Withdrawn by its author, {self._clock.minute(response.withdrawn_at)}]")
        if entry.hidden_at:
            lines.append(f"{indent}[Hidden by a moderator, {self._clock.minute(entry.hidden_at)}]")
        lines += self._body(response.body, indent)
        lines += [f"{indent}[Attached: {one_line(file)}]" for file in phrases.attached(response)]
        for citation in entry.citations:
            lines += [f"{indent}[Cites ¶{citation.paragraph}]", *_barred(citation.quote, indent)]
        for revision in entry.revisions:
            side = one_line(phrases.stance_words(entry.round.prompt, revision.stance))
            lines.append(f"{indent}[Until {self._clock.minute(revision.replaced_at)} ({side}) it read]")
            lines += self._body(revision.body, indent)
        self._write([*lines, ""])

    def begin_votes(self, told: ToldRound) -> None:
        """The head of the list of votes."""
        nobody = [] if told.votes else ["Nobody voted."]
        self._write([_THIN_RULE, "Votes and changes of side", _THIN_RULE, "", *nobody])

    def vote(self, vote: ToldVote) -> None:
        """A vote as a line."""
        prompt = vote.round.prompt
        side = one_line(phrases.stance_words(prompt, vote.stance))
        before = f", before: {one_line(phrases.stance_words(prompt, vote.previous))}" if vote.previous else ""
        self._write([f"{self._clock.second(vote.at)}  {one_line(vote.speaker.label)}: {side}{before}"])

    def end(self, ledger: Ledger) -> None:
        """Who took part."""
        lines = ["", _RULE, "Who took part", _RULE, ""]
        lines += [
            f"{one_line(part.speaker.label)} ({part.speaker.role.value}): "
            f"{phrases.counted(part.responses, 'response')}, {phrases.counted(part.replies, 'reply', 'replies')}, "
            f"{phrases.counted(part.words, 'word')}, {phrases.counted(part.votes, 'vote')}, "
            f"{phrases.counted(part.changes_of_side, 'change of side', 'changes of side')}"
            for part in ledger.parts.values()
        ]
        self._write(lines)

    def _header(self, entry: Entry) -> str:
        return " · ".join([one_line(entry.speaker.label), *phrases.circumstances(entry, self._clock, one_line)])

    def _body(self, body: Mapping[str, str], indent: str) -> list[str]:
        lines: list[str] = []
        for name, text in body.items():
            heading = phrases.label(name)
            if heading:
                lines.append(f"{indent}{one_line(heading)}:")
            lines += _barred(self._mentions.named(text), indent)
        return lines

    def _write(self, lines: list[str]) -> None:
        self._out.write(("\n".join(lines) + "\n").encode(errors="replace"))


def _barred(text: str, indent: str) -> list[str]:
    return [f"{indent}│ {line}".rstrip() for line in visible(text).split("\n")]
