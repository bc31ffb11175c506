"""The JSON Schemas of what a teacher writes in YAML, so that editors complete and check it meanwhile."""

import json

from pydantic import BaseModel, JsonValue

from bot.content.formats import Format
from bot.content.layout import FORMATS_FOLDER
from bot.content.models import Glossary, PromptSet


def schema_files() -> dict[str, str]:
    """Each schema as the shipped file has it, by its path in the folder of prompt sets.

    A prompt set or a format names its own in its first line, after `# yaml-language-server: $schema=`.
    """
    return {
        "prompt-set.schema.json": _text(PromptSet, "Prompt set"),
        f"{FORMATS_FOLDER}/format.schema.json": _text(Format, "Format"),
    }


def glossary_schema() -> tuple[str, str]:
    """The schema of glossaries: its file's name, in the folder of articles, and its text."""
    return "glossary.schema.json", _text(Glossary, "Glossary")


def _text(model: type[BaseModel], title: str) -> str:
    schema: dict[str, JsonValue] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(by_alias=True),
        "title": title,
    }
    return f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n"
