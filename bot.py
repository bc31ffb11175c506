"""The command line of Parley: `python bot.py --help` tells what it can do."""

import gc
import os

if __name__ == "__main__":
    # What a start would wait for without need: a search for garbage in what is imported, which all stays (see
    # `collect_garbage`), and Pydantic's search for plugins in the description of every package installed.
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from bot.cli import main

    main()
