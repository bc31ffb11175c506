"""The rules of a debate, over anything that a class could do."""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.models import Excerpt, Prompt, PromptSet, Stance
from bot.discussion import wording
from bot.discussion.attendance import attendance
from bot.discussion.ids import StanceId, UserId
from bot.discussion.order import next_prompt
from bot.discussion.palette import NEUTRAL, STANCE_COLOURS, stance_colour
from bot.discussion.tally import tally
from bot.discussion.timing import deadline, extended

NOW = datetime(2026, 1, 1, tzinfo=UTC)
IDS = ["a", "b", "c"]
users = st.integers(1, 12).map(UserId)
votes = st.dictionaries(users, st.sampled_from([*IDS, "gone"]).map(StanceId))
times = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - a bound
minutes = st.integers(1, 10080)


def prompt(name: str) -> Prompt:
    stances = tuple(Stance(id=stance, label=stance, emoji="🚀") for stance in IDS)
    return Prompt(id=name, question="?", excerpts=(Excerpt(paragraph=1, quote="x"),), stances=stances)


def prompt_set(count: int) -> PromptSet:
    return PromptSet(article="x", title="x", prompts=tuple(prompt(f"p{number}") for number in range(count)))


@given(votes, st.integers(0, 99))
def test_a_tally_counts_each_person_once_and_every_stance(held: dict[UserId, StanceId], responses: int) -> None:
    counted = tally(prompt("p"), held, responses)
    expected = Counter(stance for stance in held.values() if stance in IDS)
    assert list(counted.counts) == IDS
    assert dict(counted.counts) == {stance: expected[StanceId(stance)] for stance in IDS}
    assert counted.voters == expected.total()
    assert counted.responses == responses
    assert abs(sum(counted.percent(StanceId(stance)) for stance in IDS) - (100 if counted.voters else 0)) <= 2
    most = max(expected.values(), default=0)
    assert set(counted.leaders) == {stance for stance, count in expected.items() if count == most}


@given(st.lists(users, unique=True), votes, st.sets(users))
def test_everybody_is_in_exactly_one_list(
    roster: list[UserId], held: dict[UserId, StanceId], responded: set[UserId]
) -> None:
    found = attendance(roster, held, responded)
    listed = [*found.answered, *found.only_voted, *found.silent]
    assert len(listed) == len(set(listed))
    assert set(listed) == {*roster, *held, *responded}
    assert set(found.answered) == responded
    assert set(found.only_voted) == set(held) - responded
    assert [user for user in roster if user in found.silent] == list(found.silent)


@given(times, st.none() | minutes)
def test_a_round_ends_so_many_minutes_after_it_opened(opened: datetime, length: int | None) -> None:
    end = deadline(opened, length)
    assert (end is None) == (length is None)
    if end is not None and length is not None:
        assert (end - opened).total_seconds() == 60 * length


@given(st.none() | times, times, minutes)
def test_more_minutes_are_so_many_more_and_never_in_the_past(
    current: datetime | None, now: datetime, more: int
) -> None:
    end = extended(current, now, more)
    assert end >= now + timedelta(minutes=more)
    if current is not None and current >= now:
        assert end - current == timedelta(minutes=more)
    else:
        assert end - now == timedelta(minutes=more)


def test_times_of_other_zones_are_the_same_moments() -> None:
    there = timezone(timedelta(hours=9))
    assert extended(NOW.astimezone(there), NOW, 5) == NOW + timedelta(minutes=5)


@given(st.integers(1, 25), st.integers(0, 24))
def test_the_class_meets_every_prompt_from_the_first_one_on_once(count: int, begin: int) -> None:
    whole, first = prompt_set(count), min(begin, count - 1)
    posed = [f"p{first}"]
    while (following := next_prompt(whole, posed, posed[-1])) is not None:
        posed.append(following.id)
    assert posed == [f"p{number}" for number in range(first, count)]


def test_a_prompt_that_the_set_has_lost_leads_to_the_first_that_was_not_posed() -> None:
    following = next_prompt(prompt_set(3), ["p0", "lost"], "lost")
    assert following is not None
    assert following.id == "p1"


@given(st.dictionaries(st.sampled_from(["claim", "evidence", "reasoning", "text", "other"]), st.text(max_size=60)))
def test_kept_words_are_trimmed_in_order_and_can_be_seen(body: dict[str, str]) -> None:
    try:
        kept = wording.worded(body)
    except wording.WordingError:
        return  # which words are refused is told by the tests below
    order = ["claim", "evidence", "reasoning", "text"]
    assert list(kept) == [name for name in order if name in kept]
    assert ("text" if "text" in body else "claim") in kept
    for name, words in kept.items():
        assert words == words.strip() != ""
        assert "\0" not in words
        assert words in body[name].replace("\0", "")


@pytest.mark.parametrize("field", [*wording.FIELDS, wording.REPLY_FIELD])
def test_words_fit_to_the_last_sign_and_not_beyond(field: wording.Field) -> None:
    body = {"claim": "x"} | {field.name: "x" * field.most} if field.name != "text" else {"text": "x" * field.most}
    assert wording.worded(body)[field.name] == "x" * field.most
    with pytest.raises(wording.WordingError, match=rf"{field.label} has {field.most + 1} characters; {field.most} fit"):
        wording.worded(body | {field.name: "x" * (field.most + 1)})


@pytest.mark.parametrize("nothing", ["", " \n ", "\0", "\u200b\u200d", "\ufeff \u2060", "\ud800"[:0]])
def test_words_that_nobody_can_see_are_no_words(nothing: str) -> None:
    assert wording.typed(nothing) is None
    with pytest.raises(wording.WordingError, match="Claim is empty"):
        wording.worded({"claim": nothing})


def test_words_that_no_file_can_hold_are_kept_as_far_as_they_can_be() -> None:
    assert wording.typed("a\0b") == {"text": "ab"}
    assert wording.typed("a\ud800b") == {"text": "a?b"}
    assert wording.typed("e\u0301 👩‍🚀 \u202eabc") == {"text": "e\u0301 👩‍🚀 \u202eabc"}


@given(st.dictionaries(st.sampled_from(["claim", "evidence"]), st.text(max_size=80)), st.integers(1, 60))
def test_one_line_is_one_line_and_fits(body: dict[str, str], most: int) -> None:
    line = wording.in_one_line(body, most)
    assert len(line) <= most
    assert len(line.splitlines()) <= 1


def test_stances_have_colours_of_their_own_in_their_order() -> None:
    assert [stance_colour(IDS, stance) for stance in IDS] == list(STANCE_COLOURS[:3])
    assert stance_colour(IDS, None) == stance_colour(IDS, "gone") == NEUTRAL
    assert len({*STANCE_COLOURS, NEUTRAL}) == 6
