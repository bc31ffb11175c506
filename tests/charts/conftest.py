"""Drawing within the tests' own process, with the shipped fonts, and with nothing kept but in a temporary folder."""

from collections.abc import Callable, Generator

import pytest

from bot.charts.values import Chart, Picture, Theme

Draw = Callable[[Chart, Theme], Picture]


@pytest.fixture(scope="session")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Generator[Draw]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MPLCONFIGDIR", str(tmp_path_factory.mktemp("matplotlib")))
        patch.setenv("MPL_IGNORE_SYSTEM_FONTS", "1")
        from bot.charts.drawing import draw as here  # noqa: PLC0415 - the variables have to be set before

        yield here
