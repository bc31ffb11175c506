"""What a classmate says where the script has no words for them, and how few words become as many as are asked for."""

import random
from collections.abc import Collection
from itertools import count

from bot.discussion.counting import words_in
from bot.discussion.wording import FIELDS, REPLY_FIELD, RESTATED_FIELD
from bot.rehearsal.forms import Form
from bot.rehearsal.script import Answer, GeneralLines

_MOST = {field.name: field.most for field in FIELDS}
_QUOTE = 600


class Lines:
    """The general lines of the script about one question, chosen by mood."""

    def __init__(self, general: GeneralLines, quotes: Collection[str], mood: random.Random) -> None:
        self._general = general
        self._quotes = [quote.strip("“”")[:_QUOTE] for quote in quotes]
        self.mood = mood

    def side_of(self, form: Form) -> str:
        """A side to take, of those that a form offers; nothing where it offers none."""
        offered = next((field.options for field in form.fields if field.options), None)
        return "" if offered is None else _without_emoji(str(self.mood.choice(offered)["label"]))

    def answer(self, side: str) -> Answer:
        """A response for a side, with a quote of the card where it has one."""
        claim = self._one(self._general.claims).format(stance=side, quote="")
        proof = None
        if self._quotes:
            proof = self._one(self._general.evidence).format(stance=side, quote=self._one(self._quotes))
        return Answer(claim=claim, evidence=proof, reasoning=self._one(self._general.reasons))

    def body(self, answer: Answer, asked: Collection[str], least: int) -> dict[str, str]:
        """The fields of an answer that are asked for, with at least so many words together."""
        body = {name: words for name, words in answer.model_dump(exclude_none=True).items() if name in asked}
        last = next(name for name in reversed(_MOST) if name in asked)
        missing = least - words_in(body)
        return {**body, last: self._longer(body.get(last, ""), missing, _MOST[last])}

    def reply(self, text: str | None, least: int) -> str:
        """An answer to a classmate."""
        words = text or self._one(self._general.replies)
        return self._longer(words, least - words_in({"": words}), REPLY_FIELD.most)

    def remark(self) -> str:
        """Something to type in the thread."""
        return self._one(self._general.remarks)

    def restatement(self, point: str) -> str:
        """A classmate's point in other words, more or less."""
        restated = self._one(self._general.restatements or ("{point}",))
        told = point.replace("“", "‘").replace("”", "’").strip().rstrip(".")
        return restated.format(point=told[: RESTATED_FIELD.most // 2])

    def reflection(self) -> str:
        """What one thinks of the debate behind it."""
        return self._one(self._general.reflections or self._general.reasons)

    def statement(self, so_far: str, least: int) -> str:
        """A group's text with one more sentence, and with at least so many words."""
        said = self._general.statements or self._general.reasons
        fresh = [line for line in said if line not in so_far] or list(said)
        words = f"{so_far}\n{self._one(fresh)}".strip()
        return self._longer(words, least - words_in({"": words}), REPLY_FIELD.most)

    def _longer(self, words: str, missing: int, most: int) -> str:
        """The words with so many more behind them, as far as they fit."""
        padding = self._general.reasons
        for at in count(self.mood.randrange(len(padding))):
            line = padding[at % len(padding)]
            if missing <= 0 or len(words) + len(line) + 1 > most:
                return words
            if line not in words or at > len(padding) * 2:
                words, missing = f"{words} {line}".strip(), missing - words_in({"": line})
        return words

    def _one(self, lines: Collection[str]) -> str:
        return self.mood.choice(list(lines))


def _without_emoji(label: str) -> str:
    """A side as its button has it: options carry the emoji in their text."""
    first, _, rest = label.partition(" ")
    return rest if rest and not any(sign.isalnum() for sign in first) else label
