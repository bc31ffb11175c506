"""The form behind **Transcript**: what `/transcript export` asks for, as far as it can be chosen from."""

from collections.abc import Mapping

import discord
from discord import ui

from bot.chat.modals import FORMAT, NAMES, SCOPE, form
from bot.chat.routing import UNKNOWN, to
from bot.classroom.exporting import Offer, Wanted
from bot.classroom.refusals import Refusal
from bot.discussion.transcript import Names, Scope
from bot.transcripts import GRADEBOOKS, Format

_FORMATS: Mapping[Format, str] = {
    Format.HTML: "A page to read and print (HTML)",
    Format.CSV: "Tables for a spreadsheet (CSV)",
    Format.JSONL: "Everything, line by line (JSON Lines)",
    Format.MARKDOWN: "Markdown",
    Format.TEXT: "Plain text",
    Format.ALL: "Everything in one zip",
}
_NAMES: Mapping[Names, str] = {Names.PSEUDONYM: "A pseudonym for everybody", Names.REAL: "Real names"}
_WHOLE, _QUESTION = "whole", "question"


def transcript_form(offer: Offer) -> ui.Modal:
    """As what, with which names, and of a debate with several questions, of how much of it."""
    modal = form("Transcript", to("exported", offer.round.id))
    modal.add_item(_choice("As what", FORMAT, {each.value: words for each, words in _FORMATS.items()}))
    if offer.round.conduct.pseudonymous:
        modal.add_item(ui.TextDisplay("-# This debate is under pseudonyms, and so is its transcript."))
    else:
        modal.add_item(_choice("Names", NAMES, {each.value: words for each, words in _NAMES.items()}))
    if offer.questions > 1:
        scopes = {_WHOLE: f"The whole debate, {offer.questions} questions", _QUESTION: "This question alone"}
        modal.add_item(_choice("Of what", SCOPE, scopes))
    modal.add_item(ui.TextDisplay("-# Gradebooks and more choices: `/transcript export`."))
    return modal


def wanted_by(offer: Offer, chosen: Mapping[str, str]) -> Wanted:
    """The export that somebody has asked for in the form. What no form of ours offers is refused."""
    try:
        format_, names = Format(chosen.get(FORMAT, "")), Names(chosen.get(NAMES, _unasked(offer)))
    except ValueError:
        raise Refusal(UNKNOWN) from None
    if format_ in GRADEBOOKS:
        raise Refusal(UNKNOWN)
    alone = chosen.get(SCOPE) == _QUESTION
    return Wanted(offer.round.session_id, format_, Scope(names, offer.round.number if alone else None))


def _unasked(offer: Offer) -> str:
    """The names where the form does not ask for them."""
    return Names.PSEUDONYM.value if offer.round.conduct.pseudonymous else ""


def _choice(label: str, custom_id: str, options: Mapping[str, str]) -> ui.Label[ui.Modal]:
    offered = [
        discord.RadioGroupOption(label=words, value=value, default=number == 0)
        for number, (value, words) in enumerate(options.items())
    ]
    return ui.Label(text=label, component=ui.RadioGroup(custom_id=custom_id, options=offered))
