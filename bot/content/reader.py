"""YAML into any Pydantic model, with every problem at its line and column."""

from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic_core import ErrorDetails

from bot.content.library import Problem
from bot.content.placing import Place, place_of
from bot.content.sentences import explain
from bot.content.source import Finding, decode
from bot.content.tree import Node, Scalar, Sequence, read_tree

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
    schema = _schema(model)
    places = [place_of(tree, schema, error["loc"]) for error in errors]
    told_already = {
        (place.parent.start, name)
        for error, place in zip(errors, places, strict=True)
        if error["type"] == "extra_forbidden"
        for name in (place.meant, place.owner)
        if name is not None
    }
    return [
        explain(error, place)
        for error, place in zip(errors, places, strict=True)
        if not ((place.parent.start, place.name) in told_already and _is_for_lack(error, place))
        and not _is_echo(error, place)
    ]


@cache
def _schema(model: type[BaseModel]) -> JsonValue:
    """What the model takes: made at the first mistake, for content without any has no need of it."""
    return model.model_json_schema(by_alias=True)


def _is_for_lack(error: ErrorDetails, place: Place) -> bool:
    """Is a key missing or empty? It is told already where it is misspelt, or where its own keys stand beside it."""
    return error["type"] == "missing" or (isinstance(place.node, Scalar) and place.node.value is None)


def _is_echo(error: ErrorDetails, place: Place) -> bool:
    """Pydantic counts only the entries that are in order: a list with a broken one then also is "too short"."""
    least = error.get("ctx", {}).get("min_length", 0)
    return error["type"] == "too_short" and isinstance(place.node, Sequence) and len(place.node.items) >= least
