"""Files that came with a typed message: told by name, type and size; under pseudonyms without the name."""

from pathlib import Path

import pytest

from bot.discussion.transcript import Names
from bot.transcripts import Format
from bot.transcripts.writing import write
from tests.transcripts.samples import a_class

TOLD = {
    Format.HTML: "Attached: {} (application/pdf, 12,345 bytes)",
    Format.CSV: '"{} (application/pdf, 12,345 bytes)"',
    Format.JSONL: '"attachments":[{{"name":"{}","type":"application/pdf","size":12345}}]',
    Format.MARKDOWN: "*Attached: {} (application/pdf, 12,345 bytes)*",
    Format.TEXT: "[Attached: {} (application/pdf, 12,345 bytes)]",
}


def written(names: Names, kind: Format, out: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in write(a_class(names), kind, out).files)


@pytest.mark.parametrize("kind", TOLD)
def test_a_file_is_told_in_every_format(kind: Format, tmp_path: Path) -> None:
    told = written(Names.REAL, kind, tmp_path).replace("\\", "")

    assert TOLD[kind].format("bo-notes.pdf") in told


@pytest.mark.parametrize("kind", TOLD)
def test_its_name_leads_to_nobody_under_pseudonyms(kind: Format, tmp_path: Path) -> None:
    told = written(Names.PSEUDONYM, kind, tmp_path)

    assert "notes" not in told
    assert "12,345 bytes" in told or "12345" in told
