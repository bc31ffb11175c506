"""The script of the classmates: who they are and what they do with each question. YAML, beside the prompts."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from bot.content.library import Library
from bot.content.models import ContentValue, Prompt, Slug
from bot.content.reader import read_yaml

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500)]
Claim = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=700)]
Proof = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class ScriptError(Exception):
    """The script cannot be used. The text names every problem, a line each."""


class Classmate(ContentValue):
    """A classmate: a name, how quick they are (1 is usual, less is quicker), and a word on what they are like."""

    name: Name
    pace: float = Field(default=1.0, ge=0.1, le=10)
    temper: Name | None = None


class Answer(ContentValue):
    """What goes into the form of a response."""

    claim: Claim
    evidence: Proof | None = None
    reasoning: Line | None = None


class Change(ContentValue):
    """The fields of one's own response that are written anew."""

    claim: Claim | None = None
    evidence: Proof | None = None
    reasoning: Line | None = None


class Reply(ContentValue):
    """An answer to a classmate's response."""

    to: Name
    text: Line


class Act(ContentValue):
    """One thing that one classmate does."""

    who: Name
    vote: Slug | None = None
    respond: Answer | None = None
    say: Line | None = None
    reply: Reply | None = None
    change: Change | None = None
    reword: Line | None = None
    withdraw: bool = False

    @property
    def kinds(self) -> list[str]:
        """Which things it does; a sound act does one."""
        set_fields = self.model_dump(exclude={"who"}, exclude_none=True)
        return [name for name, value in set_fields.items() if value is not False]

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if len(self.kinds) != 1:
            raise ValueError("an act does exactly one thing: vote, respond, say, reply, change, reword or withdraw")
        return self


class ScriptedRound(ContentValue):
    """What the class does with one prompt of a prompt set (both by id), in this order."""

    set: Slug
    prompt: Slug
    acts: tuple[Act, ...] = Field(min_length=1)


class GeneralLines(ContentValue):
    """What is said where no round has words for it. {stance}, {quote} and {point} are filled in with what is seen.

    `restatements` say a classmate's {point} once more; `reflections` look back; `statements` are a group's. Where they
    are left out, the others have to do.
    """

    claims: tuple[Claim, ...] = Field(min_length=1)
    evidence: tuple[Proof, ...] = Field(min_length=1)
    reasons: tuple[Line, ...] = Field(min_length=1)
    remarks: tuple[Line, ...] = Field(min_length=1)
    replies: tuple[Line, ...] = Field(min_length=1)
    restatements: tuple[Line, ...] = ()
    reflections: tuple[Line, ...] = ()
    statements: tuple[Line, ...] = ()


class Script(ContentValue):
    """The whole script."""

    classmates: tuple[Classmate, ...] = Field(min_length=1)
    extras: tuple[Name, ...] = ()
    rounds: tuple[ScriptedRound, ...] = ()
    general: GeneralLines

    def cast(self, number: int) -> list[Classmate]:
        """So many classmates: those of the script first, then the extras."""
        everybody = [*self.classmates, *(Classmate(name=name) for name in self.extras)]
        return everybody[:number]

    def round_for(self, set_slug: str, prompt_id: str) -> ScriptedRound | None:
        """What the class does with that prompt, if the script knows it."""
        return next((r for r in self.rounds if r.set == set_slug and r.prompt == prompt_id), None)


def read_script(path: Path) -> Script:
    """The script in a file. Raises ScriptError with every problem at its line and column."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise ScriptError(f"{path} cannot be read ({error.strerror}).") from error
    found = read_yaml(path, source, Script)
    if isinstance(found, Script):
        return found
    raise ScriptError("\n".join(str(problem) for problem in found))


def misfits(script: Script, library: Library) -> list[str]:
    """Where the script does not fit the prompt sets, or itself: a sentence each. Nothing of it stops a rehearsal."""
    names = {classmate.name for classmate in script.classmates}
    found: list[str] = []
    for scripted in script.rounds:
        prompt_set = library.prompt_sets.get(scripted.set)
        prompts = {} if prompt_set is None else {prompt.id: prompt for prompt in prompt_set.prompts}
        place = f"{scripted.set}/{scripted.prompt}"
        if scripted.prompt not in prompts:
            found.append(f"{place}: there is no such prompt")
            continue
        found += [f"{place}: {wrong}" for wrong in _wrong_acts(scripted, prompts[scripted.prompt], names)]
    return found


def _wrong_acts(scripted: ScriptedRound, prompt: Prompt, names: set[str]) -> list[str]:
    wrong: list[str] = []
    voted, responded, spoken = set[str](), set[str](), set[str]()
    for act in scripted.acts:
        if act.who not in names:
            wrong.append(f"{act.who} is no classmate")
        if act.vote is not None:
            voted.add(act.who)
            if prompt.stance(act.vote) is None:
                wrong.append(f"{act.who} votes for {act.vote}, which is no stance")
        if act.respond is not None:
            responded.add(act.who)
        if act.say is not None:
            spoken.add(act.who)
        if act.reply is not None and act.reply.to not in responded:
            wrong.append(f"{act.who} replies to {act.reply.to}, who has not responded yet")
        if (act.change is not None or act.withdraw) and act.who not in responded:
            wrong.append(f"{act.who} has no response to {act.kinds[0]}")
        if act.reword is not None and act.who not in spoken:
            wrong.append(f"{act.who} has no message to reword")
    return wrong
