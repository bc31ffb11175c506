import re
from collections.abc import Iterator
from importlib import import_module
from typing import cast

import pytest

from bot.patterns import pattern
from tests.conftest import ROOT

WRITTEN = r"(\d+) (?P<what>votes?)"


def test_it_finds_what_a_compiled_one_finds() -> None:
    late, compiled = pattern(WRITTEN, re.IGNORECASE), re.compile(WRITTEN, re.IGNORECASE)
    text = "3 Votes, 1 vote and 12 VOTES"
    for _ in range(2):
        assert late.findall(text) == compiled.findall(text)
        assert [found["what"] for found in late.finditer(text)] == ["Votes", "vote", "VOTES"]
        assert late.sub(r"\2 \1", text) == compiled.sub(r"\2 \1", text)
        assert late.match("x") is None
        assert late.groupindex == compiled.groupindex


def test_it_is_compiled_at_its_first_use() -> None:
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.search("")


def of_module(name: str) -> Iterator["re.Pattern[str]"]:
    """The patterns among what a module defines, alone or in a tuple."""
    for defined in cast("dict[str, object]", vars(import_module(name))).values():
        among = cast("tuple[object, ...]", defined) if isinstance(defined, tuple) else (defined,)
        yield from (one for one in among if type(one) is type(pattern("")))


MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "bot").rglob("*.py")
    if "import pattern" in path.read_text("utf-8")
)


@pytest.mark.parametrize("module", MODULES)
def test_each_of_ours_can_be_compiled(module: str) -> None:
    patterns = list(of_module(module))
    assert patterns
    for each in patterns:
        each.fullmatch("")
