"""YAML into any Pydantic model, with every problem at its line and column."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic_core import ErrorDetails

from bot.content.library import Problem
from bot.content.sentences import Place, explain
from bot.content.source import Finding, decode
from bot.content.suggestions import nearest_word
from bot.content.tree import Entry, Mapping, Node, Sequence, read_tree

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path, source: bytes | str, model: type[Model]) -> Model | list[Problem]:
    """The model that a YAML file holds, or everything that is wrong with it, in the order of the file.

    `source` is the file's content; `path` is only named in the problems. Never raises for what was written.
    """
    decoded = decode(path, source)
    if isinstance(decoded, list):
        return decoded
    tree, findings = read_tree(decoded)
    value: Model | None = None
    if tree is not None:
        value, more = validate(tree, model)
        findings += more
    return decoded.problems(findings) if findings or value is None else value


def validate(tree: Node, model: type[Model]) -> tuple[Model | None, list[Finding]]:
    """The model that a tree holds, or what is wrong with it. Keys are known by their aliases alone."""
    try:
        return model.model_validate(tree.plain(), by_alias=True, by_name=False), []
    except ValidationError as error:
        return None, _findings(tree, model, error.errors(include_url=False))


def _findings(tree: Node, model: type[BaseModel], errors: list[ErrorDetails]) -> list[Finding]:
    schema = model.model_json_schema(by_alias=True)
    places = [_place(tree, schema, error["loc"]) for error in errors]
    misspelt = {
        (place.parent.start, place.meant)
        for error, place in zip(errors, places, strict=True)
        if error["type"] == "extra_forbidden" and place.meant is not None
    }
    return [
        explain(error, place)
        for error, place in zip(errors, places, strict=True)
        if not (error["type"] == "missing" and (place.parent.start, place.name) in misspelt)
        and not _is_echo(error, place)
    ]


def _is_echo(error: ErrorDetails, place: Place) -> bool:
    """Pydantic counts only the entries that are in order: a list with a broken one then also is "too short"."""
    least = error.get("ctx", {}).get("min_length", 0)
    return error["type"] == "too_short" and isinstance(place.node, Sequence) and len(place.node.items) >= least


def _place(tree: Node, schema: JsonValue, location: tuple[int | str, ...]) -> Place:
    """Where a location of Pydantic's lies in the tree, and what the schema says about it.

    A location may hold steps that are no key of the file (the tags of a union): they are passed over.
    """
    parent, node, entry = tree, tree, None
    part = _resolve(schema, schema)
    parent_part = part
    list_name: str | None = None
    for step in location:
        below, below_entry = _child(node, step)
        part_below = _part(schema, part, step)
        if below is not None:
            parent, node, entry = node, below, below_entry
            list_name = step if isinstance(step, str) else list_name
        elif part_below is not None:
            parent = node
        if below is not None or part_below is not None:
            parent_part, part = part, part_below if part_below is not None else {}
    last = location[-1] if location else ""
    known = tuple(_object(parent_part, "properties"))
    meant = nearest_word(last, known) if isinstance(last, str) and last not in known else None
    description = part.get("description") if isinstance(part, dict) else None
    return Place(
        node=node,
        parent=parent,
        key=None if entry is None else entry.key,
        name=last,
        list_name=list_name,
        known=known,
        fields=tuple(_object(part, "properties")),
        meant=meant,
        description=description if isinstance(description, str) else None,
    )


def _child(node: Node, step: int | str) -> tuple[Node | None, Entry | None]:
    if isinstance(node, Mapping) and isinstance(step, str):
        entry = node.entries.get(step)
        return (None, None) if entry is None else (entry.value, entry)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step], None
    return None, None


def _part(schema: JsonValue, part: JsonValue, step: int | str) -> JsonValue:
    """The schema of a key or an entry below a part of the schema; None where it has none of that name."""
    if isinstance(step, str):
        below = _object(part, "properties").get(step)
    else:
        below = part.get("items") if isinstance(part, dict) else None
    return None if below is None else _resolve(schema, below)


def _resolve(schema: JsonValue, part: JsonValue) -> JsonValue:
    """A part of the schema with its reference followed. Of alternatives the first that is not null is taken."""
    if not isinstance(part, dict):
        return part
    options = part.get("anyOf")
    if isinstance(options, list):
        part = {**part, **_as_object(next((option for option in options if option != {"type": "null"}), None))}
    reference = part.get("$ref")
    if isinstance(reference, str):
        target = _object(schema, "$defs").get(reference.removeprefix("#/$defs/"))
        part = {**_as_object(target), **part}
    return part


def _object(part: JsonValue, name: str) -> dict[str, JsonValue]:
    return _as_object(part.get(name)) if isinstance(part, dict) else {}


def _as_object(part: JsonValue) -> dict[str, JsonValue]:
    return part if isinstance(part, dict) else {}
