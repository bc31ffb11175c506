"""Names are read in one place: what does not ask there tells a name in a debate under pseudonyms."""

from tests.conftest import ROOT

WHERE = {"naming.py", "unmasking.py"}


def test_nobody_else_looks_up_what_people_are_called() -> None:
    asking = {
        path.name
        for room in ("classroom", "chat", "charts")
        for path in (ROOT / "bot" / room).rglob("*.py")
        if "participants.names" in path.read_text(encoding="utf-8")
    }
    assert asking == WHERE
