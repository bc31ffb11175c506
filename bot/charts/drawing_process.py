"""The process that draws one chart: `python -m bot.charts.drawing_process` reads a Job and answers it."""

import sys
import traceback
from pathlib import Path

from bot.charts.drawing import draw
from bot.charts.job import Drawn, Failed, Job


def answer(job: bytes) -> Drawn | Failed:
    """Do a job. Whatever goes wrong is told without the error's message, which might hold a student's words."""
    try:
        wanted = Job.model_validate_json(job)
        picture = draw(wanted.chart, wanted.theme)
    except Exception as error:  # noqa: BLE001 - it is the parent's to tell
        frames = traceback.extract_tb(error.__traceback__)
        place = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
        return Failed(error=type(error).__name__, place=place)
    return Drawn(png=picture.png, alt=picture.alt, table=picture.table)


def main() -> None:
    """Read a job from standard input and answer it on standard output."""
    sys.stdout.write(answer(sys.stdin.buffer.read()).model_dump_json())


if __name__ == "__main__":
    main()
