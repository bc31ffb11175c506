"""Which prompt comes next."""

from collections.abc import Collection

from bot.content.models import Prompt, PromptSet


def next_prompt(prompt_set: PromptSet, posed: Collection[str], last: str | None) -> Prompt | None:
    """The first prompt behind the last posed one that has not been posed yet; None at the end of the set.

    `posed` and `last` are prompt ids. A start in the middle of the set goes on from there.
    """
    ids = [prompt.id for prompt in prompt_set.prompts]
    begin = ids.index(last) + 1 if last in ids else 0
    return next((prompt for prompt in prompt_set.prompts[begin:] if prompt.id not in posed), None)
