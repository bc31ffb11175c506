"""The words on an export that go beside its files."""

from collections.abc import Collection

from bot.discussion.transcript import Head
from bot.transcripts import phrases
from bot.transcripts.clock import Clock
from bot.transcripts.formats import GRADEBOOKS, Format
from bot.transcripts.gradebooks.books import OVERWRITES
from bot.transcripts.signs import one_line

_ABOUT = {
    Format.HTML: "The page (.html) opens in any browser, without a network. It can be filtered, unfolded and printed.",
    Format.JSONL: "The JSON Lines (.jsonl) have everything, an object a line; its schema is transcript.schema.json in "
    "the source of Parley. A file without a last line of the kind “end” is not whole. The first line has the version "
    "of the lines; 2 came with formats and their phases.",
    Format.MARKDOWN: "The Markdown (.md) shows what was written as it was written: every sign of markup is escaped.",
    Format.TEXT: "In the plain text (.txt) every line that a person wrote begins with a bar.",
}
_TABLES = """\
The tables (.csv) are UTF-8 with commas. In a spreadsheet, take them in as comma-separated text (in Excel: Data, From
Text/CSV; in LibreOffice: separator “comma” alone). Times are UTC; columns that end in _local are on the school's clock.
 - Words that a spreadsheet might run as a formula have an apostrophe in front, and so has what already began with
   one. Take one leading apostrophe away to have what was written.
 - Spreadsheets round numbers of more than 15 digits. Ids of Discord therefore carry a letter: m… is a message, u… a
   user. Take the letter away to have the number.
 - In responses.csv, moved is how many people said that a response moved them; moved_to, which sides those of them took
   who changed sides openly after it was written. It is empty where so few did that it would tell who they are.
 - Line ends inside of a cell are single line feeds; signs that steer a terminal are shown as ␀, ␛ and the like."""
_PHASES = """\
Rounds with several phases have more to tell. In responses.csv and votes.csv each row names its phase (phase_number,
phase, phase_kind; empty in rounds of one phase). A response of the kind “reflection” is private to its author and the
teachers. One of the kind “statement” is its group's: author is who began it, written_by everybody who wrote of it.
held_back says “yes” while the class does not see a response yet.
phases.csv has when each phase began and ended, and the count of each vote that may be told; places.csv has which side
and group everybody was assigned, when and why. In rounds.csv, swing is what each side gained in percentage points from
the first vote to the last, counting those alone who voted both times; moves is who went where, by number.
Votes that were cast in secret stand in no row and in nobody's numbers, only in these counts."""
_GRADEBOOK = """\
The gradebook files have, for every student of the mapping: responses (points of one's own), replies (answers to
somebody), the words in both, and how many of both came before the deadline: that of the phase, where a round has
several. Where a format asks for reflections, there is a column of them. Withdrawn and hidden responses do not count,
nor what a group wrote together. Who said nothing has zeros. The numbers are facts about taking part and say nothing
about quality. In Canvas the points possible are the most that anybody reached; change them as you like."""


def readme(head: Head, clock: Clock, formats: Collection[Format], warnings: Collection[str]) -> str:
    """The text of the file README.txt."""
    paragraphs = [
        f"{one_line(head.session.prompt_set.title)}: transcript of session {head.session.id}, "
        f"written {clock.minute(head.exported_at)} ({head.time_zone}) by Parley {head.version}.",
        phrases.names_notice(head),
    ]
    if part := phrases.part_notice(head, clock):
        paragraphs.append(one_line(part))
    paragraphs += [text for each, text in _ABOUT.items() if each in formats]
    if Format.CSV in formats:
        paragraphs.append(_TABLES)
        if any(told.round.has_phases for told in head.rounds):
            paragraphs.append(_PHASES)
    if GRADEBOOKS & set(formats):
        paragraphs += [_GRADEBOOK, f"BEFORE YOU IMPORT: {OVERWRITES}"]
    paragraphs += [one_line(warning) for warning in warnings]
    return "\n\n".join(paragraphs) + "\n"
