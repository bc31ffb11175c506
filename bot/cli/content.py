"""`check` and `schema`: for whoever writes articles, glossaries, prompt sets and formats."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.beginning import settings_or_stop
from bot.cli.exits import Exit
from bot.content.checking import check as check_content
from bot.content.schema import glossary_schema, schema_files
from bot.transcripts import schema as transcript_schema


def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; none: all content.")] = None,
) -> None:
    """Check articles, glossaries, prompt sets and formats: every problem with its line, its column and its mend."""
    settings = settings_or_stop()
    found = check_content(paths or [], articles=settings.articles, prompts=settings.prompts)
    for checked in found:
        typer.echo(str(checked))
    if any(checked.problems for checked in found):
        raise typer.Exit(Exit.CONTENT)


def schema() -> None:
    """Write the JSON Schemas anew: of prompt sets, formats and glossaries, and of JSON Lines transcripts."""
    settings = settings_or_stop()
    of_glossaries, glossary = glossary_schema()
    made = {
        **{settings.prompts / name: text for name, text in schema_files().items()},
        settings.articles / of_glossaries: glossary,
        transcript_schema.SCHEMA_FILE: transcript_schema.schema_text(),
    }
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        typer.echo(f"wrote {path}")
