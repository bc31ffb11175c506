"""Hard words: what a glossary says of one, and which of its terms stand in a text."""

from collections.abc import Sequence

from bot.content.models import Glossary, Term
from bot.content.searching.words import words_of


def key_of(form: str) -> str:
    """What makes two terms the same: their letters, whatever their case and spaces."""
    return " ".join(form.split()).casefold()


def term_of(glossary: Glossary, form: str) -> Term | None:
    """The term that has this form: as it is written in any case, else in another form of its words."""
    wanted = key_of(form)
    found = next((term for term in glossary.terms if wanted in map(key_of, term.forms)), None)
    if found is not None:
        return found
    stems = _stems(form)
    return next((term for term in glossary.terms if stems and stems in map(_stems, term.forms)), None)


def terms_in(glossary: Glossary, text: str) -> list[Term]:
    """The terms that stand in a text, in any form, in the order in which they first do.

    A term within a longer one, such as that of a council in the name of its resolution, counts where it stands alone.
    """
    stems = _stems(text)
    at: dict[str, list[int]] = {}
    for place, stem in enumerate(stems):
        at.setdefault(stem, []).append(place)
    found: list[tuple[int, int, Term]] = []
    for term in glossary.terms:
        for form in map(_stems, term.forms):
            places = at.get(form[0], []) if form else []
            found += [(place, place + len(form), term) for place in places if stems[place : place + len(form)] == form]
    found.sort(key=lambda each: (each[0], -each[1]))
    told: dict[str, Term] = {}
    reached = 0
    for _start, end, term in found:
        if end > reached:
            told.setdefault(term.term, term)
            reached = end
    return list(told.values())


def _stems(text: str) -> Sequence[str]:
    return [word.stem for word in words_of(text)]
