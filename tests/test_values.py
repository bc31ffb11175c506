import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from threading import Barrier
from typing import Protocol, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.storage.building import twin
from bot.values import frozen


@frozen
class Stance:
    """A side."""

    label: str
    votes: int = 0
    tags: tuple[str, ...] = field(default_factory=tuple[str, ...])

    @property
    def is_empty(self) -> bool:
        return not self.votes


@frozen
class Checked:
    share: float

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError("a share is between 0 and 1")


@frozen
class Named:
    name: str

    def __repr__(self) -> str:
        return "somebody"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and self.name.casefold() == other.name.casefold()

    def __hash__(self) -> int:
        return hash(self.name.casefold())


class Of(Protocol):
    def __call__(self, *values: object) -> object: ...


def as_python_does(kind: type[object]) -> type[object]:
    return dataclass(frozen=True, slots=True)(kind)


def both() -> tuple[Of, Of]:
    """The same class made by us and by the standard library, neither of which has any value yet."""

    def made(how: Callable[[type], type]) -> Of:
        class Point:
            x: object
            y: object = None

        return cast("Of", how(Point))

    return made(frozen), made(as_python_does)


ANY = st.integers() | st.text(max_size=3) | st.floats() | st.tuples(st.integers()) | st.none()


@given(a=st.tuples(ANY, ANY), b=st.tuples(ANY, ANY))
def test_it_is_equal_hashes_and_reads_as_a_frozen_dataclass_does(
    a: tuple[object, object], b: tuple[object, object]
) -> None:
    ours, theirs = both()
    assert (ours(*a) == ours(*b)) is (theirs(*a) == theirs(*b))
    assert (ours(*a) != ours(*b)) is (theirs(*a) != theirs(*b))
    assert hash(ours(*a)) == hash(theirs(*a))
    assert repr(ours(*a)) == repr(theirs(*a))
    assert ours(*a) != theirs(*a)


def test_what_is_in_it_stays() -> None:
    stance = Stance("Yes", 3)

    def put(name: str) -> None:
        setattr(stance, name, 4)

    for change in (lambda: put("votes"), lambda: put("new"), lambda: delattr(stance, "votes")):
        with pytest.raises(FrozenInstanceError):
            change()
    assert stance == Stance("Yes", 3)
    assert not hasattr(stance, "__dict__")


def test_it_is_a_dataclass_before_there_is_one() -> None:
    @frozen
    class Empty:
        first: int
        second: str = "2"

    assert is_dataclass(Empty)
    assert [entry.name for entry in fields(Empty)] == ["first", "second"]
    assert TypeAdapter(Empty).validate_json('{"first": 1}') == Empty(1)


def test_it_can_be_read_changed_and_taken_apart() -> None:
    stance = Stance("Yes", tags=("a",))
    assert replace(stance, votes=2) == Stance("Yes", 2, ("a",))
    assert asdict(stance) == {"label": "Yes", "votes": 0, "tags": ("a",)}
    assert stance.is_empty
    match stance:
        case Stance(label, votes):
            assert (label, votes) == ("Yes", 0)


@pytest.mark.parametrize("given", [{}, {"label": "Yes", "colour": "red"}, {"votes": 3}])
def test_it_takes_its_fields_and_nothing_else(given: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        cast("Callable[..., Stance]", Stance)(**given)


def test_it_can_be_copied_and_sent_to_another_process() -> None:
    stance = Stance("Yes", 3, ("a", "b"))
    assert copy.copy(stance) == copy.deepcopy(stance) == pickle.loads(pickle.dumps(stance)) == stance


def test_it_is_checked_when_it_is_made() -> None:
    assert Checked(1).share == 1
    with pytest.raises(ValueError, match="between"):
        Checked(2)
    with pytest.raises(ValueError, match="between"):
        replace(Checked(1), share=-1)


def test_its_own_methods_stay_its_own() -> None:
    assert repr(Named("Ada")) == "somebody"
    assert {Named("Ada"), Named("ADA")} == {Named("ada")}


def test_one_that_was_filled_in_as_a_twin_is_one_like_any_other() -> None:
    @frozen
    class Line:
        words: str

    line = twin(Line)(words="hello")
    line.__class__ = Line
    assert hash(line) == hash(Line("hello"))
    assert line == Line("hello")
    assert repr(line).endswith("Line(words='hello')")
    with pytest.raises(FrozenInstanceError):
        line.words = "bye"


def test_threads_may_make_the_first_ones_at_once() -> None:
    threads = 8
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(20):
            ours, _theirs = both()
            start = Barrier(threads)

            def make(number: int, ours: Of = ours, start: Barrier = start) -> object:
                start.wait()
                return ours(number, number)

            made = list(pool.map(make, range(threads)))
            assert made == [ours(number, number) for number in range(threads)]
            assert len(set(made)) == threads
