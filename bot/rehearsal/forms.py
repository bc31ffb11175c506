"""A form that is open on a classmate's screen: what it says, what it asks for, and how it is filled in."""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.rehearsal.sight import TEXT_DISPLAY

STRING_SELECT, TEXT_INPUT, LABEL, RADIO_GROUP = 3, 4, 18, 21

_CHOSEN_FOR_ONE = re.compile(r"\*\*(?:<[^>]*> |[^\w*]+ )?(?P<side>[^*]+)\*\*")

Filled = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a form asks for: its label and Discord's own component."""

    label: str
    control: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The custom_id."""
        return str(self.control["custom_id"])

    @property
    def is_text(self) -> bool:
        """Is it a field for words?"""
        return self.control.get("type") == TEXT_INPUT

    @property
    def text(self) -> str:
        """The words that stand in it already."""
        return str(self.control.get("value") or "")

    @property
    def options(self) -> list[Mapping[str, Any]]:
        """What can be chosen; nothing in a field for words."""
        return (
            list(self.control.get("options") or []) if self.control.get("type") in {STRING_SELECT, RADIO_GROUP} else []
        )

    def fits(self, name: str) -> bool:
        """Does the label begin so?"""
        return self.label.casefold().startswith(name.casefold())


@dataclass(frozen=True, slots=True)
class Form:
    """A form that somebody has opened."""

    interaction_id: int
    modal: Mapping[str, Any]

    @property
    def fields(self) -> list[Field]:
        """What it asks for, from top to bottom."""
        return [Field(label, control) for label, control in _controls(self.modal)]

    @property
    def text_fields(self) -> list[Field]:
        """The fields for words."""
        return [field for field in self.fields if field.is_text]

    @property
    def assigned_side(self) -> str | None:
        """The side that it says one has been assigned, without its emoji; None where one chooses."""
        said = [str(part["content"]) for part in self.modal["components"] if part.get("type") == TEXT_DISPLAY]
        match = next((found for words in said if (found := _CHOSEN_FOR_ONE.search(words))), None)
        return match["side"] if match else None

    def asks_for(self, name: str) -> bool:
        """Is there a field for words whose label begins so?"""
        return any(field.fits(name) for field in self.text_fields)

    def filled(self, words: Mapping[str, str], side: str | None, mood: random.Random) -> Filled:
        """The form filled in: words by the beginning of a field's label, the side wherever it can be chosen.

        The only field for words takes the only words. A field that no words are for keeps what stands in it. Of other
        choices one is made by mood, or none where it need not be.
        """
        values: Filled = {}
        for field in self.fields:
            if field.is_text:
                values[field.id] = self._words_for(field, words)
            elif field.options and (chosen := _choice(field, side, mood)) is not None:
                values[field.id] = [chosen] if field.control["type"] == STRING_SELECT else chosen
        return values

    def _words_for(self, field: Field, words: Mapping[str, str]) -> str:
        if len(words) == len(self.text_fields) == 1:
            return next(iter(words.values()))
        return next((text for name, text in words.items() if field.fits(name)), field.text)


def _choice(field: Field, side: str | None, mood: random.Random) -> str | None:
    """The value of the option that is taken."""
    mine = next((option for option in field.options if side and str(option["label"]).endswith(side)), None)
    held = mine or next((option for option in field.options if option.get("default")), None)
    if held is not None:
        return str(held["value"])
    if not field.control.get("required", True) and mood.random() < 0.35:
        return None
    return str(mood.choice(field.options)["value"])


def _controls(modal: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for part in modal["components"]:
        if part.get("type") == LABEL:
            yield str(part.get("label", "")), part["component"]
