"""What is on record of one person as files for themselves: JSON, which has it all, and CSV, for a spreadsheet."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from pydantic import TypeAdapter

from bot.discussion.own_data import OwnData, OwnNote, OwnResponse, Where
from bot.discussion.wording import FIELDS, RESTATED_FIELD, TEXT
from bot.transcripts.signs import csv_text

COLUMNS = (
    "kind", "at", "debate", "title", "question_number", "question", "phase", "number", "answers", "side", "text",
    "status", "link",
)  # fmt: skip

_LABELS = {field.name: field.label for field in (RESTATED_FIELD, *FIELDS)}
_DATA = TypeAdapter(OwnData)


def as_json(data: OwnData) -> bytes:
    """All of it, with times in UTC."""
    return _DATA.dump_json(data, indent=2) + b"\n"


def as_csv(data: OwnData) -> bytes:
    """A line for each wording, vote, place and note. What a spreadsheet might run has an apostrophe in front."""
    lines = [",".join(COLUMNS), *(",".join(csv_text(each) for each in line) for line in _lines(data))]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8")


def _lines(data: OwnData) -> Iterator[list[str]]:
    for response in data.responses:
        for wording in response.earlier:
            number = f"{response.id}"
            yield _line(
                "earlier wording",
                wording.replaced_at,
                response.where,
                number=number,
                side=wording.stance,
                text=_words(wording.body),
            )
        yield _line(
            response.source,
            response.created_at,
            response.where,
            number=f"{response.id}",
            answers="" if response.answers is None else f"{response.answers}",
            side=response.stance,
            text=_words(response.body),
            status=_status(response),
            link=response.link,
        )
        for body in response.kept:
            yield _line(
                "withdrawn wording", response.withdrawn_at, response.where, number=f"{response.id}", text=_words(body)
            )
    for vote in data.votes:
        status = "secret: told to nobody else" if vote.secret else ""
        yield _line("vote", vote.at, vote.where, side=vote.stance, status=status)
    for place in data.places:
        group = "" if place.group is None else f"group {place.group}, "
        yield _line("place", place.at, place.where, side=place.side, status=f"{group}{place.reason}")
    for note in data.notes:
        yield _note(note)


def _note(note: OwnNote) -> list[str]:
    number = "" if note.response is None else f"{note.response}"
    return _line(note.kind, note.at, note.where, number=number, text=note.text)


def _line(  # noqa: PLR0913 - a column each, named by the caller
    kind: str,
    at: datetime | None,
    where: Where | None,
    *,
    number: str = "",
    answers: str = "",
    side: str | None = None,
    text: str = "",
    status: str = "",
    link: str | None = None,
) -> list[str]:
    """In the order of the columns."""
    place = ["", "", "", "", ""]
    if where is not None:
        question_number = "" if where.question_number is None else f"{where.question_number}"
        place = [f"{where.debate}", where.title, question_number, where.question or "", where.phase or ""]
    when = "" if at is None else at.astimezone(UTC).isoformat(timespec="seconds")
    return [kind, when, *place, number, answers, side or "", text, status, link or ""]


def _words(body: Mapping[str, str]) -> str:
    if body.keys() <= {TEXT}:
        return body.get(TEXT, "")
    return "\n".join(f"{_LABELS.get(name, name)}: {words}" for name, words in body.items())


def _status(response: OwnResponse) -> str:
    parts = ["edited"] if response.edited_at else []
    parts += ["withdrawn"] if response.withdrawn_at else []
    why = f": {response.hidden_because}" if response.hidden_because else ""
    parts += [f"hidden{why}"] if response.hidden_at else []
    parts += [f"group {response.group}"] if response.group is not None else []
    parts += [f"review: {response.review}"] if response.review else []
    return "; ".join(parts)
