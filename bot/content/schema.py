"""The JSON Schema of prompt sets, so that editors complete and check them while a teacher writes."""

import json

from pydantic import JsonValue

from bot.content.models import PromptSet

SCHEMA_FILE = "prompt-set.schema.json"
"""Its name in the folder of prompt sets. A set names it in its first line, after `# yaml-language-server: $schema=`."""


def prompt_set_schema() -> dict[str, JsonValue]:
    """The schema, generated from the models."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PromptSet.model_json_schema(by_alias=True),
        "title": "Prompt set",
    }


def schema_text() -> str:
    """The schema as the shipped file has it."""
    return f"{json.dumps(prompt_set_schema(), indent=2, ensure_ascii=False)}\n"
