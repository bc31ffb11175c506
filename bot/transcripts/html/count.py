"""How a class stood and how minds moved, as HTML: numbers in tables, with bars that only repeat them."""

from bot.discussion.swing import Swing
from bot.discussion.transcript import ToldRound
from bot.transcripts import standing
from bot.transcripts.html.entries import NO_SIDE
from bot.transcripts.signs import html, html_line
from bot.transcripts.standing import Count


def last_count(told: ToldRound) -> str:
    """How the class stood at the end."""
    counts = standing.counts(told)
    return _count(counts[-1]) if counts else f'<p class="mark">{standing.uncounted(told)}</p>'


def minds(told: ToldRound) -> str:
    """How minds moved from vote to vote; nothing where there is but one, whose count stands beside the round."""
    counts = standing.counts(told)
    if len(counts) < 2:
        return ""
    tables = "".join(f"<div>{_count(count)}</div>" for count in counts)
    moved = _swing(told, told.swing) if told.swing else ""
    return f'<h3>How minds moved</h3><div class="counts">{tables}</div>{moved}'


def _swing(told: ToldRound, moved: Swing) -> str:
    """Who voted both times, and what each side gained of them."""
    names = ("Side", *standing.swing_names(told), "Points")
    heads = "".join(f'<th scope="col">{html_line(name)}</th>' for name in names)
    rows = "".join(
        f'<tr class="c{min(place, NO_SIDE)}"><th scope="row">{html_line(row.stance)}</th>'
        f"<td>{row.before}</td><td>{row.after}</td><td>{row.points}</td></tr>"
        for place, row in enumerate(standing.swing_rows(told, moved))
    )
    sentences = "".join(f"<li>{html_line(sentence)}</li>" for sentence in standing.swing_sentences(told, moved))
    return (
        f'<table class="tally swing"><caption>{html_line(standing.swing_head(told, moved))}'
        f"</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        + (f'<ul class="moves">{sentences}</ul>' if sentences else "")
    )


def _count(count: Count) -> str:
    most = max((share.votes for share in count.shares), default=0) or 1
    rows = "".join(
        f'<tr class="c{min(place, NO_SIDE)}"><th scope="row">{html_line(share.stance)}'
        '<svg class="bar" aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none">'
        '<rect class="track" width="100" height="4"/>'
        f'<rect class="full" width="{100 * share.votes / most:.1f}" height="4"/>'
        f"</svg></th><td>{share.votes}</td><td>{share.percent} %</td></tr>"
        for place, share in enumerate(count.shares)
    )
    note = f'<p class="mark">{html(count.note)}</p>' if count.note else ""
    return (
        f'<table class="tally"><caption>{html_line(count.head)}</caption><thead><tr><th scope="col">Side</th>'
        f'<th scope="col">Votes</th><th scope="col">Share</th></tr></thead><tbody>{rows}</tbody></table>{note}'
    )
