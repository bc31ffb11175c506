"""The message that reveals how the class stands: the count, and where the format asks for it, a chart."""

from discord import ui

from bot.charts.values import Picture
from bot.chat.cards.chart_parts import NOT_DRAWN, chart_parts
from bot.chat.cards.parts import button, card, row, text
from bot.chat.cards.phase_notice import heading, part_address, what_to_do
from bot.chat.cards.tally_lines import left_out_line, tally_lines
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT
from bot.classroom.announcing import Notice
from bot.content.formats import ChartKind, Phase, RevealPhase
from bot.discussion.palette import STANCE_COLOURS

UNTOLD = "-# The swing is not told: it takes two votes, and it must not tell how single people voted."


def reveal_notice(notice: Notice, picture: Picture | None = None, without: str = NOT_DRAWN) -> ui.LayoutView:
    """The notice with its chart; where there is no picture of it, `without` says why, beside the chart's figures."""
    found, number = notice.standing.round, notice.log.number
    phase = found.format.plan[number]
    told = [heading(found, number), what_to_do(phase), tally_lines(notice.standing)]
    if notice.left_out:
        told.append(left_out_line(notice.left_out))
    kind = chart_kind(phase)
    if kind is not None and notice.chart is None:
        told.append(UNTOLD)
    chart = (
        chart_parts(kind, notice.chart, picture, CARD_TEXT - sum(map(len, told)), without)
        if kind is not None and notice.chart is not None
        else []
    )
    return card(
        *[text(words) for words in told],
        *chart,
        row(
            [
                *([button("Chart", to("chart", found.id))] if chart else []),
                button("My part", part_address(found, number)),
            ]
        ),
        colour=STANCE_COLOURS[0],
    )


def chart_kind(phase: Phase) -> ChartKind | None:
    """The kind of chart that a phase shows."""
    return phase.chart if isinstance(phase, RevealPhase) else None
