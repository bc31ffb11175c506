"""The parts of the page that there are few of: its header, the contents, a round's question and count, the people."""

from collections.abc import Iterator

from bot.content.models import FollowUp, Prompt
from bot.discussion.coaching import condition
from bot.discussion.transcript import Head, ToldPhase, ToldRound
from bot.transcripts import course, phrases, standing
from bot.transcripts.clock import Clock
from bot.transcripts.html.count import last_count, minds
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


def round_opening(told: ToldRound, clock: Clock, places: str) -> str:
    """A round up to its first response: question, what stands beside it, and the `places` of everybody."""
    number, prompt = told.round.number, told.round.prompt
    excerpts = "".join(
        f'<figure><blockquote dir="auto">{html(excerpt.quote)}</blockquote>'
        f'<figcaption><a href="#p{excerpt.paragraph}">¶{excerpt.paragraph}</a></figcaption></figure>'
        for excerpt in prompt.excerpts
    )
    follow_ups = "".join(_follow_up(each, prompt) for each in prompt.follow_ups)
    folded = f"<details><summary>Follow-up questions</summary><ul>{follow_ups}</ul></details>" if follow_ups else ""
    nobody = "" if told.entries else '<p class="mark">Nobody responded.</p>\n'
    return (
        f'<section class="round" id="round-{number}" aria-labelledby="q{number}"><header>'
        f'<p class="kicker">Round {number}</p><h2 id="q{number}" dir="auto">{html_line(prompt.question)}</h2>'
        f'<p class="when">{html(course.round_facts(told, clock))}</p>{phases(told, clock)}</header>\n'
        '<div class="beside">'
        f'<aside aria-label="The excerpts and the count of round {number}"><div class="stay">'
        f"<h3>From the article</h3>{excerpts}{folded}<h3>How the class stood</h3>{last_count(told)}</div></aside>\n"
        f'<div class="thread">{places}<h3>Responses</h3>\n{nobody}'
        '<p class="nothing mark" hidden>No response in this round fits the filter.</p>\n'
    )


def _follow_up(follow_up: FollowUp, prompt: Prompt) -> str:
    """A question with the words for when it is asked, where that is not in its turn."""
    when = condition(follow_up, prompt)
    asked = f" <small>Asked {html_line(when)}.</small>" if when is not None else ""
    return f'<li dir="auto">{html_line(follow_up.ask)}{asked}</li>'


def phases(told: ToldRound, clock: Clock) -> str:
    """The phases of a round with their times; nothing where there is only one."""
    if not told.round.has_phases:
        return ""
    rows = "".join(
        f'<li value="{phase.number + 1}"><span dir="auto">{html_line(phase.name)}</span> '
        f"<small>{_kind(phase)}{html(course.times(told, phase, clock))}</small></li>"
        for phase in told.phases
    )
    return f'<ol class="phases" aria-label="Phases">{rows}</ol>'


def _kind(phase: ToldPhase) -> str:
    """What kind of phase it is, where its name does not say so already."""
    return f"{phrases.kind_of(phase.phase)}, " if phase.phase.name or phase.is_secret else ""


def placing(told: ToldRound, rows: str) -> str:
    """Who was put on which side, and why; nothing where everybody chose."""
    if not told.places:
        return ""
    columns = "".join(f'<th scope="col">{name}</th>' for name in ("Time", "Who", "Side", "Group", "Why"))
    return (
        "<h3>Assigned sides</h3>"
        f'<details class="votes"><summary>{phrases.counted(len(told.places), "assignment")}</summary><table><thead><tr>'
        f"{columns}</tr></thead><tbody>\n{rows}</tbody></table></details>\n"
    )


def votes_opening(told: ToldRound) -> str:
    """The end of a round's responses: how minds moved, and the head of its table of votes."""
    missing = standing.unlisted(told)
    opening = f"{minds(told)}<h3>Votes and changes of side</h3>" + (
        f'<p class="mark">{missing}</p>\n' if missing else ""
    )
    if not told.votes:
        return opening
    columns = ("Time", "Who", "Side", "Before", *(("Phase",) if told.round.has_phases else ()))
    heads = "".join(f'<th scope="col">{name}</th>' for name in columns)
    return (
        f'{opening}<details class="votes"><summary>{phrases.counted(told.votes, "vote")}</summary><table><thead><tr>'
        f"{heads}</tr></thead><tbody>\n"
    )


def round_closing(told: ToldRound) -> str:
    """The end of a round."""
    return ("</tbody></table></details>" if told.votes else "") + "</div></div></section>\n"


def people(ledger: Ledger) -> str:
    """Who took part, and what each did."""
    facts = phrases.facts_of_people(ledger)
    rows = "".join(
        f'<tr><th scope="row"><bdi>{html_line(part.speaker.label)}</bdi></th>'
        f'<td class="l">{part.speaker.role.value}</td>{"".join(f"<td>{fact(part)}</td>" for _, fact in facts)}'
        f"<td>{part.withdrawn}</td><td>{part.hidden}</td></tr>\n"
        for part in ledger.parts.values()
    )
    names = ("Who", "Role", *(name for name, _ in facts), "Withdrawn", "Hidden")
    columns = "".join(f'<th scope="col">{name}</th>' for name in names)
    notice = f" {about}" if (about := phrases.people_notice(ledger)) else ""
    return (
        '<section id="people" aria-labelledby="people-title"><h2 id="people-title">Who took part</h2>'
        f'<p class="when">Withdrawn and hidden responses are counted in their own columns only.{notice}</p>'
        f'<div class="wide" tabindex="0" role="region" aria-labelledby="people-title"><table class="people"><thead><tr>'
        f"{columns}</tr></thead><tbody>{rows}</tbody></table></div></section>\n"
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
    votes = f"{phrases.counted(counts.votes, 'vote')}, {counts.changes_of_side:,} of them changes of side."
    if ledger.has_secret_votes:
        votes = "The class voted in secret." if not counts.votes else f"Open: {votes}"
    return (
        f"<footer><p>{told}. {votes} {phrases.counted(counts.gaps, 'gap')}.</p>"
        f"<p>Written {html(clock.minute(head.exported_at))} ({html(clock.name)}) by Parley {html(head.version)}.</p>"
        "</footer>\n"
    )
