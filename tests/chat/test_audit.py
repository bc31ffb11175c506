"""`/audit`: whatever stands there has a plain sentence, in pages and by what was chosen, for those who keep order."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.cards.audit_page import audit_page, label_of
from bot.classroom.auditing import AuditLog, Filter
from bot.discussion.ids import GuildId, SessionId, UserId
from bot.discussion.values import Audit
from tests.chat.doing import change, forge, press, start, watch
from tests.chat.order import WORDS, debate, hide, moderator, report, restore, told
from tests.chat.panels import again
from tests.chat.seeing import answer, text_of
from tests.chat.values import NOW
from tests.conftest import ROOT, SchoolClass

DONE = {
    "transcript.export": [
        {"format": "html", "names": "real"},
        {"format": "csv", "names": "pseudonym", "round": "2", "student": "77", "since": "2026-01-01T00:00:00+00:00"},
    ],
    "discuss.control": [
        {"what": what, "round": "1", "phase": "0"}
        for what in ("next", "pause", "resume", "reveal", "close", "question")
    ]
    + [
        {"what": "extend", "minutes": "5"},
        {"what": "assign", "user": "77", "side": "defend"},
        {"what": "assign", "side": "defend"},
        {"what": "nudge", "reminded": "2", "unfinished": "3"},
    ],
    "discuss.schedule": [{"what": what, "schedule": "3"} for what in ("add", "move", "cancel")],
    "discord.change": [{"what": what, "round": "1", "count": "4"} for what in ("card", "thread", "channel", "cleared")],
    "person.erase": [{"by": "operator"}, {"by": "themselves"}],
    "record.purge": [{"debates": "3", "days": "180"}],
    "setup.change": [{"consent": "school", "retention_days": "30"}, {"teacher_role_id": "default"}],
    "prompts.upload": [{"set": "ours", "version": "2"}],
    "prompts.remove": [{"set": "ours", "version": "2"}],
    "pseudonym.unmask": [
        {"session": "1", "pseudonym": "Quiet Heron", "reason": "An insult."},
        {"session": "1", "pseudonym": "everybody", "reason": "For grading."},
    ],
    "response.hide": [{"response": "4", "question": "1", "reports": "2"}, {"response": "4", "question": "1"}],
    "response.restore": [{"response": "4", "question": "1"}],
    "report.dismiss": [{"response": "4", "question": "1", "reports": "1"}],
}
"""Everything that is put on the audit, as it is put there."""


def entry(action: str, details: dict[str, str], user: int | None = 5) -> Audit:
    return Audit(GuildId(1), None if user is None else UserId(user), NOW, action, SessionId(3), details)


def page(*entries: Audit) -> str:
    parts = audit_page(AuditLog(entries, Filter(), 0, 1, len(entries))).walk_children()
    return "\n".join(part.content for part in parts if isinstance(part, discord.ui.TextDisplay))


def put(
    database: Path, count: int, action: str = "transcript.export", guild: int = 0, session: int | None = None
) -> None:
    with closing(sqlite3.connect(database)) as record, record:
        record.executemany(
            "insert into audits (guild_id, user_id, at, action, session_id, details) values (?, 5, ?, ?, ?, ?)",
            [
                (guild, "2026-01-01 00:00:00.000000", action, session, json.dumps({"format": f"f{number}"}))
                for number in range(count)
            ],
        )


@pytest.mark.parametrize(
    ("action", "details"), [(action, each) for action, several in DONE.items() for each in several]
)
def test_everything_that_is_done_has_a_sentence(action: str, details: dict[str, str]) -> None:
    told = page(entry(action, details)).splitlines()[-1]
    assert told.endswith(".")
    assert action not in told
    assert "?" not in told
    assert label_of(action) != action
    by_nobody = action in ("discord.change", "record.purge") or details.get("by") == "themselves"
    assert told.startswith("<@5> ") != by_nobody


def test_every_action_of_the_classroom_is_known() -> None:
    """What is put on the audit is named by a constant of its module: none is without its sentence."""
    constants = re.compile(r'^[A-Z_]+(?:, [A-Z_]+)* = ((?:"[a-z]+(?:\.[a-z]+)?"(?:, )?)+)$', re.MULTILINE)
    modules = [
        path.read_text(encoding="utf-8")
        for path in (ROOT / "bot" / "classroom").glob("*.py")
        if "audits" in path.read_text(encoding="utf-8")
    ]
    actions = {
        action
        for text in modules
        for names in constants.findall(text)
        for action in re.findall(r'"([a-z]+(?:\.[a-z]+))"', names)
    }
    assert actions >= {"response.hide", "discuss.control", "prompts.upload"}
    assert {action for action in actions if label_of(action) == action} == set()


def test_an_action_of_a_later_version_is_told_by_its_name() -> None:
    told = page(entry("moon.land", {"rocket": "*big* @everyone", "crew": "3"}, user=None))
    assert "the operator: moon.land (rocket \\*big\\* @everyone; crew 3)" in told
    assert "the operator: moon.walk" in page(entry("moon.walk", {}, user=None))


@given(
    st.lists(
        st.builds(
            entry,
            st.sampled_from([*DONE, "x" * 32]),
            st.dictionaries(
                st.sampled_from(["what", "user", "reason", "pseudonym", "reports", "set", "student", "since"]),
                st.text(max_size=600),
                max_size=8,
            ),
        ),
        max_size=10,
    )
)
@settings(deadline=None, max_examples=60)
def test_whatever_stands_there_fits_and_pings_nobody(entries: list[Audit]) -> None:
    told = page(*entries)
    assert len(told) <= 4000
    assert "<@&" not in told.replace("\\<@&", "")


def test_whoever_has_left_is_not_mentioned() -> None:
    assert "somebody who left hid response" in page(entry("response.hide", {"response": "1", "question": "1"}, user=0))
    assert "put somebody who left on" in page(entry("discuss.control", {"what": "assign", "user": "0", "side": "x"}))


async def test_what_is_done_is_told_in_sentences(klass: SchoolClass) -> None:
    post = await debate(klass)
    await report(klass, klass.ben, post, "Bad words.")
    await hide(klass, klass.teacher, post, "A long reason.")
    await restore(klass, klass.teacher, post)
    await klass.teacher.slash(klass.channel, "discuss extend", minutes=5)
    seen = watch(klass)
    shown = answer(await klass.teacher.slash(klass.channel, "audit"))
    assert "### 3 entries on the audit" in shown
    assert shown.index("gave 5 more minutes") < shown.index("restored response 1 to question 1.")
    assert f"<@{klass.teacher.id}> hid response 1 to question 1 (1 report)." in shown
    for secret in (WORDS, "A long reason.", "Bad words.", str(klass.ann.id), str(klass.ben.id), "Ann", "Ben"):
        assert secret not in shown
    [sent] = [entry.json for entry in seen if "on the audit" in str(entry.json)]
    assert sent is not None
    assert sent["data"]["allowed_mentions"] == {"parse": []}


async def test_it_has_pages_and_can_be_narrowed(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    put(database, 23, guild=klass.guild.id, session=1)
    put(database, 2, "response.hide", guild=klass.guild.id)
    result = await klass.teacher.slash(klass.channel, "audit", action="transcript.export", session=1)
    assert result.response is not None
    first = text_of(result.response)
    assert "23 entries on the audit" in first
    assert "only: Exports" in first
    assert "as f22," in first
    await press(klass.teacher, result.response, "Older")
    second = text_of(again(klass, result.response))
    assert "Page 2 of 3" in second
    assert "as f12," in second
    assert "as f22," not in second
    await press(klass.teacher, again(klass, result.response), "Older")
    assert "as f0," in text_of(again(klass, result.response))
    assert "2 entries" in told(await klass.teacher.slash(klass.channel, "audit", action="response.hide"))
    assert "0 entries" in told(await klass.teacher.slash(klass.channel, "audit", action="no such thing"))
    assert "0 entries" in told(await klass.teacher.slash(klass.channel, "audit", session=999))


async def test_what_has_been_done_is_offered_to_those_who_may_know(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    put(database, 1, guild=klass.guild.id)
    put(database, 1, "response.hide", guild=klass.guild.id)
    offered = await klass.teacher.autocomplete(klass.channel, "audit", "action", "exp")
    assert [(choice["name"], choice["value"]) for choice in offered] == [("Exports", "transcript.export")]
    sessions = await klass.teacher.autocomplete(klass.channel, "audit", "session", "")
    assert [choice["value"] for choice in sessions] == [1]
    for option in ("action", "session"):
        assert not await klass.ben.autocomplete(klass.channel, "audit", option, "")


async def test_only_those_who_keep_order_read_it(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    put(database, 1, guild=klass.guild.id)
    put(database, 5, guild=4711)
    assert "for moderators and teachers" in told(await klass.ben.slash(klass.channel, "audit"))
    assert "for moderators and teachers" in answer(await forge(klass, klass.ben, "parley:audit:0:~:~"))
    assert "1 entry" in told(await moderator(klass).slash(klass.channel, "audit"))
    assert "1 entry" in answer(await forge(klass, klass.teacher, "parley:audit:99:~:~"))
    for custom_id in ("parley:audit", "parley:audit:x:~:~", "parley:audit:0", "parley:audit:0:~:x"):
        assert "not known any more" in answer(await forge(klass, klass.teacher, custom_id))
    change(database, "delete from audits")
    assert "0 entries" in told(await klass.teacher.slash(klass.channel, "audit"))
