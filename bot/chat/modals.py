"""The modals in which students write, and what comes back from them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import discord
from discord import ui
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.chat.cards.parts import named
from bot.chat.cards.phase_notice import WHO_READS_REFLECTIONS
from bot.chat.routing import UNKNOWN, Address, to
from bot.chat.texts import counted, fitted, plain
from bot.classroom.floor import assigns_stances
from bot.classroom.reflecting import Question
from bot.classroom.refusals import Refusal
from bot.classroom.responding import Invitation, Recorded
from bot.classroom.rewording import Mine
from bot.classroom.stating import Draft
from bot.content.formats import ArguePhase, Phase, ReplyPhase, StatementPhase, Stem
from bot.content.models import Prompt, Stance
from bot.discussion import wording
from bot.discussion.ids import StanceId
from bot.discussion.schedule import Schedule
from bot.discussion.stems import LONGEST_OPENING, STEMS
from bot.discussion.taming import tamed
from bot.discussion.values import Response, Source

STANCE = "stance"
"""The custom_id of the question for the stance; the other fields are named as in the record."""

WHEN = "when"
"""The custom_id of the question for a time."""

STEM = "stem"
"""The custom_id of the choice of an opening."""

MOVED = "moved"
"""The custom_id of the choice of a classmate's response."""

LEANS_ON = "leans-on"
"""The custom_id of the choice of a paragraph."""

FORMAT, NAMES, SCOPE = "format", "names", "scope"
"""The custom_ids of the choices of a transcript."""

FORM_HELD = "parley.form"
"""Under this an interaction carries what was submitted earlier, while its author was asked something."""

_CHOICES = {STANCE, STEM, MOVED, LEANS_ON, WHEN, FORMAT, NAMES, SCOPE}
"""What is chosen in a form, and not written, or as soon written again."""

_OWN_OPENING = "own"
_MOST_OPTIONS = 25


def respond_modal(invited: Invitation) -> ui.Modal:
    """Stance, claim, evidence, reasoning, as far as the phase asks for them; starters stand in the empty fields."""
    found, prompt = invited.round, invited.round.prompt
    starters: dict[str, str | None] = prompt.starters.model_dump()
    modal = form("Your response", to("responded", found.id, found.phase_number))
    if invited.is_assigned:
        modal.add_item(ui.TextDisplay(f"Your side: **{named(prompt.stance(invited.stance or ''))}**"))
    else:
        modal.add_item(_stance_choice(prompt, invited.stance))
    wanted = found.phase.fields if isinstance(found.phase, ArguePhase) else ()
    for field in wording.FIELDS:
        if not wanted or field.name in wanted:
            least = _least(found.phase, "in all") if field is wording.FIELDS[0] else None
            modal.add_item(_input(field, placeholder=starters.get(field.name), description=least))
    if len(invited.paragraphs) > 1:
        modal.add_item(_paragraph_choice(invited.paragraphs))
    return modal


def reply_modal(parent: Recorded) -> ui.Modal:
    """One field, under the words that it answers; where the phase wants it, their point restated before."""
    phase, said = parent.round.phase, parent.response
    modal, field = form("Reply", to("replied", said.id, parent.round.phase_number)), wording.REPLY_FIELD
    description = f"To: {wording.in_one_line(said.body, 95)}"
    if isinstance(phase, ReplyPhase) and phase.restate:
        modal.add_item(_input(wording.RESTATED_FIELD, description=description))
        description = _least(phase)
    if isinstance(phase, ReplyPhase) and phase.stems:
        modal.add_item(_stem_choice(phase.stems))
        field = replace(field, most=field.most - LONGEST_OPENING)
    modal.add_item(_input(field, description=description))
    return modal


def quoting_modal(invited: Invitation, quotation: str) -> ui.Modal:
    """The form for a response, with a quotation where the evidence stands; in the claim where none is asked for."""
    modal = respond_modal(invited)
    fields = [part for part in modal.walk_children() if isinstance(part, ui.TextInput)]
    field = next((part for part in fields if part.custom_id == "evidence"), fields[0])
    return refilled(modal, {field.custom_id: fitted(quotation, field.max_length or len(quotation))}, modal.custom_id)


def change_modal(mine: Mine) -> ui.Modal:
    """The response's own words to rewrite; the stance too, where the response is an argument from a chosen one."""
    response, found = mine.response, mine.round
    modal = form("Change your response", to("changed", response.id))
    if response.source is Source.REFLECTION:
        modal.add_item(_input(wording.REFLECTION_FIELD, default=response.body.get(wording.TEXT)))
        return modal
    if wording.TEXT in response.body:
        restated = response.body.get(wording.RESTATED)
        if restated is not None:
            modal.add_item(_input(wording.RESTATED_FIELD, default=restated))
        modal.add_item(_input(wording.REPLY_FIELD, default=response.body[wording.TEXT]))
        return modal
    if not assigns_stances(found):
        modal.add_item(_stance_choice(found.prompt, response.stance))
    phase = found.format.plan[response.phase]
    wanted = phase.fields if isinstance(phase, ArguePhase) else ()
    for field in wording.FIELDS:
        if not wanted or field.name in wanted or field.name in response.body:
            modal.add_item(_input(field, default=response.body.get(field.name)))
    if len(mine.paragraphs) > 1:
        modal.add_item(_paragraph_choice(mine.paragraphs, mine.chosen))
    return modal


def refilled(modal: ui.Modal, fields: Mapping[str, str], custom_id: str) -> ui.Modal:
    """The same form with this chosen and written in it, leading to another address."""
    modal.custom_id = custom_id
    for part in modal.walk_children():
        match part:
            case ui.TextInput() if part.custom_id in fields:
                part.default = fields[part.custom_id]
            case ui.RadioGroup() | ui.Select() if part.custom_id in fields:
                for option in part.options:
                    option.default = option.value == fields.get(part.custom_id)
            case _:
                pass
    return modal


def reflect_modal(asked: Question) -> ui.Modal:
    """The question of the phase, and where it asks for one, the classmate's point that moved one."""
    modal = form("Reflect", to("reflected", asked.round.id, asked.phase_number))
    modal.add_item(ui.TextDisplay(f"**{plain(asked.ask)}**\n-# {WHO_READS_REFLECTIONS}"))
    modal.add_item(_input(wording.REFLECTION_FIELD))
    if asked.points:
        modal.add_item(_point_choice(asked.points[:_MOST_OPTIONS]))
    return modal


def statement_modal(draft: Draft) -> ui.Modal:
    """The group's text so far, to go on with. Its custom_id says which wording that is."""
    modal = form("Write together", to("stated", draft.round.id, draft.phase_number, draft.mark))
    names = fitted(", ".join(plain(member.name) for member in draft.members), 600)
    modal.add_item(ui.TextDisplay(f"**{plain(draft.ask)}**\n-# Group {draft.group}: {names}"))
    least = _least(draft.round.format.plan[draft.phase_number])
    modal.add_item(_input(wording.STATEMENT_FIELD, default=draft.text or None, description=least))
    return modal


def move_modal(found: Schedule, zone: ZoneInfo) -> ui.Modal:
    """The new time of a debate that waits; its present one stands in the field."""
    modal = form("Move the debate", to("rescheduled", found.id))
    example = f"School time ({fitted(zone.key, 40)}): tomorrow 10:00, 30 Nov 10:00"
    present = f"{found.starts_at.astimezone(zone):%Y-%m-%d %H:%M}"
    field = ui.TextInput[ui.Modal](custom_id=WHEN, default=present, required=True, max_length=60)
    modal.add_item(ui.Label(text="When", description=example, component=field))
    return modal


class _Submitted(BaseModel):
    """A component of a submitted modal as Discord sends it: a label with its component, a field, or a choice."""

    model_config = ConfigDict(defer_build=True)

    custom_id: str | None = None
    value: str | None = None
    values: list[str] = Field(default_factory=list[str])
    component: "_Submitted | None" = None
    components: "list[_Submitted]" = Field(default_factory=list["_Submitted"])

    def fields(self) -> dict[str, str]:
        """What was chosen and written here and below, by custom_id."""
        value = next(iter(self.values), self.value)
        found = {self.custom_id: value} if self.custom_id is not None and value is not None else {}
        for part in [*self.components, *([self.component] if self.component else [])]:
            found |= part.fields()
        return found


def submitted(interaction: discord.Interaction) -> dict[str, str]:
    """What somebody chose and wrote in a modal, by custom_id, read from Discord's own data (see routing)."""
    held: dict[str, str] | None = interaction.extras.get(FORM_HELD)
    if held is not None:
        return dict(held)
    try:
        return _Submitted.model_validate({"components": (interaction.data or {}).get("components", [])}).fields()
    except ValidationError:
        raise Refusal(UNKNOWN) from None


def paragraph_in(fields: dict[str, str]) -> int | None:
    """The paragraph that was chosen, taken out of the fields. What no form of ours offers is refused."""
    chosen = fields.pop(LEANS_ON, None)
    return None if chosen is None else Address(LEANS_ON, (chosen,)).number(0)


def words_in(interaction: discord.Interaction) -> str:
    """All that somebody wrote in a modal, to hand it back when it could not be recorded."""
    if interaction.type is not discord.InteractionType.modal_submit and FORM_HELD not in interaction.extras:
        return ""
    try:
        found = submitted(interaction)
    except Refusal:
        return ""
    return "\n\n".join(words for name, words in found.items() if name not in _CHOICES and words.strip())


def form(title: str, custom_id: str) -> ui.Modal:
    """A modal to be filled with fields."""
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
    options.append(discord.RadioGroupOption(label="In my own way", value=_OWN_OPENING))
    return ui.Label(text="Begin with", component=ui.RadioGroup(custom_id=STEM, options=options, required=False))


def _point_choice(points: Sequence[tuple[str, Response]]) -> ui.Label[ui.Modal]:
    options = [
        discord.SelectOption(
            label=fitted(tamed(name), 100),
            value=str(point.id),
            description=wording.in_one_line(point.body, 100) or None,
        )
        for name, point in points
    ]
    select = ui.Select[ui.Modal](
        custom_id=MOVED, placeholder="Choose one, or nobody", options=options, min_values=0, required=False
    )
    return ui.Label(text="Whose point moved you?", component=select)


def _paragraph_choice(paragraphs: Mapping[int, str], chosen: int | None = None) -> ui.Label[ui.Modal]:
    """The paragraphs by their first words. Nobody has to choose one: what is quoted is found by itself."""
    options = [
        discord.SelectOption(
            label=fitted(f"¶{number} {' '.join(words.split())}", 100), value=str(number), default=number == chosen
        )
        for number, words in paragraphs.items()
    ]
    select = ui.Select[ui.Modal](
        custom_id=LEANS_ON, placeholder="Choose one, if you like", options=options, min_values=0, required=False
    )
    return ui.Label(text="Paragraph you lean on", component=select)


def _least(phase: Phase, where: str | None = None) -> str | None:
    """How many words the phase asks for."""
    least = phase.at_least_words if isinstance(phase, ArguePhase | ReplyPhase | StatementPhase) else None
    return " ".join(["At least", counted(least, "word"), *([where] if where else [])]) + "." if least else None


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
