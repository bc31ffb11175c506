"""The command line of Parley: `python bot.py --help` tells what it can do."""

import gc

if __name__ == "__main__":
    gc.disable()  # what is imported stays: looking for garbage in it takes an eighth of a start; `main` enables it
    from bot.cli import main

    main()
