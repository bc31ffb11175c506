"""What `/metrics` tells, in Prometheus's own format, from numbers that others have counted.

The client library's metrics are made for one request and thrown away: nothing is registered, globally or otherwise.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.chat.watching import BUCKETS, Outcome, Watch
from bot.classroom.operating import Growth
from bot.discussion.values import Source
from bot.values import frozen
from bot.version import VERSION

CONTENT_TYPE = CONTENT_TYPE_LATEST


@frozen
class Reading:
    """All that is told at one moment."""

    watch: Watch
    growth: Growth
    writes_waiting: int
    loop_lag: float
    ready: bool


class _Once(Collector):
    def __init__(self, metrics: Sequence[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def exposition(reading: Reading) -> bytes:
    """The page, as CONTENT_TYPE says."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Once([*_recorded(reading.growth), *_answered(reading.watch), *_gauges(reading)]))
    return generate_latest(registry)


def _recorded(growth: Growth) -> Iterable[Metric]:
    responses = CounterMetricFamily("parley_responses", "Responses put on record since the start.", labels=["source"])
    for source in Source:
        responses.add_metric([source.value], growth.responses[source])
    yield responses
    yield CounterMetricFamily("parley_votes", "Votes put on record since the start.", value=growth.votes)
    yield CounterMetricFamily("parley_exports", "Exports entered on the audit since the start.", value=growth.exports)


def _answered(watch: Watch) -> Iterable[Metric]:
    interactions = CounterMetricFamily("parley_interactions", "Interactions answered.", labels=["outcome"])
    for outcome in Outcome:
        interactions.add_metric([outcome.value], watch.outcomes[outcome])
    yield interactions
    bounds = [*(str(bound) for bound in BUCKETS), "+Inf"]
    yield HistogramMetricFamily(
        "parley_interaction_seconds",
        "From the arrival of an interaction to the end of its answer.",
        buckets=list(zip(bounds, accumulate(watch.in_bucket), strict=True)),
        sum_value=watch.seconds,
    )


def _gauges(reading: Reading) -> Iterable[Metric]:
    watch = reading.watch
    told: list[tuple[str, str, float | None]] = [
        ("parley_ready", "1 when connected to Discord, able to write, and with its clockwork running.", reading.ready),
        ("parley_open_rounds", "Rounds that are open now.", reading.growth.open_rounds),
        ("parley_writes_waiting", "Writes that are not acknowledged yet.", reading.writes_waiting),
        ("parley_loop_lag_seconds", "The longest that the event loop was late in the last minute.", reading.loop_lag),
        ("parley_clockwork_age_seconds", "Since the clockwork last began its round.", watch.since_tick),
        ("parley_discord_latency_seconds", "From a heartbeat to Discord's answer.", watch.latency),
    ]
    for name, text, value in told:
        if value is not None:
            yield GaugeMetricFamily(name, text, value=float(value))
    version = GaugeMetricFamily("parley_build_info", "Which Parley runs.", labels=["version"])
    version.add_metric([VERSION], 1)
    yield version
