"""The modals in which students write, and what comes back from them."""

from collections.abc import Sequence

import discord
from discord import ui
from pydantic import BaseModel, Field, ValidationError

from bot.chat.cards.parts import named
from bot.chat.routing import UNKNOWN, to
from bot.chat.texts import fitted
from bot.classroom.refusals import Refusal
from bot.classroom.responding import Invitation, Recorded
from bot.content.formats import ArguePhase, ReplyPhase, Stem
from bot.content.models import Prompt, Stance
from bot.discussion import wording
from bot.discussion.ids import StanceId
from bot.discussion.stems import STEMS
from bot.discussion.values import Response

STANCE = "stance"
"""The custom_id of the question for the stance; the other fields are named as in the record."""

STEM = "stem"
"""The custom_id of the choice of an opening."""


def respond_modal(invited: Invitation) -> ui.Modal:
    """Stance, claim, evidence, reasoning, as far as the phase asks for them; starters stand in the empty fields."""
    found, prompt = invited.round, invited.round.prompt
    starters: dict[str, str | None] = prompt.starters.model_dump()
    modal = _modal("Your response", to("responded", found.id, found.phase_number))
    if invited.is_assigned:
        modal.add_item(ui.TextDisplay(f"Your side: **{named(prompt.stance(invited.stance or ''))}**"))
    else:
        modal.add_item(_stance_choice(prompt, invited.stance))
    wanted = found.phase.fields if isinstance(found.phase, ArguePhase) else ()
    for field in wording.FIELDS:
        if not wanted or field.name in wanted:
            modal.add_item(_input(field, placeholder=starters.get(field.name)))
    return modal


def reply_modal(parent: Recorded) -> ui.Modal:
    """One field, under the words that it answers; where the phase wants it, their point restated before."""
    phase, said = parent.round.phase, parent.response
    modal = _modal("Reply", to("replied", said.id, parent.round.phase_number))
    description = f"To: {wording.in_one_line(said.body, 95)}"
    if isinstance(phase, ReplyPhase) and phase.restate:
        modal.add_item(_input(wording.RESTATED_FIELD, description=description))
        description = None
    if isinstance(phase, ReplyPhase) and phase.stems:
        modal.add_item(_stem_choice(phase.stems))
    modal.add_item(_input(wording.REPLY_FIELD, description=description))
    return modal


def change_modal(response: Response, prompt: Prompt) -> ui.Modal:
    """The response's own words to rewrite; the stance too, where the response is an argument of its own."""
    modal = _modal("Change your response", to("changed", response.id))
    if wording.TEXT in response.body:
        modal.add_item(_input(wording.REPLY_FIELD, default=response.body[wording.TEXT]))
        return modal
    modal.add_item(_stance_choice(prompt, response.stance))
    for field in wording.FIELDS:
        modal.add_item(_input(field, default=response.body.get(field.name)))
    return modal


class _Submitted(BaseModel):
    """A component of a submitted modal as Discord sends it: a label with its component, a field, or a choice."""

    custom_id: str | None = None
    value: str | None = None
    component: "_Submitted | None" = None
    components: "list[_Submitted]" = Field(default_factory=list["_Submitted"])

    def fields(self) -> dict[str, str]:
        """What was chosen and written here and below, by custom_id."""
        found = {self.custom_id: self.value} if self.custom_id is not None and self.value is not None else {}
        for part in [*self.components, *([self.component] if self.component else [])]:
            found |= part.fields()
        return found


def submitted(interaction: discord.Interaction) -> dict[str, str]:
    """What somebody chose and wrote in a modal, by custom_id, read from Discord's own data (see routing)."""
    try:
        return _Submitted.model_validate({"components": (interaction.data or {}).get("components", [])}).fields()
    except ValidationError:
        raise Refusal(UNKNOWN) from None


def words_in(interaction: discord.Interaction) -> str:
    """All that somebody wrote in a modal, to hand it back when it could not be recorded."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return ""
    try:
        found = submitted(interaction)
    except Refusal:
        return ""
    return "\n\n".join(words for name, words in found.items() if name != STANCE and words.strip())


def _modal(title: str, custom_id: str) -> ui.Modal:
    modal = ui.Modal(title=title, custom_id=custom_id, timeout=None)
    modal.stop()  # what is submitted is routed by its custom_id; discord.py need not keep the modal
    return modal


def _stance_choice(prompt: Prompt, stance: StanceId | None) -> ui.Label[ui.Modal]:
    options = [
        discord.RadioGroupOption(label=_option(entry), value=entry.id, default=entry.id == stance)
        for entry in prompt.stances
    ]
    return ui.Label(text="Your side", component=ui.RadioGroup(custom_id=STANCE, options=options))


def _stem_choice(stems: Sequence[Stem]) -> ui.Label[ui.Modal]:
    options = [discord.RadioGroupOption(label=STEMS[stem].label, value=stem.value) for stem in stems]
    return ui.Label(text="Begin with", component=ui.RadioGroup(custom_id=STEM, options=options, required=False))


def _option(stance: Stance) -> str:
    """A stance as an option. Options have no place for an emoji but their text, where a server's own stays markup."""
    return stance.label if stance.emoji.startswith("<") else f"{stance.emoji} {stance.label}"


def _input(
    field: wording.Field, *, placeholder: str | None = None, default: str | None = None, description: str | None = None
) -> ui.Label[ui.Modal]:
    return ui.Label(
        text=field.label,
        description=fitted(description, 100) if description else None,
        component=ui.TextInput(
            custom_id=field.name,
            style=discord.TextStyle.paragraph,
            placeholder=placeholder,
            default=default,
            required=field.required,
            max_length=field.most,
        ),
    )
