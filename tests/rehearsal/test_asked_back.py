"""Classmates who play a question in which each kind of follow-up is asked once, of the right one and for its reason."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from discord.utils import utcnow

from bot.chat.client import Parley
from bot.classroom.room import open_classroom
from bot.rehearsal.lesson import Lesson
from bot.rehearsal.playing import Playing
from bot.rehearsal.script import misfits, read_script
from bot.rehearsal.simulation.environment import SteppedEnv
from bot.rehearsal.world import World
from tests.chat.asked import with_follow_ups
from tests.conftest import ROOT, all_intents

FOLLOW_UPS = """\
- {ask: Which sentence of the article shows that?, when: no-evidence}
- {ask: Can you say it to somebody who has not read it?, when: too-short}
- {ask: What makes you so sure?, when: no-reason}
- {ask: What can you add that is yours alone?, when: repeats-classmate}
- {ask: What would be sign enough?, stance: wait}
- {ask: What if China asks for more time again?, cites: 2}
- {ask: Who tries the side that nobody has taken?, when: one-sided thread}
- {ask: What could both sides agree on?, quiet-for: 3m}
"""

SCRIPT = """\
classmates: [{name: Ada}, {name: Bea}, {name: Cem}, {name: Dan}, {name: Eli}, {name: Fay}, {name: Gus}]
rounds:
  - set: own
    prompt: one
    acts:
      - {who: Ada, vote: talk}
      - who: Ada
        respond:
          claim: Talk, because “it is possible to resolve the nuclear problem” and nobody has tried it for long.
      - {who: Bea, vote: talk}
      - who: Bea
        respond:
          claim: Talk with them at once, because whoever is spoken to for years has something to lose again.
      - {who: Cem, vote: talk}
      - {who: Cem, respond: {claim: "Talk, because ¶3 says so."}}
      - {who: Dan, vote: talk}
      - who: Dan
        respond:
          claim: Paragraph 3 has Moon, who sat at that table for three years and still believes in it today.
      - {who: Eli, vote: talk}
      - who: Eli
        respond:
          claim: Because “it is possible to resolve the nuclear problem”, talk! Nobody has ever tried it for long.
      - {who: Fay, vote: talk}
      - who: Fay
        respond:
          claim: Talk with China first, because paragraph 2 calls it their “chief financial and political benefactor”.
      - {who: Gus, vote: wait}
      - who: Gus
        respond:
          claim: Wait, because in paragraph 5 they have not made “any excessive effort to officially communicate”.
general:
  claims: [I hold that.]
  evidence: [The article.]
  reasons: [It is so.]
  remarks: [Hm.]
  replies: [I see.]
"""

ASKED = [
    ("no-evidence", "Which sentence of the article shows that?", "Bea"),
    ("too-short", "Can you say it to somebody who has not read it?", "Cem"),
    ("no-reason", "What makes you so sure?", "Dan"),
    ("repeats-classmate", "What can you add that is yours alone?", "Eli"),
    ("cites", "What if China asks for more time again?", "Fay"),
    ("stance", "What would be sign enough?", "Gus"),
    ("one-sided thread", "Who tries the side that nobody has taken?", None),
    ("quiet-for", "What could both sides agree on?", None),
]


async def test_each_kind_of_follow_up_is_asked_once_for_the_right_reason(tmp_path: Path) -> None:
    database, path = tmp_path / "parley.sqlite3", tmp_path / "classmates.yaml"
    prompts = with_follow_ups(tmp_path, FOLLOW_UPS)
    path.write_text(SCRIPT, encoding="utf-8")
    script = read_script(path)
    async with open_classroom(database, articles=ROOT / "article", prompts=prompts, now=utcnow) as room:
        assert misfits(script, room.library) == []
        env = SteppedEnv(Parley(room, all_intents()))
        world = World(env)
        cast = script.cast(7)
        await env.start()
        try:
            world.furnish()
            world.seat(students=0, classmates=[classmate.name for classmate in cast])
            await env.settle()
            lesson = Lesson(world, Playing(world, script, lambda: room.library, 7), cast)
            await lesson.command("discuss start", prompts="own")
            await lesson.play(lesson.card, may_be_refused=False)
            await lesson.wait(30)
            assert [each for each in _asked(database) if each[2] is None] == ASKED[6:7]
            await lesson.wait(600)
            await lesson.command("discuss close")
        finally:
            await env.shutdown()
    asked = _asked(database)
    assert set(asked) == set(ASKED)
    assert len(asked) == len(ASKED)
    assert asked[-1] == ASKED[-1]
    assert _of_the_class_without_a_message(database) == 0


def _asked(database: Path) -> list[tuple[Any, ...]]:
    """Why, what, and whom: nobody by name where the whole class is asked."""
    query = """
        select reason, question, display_name from askings
        left join participants on participants.user_id = askings.user_id order by askings.id
    """
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def _of_the_class_without_a_message(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        query = "select count(*) from askings where user_id is null and message_id is null"
        return connection.execute(query).fetchone()[0]
