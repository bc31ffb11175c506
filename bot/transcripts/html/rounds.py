"""The parts of the page that there are few of: its header, the contents, a round's question and count, the people."""

from collections.abc import Iterator

from bot.discussion.transcript import Head, ToldRound
from bot.transcripts import phrases
from bot.transcripts.clock import Clock
from bot.transcripts.html.entries import NO_SIDE
from bot.transcripts.ledger import Ledger
from bot.transcripts.signs import html, html_attribute, html_line


def masthead(head: Head, clock: Clock) -> str:
    """Title, facts, and whose names are in it."""
    facts = "".join(
        f"<div><dt>{name}</dt><dd>{html_line(value)}</dd></div>" for name, value in phrases.session_facts(head, clock)
    )
    part = phrases.part_notice(head, clock)
    only = f'<p class="notice part">{html_line(part)}</p>' if part else ""
    return (
        '<a class="skip" href="#content">Skip to the debate</a>\n<header class="mast">'
        '<p class="kicker">Transcript of a debate</p>'
        f'<h1 dir="auto">{html_line(head.session.prompt_set.title)}</h1><dl class="facts">{facts}</dl>{only}'
        f'<p class="notice">{html(phrases.names_notice(head))}</p></header>\n'
    )


def contents(head: Head) -> str:
    """The table of contents."""
    rounds = "".join(
        f'<li><a href="#round-{told.round.number}"><span class="no">{told.round.number}</span>'
        f'<span><span dir="auto">{html_line(told.round.prompt.question)}</span> '
        f"<small>{phrases.counted(told.entries, 'response')}</small></span></a></li>"
        for told in head.rounds
    )
    return (
        '<nav aria-label="Contents"><h2>Contents</h2><ol>'
        f'{rounds}<li><a href="#people"><span class="no">·</span><span>Who took part</span></a></li>'
        '<li><a href="#article"><span class="no">¶</span><span>The article</span></a></li></ol></nav>\n'
    )


def filters(head: Head) -> str:
    """The filter. It shows itself only where its script runs; without it the page is whole."""
    people = "".join(
        f'<option value="{html_attribute(speaker.key)}">{html_line(speaker.label)}</option>'
        for speaker in sorted(head.speakers.values(), key=lambda each: (each.label.casefold(), each.key))
    )
    sides = "".join(
        f'<optgroup label="Round {told.round.number}">{"".join(_side_options(told))}</optgroup>' for told in head.rounds
    )
    return (
        '<div class="filter" id="filter" role="search" aria-label="Filter" hidden><h2>Filter</h2>'
        f'<label>Student<select id="student"><option value="">Everybody</option>{people}</select></label>'
        f'<label>Side<select id="side"><option value="">Every side</option>{sides}</select></label>'
        '<button type="button" id="unfold" aria-pressed="false">Unfold edits and votes</button>'
        '<p id="shown" role="status"></p></div>\n'
    )


def _side_options(told: ToldRound) -> Iterator[str]:
    number, prompt = told.round.number, told.round.prompt
    for place, stance in enumerate(prompt.stances):
        yield f'<option value="{number}.{place}">{html_line(phrases.stance_words(prompt, stance.id))}</option>'
    yield f'<option value="{number}.none">No side taken</option>'


def round_opening(told: ToldRound, clock: Clock) -> str:
    """A round up to its first response: question, excerpts and count beside it."""
    number, prompt = told.round.number, told.round.prompt
    excerpts = "".join(
        f'<figure><blockquote dir="auto">{html(excerpt.quote)}</blockquote>'
        f'<figcaption><a href="#p{excerpt.paragraph}">¶{excerpt.paragraph}</a></figcaption></figure>'
        for excerpt in prompt.excerpts
    )
    follow_ups = "".join(f'<li dir="auto">{html_line(question)}</li>' for question in prompt.follow_ups)
    folded = f"<details><summary>Follow-up questions</summary><ul>{follow_ups}</ul></details>" if follow_ups else ""
    nobody = "" if told.entries else '<p class="mark">Nobody responded.</p>\n'
    return (
        f'<section class="round" id="round-{number}" aria-labelledby="q{number}"><header>'
        f'<p class="kicker">Round {number}</p><h2 id="q{number}" dir="auto">{html_line(prompt.question)}</h2>'
        f'<p class="when">{html(phrases.round_facts(told, clock))}</p></header>\n<div class="beside">'
        f'<aside aria-label="The excerpts and the count of round {number}"><div class="stay">'
        f"<h3>From the article</h3>{excerpts}{folded}<h3>How the class stood</h3>{tally(told)}</div></aside>\n"
        f'<div class="thread"><h3>Responses</h3>\n{nobody}'
        '<p class="nothing mark" hidden>No response in this round fits the filter.</p>\n'
    )


def tally(told: ToldRound) -> str:
    """How the class stood at the end: numbers in a table, each with a bar that only repeats them."""
    most = max((phrases.votes_for(told, stance.id) for stance in told.round.prompt.stances), default=0) or 1
    rows: list[str] = []
    for place, stance in enumerate(told.round.prompt.stances):
        votes = phrases.votes_for(told, stance.id)
        rows.append(
            f'<tr class="c{min(place, NO_SIDE)}"><th scope="row">'
            f"{html_line(phrases.stance_words(told.round.prompt, stance.id))}"
            '<svg class="bar" aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none">'
            '<rect class="track" width="100" height="4"/>'
            f'<rect class="full" width="{100 * votes / most:.1f}" height="4"/>'
            f"</svg></th><td>{votes}</td><td>{phrases.share_of(told, stance.id)} %</td></tr>"
        )
    voters = phrases.counted(told.tally.voters, "voter")
    return (
        f'<table class="tally"><caption>{voters}, each by their last vote</caption><thead><tr><th scope="col">Side</th>'
        f'<th scope="col">Votes</th><th scope="col">Share</th></tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


def votes_opening(told: ToldRound) -> str:
    """The end of a round's responses, and the head of its table of votes."""
    if not told.votes:
        return '<h3>Votes and changes of side</h3><p class="mark">Nobody voted.</p>\n'
    return (
        "<h3>Votes and changes of side</h3>"
        f'<details class="votes"><summary>{phrases.counted(told.votes, "vote")}</summary><table><thead><tr>'
        '<th scope="col">Time</th><th scope="col">Who</th><th scope="col">Side</th><th scope="col">Before</th>'
        "</tr></thead><tbody>\n"
    )


def round_closing(told: ToldRound) -> str:
    """The end of a round."""
    return ("</tbody></table></details>" if told.votes else "") + "</div></div></section>\n"


def people(ledger: Ledger) -> str:
    """Who took part, and what each did."""
    rows = "".join(
        f'<tr><th scope="row"><bdi>{html_line(part.speaker.label)}</bdi></th>'
        f'<td class="l">{part.speaker.role.value}</td>'
        f"<td>{part.responses}</td><td>{part.replies}</td><td>{part.words}</td><td>{part.votes}</td>"
        f"<td>{part.changes_of_side}</td><td>{part.withdrawn}</td><td>{part.hidden}</td></tr>\n"
        for part in ledger.parts.values()
    )
    columns = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Who", "Role", "Responses", "Replies", "Words", "Votes", "Changes of side", "Withdrawn", "Hidden")
    )
    return (
        '<section id="people" aria-labelledby="people-title"><h2 id="people-title">Who took part</h2>'
        '<p class="when">Withdrawn and hidden responses are counted in their own columns only.</p>'
        f'<div class="wide" tabindex="0" role="region" aria-labelledby="people-title"><table class="people"><thead><tr>'
        f"{columns}</tr></thead><tbody>{rows}</tbody></table></div></section>\n"
    )


def article(head: Head) -> str:
    """The whole article, paragraph by paragraph."""
    text = head.session.article
    deck = f'<p class="deck" dir="auto">{html(text.deck)}</p>' if text.deck else ""
    paragraphs = "".join(
        f'<div class="para" id="p{number}"><a class="mark" href="#p{number}">¶{number}</a>'
        f'<p dir="auto">{html(words)}</p></div>'
        for number, words in enumerate(text.paragraphs, 1)
    )
    return (
        '<section id="article" aria-labelledby="article-title"><p class="kicker">The article</p>'
        f'<h2 id="article-title" dir="auto">{html_line(text.title)}</h2><p class="when">By {html_line(text.author)}</p>'
        f"{deck}{paragraphs}</section>\n"
    )


def footer(head: Head, ledger: Ledger, clock: Clock) -> str:
    """What was counted, and by what it was written."""
    counts = ledger.counts
    told = ", ".join(
        (
            phrases.counted(counts.responses, "response"),
            f"{counts.replies:,} of them replies",
            f"{counts.edited:,} edited",
            f"{counts.withdrawn:,} withdrawn",
            f"{counts.hidden:,} hidden",
        )
    )
    votes = f"{phrases.counted(counts.votes, 'vote')}, {counts.changes_of_side:,} of them changes of side"
    return (
        f"<footer><p>{told}. {votes}. {phrases.counted(counts.gaps, 'gap')}.</p>"
        f"<p>Written {html(clock.minute(head.exported_at))} ({html(clock.name)}) by Parley {html(head.version)}.</p>"
        "</footer>\n"
    )
