from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.transcripts.clock import Clock

ZONES = ("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Monrovia")


@given(
    time=st.datetimes(datetime(1850, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    zone=st.sampled_from(ZONES),
    hours=st.integers(-12, 12),
)
@settings(max_examples=200, deadline=None)
def test_times_are_what_the_standard_library_prints(time: datetime, zone: str, hours: int) -> None:
    clock = Clock(zone)
    utc = time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    local = time.astimezone(UTC if zone == "UTC" else ZoneInfo(zone)).isoformat(timespec="milliseconds")
    for given_time in (time, time.astimezone(timezone(timedelta(hours=hours)))):
        assert clock.utc(given_time) == utc
        assert clock.local(given_time) == local
        assert clock.both(given_time) == (utc, local)


@pytest.mark.parametrize(("minutes", "offset"), [(59, "+02:00"), (60, "+01:00")])
def test_the_hour_at_which_clocks_are_put_back(minutes: int, offset: str) -> None:
    clock = Clock("Europe/Berlin")
    for second in range(3):
        time = datetime(2026, 10, 25, 0, 0, second, 5000, tzinfo=UTC) + timedelta(minutes=minutes)
        assert clock.both(time)[1].endswith(f"0{second}.005{offset}")
