"""How each thing is used: what must be there before, and then the use itself."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.chat.permission_table import Can, Row, Thing, Who
from tests.permissions.school import Debate, School, prompt_set
from tests.permissions.using import Answered, Fields, Somebody

Go = Callable[[], Awaitable[Answered]]
Recipe = Callable[["Scene"], Awaitable[Go]]


@dataclass(frozen=True, slots=True)
class Scene:
    """Somebody about to use something. `author` is whose the thing is that they name."""

    school: School
    row: Row
    who: Who
    me: Somebody
    author: Somebody
    can: Can
    stays: bool = False
    """Whether they use it where they are, wherever the debate is."""

    @property
    def main(self) -> Debate:
        """The debate that goes on where they are: a stranger uses what names nothing in their own server."""
        return self.school.debates["open" if self.row.named or self.who is not Who.STRANGER else "far"]

    async def debate(self) -> Debate:
        """A debate that may end: a new one, where it will."""
        return self.main if self.can is Can.NO else await self.school.begin(far=self.who is Who.STRANGER)

    async def response(self) -> int:
        """A new response of whose the thing is."""
        return await self.school.said(self.author, self.school.debates["open"])

    def command(self, debate: Debate | None = None, **options: Any) -> Go:
        """Type the row's command, in the debate's channel."""
        me = self.me if debate is None else self.beside(debate)
        return lambda: me.command(self.row.name, **options)

    def beside(self, debate: Debate) -> Somebody:
        """Whoever uses it, in the channel of a debate, where that is in their server."""
        is_there = self.me.guild_id == debate.guild_id and not self.stays
        return self.me.at(debate.channel.id) if is_there else self.me

    def press(self, *arguments: object) -> Go:
        """Press the row's button."""
        return lambda: self.me.press(self.address(*arguments))

    def submit(self, fields: Fields, *arguments: object) -> Go:
        """Submit the row's form."""
        return lambda: self.me.submit(self.address(*arguments), fields)

    def address(self, *arguments: object) -> str:
        """The custom_id of the row's verb."""
        return ":".join(["parley", self.row.name, *map(str, arguments)])


def _here(**options: Any) -> Recipe:
    async def recipe(scene: Scene) -> Go:
        return scene.command(scene.main, **options)

    return recipe


def _ending(**options: Any) -> Recipe:
    async def recipe(scene: Scene) -> Go:
        return scene.command(await scene.debate(), **options)

    return recipe


def _in_a_new_room(**options: Any) -> Recipe:
    async def recipe(scene: Scene) -> Go:
        if scene.me.guild_id != scene.school.guild.id or scene.stays:
            return scene.command(**options)
        return replace(scene, me=scene.me.at(scene.school.room().id)).command(**options)

    return recipe


def _of_round(plan: str, *more: object, fields: Fields | None = None) -> Recipe:
    async def recipe(scene: Scene) -> Go:
        arguments = (scene.school.debates[plan].round, *more)
        return scene.press(*arguments) if fields is None else scene.submit(fields, *arguments)

    return recipe


def _of_response(*more: object, fields: Fields | None = None) -> Recipe:
    async def recipe(scene: Scene) -> Go:
        arguments = (await scene.response(), *more)
        return scene.press(*arguments) if fields is None else scene.submit(fields, *arguments)

    return recipe


async def _of_classmates_response(scene: Scene) -> Go:
    return scene.press(
        await scene.school.said(scene.school.member(scene.school.classmate), scene.school.debates["open"])
    )


def _of_schedule(fields: Fields | None = None) -> Recipe:
    async def recipe(scene: Scene) -> Go:
        planned = await scene.school.planned()
        return scene.press(planned) if fields is None else scene.submit(fields, planned)

    return recipe


def _plain(*arguments: object) -> Recipe:
    async def recipe(scene: Scene) -> Go:
        return scene.press(*arguments)

    return recipe


async def _erase(scene: Scene) -> Go:
    return scene.press(scene.author.user_id)


async def _article(scene: Scene) -> Go:
    return scene.press(f"~{scene.main.round}", *([1] if scene.row.name == "turn" else []))


async def _menu(scene: Scene) -> Go:
    message, thread = scene.school.message_of(await scene.response()), scene.school.debates["open"].thread
    me = scene.me.at(thread) if scene.me.guild_id == scene.school.guild.id else scene.me
    return lambda: me.menu(scene.row.name, message, thread)


async def _assign(scene: Scene) -> Go:
    far = scene.who is Who.STRANGER
    whom = scene.me.user_id if far else scene.school.classmate.id
    return scene.command(scene.main if far else scene.school.debates["together"], member=str(whom))


async def _export(scene: Scene) -> Go:
    return scene.command(scene.main, session=scene.school.debates["open"].session, format="text", names="real")


async def _exported(scene: Scene) -> Go:
    return scene.submit({"format": "text", "names": "real"}, scene.school.debates["open"].round)


async def _list_one(scene: Scene) -> Go:
    return scene.command(scene.main, session=scene.school.debates["open"].session)


async def _chart(scene: Scene) -> Go:
    drawn = scene.school.debates["drawn"] if scene.who is not Who.STRANGER else scene.main
    return scene.command(drawn, kind="voices")


async def _upload(scene: Scene) -> Go:
    return scene.command(file=prompt_set("sent"))


async def _own_set(scene: Scene) -> Go:
    return scene.command(set=await scene.school.uploaded(scene.school.admin))


async def _unmask(scene: Scene) -> Go:
    masked, author = scene.school.debates["masked"], scene.school.classmate.id
    query = "select pseudonym from pseudonyms where session_id = ? and user_id = ?"
    ((pseudonym,),) = scene.school.rows(query, masked.session, author)
    here = masked if scene.who is not Who.STRANGER else scene.main
    return scene.command(here, pseudonym=pseudonym, reason="Somebody was insulted.")


async def _hidden(scene: Scene) -> Go:
    hidden = await scene.school.said(scene.school.member(scene.school.classmate), scene.school.debates["open"])
    await scene.school.moderator.submit(f"parley:hid:{hidden}", {"reason": "An insult."})
    return scene.press(hidden)


async def _reported(scene: Scene) -> Go:
    found = await scene.school.said(scene.school.member(scene.school.classmate), scene.school.debates["open"])
    await scene.school.admin.submit(f"parley:reported:{found}", {"reason": "An insult."})
    return scene.press(found)


async def _waiting(scene: Scene) -> Go:
    """What waits is meant in the wording that was read: the page of it tells which."""
    school = scene.school
    found = await school.said(school.member(school.classmate), school.debates["checked"])
    page = await school.moderator.press(f"parley:case:{found}")
    meant = re.search(rf"parley:approve:({found}):(\d+)", page.shown)
    assert meant, page.shown
    if scene.row.thing is Thing.FORM:
        return scene.submit({"reason": "An insult."}, *meant.groups())
    return scene.press(*meant.groups())


async def _muting(scene: Scene) -> Go:
    found, moderator = scene.school.heard, scene.school.moderator
    await moderator.press(f"parley:unmute:{found}")
    if scene.row.name == "unmute":
        await moderator.submit(f"parley:muted:{found}", {"reason": "Too loud."})
    return scene.press(found) if scene.row.thing is Thing.BUTTON else scene.submit({"reason": "Too loud."}, found)


def _whom(scene: Scene) -> str:
    return str(scene.me.user_id if scene.who is Who.STRANGER else scene.school.loud.id)


async def _mute(scene: Scene) -> Go:
    await scene.school.moderator.at(_there(scene)).command("unmute", member=str(scene.school.loud.id))
    return scene.command(scene.main, member=_whom(scene), reason="Too loud.")


async def _unmute(scene: Scene) -> Go:
    whom = str(scene.school.loud.id)
    await scene.school.moderator.at(_there(scene)).command("mute", member=whom, reason="Too loud.")
    return scene.command(scene.main, member=_whom(scene))


def _there(scene: Scene) -> int:
    return scene.me.channel_id if scene.stays else scene.school.debates["open"].channel.id


async def _list_word(scene: Scene) -> Go:
    return scene.command(scene.main, word=scene.school.name())


async def _unlist(scene: Scene) -> Go:
    await scene.school.moderator.command("words add", word="frightful")
    return scene.command(scene.main, word="frightful")


async def _start(scene: Scene) -> Go:
    return scene.press(await scene.school.previewed(scene.school.admin))


async def _control(scene: Scene) -> Go:
    """Every button of the panel, the last of which ends the debate. Refused is only who is refused each."""
    debate = await scene.debate()
    if scene.who is Who.STRANGER:
        debate = scene.school.debates["open"]

    async def go() -> Answered:
        acts = ["refresh", "extend", "pause", "resume", "reveal", "nudge", "coach-off", "ask", "next", "next-now"]
        acts += ["close", "close-now"]
        here = scene.beside(debate)
        one_by_one = acts if scene.can is Can.NO else acts[:4]
        told = [await here.press(scene.address(act, debate.round, 0)) for act in one_by_one]
        return next((each for each in told if each.is_refused != (scene.can is Can.NO)), told[-1])

    return go


async def _stated(scene: Scene) -> Go:
    """The form tells which wording it goes on from."""
    together = scene.school.debates["together"]
    opened = await scene.me.press(f"parley:statement:{together.round}:0")
    found = re.search(r"parley:stated:[0-9a-z:~-]+", opened.shown)
    custom_id = found[0] if found else scene.address(together.round, 0, "0")
    return lambda: scene.me.submit(custom_id, {"text": f"We agree, says {scene.who}."})


async def _charted(scene: Scene) -> Go:
    return lambda: scene.me.choose(scene.address(scene.school.debates["drawn"].round), "voices")


async def _completion(scene: Scene) -> Go:
    name, _, option = scene.row.name.partition(": ")
    typed = {"when": "tom", "question": ""}.get(option, "")
    filled = {"question": {"prompts": "single-lesson"}, "words": {"paragraph": 2}}.get(option, {})
    debate = scene.school.debates["together"] if option == "side" and scene.who is not Who.STRANGER else scene.main
    me = scene.beside(debate)
    return lambda: me.complete(name, option, typed, **filled)


COMMANDS: Mapping[str, Recipe] = {
    "discuss start": _in_a_new_room(prompts="single-lesson"),
    "discuss next": _ending(),
    "discuss close": _ending(),
    "discuss assign": _assign,
    "discuss chart": _chart,
    "discuss schedule": _in_a_new_room(when="in 2 hours", prompts="single-lesson"),
    "prompts upload": _upload,
    "prompts source": _own_set,
    "prompts remove": _own_set,
    "unmask": _unmask,
    "article find": _here(words="war"),
    "article quote": _here(paragraph=2, words="a critical role"),
    "article ask": _here(question="does it mention Japan?"),
    "article define": _here(word="regime"),
    "transcript export": _export,
    "transcript list": _list_one,
    "discuss slow": _ending(seconds=5),
    "my coach": _here(switch="off"),
    "mute": _mute,
    "unmute": _unmute,
    "words add": _list_word,
    "words remove": _unlist,
}
"""By its name, where it takes more than to type the command."""

VERBS: Mapping[str, Recipe] = {
    "vote": _of_round("floor", "defend"),
    "respond": _of_round("open"),
    "reply": _of_response(),
    "moved": _of_classmates_response,
    "invite": _of_round("open", "speak", "attack"),
    "change": _of_response(),
    "withdraw": _of_response(),
    "part": _of_round("together", 0),
    "erase": _erase,
    "remind": _plain("on"),
    "coach": _plain("off"),
    "classmates": _of_round("think", 0),
    "leaf": _of_round("think", 0, 0),
    "reflect": _of_round("reflect"),
    "statement": _of_round("together", 0),
    "read": _article,
    "turn": _article,
    "mine": _plain(0),
    "chart": _of_round("drawn"),
    "transcript": _of_round("open"),
    "start": _start,
    "control": _control,
    "case": _reported,
    "hide": _reported,
    "dismiss": _reported,
    "restore": _hidden,
    "review": _plain(0),
    "audit": _plain(0, "~", "~"),
    "approve": _waiting,
    "reject": _waiting,
    "rejected": _waiting,
    "mute": _muting,
    "muted": _muting,
    "unmute": _muting,
    "consent": _plain(),
    "yes": _plain(),
    "yes-form": _plain("0"),
    "as-it-is": _plain("0"),
    "mend": _plain("0"),
    "no": _plain(),
    "reported": _of_response(fields={"reason": "An insult."}),
    "hid": _of_response(fields={"reason": "An insult."}),
    "scheduled": _plain(0),
    "reschedule": _of_schedule(),
    "unschedule": _of_schedule(),
    "unscheduled": _of_schedule(),
    "responded": _of_round("open", 0, fields={"stance": "defend", "claim": "What I hold."}),
    "replied": _of_response(0, fields={"text": "I see it differently."}),
    "changed": _of_response(fields={"stance": "defend", "claim": "On second thoughts."}),
    "reflected": _of_round("reflect", 0, fields={"text": "A thought."}),
    "stated": _stated,
    "exported": _exported,
    "rescheduled": _of_schedule({"when": "in 5 hours"}),
    "charted": _charted,
}
"""By its verb. A button, a form or a choice without a recipe is not tried: that fails."""


def recipe_of(row: Row) -> Recipe:
    """How a row's thing is used."""
    if row.thing is Thing.MENU:
        return _menu
    if row.thing is Thing.COMPLETION:
        return _completion
    return COMMANDS.get(row.name, _here()) if row.thing is Thing.COMMAND else VERBS[row.name]
