"""What the docs claim, and the tests that they name for it."""

import re
from pathlib import Path

from tests.conftest import ROOT

_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_the_tests_that_the_docs_name_are_there() -> None:
    named = [
        found for page in sorted((ROOT / "docs").glob("*.md")) for found in _NAMED.findall(page.read_text("utf-8"))
    ]
    assert len(named) > 20
    for path, name in named:
        assert re.search(rf"^(async )?def {name}\(", Path(ROOT, path).read_text("utf-8"), re.MULTILINE), (path, name)


def test_each_claim_about_privacy_names_its_test() -> None:
    rows = [line for line in (ROOT / "docs" / "privacy.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    claims = [row for row in rows if not row.startswith(("| what", "| ---"))]
    assert len(claims) > 20
    assert [claim for claim in claims if not _NAMED.search(claim)] == []


def test_every_page_is_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"(docs/{page.name})" not in readme] == []
