"""What a page and the room say to each other over the WebSocket. This is the one place that defines it.

A page sends one JSON object at a time: an `op` of the classes below and a number `id` of its choice. The room answers
each with `{"ev": "answer", "id": …, "ok": true, "data": …}` or `{"ev": "answer", "id": …, "ok": false, "why": "…"}`;
`why` is a sentence for the person. Ids are strings, as JavaScript's numbers are too short for them.

Unasked, the room sends:

- `{"ev": "welcome", …}` once at the start: me, guild, bot, people, roles, channels (views.welcome);
- `{"ev": "message", "message": …}` for a new message, `message_edit` for a changed one (Discord's own message object,
  private replies marked by flag 64, sent only to the person they are for);
- `{"ev": "message_gone", "channel": …, "message": …}`;
- `{"ev": "channel", "channel": …}` for a new or changed channel or thread, `{"ev": "channel_gone", "channel": …}`;
- `{"ev": "person", "person": …}` for somebody who came in; `{"ev": "commands"}` when the pickers must ask again;
- `{"ev": "closing"}` when the room is about to close.

An act that the bot answers with a form has `{"modal": …, "interaction": …}` as its data; only the tab that acted
opens it.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

Id = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Text = Annotated[str, StringConstraints(max_length=8000)]
Short = Annotated[str, StringConstraints(max_length=6000)]
Choices = Annotated[list[Name], Field(max_length=25)]
Value = Text | bool | Choices | None
Values = Annotated[dict[Name, Value], Field(max_length=25)]


class Ask(BaseModel):
    """What all of a page's messages have."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: int = Field(ge=0, le=2**53)


class History(Ask):
    """Up to 100 messages of a channel, oldest first; the ones before a message, if given."""

    op: Literal["history"]
    channel: Id
    before: Id | None = None


class Commands(Ask):
    """The slash commands and message menus that the person has in a channel."""

    op: Literal["commands"]
    channel: Id


class Send(Ask):
    """Write a message, in reply to another if given."""

    op: Literal["send"]
    channel: Id
    content: Text
    reply_to: Id | None = None


class Edit(Ask):
    """Reword an own message."""

    op: Literal["edit"]
    channel: Id
    message: Id
    content: Text


class Remove(Ask):
    """Delete a message (`delete`), or put a private reply away (`dismiss`)."""

    op: Literal["delete", "dismiss"]
    channel: Id
    message: Id


class Click(Ask):
    """Press a button."""

    op: Literal["click"]
    channel: Id
    message: Id
    custom_id: Name


class Choose(Ask):
    """Choose in a select menu."""

    op: Literal["choose"]
    channel: Id
    message: Id
    custom_id: Name
    values: Choices


class Submit(Ask):
    """Send a form that is open."""

    op: Literal["submit"]
    interaction: Id
    values: Values


class Slash(Ask):
    """Run a slash command, its full name with spaces."""

    op: Literal["slash"]
    channel: Id
    name: Name
    options: Values = {}


class Complete(Ask):
    """Ask for the suggestions to an option while it is typed."""

    op: Literal["complete"]
    channel: Id
    name: Name
    option: Name
    text: Short
    options: Values = {}


class Menu(Ask):
    """Use a menu on a message."""

    op: Literal["menu"]
    channel: Id
    message: Id
    name: Name


AnyAsk = Annotated[
    History | Commands | Send | Edit | Remove | Click | Choose | Submit | Slash | Complete | Menu,
    Field(discriminator="op"),
]
ASKS: TypeAdapter[AnyAsk] = TypeAdapter(AnyAsk)
