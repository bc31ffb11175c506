"""`permissions`: who may do what, printed into the docs from the table that the tests hold."""

from pathlib import Path

import typer

from bot.chat.permission_table import TABLE, WHAT_IT_MEANS, WHERE_THAT_IS, WHO_THEY_ARE, Row, Thing, Who

FILE = Path(__file__).parents[2] / "docs" / "permissions.md"

_INTRODUCTION = """# Who may do what

Made from the code by `make permissions`; do not edit. Tests use each of these as each kind of person, honestly and with
forged ids, and compare what comes of it with this page.

Discord's own settings (*Integrations → Parley*) may narrow a command further. They never widen it: each time, Parley
looks at the roles that a person has at that moment.
"""


def permissions() -> None:
    """Write docs/permissions.md anew: who may use which command, menu, button and form, and where."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(page(), encoding="utf-8")
    typer.echo(f"wrote {FILE}")


def page() -> str:
    """The page as the shipped file has it."""
    told = {"Who": WHO_THEY_ARE, "What becomes of it": WHAT_IT_MEANS, "Where": WHERE_THAT_IS}
    keys = [
        "\n".join([f"{what}:", "", *(f"- **{key}**: {words}" for key, words in of.items())])
        for what, of in told.items()
    ]
    return "\n\n".join([_INTRODUCTION.rstrip(), *keys, *(_section(each) for each in Thing)]) + "\n"


def _section(thing: Thing) -> str:
    head = [f"## {thing.value}", "", f"| | what it does | {' | '.join(Who)} | where |", f"|{' --- |' * (len(Who) + 3)}"]
    return "\n".join([*head, *(_line(row) for row in TABLE if row.thing is thing)])


def _line(row: Row) -> str:
    name = f"/{row.name}" if row.thing in (Thing.COMMAND, Thing.COMPLETION) else row.name
    return f"| `{name}` | {row.what} | {' | '.join(row.answer(who) for who in Who)} | {row.where} |"
