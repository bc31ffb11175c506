"""The drawing itself: all that needs Matplotlib. Only the process that draws a chart imports it."""

from bot.charts.drawing import evidence_map, flow, stances, timeline, voices
from bot.charts.telling import alt_of, table_of
from bot.charts.values import Chart, EvidenceChart, FlowChart, Picture, StancesChart, Theme, TimelineChart, VoicesChart


def draw(chart: Chart, theme: Theme) -> Picture:
    """Draw a chart here and now. It takes a tenth of a second and Matplotlib's memory: the bot uses a Studio."""
    match chart:
        case FlowChart():
            sheet = flow.draw(chart, theme)
        case StancesChart():
            sheet = stances.draw(chart, theme)
        case TimelineChart():
            sheet = timeline.draw(chart, theme)
        case VoicesChart():
            sheet = voices.draw(chart, theme)
        case EvidenceChart():
            sheet = evidence_map.draw(chart, theme)
    return Picture(sheet.png(), alt_of(chart), table_of(chart))
