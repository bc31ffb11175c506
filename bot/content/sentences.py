"""Pydantic's errors in a teacher's words: what is wrong with a value, and how to mend it."""

from collections.abc import Callable
from typing import Any

from pydantic_core import ErrorDetails

from bot.content.models import ONE_LINE_PATTERN, SLUG_PATTERN
from bot.content.placing import Place
from bot.content.scalars import Unquoted
from bot.content.slugs import slug_of
from bot.content.source import Finding
from bot.content.tree import Mapping, Node, Scalar, Sequence


def explain(error: ErrorDetails, place: Place) -> Finding:
    """One error of Pydantic's as a finding."""
    context = error.get("ctx", {})
    return _EXPLANATIONS.get(error["type"], _other)(place, context, error)


Context = dict[str, Any]  # Pydantic's own type for what an error carries
_Explain = Callable[[Place, Context, ErrorDetails], Finding]


def _missing(place: Place, _context: Context, _error: ErrorDetails) -> Finding:
    first_sentence = (place.description or "").partition(". ")[0].rstrip(".")
    hint = f" ({first_sentence[0].lower()}{first_sentence[1:]})" if first_sentence else ""
    return Finding(place.parent.start, f"{place.subject} is missing", f"add `{place.name}:` here{hint}")


def _unknown_key(place: Place, _context: Context, _error: ErrorDetails) -> Finding:
    start = place.key.start if place.key else place.node.start
    if place.owner is not None:
        what = f"{_quoted_key(place.name)} stands beside `{place.owner}` and belongs below it"
        return Finding(start, what, f"indent it deeper than `{place.owner}`, or write it into the braces there")
    what = f"there is no key {_quoted_key(place.name)} here"
    if place.is_of_one_key:
        what = f"there is no kind {_quoted_key(place.name)} in `{place.list_name}`"
    if place.meant is not None:
        return Finding(start, what, f"did you mean `{place.meant}`?")
    mend = "use one of" if place.is_of_one_key else "take it away, or use one of"
    return Finding(start, what, f"{mend} {_listed(place.known)}")


def _not_one_key(place: Place, _context: Context, _error: ErrorDetails) -> Finding:
    keys = [entry.key for entry in place.node.entries.values()] if isinstance(place.node, Mapping) else []
    if len(keys) < 2:
        return Finding(place.node.start, f"{place.subject} is empty", f"write one of {_listed(place.fields)}")
    first, second = keys[0], keys[1]
    return Finding(
        second.start,
        f"`{second.source}` stands beside `{first.source}` in one entry of `{place.list_name}`",
        "begin an entry of its own for it, with a hyphen",
    )


def _too_short(place: Place, context: Context, error: ErrorDetails) -> Finding:
    least, length = int(context["min_length"]), len(str(error["input"]).strip())
    if not length:
        return _nothing(place, "write its text here")
    return Finding(
        place.node.start,
        f"{place.subject} has {length:,} characters where at least {least:,} are wanted",
        f"write {least - length:,} more",
    )


def _too_long(place: Place, context: Context, error: ErrorDetails) -> Finding:
    most = int(context["max_length"])
    length = len(str(error["input"]).strip())
    return Finding(
        place.node.start,
        f"{place.subject} has {length:,} characters where at most {most:,} fit",
        f"shorten it by {length - most:,}",
    )


def _no_text(place: Place, _context: Context, _error: ErrorDetails) -> Finding:
    node = place.node
    if not isinstance(node, Scalar):
        return Finding(
            node.start,
            f"{place.subject} is {_kind(node)} where text is wanted",
            "write one text, in quotes if it holds a colon or brackets",
        )
    if node.value is None:
        return _nothing(place, "write its text behind the colon")
    return Finding(
        node.start,
        f"YAML reads the unquoted {_short(node.source)} as {_kind(node)}, and {place.subject} is to be text",
        f'put it in quotes: "{_short(node.source)}"',
    )


def _no_whole_number(place: Place, _context: Context, _error: ErrorDetails) -> Finding:
    return _not_a(place, "whole number", "10")


def _no_number(place: Place, _context: Context, _error: ErrorDetails) -> Finding:
    return _not_a(place, "number", "1.5")


def _not_a(place: Place, wanted: str, example: str) -> Finding:
    node = place.node
    if isinstance(node, Scalar) and node.value is None:
        return _nothing(place, f"write a {wanted}, such as {example}")
    shown = f"“{_short(node.source)}”" if isinstance(node, Scalar) else _kind(node)
    return Finding(
        node.start,
        f"{place.subject} is {shown} where a {wanted} is wanted",
        f"write digits without quotes, such as {example}",
    )


def _too_small(place: Place, context: Context, _error: ErrorDetails) -> Finding:
    if "gt" in context:
        return Finding(place.node.start, f"{place.subject} is not above {context['gt']}", "write a greater number")
    return Finding(place.node.start, f"{place.subject} is less than {context['ge']}", f"write {context['ge']} or more")


def _too_great(place: Place, context: Context, _error: ErrorDetails) -> Finding:
    if "lt" in context:
        return Finding(place.node.start, f"{place.subject} is not below {context['lt']}", "write a smaller number")
    return Finding(place.node.start, f"{place.subject} is more than {context['le']}", f"write {context['le']} or less")


def _no_list(place: Place, _context: Context, _error: ErrorDetails) -> Finding:
    if isinstance(place.node, Scalar) and place.node.value is None:
        return _nothing(place, "write its entries below it, each behind a hyphen, or take the key away")
    return Finding(
        place.node.start,
        f"{place.subject} is {_kind(place.node)} where a list is wanted",
        "begin each entry on a line of its own with a hyphen and a space",
    )


def _too_few(place: Place, context: Context, _error: ErrorDetails) -> Finding:
    least, has = int(context["min_length"]), int(context["actual_length"])
    return Finding(
        place.node.start,
        f"{place.subject} has {_entries(has)} where at least {least} {'is' if least == 1 else 'are'} wanted",
        f"add {least - has} more" if has else f"add {_entries(least)}",
    )


def _too_many(place: Place, context: Context, _error: ErrorDetails) -> Finding:
    most = int(context["max_length"])
    has = len(place.node.items) if isinstance(place.node, Sequence) else most + 1
    return Finding(
        place.node.start,
        f"{place.subject} has {_entries(has)} where at most {most} fit",
        f"take {has - most} away",
    )


def _no_keys(place: Place, _context: Context, _error: ErrorDetails) -> Finding:
    if isinstance(place.node, Scalar) and place.node.value is None:
        return _nothing(place, _mend_of_no_keys(place))
    what = f"{place.subject} is {_kind(place.node)} where keys and values are wanted"
    return Finding(place.node.start, what, _mend_of_wrong_keys(place))


def _mend_of_no_keys(place: Place) -> str:
    keys = _listed(place.fields)
    if place.wants_one_key:
        return f"write one of {keys}"
    if place.is_of_one_key and not place.needs_keys:
        return f"write {{}} behind the colon, or its keys below it ({keys})"
    return f"write its keys below it ({keys}), or take it away"


def _mend_of_wrong_keys(place: Place) -> str:
    node, fields = place.node, place.fields
    if place.wants_one_key and isinstance(node, Scalar) and node.source in fields:
        return f"write `{node.source}: {{}}`, with its keys in the braces"
    if place.wants_one_key:
        return f"write one of {_listed(fields)} with a colon, a space and its keys in braces"
    if not fields:
        return "write keys and values"
    if len(fields) == 1:
        return f"write the key {_listed(fields)} with a colon, a space and its value"
    return f"write the keys {_listed(fields)}, each with a colon, a space and its value"


def _wrong_form(place: Place, context: Context, error: ErrorDetails) -> Finding:
    pattern = str(context["pattern"])
    if pattern == ONE_LINE_PATTERN:
        return Finding(
            place.node.start, f"{place.subject} has more than one line", "write it on one line, or use > in place of |"
        )
    text = str(error["input"]).strip()
    if pattern != SLUG_PATTERN:
        return Finding(place.node.start, f"{place.subject} does not have its form", f"it has to match {pattern}")
    if not text:
        return _nothing(place, "write a short name in lower-case letters")
    slug = slug_of(text)
    better = slug if slug.isascii() and slug else "a name such as china-first"
    return Finding(
        place.node.start,
        f"{place.subject} is “{_short(text)}”, and such a name has only the letters a–z, digits and single hyphens",
        f"write {_short(better)}",
    )


def _no_choice(place: Place, context: Context, _error: ErrorDetails) -> Finding:
    if isinstance(place.node, Scalar) and place.node.value is None:
        return _nothing(place, f"write {context['expected']}")
    shown = f"“{_short(place.node.source)}”" if isinstance(place.node, Scalar) else _kind(place.node)
    return Finding(place.node.start, f"{place.subject} is {shown}", f"write {context['expected']}")


def _no_truth(place: Place, _context: Context, _error: ErrorDetails) -> Finding:
    return Finding(place.node.start, f"{place.subject} is {_kind(place.node)}", "write true or false")


def _rule(place: Place, _context: Context, error: ErrorDetails) -> Finding:
    what, _, mend = (
        " ".join(error["msg"].split()).removeprefix("Value error, ").removeprefix("Assertion failed, ").partition("; ")
    )
    return Finding(place.node.start, f"{place.subject}: {what}", mend or "change it")


def _other(place: Place, _context: Context, error: ErrorDetails) -> Finding:
    message = error["msg"]
    return Finding(place.node.start, f"{place.subject}: {message[0].lower()}{message[1:]}", "change it")


_EXPLANATIONS: dict[str, _Explain] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "one_key": _not_one_key,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "string_type": _no_text,
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), _no_whole_number),
    **dict.fromkeys(("float_type", "float_parsing"), _no_number),
    **dict.fromkeys(("greater_than_equal", "greater_than"), _too_small),
    **dict.fromkeys(("less_than_equal", "less_than"), _too_great),
    **dict.fromkeys(("tuple_type", "list_type", "set_type"), _no_list),
    "too_short": _too_few,
    "too_long": _too_many,
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type", "dataclass_type"), _no_keys),
    "string_pattern_mismatch": _wrong_form,
    **dict.fromkeys(("literal_error", "enum"), _no_choice),
    **dict.fromkeys(("bool_type", "bool_parsing"), _no_truth),
    **dict.fromkeys(("value_error", "assertion_error"), _rule),
}


def _nothing(place: Place, mend: str) -> Finding:
    return Finding(place.node.start, f"{place.subject} is empty", mend)


def _kind(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a block of keys and values"
    return _scalar_kind(node)


def _scalar_kind(node: Scalar) -> str:
    match node.value:
        case None:
            return "empty"
        case bool(truth):
            return "the answer yes" if truth else "the answer no"
        case Unquoted(kind=kind):
            return kind
        case str():
            return "text"
        case _:
            return "a number"


def _entries(number: int) -> str:
    return f"{number or 'no'} {'entry' if number == 1 else 'entries'}"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _quoted_key(name: int | str) -> str:
    return f"`{_short(str(name))}`" if str(name).strip() else "without a name"


def _short(text: str) -> str:
    """A text of the file on one line, cut to what a sentence can hold."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
