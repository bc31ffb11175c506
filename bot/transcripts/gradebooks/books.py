"""The two gradebooks. Each is written at the end, from what was counted on the way."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

from bot.content.formats import ReflectPhase
from bot.discussion.transcript import Head
from bot.discussion.values import Role
from bot.transcripts.gradebooks.mapping import MappedStudent
from bot.transcripts.ledger import Ledger, Part
from bot.transcripts.tables import Table
from bot.transcripts.writer import Out, Writer

_FACTS: Mapping[str, Callable[[Part], int]] = {
    "responses": attrgetter("responses"),
    "replies": attrgetter("replies"),
    "words": attrgetter("words"),
    "on time": attrgetter("on_time"),
}
"""What is counted, by the words behind the assignment's name. On time are responses and replies together."""
_REFLECTIONS: Mapping[str, Callable[[Part], int]] = {"reflections": attrgetter("reflections")}
"""And where a format asks for any."""

OVERWRITES = (
    "Importing a gradebook file can overwrite grades that are already there: Canvas puts these numbers in the place of "
    "existing scores of an assignment with the same name, and Moodle wipes a grade when feedback is imported without "
    "one. Export a copy of the gradebook first, and look at the preview before you confirm."
)
_NO_CANVAS_ID = "no canvas_id, sis_user_id or sis_login_id"
_NO_MOODLE_ID = "no email or id_number"


class _Book(Writer, ABC):
    """What both gradebooks share."""

    lacking = ""
    """What a student must lack to be left out, in words."""

    def __init__(self, out: Out, students: Sequence[MappedStudent]) -> None:
        self._out = out
        self._students = students
        self._title = ""
        self._facts = _FACTS
        self.warnings: list[str] = []

    def begin(self, head: Head) -> None:
        """Name the assignments after the session."""
        self._title = f"Parley {head.session.id}"
        if any(isinstance(phase, ReflectPhase) for told in head.rounds for phase in told.round.format.plan):
            self._facts = {**_FACTS, **_REFLECTIONS}

    def end(self, ledger: Ledger) -> None:
        """Write a row for everybody in the mapping, and warn of whoever is left out."""
        parts = {part.speaker.user_id: part for part in ledger.parts.values()}
        known = {student.user_id for student in self._students}
        kept = [student for student in self._students if self.fits(student)]
        self._warn(
            "in the mapping with", self.lacking, [s.name or str(s.user_id) for s in self._students if s not in kept]
        )
        strangers = [
            part.speaker.label
            for part in parts.values()
            if part.speaker.user_id not in known and part.speaker.role is Role.STUDENT
        ]
        self._warn("without a line", "in the mapping", strangers)
        self.write([(student, self._counted(parts.get(student.user_id))) for student in kept])

    @abstractmethod
    def fits(self, student: MappedStudent) -> bool:
        """Can the platform find this student?"""

    @abstractmethod
    def write(self, rows: Sequence[tuple[MappedStudent, tuple[int, ...]]]) -> None:
        """Write the file."""

    @property
    def assignments(self) -> list[str]:
        """The columns of what is counted."""
        return [f"{self._title} {fact}" for fact in self._facts]

    def _counted(self, part: Part | None) -> tuple[int, ...]:
        return tuple(fact(part) if part else 0 for fact in self._facts.values())

    def table(self, columns: Sequence[str]) -> Table:
        """The file with its header."""
        return Table(self._out, columns)

    def _warn(self, how: str, where: str, who: Sequence[str]) -> None:
        if who:
            students = f"{len(who)} student{'' if len(who) == 1 else 's'}"
            self.warnings.append(f"{type(self).__name__[:-4]}: {students} {how} {where} left out: {', '.join(who)}.")


class CanvasBook(_Book):
    """Canvas: matched by its own id, the SIS id or the login; a second row tells the points possible.

    Those are the most that anybody in the class reached, so that nobody is above them; the teacher may change them.
    """

    lacking = _NO_CANVAS_ID

    def fits(self, student: MappedStudent) -> bool:
        """By any of the three."""
        return bool(student.canvas_id or student.sis_user_id or student.sis_login_id)

    def write(self, rows: Sequence[tuple[MappedStudent, tuple[int, ...]]]) -> None:
        """The header, the points possible, and the students."""
        table = self.table(("Student", "ID", "SIS User ID", "SIS Login ID", "Section", *self.assignments))
        most = [max((facts[place] for _, facts in rows), default=0) or 1 for place in range(len(self.assignments))]
        table.row(("    Points Possible", "", "", "", "", *most))
        for student, facts in rows:
            table.row(
                (
                    student.name,
                    student.canvas_id,
                    student.sis_user_id,
                    student.sis_login_id,
                    student.section,
                    *facts,
                )
            )


class MoodleBook(_Book):
    """Moodle: matched by ID number or e-mail address, as the importer is told."""

    lacking = _NO_MOODLE_ID

    def fits(self, student: MappedStudent) -> bool:
        """By either."""
        return bool(student.email or student.id_number)

    def write(self, rows: Sequence[tuple[MappedStudent, tuple[int, ...]]]) -> None:
        """The header and the students. There is no column of feedback, so none is wiped."""
        table = self.table(("ID number", "Email address", "Full name", *self.assignments))
        for student, facts in rows:
            table.row((student.id_number, student.email, student.name, *facts))
