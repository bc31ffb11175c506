"""What people can do in the room, and what of it the others see."""

from typing import Any

import pytest

from bot.rehearsal.simulation import environment
from tests.rehearsal.gallery import ALT, PNG, GalleryBot
from tests.rehearsal.visiting import OpenRoom, Page, RefusedAskError

QUESTION = "Ally or shield?"


async def post_card(teacher: Page) -> dict[str, Any]:
    """The teacher lets the bot post its card, with a thread."""
    options = {"question": QUESTION, "minutes": "10"}
    await teacher.ask("slash", channel=teacher.channel("debate"), name="gallery card", options=options)
    card = await teacher.says("A debate")
    await teacher.wait("channel", lambda told: told["channel"]["name"] == QUESTION)
    return card


async def test_everybody_reads_what_one_writes_and_the_bot_hears_it(room: OpenRoom) -> None:
    async with room.page("Alex") as alex, room.page("Sam") as sam:
        await alex.ask("send", channel=alex.channel("debate"), content="Hello, class")

        heard = await sam.says("Hello, class")
        assert heard["author"]["global_name"] == "Alex"
        assert isinstance(room.bot, GalleryBot)
        assert room.bot.heard == ["Hello, class"]


async def test_a_private_reply_reaches_every_tab_of_its_person_and_nobody_else(room: OpenRoom) -> None:
    async with (
        room.page("Ms. Rivera") as teacher,
        room.page("Alex") as alex,
        room.page("Alex") as alex_again,
        room.page("Sam") as sam,
    ):
        card = await post_card(teacher)
        await alex.says("A debate")
        await alex.click(card, "side:yes")

        reply = await alex.private("You chose")
        assert (await alex_again.private("You chose"))["id"] == reply["id"]
        await alex.ask("send", channel=alex.channel("debate"), content="and then")
        await sam.says("and then")
        await teacher.says("and then")
        assert not [told for page in (sam, teacher) for told in page.told if "You chose" in str(told)]
        history = await sam.ask("history", channel=card["channel_id"])
        assert "You chose" not in str(history)
        with pytest.raises(RefusedAskError, match="no longer there"):
            await sam.ask("dismiss", channel=reply["channel_id"], message=reply["id"])
        await alex.ask("dismiss", channel=reply["channel_id"], message=reply["id"])
        await alex_again.wait("message_gone", lambda told: told["message"] == reply["id"])


async def test_a_pager_turns_in_place(room: OpenRoom) -> None:
    async with room.page("Ms. Rivera") as teacher, room.page("Alex") as alex:
        await alex.click(await post_card(teacher), "do:read")
        page = await alex.private("The first page.")
        await alex.click(page, "next")

        turned = await alex.wait("message_edit", lambda told: "The second page." in str(told))
        assert turned["message"]["id"] == page["id"]


async def test_a_form_is_opened_filled_in_and_posted_in_the_thread(room: OpenRoom) -> None:
    async with room.page("Ms. Rivera") as teacher, room.page("Alex") as alex:
        opened_form = await alex.click(await post_card(teacher), "do:respond")
        assert opened_form["modal"]["title"] == "Your response"
        with pytest.raises(RefusedAskError, match="required"):
            await alex.ask("submit", interaction=opened_form["interaction"], values={"stance": "yes", "claim": ""})
        with pytest.raises(RefusedAskError, match="expired"):
            await teacher.ask("submit", interaction=opened_form["interaction"], values={"stance": "no", "claim": "x"})
        await alex.ask(
            "submit", interaction=opened_form["interaction"], values={"stance": "yes", "claim": "Talks work"}
        )

        await alex.private("Recorded: Talks work")
        posted = await teacher.says("**Alex**: Talks work")
        assert posted["channel_id"] == teacher.channel(QUESTION)


async def test_commands_are_offered_to_whom_they_are_for_and_complete_while_typing(room: OpenRoom) -> None:
    async with room.page("Ms. Rivera") as teacher, room.page("Alex") as alex:
        place = {"channel": teacher.channel("debate")}
        offered = await teacher.ask("commands", **place)
        assert [command["name"] for command in offered["slash"]] == ["gallery card", "gallery setup"]
        assert offered["menus"] == [{"name": "Reply to this"}]
        rows = await teacher.ask("complete", **place, name="gallery card", option="question", text="SHIELD")
        assert [row["name"] for row in rows] == [QUESTION]
        with pytest.raises(RefusedAskError, match="minutes"):
            await teacher.ask("slash", **place, name="gallery card", options={"question": "x", "minutes": "61"})
        with pytest.raises(RefusedAskError, match="question"):
            await teacher.ask("slash", **place, name="gallery card", options={})
        with pytest.raises(RefusedAskError, match="no command"):
            await alex.ask("slash", **place, name="no such", options={})


async def test_roles_and_channels_are_chosen_by_their_ids(room: OpenRoom) -> None:
    async with room.page("Ms. Rivera") as teacher:
        welcome = await teacher.wait("welcome")
        role = next(role["id"] for role in welcome["roles"] if role["name"] == "Moderator")
        options = {"role": role, "channel": teacher.channel("general")}
        await teacher.ask("slash", channel=teacher.channel("debate"), name="gallery setup", options=options)

        await teacher.private("Moderator in general")


async def test_a_menu_on_a_message_and_a_choice_in_a_menu(room: OpenRoom) -> None:
    async with room.page("Ms. Rivera") as teacher, room.page("Alex") as alex:
        card = await post_card(teacher)
        await alex.ask("send", channel=alex.channel("debate"), content="My view")
        mine = await alex.says("My view")
        await teacher.ask("menu", channel=mine["channel_id"], message=mine["id"], name="Reply to this")
        await teacher.private("Replying to: My view")
        place = {"channel": card["channel_id"], "message": card["id"], "custom_id": "choose"}
        await alex.ask("choose", **place, values=["B"])
        await alex.private("Chosen: B")
        with pytest.raises(RefusedAskError):
            await alex.ask("choose", **place, values=["C"])


async def test_a_bot_that_keeps_silent_is_told_of(room: OpenRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "TIME_TO_ACKNOWLEDGE", 0.1)
    async with room.page("Ms. Rivera") as teacher:
        with pytest.raises(RefusedAskError, match=r"^The application did not respond\.$"):
            await teacher.click(await post_card(teacher), "do:silent")


async def test_what_is_switched_off_cannot_be_pressed(room: OpenRoom) -> None:
    async with room.page("Ms. Rivera") as teacher:
        card = await post_card(teacher)
        for custom_id in ("do:never", "do:nothing-there"):
            with pytest.raises(RefusedAskError, match="switched off"):
                await teacher.click(card, custom_id)


async def test_a_locked_thread_takes_a_teachers_words_but_not_a_students(room: OpenRoom) -> None:
    async with room.page("Ms. Rivera") as teacher, room.page("Alex") as alex:
        card = await post_card(teacher)
        await alex.wait("channel", lambda told: told["channel"]["name"] == QUESTION)
        thread = {"channel": alex.channel(QUESTION)}
        await alex.ask("send", **thread, content="Still open")
        mine = await alex.says("Still open")
        await teacher.click(card, "do:lock")
        view = await alex.wait("channel", lambda told: told["channel"]["locked"])

        assert view["channel"]["writable"] is False
        with pytest.raises(RefusedAskError, match="locked"):
            await alex.ask("send", **thread, content="Too late")
        with pytest.raises(RefusedAskError, match="locked"):
            await alex.ask("edit", **thread, message=mine["id"], content="Too late")
        await teacher.ask("send", **thread, content="Well done")
        await alex.says("Well done")


async def test_one_rewrites_and_deletes_ones_own_words_only(room: OpenRoom) -> None:
    async with room.page("Alex") as alex, room.page("Sam") as sam, room.page("Ms. Rivera") as teacher:
        place = {"channel": alex.channel("general")}
        await alex.ask("send", **place, content="Frist")
        mine = await sam.says("Frist")
        with pytest.raises(RefusedAskError, match="may not"):
            await sam.ask("edit", **place, message=mine["id"], content="Mine now")
        with pytest.raises(RefusedAskError, match="may not"):
            await sam.ask("delete", **place, message=mine["id"])
        await alex.ask("edit", **place, message=mine["id"], content="First")
        assert (await sam.wait("message_edit"))["message"]["content"] == "First"
        await sam.ask("send", **place, content="An answer", reply_to=mine["id"])
        answer = await alex.says("An answer")
        assert answer["referenced_message"]["content"] == "First"
        await alex.ask("delete", **place, message=mine["id"])
        await sam.wait("message_gone", lambda told: told["message"] == mine["id"])
        await teacher.ask("delete", **place, message=answer["id"])


@pytest.mark.parametrize(("content", "why"), [("  ", "empty"), ("x" * 2001, "2000")])
async def test_words_that_discord_would_not_take(room: OpenRoom, content: str, why: str) -> None:
    async with room.page("Alex") as alex:
        with pytest.raises(RefusedAskError, match=why):
            await alex.ask("send", channel=alex.channel("general"), content=content)


async def test_a_private_file_is_served_to_its_person_alone(room: OpenRoom) -> None:
    async with room.page("Ms. Rivera") as teacher, room.page("Alex") as alex:
        await alex.click(await post_card(teacher), "do:file")
        told = await alex.wait("message_edit", lambda told: bool(told["message"]["attachments"]))
        path = told["message"]["attachments"][0]["path"]
        async with room.session.get(f"{room.links['Alex']}/{path}") as mine:
            assert await mine.text() == "a,b\n1,2\n"
            assert mine.headers["Content-Disposition"] == 'attachment; filename="mine.csv"'
        async with room.session.get(f"{room.links['Sam']}/{path}") as theirs:
            assert theirs.status == 404


async def test_everybody_keeps_their_own_latest_private_replies(room: OpenRoom) -> None:
    async with room.page("Ms. Rivera") as teacher, room.page("Sam") as sam, room.page("Alex") as alex:
        card = await post_card(teacher)
        await sam.click(card, "side:no")
        kept = await sam.private("You chose")
        for _ in range(42):
            await alex.click(card, "side:yes")
        history = await alex.ask("history", channel=card["channel_id"])
        assert sum("You chose" in message["content"] for message in history) == 40
        history = await sam.ask("history", channel=card["channel_id"])
        assert [message["id"] for message in history if "You chose" in message["content"]] == [kept["id"]]


async def test_a_picture_comes_with_its_words_and_is_shown_where_its_message_shows_it(room: OpenRoom) -> None:
    async with room.page("Ms. Rivera") as teacher, room.page("Alex") as alex:
        await alex.click(await post_card(teacher), "do:picture")
        gallery = await teacher.message(lambda message: any(part["type"] == 12 for part in message["components"]))
        ((address, path),) = gallery["paths"].items()
        (item,) = gallery["components"][0]["items"]
        assert (item["media"]["url"], item["description"]) == (address, ALT)
        assert gallery["attachments"] == []
        (file,) = (await teacher.says("The same"))["attachments"]
        assert (file["name"], file["type"], file["description"]) == ("chart.png", "image/png", ALT)
        for each in (path, file["path"]):
            async with room.session.get(f"{room.links['Sam']}/{each}") as answer:
                assert await answer.read() == PNG
                assert answer.headers["Content-Type"] == "image/png"
                assert answer.headers["Content-Disposition"] == 'inline; filename="chart.png"'


async def test_history_comes_in_pages(room: OpenRoom) -> None:
    async with room.page("Alex") as alex:
        place = {"channel": alex.channel("general")}
        for number in range(105):
            await alex.ask("send", **place, content=f"n{number}")
        newest = await alex.ask("history", **place)
        older = await alex.ask("history", **place, before=newest[0]["id"])
        assert [m["content"] for m in (*older, *newest)] == [f"n{number}" for number in range(105)]
