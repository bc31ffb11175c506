"""The stances' colours: the same on cards, charts and transcripts, told apart by colour-blind readers too."""

STANCE_COLOURS = (0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00)
"""Blue, vermilion, green, purple, orange (after Okabe and Ito), for a prompt's stances in their order."""

NEUTRAL = 0x5C6773
"""For what belongs to no stance."""


def stance_colour(stance_ids: list[str], stance: str | None) -> int:
    """The colour of a stance by its place in its prompt; neutral for none."""
    return STANCE_COLOURS[stance_ids.index(stance)] if stance in stance_ids else NEUTRAL
