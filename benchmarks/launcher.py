"""`python benchmarks/launcher.py PORT SCRIPT …` runs a script of the working folder, with Discord on that port."""

import gc
import runpy
import sys

if __name__ == "__main__":
    gc.disable()  # as bot.py begins, to whose start the import of discord.py belongs
    import discord.gateway
    import discord.http
    import yarl

    gc.freeze()  # else all of it is searched for garbage here, which no start does
    gc.enable()
    port, script = int(sys.argv[1]), sys.argv[2]
    discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gateway")
    sys.argv[:], sys.path[0] = sys.argv[2:], "."
    runpy.run_path(script, run_name="__main__")
