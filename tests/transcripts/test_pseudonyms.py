import zipfile
from dataclasses import replace
from pathlib import Path

from bot.discussion.transcript import Names, Scope
from bot.discussion.values import Source
from bot.transcripts import Format
from bot.transcripts.writing import write
from tests.transcripts.samples import GUILD, Debate, Told, a_class, shipped

NAMES = ("Amara Quellenstein", "Bo Vanterpool")


def a_telltale_class() -> Told:
    """Words that lead to people: mentions, links to messages, ids typed out, in all the places words can be."""
    debate = Debate(NAMES, Scope(Names.PSEUDONYM))
    debate.pose(shipped().prompt_sets["china-or-sanctions"].prompts[0])
    amara, bo = debate.users.values()
    words = (
        f"<@{amara}> and <@!{bo}> said it: "
        f"https://discord.com/channels/{GUILD}/1310000000000300001/1310000000000400001, "
        f"that is {amara}, canary.discord.com/channels/@me/{bo} cdn.discordapp.com/avatars/{bo}/a.png "
        f"<@&1310000000000555555> <#1310000000000300001> <:amara:1310000000000666666> </my data:1310000000000777777>"
    )
    debate.vote(NAMES[0], "both")
    first = debate.say(NAMES[0], {"claim": words}, Source.MODAL)
    first = debate.change(first, {"claim": f"{words} again"})
    debate.say(NAMES[1], {"text": words}, Source.MESSAGE, first)
    debate.close()
    return debate.told()


def all_bytes(told: Told, folder: Path) -> bytes:
    written = write(told, Format.ALL, folder)
    with zipfile.ZipFile(written.files[0]) as archive:
        return b"\n".join([written.files[0].name.encode(), *(archive.read(name) for name in archive.namelist())])


def leading(told: Told) -> list[str]:
    """Every id of Discord in the values, as digits."""
    found = {str(told.head.session.guild_id), str(told.head.session.channel_id), str(told.head.session.started_by)}
    found |= {str(user) for user in told.head.speakers}
    for each in told.head.rounds:
        found |= {str(each.round.card_id), str(each.round.thread_id)}
        found |= {str(entry.response.message_id) for entry in told.entries(each)}
    return sorted(found)


def test_no_file_leads_to_a_person(tmp_path: Path) -> None:
    for told in (a_class(Names.PSEUDONYM), a_telltale_class()):
        content = all_bytes(told, tmp_path)
        assert len(leading(told)) > 6
        for number in leading(told):
            assert number.encode() not in content, number
        for name in (*NAMES, "Amara", "Ms. Rivera", "discord.com", "discordapp"):
            assert name.encode() not in content, name
        assert b"13100000000" not in content


def test_mentions_are_told_by_pseudonym(tmp_path: Path) -> None:
    content = all_bytes(a_telltale_class(), tmp_path).decode()
    assert "@Amber Otter and @Blue Heron said it: (a link into Discord)" in content
    assert "@role #channel :amara: /my data" in content


def test_with_real_names_the_same_bytes_are_there(tmp_path: Path) -> None:
    """The search above can find something."""
    content = all_bytes(a_class(Names.REAL), tmp_path)
    for number in leading(a_class(Names.REAL)):
        assert number.encode() in content, number
    assert b"Amara" in content


def test_one_student_is_asked_for_by_id_and_told_by_pseudonym(tmp_path: Path) -> None:
    told = a_class(Names.PSEUDONYM)
    student = next(iter(told.head.speakers))
    asked = Told(replace(told.head, scope=Scope(Names.PSEUDONYM, student=student)), told.entries_of, told.votes_of)
    written = write(asked, [Format.TEXT, Format.JSONL], tmp_path)
    assert written.files[0].name.endswith("-student-s1.jsonl")
    text = written.files[1].read_text(encoding="utf-8")
    assert "Only a part is told here: what Amber Otter said." in text
    assert str(student) not in text + written.files[0].read_text(encoding="utf-8")
