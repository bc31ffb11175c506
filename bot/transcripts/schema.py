"""The JSON Schema of a line of a JSON Lines transcript."""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.transcripts.records import Line

SCHEMA_FILE = Path(__file__).with_name("transcript.schema.json")


def transcript_schema() -> dict[str, Any]:
    """The schema, as it ships beside this module."""
    made = TypeAdapter[object](Line).json_schema(mode="serialization", by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of a Parley transcript (JSON Lines)",
        **made,
    }


def schema_text() -> str:
    """The schema as the text of its file."""
    return json.dumps(transcript_schema(), indent=2, ensure_ascii=False) + "\n"
