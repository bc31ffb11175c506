"""Pictures of results: each chart is drawn once, however many ask for it, and kept for whoever asks next."""

import asyncio
import logging

from bot.charts.studio import ChartFailed, Studio
from bot.charts.values import Chart, Picture, Theme

log = logging.getLogger(__name__)

PATIENCE = 20.0
"""Seconds after which a picture is gone on without."""

KEPT = 32
"""Pictures of some 60 KB each: those of the questions that classes look at just now."""

THEME = Theme.DARK
"""Discord does not tell which theme somebody has chosen. Dark is the one it begins with; the picture brings its own
ground along, on which everything is read as well by whoever has chosen the light one.
"""


class Gallery:
    """The pictures of one bot."""

    def __init__(self, studio: Studio | None = None) -> None:
        self._studio = studio or Studio()
        self._drawn: dict[Chart, asyncio.Task[Picture]] = {}

    async def picture(self, chart: Chart) -> Picture | None:
        """The picture of a chart; None where it cannot be drawn in time, as the log tells: a later try is another."""
        known = self._drawn.get(chart) or self._begun(chart)
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.shield(known)
        except TimeoutError:
            log.warning("a chart was not drawn within %g seconds; its figures are told without it", PATIENCE)
        except ChartFailed as error:
            log.warning("%s Its figures are told without it", error)
        return None

    def close(self) -> None:
        """End what is being drawn."""
        for task in self._drawn.values():
            task.cancel()

    def _begun(self, chart: Chart) -> asyncio.Task[Picture]:
        task = asyncio.create_task(self._studio.draw_apart(chart, THEME), name="drawing a chart")
        self._drawn[chart] = task
        task.add_done_callback(lambda done: self._settled(chart, done))
        return task

    def _settled(self, chart: Chart, task: asyncio.Task[Picture]) -> None:
        """What failed is forgotten, so that it is tried again; of what is drawn the latest is kept."""
        if task.cancelled() or task.exception() is not None:
            self._drawn.pop(chart, None)
        finished = [each for each, drawing in self._drawn.items() if drawing.done()]
        for each in finished[: max(0, len(finished) - KEPT)]:
            del self._drawn[each]
