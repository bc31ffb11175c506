"""Whatever a prompt set is called and whyever it was refused: each page of what is scheduled is one Discord takes."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards.schedule_pages import cancel_page, in_short, notice_card, scheduled_page
from bot.chat.modals import move_modal
from bot.classroom.scheduling import PAGE, Entry, Timetable
from bot.discussion.ids import ChannelId, ScheduleId, UserId
from bot.discussion.schedule import Ending, Schedule
from tests.chat import values
from tests.chat.test_limits import assert_discord_opens, assert_discord_takes, few

ZONE = ZoneInfo("America/Argentina/ComodRivadavia")
"""The longest name that a zone has."""


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    ending = draw(st.sampled_from(Ending))
    return replace(
        at(values.NOW),
        id=ScheduleId(10**8),
        channel_id=ChannelId(values.SNOWFLAKE),
        title=draw(values.words(100)),
        minutes=10080,
        scheduled_by=UserId(values.SNOWFLAKE),
        ending=ending,
        ended_at=values.NOW + timedelta(days=9),
        reason=draw(values.words(3000)) if ending is Ending.REFUSED else None,
    )


def entries() -> st.SearchStrategy[Entry]:
    return st.builds(Entry, schedules(), st.none() | values.words(100), st.none() | values.words(300))


@given(st.lists(entries(), min_size=1, max_size=2), st.lists(schedules(), max_size=2), st.booleans())
@few
def test_a_page_of_what_is_scheduled(waiting: list[Entry], lost: list[Schedule], with_news: bool) -> None:
    shown = [
        replace(entry, schedule=replace(entry.schedule, id=ScheduleId(10**8 + number)))
        for number, entry in enumerate((waiting * PAGE)[:PAGE])
    ]
    timetable = Timetable(tuple(shown), tuple(lost * 5)[:5], 0, 10, 50, ZONE)
    news = f"Moved: {in_short(waiting[0].schedule, ZONE)}" if with_news else None
    assert_discord_takes(scheduled_page(timetable, news))


@given(schedules())
@few
def test_what_the_class_is_told(found: Schedule) -> None:
    assert_discord_takes(notice_card(found))


@given(entries())
@few
def test_the_question_whether_to_cancel_and_the_form_to_move(entry: Entry) -> None:
    assert_discord_takes(cancel_page(entry, ZONE))
    assert_discord_opens(move_modal(entry.schedule, ZONE))


def test_a_time_that_comes_twice_is_told_by_the_name_of_its_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for fold, name in enumerate(("CEST", "CET")):
        moment = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold)
        assert f"**Sun 25 Oct 2026, 02:30 {name}** (Europe/Berlin)" in in_short(at(moment), berlin)


def at(moment: datetime) -> Schedule:
    """A debate at that moment."""
    return Schedule(
        id=ScheduleId(1),
        guild_id=values.GUILD,
        channel_id=ChannelId(1),
        starts_at=moment,
        title="A set",
        set_slug="a-set",
        prompt_id=None,
        format=None,
        minutes=None,
        scheduled_by=UserId(1),
        scheduled_at=values.NOW,
    )
