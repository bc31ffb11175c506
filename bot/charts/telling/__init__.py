"""What a picture shows, in words for whoever cannot see it and as a table for whoever wants the figures."""

from bot.charts.telling import evidence_map, flow, stances, timeline, voices
from bot.charts.values import Chart, EvidenceChart, FlowChart, StancesChart, TimelineChart, VoicesChart


def alt_of(chart: Chart) -> str:
    """The picture's description: its facts in sentences, at most as long as Discord takes."""
    match chart:
        case FlowChart():
            return flow.alt(chart)
        case StancesChart():
            return stances.alt(chart)
        case TimelineChart():
            return timeline.alt(chart)
        case VoicesChart():
            return voices.alt(chart)
        case EvidenceChart():
            return evidence_map.alt(chart)


def table_of(chart: Chart) -> str:
    """All of the picture's figures as a table for a monospaced font."""
    match chart:
        case FlowChart():
            return flow.table(chart)
        case StancesChart():
            return stances.table(chart)
        case TimelineChart():
            return timeline.table(chart)
        case VoicesChart():
            return voices.table(chart)
        case EvidenceChart():
            return evidence_map.table(chart)
