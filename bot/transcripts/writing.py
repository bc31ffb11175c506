"""From a recorded session to files: every format asked for in one walk, whole files or none."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.discussion.transcript import Head, Names, Transcript
from bot.transcripts.clock import Clock
from bot.transcripts.errors import TranscriptError, TranscriptStopped
from bot.transcripts.files import Drafts, Hashed, drafts_in
from bot.transcripts.formats import GRADEBOOKS, Format, wanted
from bot.transcripts.gradebooks import CanvasBook, MappedStudent, MoodleBook, read_mapping
from bot.transcripts.gradebooks.books import OVERWRITES
from bot.transcripts.html import HtmlPage
from bot.transcripts.jsonl import JsonLines
from bot.transcripts.ledger import Ledger
from bot.transcripts.manifest import Manifest, Part
from bot.transcripts.markdown import Markdown
from bot.transcripts.masking import as_named
from bot.transcripts.naming import stem
from bot.transcripts.plain_text import PlainText
from bot.transcripts.readme import readme
from bot.transcripts.tables import Tables
from bot.transcripts.telling import OnProgress, ShouldStop, Telling
from bot.transcripts.writer import Writer
from bot.transcripts.zipping import zip_drafts

_WITH_README = GRADEBOOKS | {Format.CSV}


@dataclass(frozen=True, slots=True)
class Written:
    """What an export has left on the disk, what is in it, and what whoever uses it should know."""

    files: tuple[Path, ...]
    manifest: Manifest

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for whoever asked: who is missing from a gradebook, what an import may overwrite."""
        return self.manifest.warnings


def write(
    transcript: Transcript,
    formats: Format | Collection[Format],
    out: Path,
    *,
    students: Path | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Written:
    """Write a transcript into the folder `out`, which is made where it is missing; `all` makes one zip.

    `students` is the column mapping for gradebooks. Raises TranscriptError with a sentence, TranscriptStopped when
    `should_stop` says so, or OSError; then no file has changed and none is left behind.
    """
    asked = {formats} if isinstance(formats, Format) else set(formats)
    how = write_zip if Format.ALL in asked else _write_files
    return how(transcript, asked, out, students=students, on_progress=on_progress, should_stop=should_stop)


def write_zip(
    transcript: Transcript,
    formats: Format | Collection[Format],
    out: Path,
    *,
    students: Path | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Written:
    """As `write`, with any formats in one zip, beside their manifest.json and README.txt."""
    export = _Export(transcript, wanted(formats), students)
    with drafts_in(out) as published, drafts_in(out) as inside:
        manifest = export.tell(inside, on_progress, should_stop, with_readme=True)
        about = inside.open("manifest.json")
        about.out.write(manifest.as_json())
        whole = published.open(f"{export.stem}.zip")
        zip_drafts(inside.drafts, whole.file, export.stopper(should_stop))
        return Written(published.publish(), manifest)


def _write_files(
    transcript: Transcript,
    formats: Format | Collection[Format],
    out: Path,
    *,
    students: Path | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Written:
    export = _Export(transcript, wanted(formats), students)
    with drafts_in(out) as drafts:
        with_readme = any(each in _WITH_README for each in export.formats)
        manifest = export.tell(drafts, on_progress, should_stop, with_readme=with_readme)
        return Written(drafts.publish(), manifest)


class _Export:
    """One export: which formats of which transcript, and with whose ids."""

    def __init__(self, transcript: Transcript, formats: tuple[Format, ...], students: Path | None) -> None:
        if not formats:
            raise TranscriptError("No format was asked for.")
        self.formats = formats
        self._students = self._mapping(transcript.head, students)
        self._transcript = as_named(transcript)
        self._head = self._transcript.head
        self._clock = Clock(self._head.time_zone)
        self.stem = stem(self._head)

    def tell(
        self, drafts: Drafts, on_progress: OnProgress | None, should_stop: ShouldStop | None, *, with_readme: bool
    ) -> Manifest:
        """Write every format into drafts, and say what was written."""
        kinds: list[Format | None] = []
        writers = [self._writer(each, drafts, kinds) for each in self.formats]
        ledger = Telling(self._transcript, writers, on_progress, should_stop).tell()
        warnings = self._warnings(writers)
        if with_readme:
            kinds.append(None)
            words = readme(self._head, self._clock, self.formats, warnings)
            drafts.open(f"{self.stem}-README.txt").out.write(words.encode(errors="replace"))
        return self._manifest(drafts, kinds, ledger, warnings)

    @staticmethod
    def stopper(should_stop: ShouldStop | None) -> Callable[[], None]:
        """Something to call now and then, which ends the export when it is not wanted any more."""

        def look_up() -> None:
            if should_stop is not None and should_stop():
                raise TranscriptStopped

        return look_up

    def _writer(self, kind: Format, drafts: Drafts, kinds: list[Format | None]) -> Writer:
        def opened(ending: str) -> Hashed:
            kinds.append(kind)
            return drafts.open(f"{self.stem}{ending}").out

        makers: dict[Format, Callable[[], Writer]] = {
            Format.HTML: lambda: HtmlPage(opened(".html"), self._clock, self._head),
            Format.CSV: lambda: Tables(self._head, self._clock, lambda table: opened(f"-{table}.csv")),
            Format.JSONL: lambda: JsonLines(opened(".jsonl"), self._clock),
            Format.MARKDOWN: lambda: Markdown(opened(".md"), self._clock),
            Format.TEXT: lambda: PlainText(opened(".txt"), self._clock),
            Format.CANVAS: lambda: CanvasBook(opened("-canvas.csv"), self._students),
            Format.MOODLE: lambda: MoodleBook(opened("-moodle.csv"), self._students),
        }
        return makers[kind]()

    def _mapping(self, head: Head, students: Path | None) -> Sequence[MappedStudent]:
        if not GRADEBOOKS & set(self.formats):
            return ()
        if head.scope.names is not Names.REAL:
            raise TranscriptError("A gradebook needs real names: grades cannot be given to pseudonyms.")
        if students is None:
            raise TranscriptError(
                "A gradebook needs a mapping: a CSV file with the columns discord_user_id, name and the ids of your "
                "Canvas or Moodle."
            )
        return read_mapping(students)

    def _warnings(self, writers: Sequence[Writer]) -> tuple[str, ...]:
        books = [writer for writer in writers if isinstance(writer, CanvasBook | MoodleBook)]
        found = tuple(warning for book in books for warning in book.warnings)
        return (*found, OVERWRITES) if books else ()

    def _manifest(
        self, drafts: Drafts, kinds: Sequence[Format | None], ledger: Ledger, warnings: tuple[str, ...]
    ) -> Manifest:
        for draft in drafts.drafts:
            draft.out.flush()
        parts = [
            Part(draft.path.name, kind, draft.out.length, draft.out.sha256)
            for kind, draft in zip(kinds, drafts.drafts, strict=True)
        ]
        return Manifest(tuple(parts), ledger.counts, self._head, warnings)
