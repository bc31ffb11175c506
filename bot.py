"""The command line of Parley: `python bot.py --help` tells what it can do."""

from bot.cli import main

if __name__ == "__main__":
    main()
