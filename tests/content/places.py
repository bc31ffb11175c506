"""Where the shipped content lies, and a small valid prompt set to begin from."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "article"
PROMPTS = ROOT / "prompts"
FORMATS = PROMPTS / "formats"
BROKEN = Path(__file__).parent / "broken"
ARTICLE_SLUG = "north-korea-ballistic-missile-tests"

SMALL_SET = """\
article: short
title: {title}
prompts:
  - id: first
    question: Is this a question?
    excerpts:
      - paragraph: 1
        quote: {quote}
    stances:
      - {{id: one, label: The first side, emoji: 🤝}}
      - {{id: two, label: The other side, emoji: 🚫}}
"""


def small_set(title: str = "A small set", quote: str = "a short text") -> str:
    """A prompt set on the article `short`."""
    return SMALL_SET.format(title=title, quote=quote)
