"""What a response cites is told with it; a quotation that the article does not have is pointed out beforehand."""

from pathlib import Path

from simcord import InteractionResult, MemberActor

from bot.classroom import citing
from tests.chat.doing import change, forge, newest_in, press, reply, respond, restarting, rows, start
from tests.chat.panels import addresses, again, shown
from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in
from tests.conftest import SchoolClass

TRUE = "has a critical role to play in any diplomatic effort with Pyongyang"
FALSE = "plays a critical role in any diplomatic effort with Pyongyang"
WAYS = ["Change it", "Send as it is"]


def is_pointed_out(result: InteractionResult) -> bool:
    return buttons_of(shown(result)) == WAYS


def cited(database: Path) -> list[tuple[int, str, str]]:
    return rows(database, "select paragraph, kind, exact from citations order by id")


async def quote(klass: SchoolClass, who: MemberActor, words: str) -> InteractionResult:
    return await respond(klass, who, "defend", claim="We need China.", evidence=f"It “{words}”.")


async def test_what_a_response_cites_is_on_record_and_told_everywhere(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    receipt = await quote(klass, klass.ann, TRUE)
    assert "-# It cites ¶2." in answer(receipt)
    assert cited(database) == [(2, "quote", TRUE)]
    assert "-# cites ¶2" in text_of(newest_in(klass))
    assert "cites ¶2" in answer(await klass.ann.slash(klass.channel, "my responses"))
    answered = await reply(klass.ben, newest_in(klass), "¶3 says the opposite, and so does ¶5.")
    assert "It cites ¶3, ¶5." in answer(answered)
    await klass.ann.send(thread_in(klass), "I say ¶2 again")
    await klass.teacher.slash(klass.channel, "discuss close")
    assert "**Passages**\n¶2 · cited in 2 responses\n¶3 · cited in 1 response\n" in text_of(newest_in(klass))


async def test_a_changed_wording_has_its_own_citations_and_withdrawn_words_have_none(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    await quote(klass, klass.ann, TRUE)
    mine = shown(await klass.ann.slash(klass.channel, "my responses"))
    form = await press(klass.ann, mine, "Change")
    await klass.ann.submit_modal(form, {"stance": "defend", "claim": "As ¶4 says."})
    assert cited(database) == [(4, "chosen", "")]
    assert "-# cites ¶4" in text_of(newest_in(klass))
    await press(klass.ann, mine, "Withdraw")
    assert cited(database) == []


async def test_typed_words_are_looked_into_before_they_are_counted(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    thread = thread_in(klass)
    typed = await klass.ann.send(thread, f"China {TRUE}")
    await citing.catch_up(klass.room)
    assert [(paragraph, kind) for paragraph, kind, _ in cited(database)] == [(2, "quote")]
    await klass.ann.edit(typed, "I lean on ¶5 instead")
    assert cited(database) == []
    await citing.catch_up(klass.room)
    assert cited(database) == [(5, "chosen", "")]
    assert await citing.catch_up(klass.room) == 0
    await klass.ann.delete(typed)
    assert cited(database) == []


async def test_a_misquote_is_pointed_out_before_anything_is_recorded(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    before = len(list(thread_in(klass).history()))
    asked = await quote(klass, klass.ann, FALSE)
    told = answer(asked)
    assert is_pointed_out(asked)
    assert shown(asked).flags.ephemeral
    assert f"You quote: “{FALSE}”\nThe article does not say this word for word. The nearest is ¶2: “" in told
    assert TRUE in told
    assert rows(database, "select count(*) from responses") == [(0,)]
    assert len(list(thread_in(klass).history())) == before
    [file] = shown(asked).attachments
    assert file.filename == "your-words.txt"

    send = addresses(shown(asked))["Send as it is"]
    went_on = await press(klass.ann, shown(asked), "Send as it is")
    assert "sent your words as they are" in text_of(again(klass, shown(asked)))
    assert "**Recorded.**" in text_of(went_on.followups[0])
    assert FALSE in text_of(newest_in(klass))
    assert rows(database, "select count(*) from responses") == [(1,)]
    assert [paragraph for paragraph, _, _ in cited(database)] == [2]
    assert "sent already" in answer(await forge(klass, klass.ann, send))
    assert rows(database, "select count(*) from responses") == [(1,)]


async def test_the_form_opens_again_with_ones_words_and_asks_no_second_time(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    page = shown(await quote(klass, klass.ann, FALSE))
    form = await press(klass.ann, page, "Change it")
    assert form.modal is not None
    written = str(form.modal)
    assert "We need China." in written
    assert FALSE in written
    recorded = await klass.ann.submit_modal(form, {"stance": "defend", "claim": f"It “{FALSE}”, I insist."})
    assert "**Recorded.**" in answer(recorded)
    assert rows(database, "select count(*) from responses") == [(1,)]
    assert "sent already" in answer(await press(klass.ann, page, "Send as it is"))
    assert rows(database, "select count(*) from responses") == [(1,)]
    assert is_pointed_out(await quote(klass, klass.ann, FALSE))


async def test_replies_and_changes_are_looked_at_too(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend", claim="The strongest country should always begin to talk.")
    post = newest_in(klass)
    said = await reply(klass.ben, post, "You say “the strongest country should always begin”. Why?")
    assert "**Recorded.**" in answer(said)
    asked = await reply(klass.ben, post, "But it says “the strongest country should always be silent”.")
    assert is_pointed_out(asked)
    assert "Nothing in it comes near." in answer(asked)
    form = await press(klass.ben, shown(asked), "Change it")
    assert "should always be silent" in str(form.modal)
    assert "**Recorded.**" in answer(await klass.ben.submit_modal(form, {"text": "¶2 says something else."}))
    mine = shown(await klass.ann.slash(klass.channel, "my responses"))
    form = await press(klass.ann, mine, "Change")
    asked = await klass.ann.submit_modal(form, {"stance": "defend", "claim": f"China “{FALSE}”."})
    assert is_pointed_out(asked)
    form = await press(klass.ann, shown(asked), "Change it")
    assert FALSE in str(form.modal)
    went_on = await press(klass.ann, shown(asked), "Send as it is")
    assert "**Recorded.**" in text_of(went_on.followups[0])
    [(body,)] = rows(database, "select body from responses where source = 'modal'")
    assert FALSE in body


async def test_where_the_coach_is_off_nothing_is_pointed_out(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    change(database, f"update participants set uncoached_at = '2026-01-01' where user_id = {klass.ann.user.id}")
    assert "**Recorded.**" in answer(await quote(klass, klass.ann, FALSE))
    assert is_pointed_out(await quote(klass, klass.ben, FALSE))
    change(database, "update rounds set coached = 0")
    assert "**Recorded.**" in answer(await quote(klass, klass.ben, FALSE))


async def test_a_form_that_waits_is_its_authors_alone(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    page = shown(await quote(klass, klass.ann, FALSE))
    for label in WAYS:
        told = await forge(klass, klass.ben, addresses(page)[label])
        assert FALSE not in answer(told)
        assert told.modal is None
    assert rows(database, "select count(*) from responses") == [(0,)]


async def test_after_a_restart_the_words_are_in_the_file(database: Path) -> None:
    async with restarting(database) as running:
        await start(running.klass)
        page = shown(await quote(running.klass, running.klass.ann, FALSE))
        async with running.restart() as klass:
            for label in WAYS:
                assert "in the file of this message" in answer(await press(klass.ann, page, label))
            assert rows(running.database, "select count(*) from responses") == [(0,)]


async def test_a_sentence_of_the_article_is_quoted_by_a_command(klass: SchoolClass, database: Path) -> None:
    nothing = await klass.ann.autocomplete(klass.channel, "article quote", "words", "", paragraph=2)
    assert nothing == []
    await start(klass)
    offered = await klass.ann.autocomplete(klass.channel, "article quote", "words", "checK FOR", paragraph=2)
    assert [choice["value"] for choice in offered] == ["¶2.4"]
    assert offered[0]["name"].startswith("Responding to this possible delay")
    form = await klass.ann.slash(klass.channel, "article quote", paragraph=2, words="¶2.4")
    assert "¶2: “Responding to this possible delay" in str(form.modal)
    quotation = "¶3: “it is possible to resolve the nuclear problem” "
    form = await klass.ann.slash(
        thread_in(klass), "article quote", paragraph=3, words="it is possible to resolve the nuclear problem"
    )
    assert quotation in str(form.modal)
    told = await klass.ann.submit_modal(form, {"stance": "defend", "claim": "There is hope.", "evidence": quotation})
    assert "It cites ¶3." in answer(told)
    assert [(paragraph, kind) for paragraph, kind, _ in cited(database)] == [(3, "quote")]
    refused = answer(await klass.ann.slash(klass.channel, "article quote", paragraph=3, words="it is impossible"))
    assert "¶3 does not say that word for word" in refused
    refused = answer(await klass.ann.slash(klass.channel, "article quote", paragraph=6, words="it is impossible"))
    assert "The article has 5 paragraphs" in refused
    await klass.teacher.slash(klass.channel, "discuss close")
    refused = answer(await klass.ann.slash(thread_in(klass), "article quote", paragraph=3, words="it is possible"))
    assert "No question is open here" in refused


async def test_a_paragraph_can_be_chosen_in_the_form(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    form = await press(klass.ann, card_in(klass), "Respond")
    assert form.modal is not None
    assert "¶1 Recent ballistic missile tests" in str(form.modal)
    told = await klass.ann.submit_modal(form, {"stance": "defend", "claim": "They are afraid.", "leans-on": ["4"]})
    assert "It cites ¶4." in answer(told)
    assert cited(database) == [(4, "chosen", "")]
    mine = shown(await klass.ann.slash(klass.channel, "my responses"))
    form = await press(klass.ann, mine, "Change")
    await klass.ann.submit_modal(form, {"stance": "defend", "claim": "They are very afraid.", "leans-on": ["1"]})
    assert cited(database) == [(1, "chosen", "")]
    assert "-# cites ¶1" in text_of(newest_in(klass))
