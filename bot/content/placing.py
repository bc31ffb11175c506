"""Where in a file an error of Pydantic's lies, and what the schema says of the place."""

from pydantic import JsonValue

from bot.content.suggestions import nearest_word
from bot.content.tree import Entry, Mapping, Node, Scalar, Sequence
from bot.values import frozen


@frozen
class Place:
    """Where an error lies: the value, what holds it, and what the schema says about both."""

    node: Node
    parent: Node
    key: Scalar | None
    name: int | str
    """The key, or the entry's number in its list from 0."""
    list_name: str | None
    """The nearest key above: the name of the list for an entry of one."""
    known: tuple[str, ...]
    """The keys that the parent may have."""
    fields: tuple[str, ...]
    """The keys that the value itself may have."""
    meant: str | None
    """For a key that is not known: the known one it resembles."""
    owner: str | None
    """For a key that is not known: the one beside it that it may stand below."""
    is_of_one_key: bool
    """Has the parent just one key, which names its kind?"""
    wants_one_key: bool
    """Is the value itself to have just one key?"""
    needs_keys: bool
    """Are there keys that the value must have?"""
    description: str | None

    @property
    def subject(self) -> str:
        """The value's name at the beginning of a sentence."""
        if isinstance(self.name, int):
            return f"entry {self.name + 1} of `{self.list_name}`"
        return f"`{self.name}`" if self.name else "this file"


def place_of(tree: Node, schema: JsonValue, location: tuple[int | str, ...]) -> Place:
    """Where a location of Pydantic's lies in the tree, and what the schema says about it.

    A location may hold steps that are no key of the file (the tags of a union): they are passed over.
    """
    parent, node, entry = tree, tree, None
    part = _resolve(schema, schema)
    parent_part = part
    list_name: str | None = None
    for depth, step in enumerate(location, 1):
        below, below_entry = _child(node, step)
        part_below = _part(schema, part, step)
        if below is not None:
            parent, node, entry = node, below, below_entry
            list_name = step if isinstance(step, str) and depth < len(location) else list_name
        elif part_below is not None:
            parent = node
        if below is not None or part_below is not None:
            parent_part, part = part, part_below if part_below is not None else {}
    last = location[-1] if location else ""
    known = tuple(_object(parent_part, "properties"))
    unknown = last if isinstance(last, str) and last not in known else None
    description = part.get("description") if isinstance(part, dict) else None
    return Place(
        node=node,
        parent=parent,
        key=None if entry is None else entry.key,
        name=last,
        list_name=list_name,
        known=known,
        fields=tuple(_object(part, "properties")),
        meant=None if unknown is None else nearest_word(unknown, known),
        owner=None if unknown is None else _owner(schema, parent, parent_part, unknown),
        is_of_one_key=_has_one_key(parent_part),
        wants_one_key=_has_one_key(part),
        needs_keys=isinstance(part, dict) and "required" in part,
        description=description if isinstance(description, str) else None,
    )


def _owner(schema: JsonValue, parent: Node, part: JsonValue, key: str) -> str | None:
    """The key beside a misplaced one that it may stand below."""
    beside = parent.entries if isinstance(parent, Mapping) else {}
    return next((name for name in beside if key in _object(_part(schema, part, name), "properties")), None)


def _has_one_key(part: JsonValue) -> bool:
    """Is it a mapping of just one key, which says what kind of thing it is?"""
    return isinstance(part, dict) and part.get("maxProperties") == 1


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
        part = {**_as_object(target), **{key: told for key, told in part.items() if key != "$ref"}}
        return _resolve(schema, part) if options is None and "anyOf" in part else part
    return part


def _object(part: JsonValue, name: str) -> dict[str, JsonValue]:
    return _as_object(part.get(name)) if isinstance(part, dict) else {}


def _as_object(part: JsonValue) -> dict[str, JsonValue]:
    return part if isinstance(part, dict) else {}
