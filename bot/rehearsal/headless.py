"""A whole class played without a page, in virtual time: by default the shipped sets, or one question in any format."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.chat.texts import counted
from bot.content.formats import OPEN_FLOOR, AnyPhase, Format, PhaseKind
from bot.content.library import Library
from bot.discussion.phase_names import phase_name
from bot.rehearsal.lesson import Lesson, PlayError
from bot.rehearsal.playing import Play, Playing
from bot.rehearsal.room import MakeBot
from bot.rehearsal.script import Script
from bot.rehearsal.sight import Notice
from bot.rehearsal.simulation.environment import SteppedEnv
from bot.rehearsal.world import World

MINUTES = 15
"""The time limit that the teacher sets for each question."""

MORE_MINUTES = 5
SEED = 7

_POINT: Mapping[PhaseKind, str] = {
    PhaseKind.VOTE: "vote",
    PhaseKind.ARGUE: "response",
    PhaseKind.REPLY: "reply",
    PhaseKind.REFLECT: "reflection",
    PhaseKind.STATEMENT: "wording",
}
"""What somebody at least must have managed in a phase, where it is there for that."""

_NOUNS: Mapping[str, tuple[str, str]] = {"reply": ("reply", "replies")}


@dataclass(frozen=True, slots=True)
class Audience:
    """Who follows the play: how many questions or phases are over, of how many, and a line for each."""

    on_progress: Callable[[int, int], None]
    say: Callable[[str], None]


async def play_headless(
    make_bot: MakeBot,
    *,
    script: Script,
    library: Library,
    audience: Audience,
    sets: Sequence[str] | None = None,
    format: str = OPEN_FLOOR,  # noqa: A002 - what the option of the command is called
) -> None:
    """Play every prompt set that the script knows (or those named) to its end, and stop the bot.

    In another format than the open floor: the first question of the shortest set, phase by phase. Raises PlayError.
    """
    chosen = sets or list(dict.fromkeys(scripted.set for scripted in script.rounds))
    env = SteppedEnv(make_bot())
    world = World(env)
    cast = script.cast(len(script.classmates))
    await env.start()
    try:
        world.furnish()
        world.seat(students=0, classmates=[classmate.name for classmate in cast])
        await env.settle()
        lesson = Lesson(world, Playing(world, script, lambda: library, SEED), cast)
        if format == OPEN_FLOOR:
            await _play_sets(lesson, {slug: len(library.prompt_sets[slug].prompts) for slug in chosen}, audience)
        else:
            await _play_format(lesson, _shortest(library, chosen), format, library.formats[format], audience)
    finally:
        await env.shutdown()


def _shortest(library: Library, known: Sequence[str]) -> str:
    """The set with the fewest questions: of those that the script knows, or else of all."""
    sets = [slug for slug in known if slug in library.prompt_sets] or list(library.prompt_sets)
    if not sets:
        raise PlayError("There is no prompt set to debate on.")
    return min(sets, key=lambda slug: len(library.prompt_sets[slug].prompts))


async def _play_sets(lesson: Lesson, sets: Mapping[str, int], audience: Audience) -> None:
    """All questions, one after the other. The second of each set runs until its time is over."""
    total, done = sum(sets.values()), 0
    audience.on_progress(0, total)
    for slug, questions in sets.items():
        await lesson.command("discuss start", prompts=slug, minutes=MINUTES)
        for number, last in pairwise(range(questions + 1)):
            card = lesson.card
            played = await lesson.play(card, may_be_refused=False)
            await lesson.command("discuss status")
            if number == 0:
                await lesson.command("discuss extend", minutes=MORE_MINUTES)
            if number == 1:
                await lesson.wait((MINUTES + MORE_MINUTES) * 60)
                if lesson.is_open(card):
                    raise PlayError("The question did not close when its time was over.")
            done += 1
            audience.say(f"{done}. {card.question}{_told(played)}")
            audience.on_progress(done, total)
            if last < questions:
                await lesson.command("discuss next")
        await lesson.command("discuss close")


async def _play_format(lesson: Lesson, slug: str, name: str, found: Format, audience: Audience) -> None:
    """One question, phase by phase: each lasts as long as the format says, or until the teacher goes on."""
    audience.on_progress(0, len(found.plan))
    await lesson.command("discuss start", prompts=slug, format=name)
    card = lesson.card
    audience.say(f"{found.title}: {card.question}")
    if len(found.plan) == 1:
        played = await lesson.play(card, may_be_refused=True)
        _require(found.plan[0], played)
        audience.say(f"1. {phase_name(found.plan[0])}{_told(played)}")
    else:
        await _play_phases(lesson, found, audience)
    audience.on_progress(len(found.plan), len(found.plan))
    await lesson.command("discuss close")


async def _play_phases(lesson: Lesson, found: Format, audience: Audience) -> None:
    told = 0
    while fresh := [notice for notice in lesson.notices if notice.number > told]:
        for notice in fresh:
            if notice.number != told + 1:
                raise PlayError(f"The class was not told of phase {told + 1} of {notice.of}.")
            told = notice.number
            audience.say(await _play_phase(lesson, notice, found.plan[told - 1]))
            audience.on_progress(told, notice.of)
    if told < len(found.plan) or lesson.is_debating:
        raise PlayError(f"The debate did not come to its end: it stopped after phase {told} of {len(found.plan)}.")


async def _play_phase(lesson: Lesson, notice: Notice, phase: AnyPhase) -> str:
    """Play one phase to its end; what happened in it, in a line."""
    if phase.is_instant:
        return f"{notice.number}. {notice.name}"
    played = await lesson.play(notice, may_be_refused=True)
    _require(phase, played)
    is_by_time = await lesson.end_phase(notice)
    length = counted(phase.minutes, "minute") if is_by_time and phase.minutes else "until the teacher went on"
    return f"{notice.number}. {notice.name}, {length}{_told(played)}"


def _require(phase: AnyPhase, played: Play) -> None:
    point = _POINT.get(phase.kind)
    if point is not None and not played.done[point]:
        raise PlayError(f"In “{phase_name(phase)}” there was not a single {point}. {played.why}".rstrip())


def _told(played: Play) -> str:
    """What became of the class's deeds."""
    done = [counted(number, *_NOUNS.get(noun, (noun,))) for noun, number in played.done.items()]
    refused = played.refused.total()
    return (f" · {', '.join(done)}" if done else "") + (f" ({refused} refused)" if refused else "")
