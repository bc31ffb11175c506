"""What values are made of: frozen dataclasses that cost a start next to nothing."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, make_dataclass
from typing import Any, TypeVar, cast, dataclass_transform

T = TypeVar("T")

_COMPILED = ("__init__", "__repr__", "__eq__", "__hash__")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """Make it what `@dataclass(frozen=True, slots=True)` makes of it, with its methods compiled when one is called.

    To compile them takes ten times as long as all the rest, and of the hundreds of such classes that a bot imports it
    needs few before its first click. What has methods of its own, such as a `__repr__`, keeps them.
    """
    late = [name for name in _COMPILED if name not in vars(kind)]
    made = dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    for name in late:
        setattr(made, name, _at_first(made, name, late))
    for name, method in {"__setattr__": _refuse, "__delattr__": _refuse, "__reduce__": _as_made}.items():
        setattr(made, name, method)
    return made


def _at_first(kind: type, name: str, late: list[str]) -> Callable[..., object]:
    """Stands for a method until it is called. Two threads that call one at once compile the same twice."""

    def compiled(self: object, *given: object, **named: object) -> object:
        _complete(kind, late)
        return getattr(kind, name)(self, *given, **named)

    return compiled


def _complete(kind: type, late: list[str]) -> None:
    """Give it the methods that the standard library writes for a frozen dataclass with the same fields."""
    same = [(field.name, field.type, field) for field in fields(kind)]
    checks = {name: method for name, method in vars(kind).items() if name == "__post_init__"}
    whole = make_dataclass(kind.__name__, same, namespace=checks, frozen=True)
    for name in late:
        setattr(kind, name, vars(whole)[name])


def _refuse(self: object, name: str, *_value: object) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of a {type(self).__name__}")


def _as_made(self: object) -> tuple[type, tuple[object, ...]]:
    """How it is copied and pickled, since nothing can be put into it afterwards."""
    return type(self), tuple(getattr(self, field.name) for field in fields(cast("Any", self)))
