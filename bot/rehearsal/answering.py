"""Turns what a page asks into what its person does."""

from typing import Any

from bot.discussion.ids import ChannelId, MessageId
from bot.rehearsal import protocol
from bot.rehearsal.acts import Acts, Outcome
from bot.rehearsal.people import Person
from bot.rehearsal.views import message_view
from bot.rehearsal.world import World


class Answering:
    """Answers the questions and acts of everybody's pages."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._acts = Acts(world)

    async def answer(self, person: Person, ask: protocol.AnyAsk) -> Any:
        """Do what is asked. Returns the answer's data; raises RefusedError with a sentence for the person."""
        channel = ChannelId(int(ask.channel)) if not isinstance(ask, protocol.Submit) else ChannelId(0)
        match ask:
            case protocol.History():
                before = None if ask.before is None else MessageId(int(ask.before))
                found = self._world.history(person, channel, before=before)
                return [message_view(self._world, message) for message in found]
            case protocol.Commands():
                return self._acts.commands(person, channel)
            case protocol.Send() | protocol.Edit() | protocol.Remove():
                return await self._words(person, channel, ask)
            case protocol.Complete():
                return await self._acts.complete(person, channel, ask.name, ask.option, ask.text, ask.options)
            case _:
                return _form(await self._interaction(person, channel, ask))

    async def _words(
        self, person: Person, channel: ChannelId, ask: protocol.Send | protocol.Edit | protocol.Remove
    ) -> dict[str, Any]:
        if isinstance(ask, protocol.Send):
            reply_to = None if ask.reply_to is None else MessageId(int(ask.reply_to))
            sent = await self._acts.send(person, channel, ask.content, reply_to=reply_to)
            return {"message": str(sent.id)}
        message = MessageId(int(ask.message))
        if isinstance(ask, protocol.Edit):
            await self._acts.edit(person, channel, message, ask.content)
        elif ask.op == "delete":
            await self._acts.delete(person, channel, message)
        else:
            self._acts.dismiss(person, channel, message)
        return {}

    async def _interaction(
        self,
        person: Person,
        channel: ChannelId,
        ask: protocol.Click | protocol.Choose | protocol.Submit | protocol.Slash | protocol.Menu,
    ) -> Outcome:
        match ask:
            case protocol.Click():
                return await self._acts.click(person, channel, MessageId(int(ask.message)), ask.custom_id)
            case protocol.Choose():
                return await self._acts.choose(person, channel, MessageId(int(ask.message)), ask.custom_id, ask.values)
            case protocol.Submit():
                return await self._acts.submit(person, int(ask.interaction), ask.values)
            case protocol.Slash():
                return await self._acts.slash(person, channel, ask.name, ask.options)
            case protocol.Menu():
                return await self._acts.menu(person, channel, MessageId(int(ask.message)), ask.name)


def _form(outcome: Outcome) -> dict[str, Any]:
    if outcome.modal is None:
        return {}
    return {"modal": outcome.modal, "interaction": str(outcome.interaction_id)}
