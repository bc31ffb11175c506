"""What a click or a submitted modal does."""

from collections.abc import Mapping

from bot.chat.clicks import (
    auditing,
    consenting,
    controlling,
    moderating,
    partaking,
    previewing,
    reading,
    responding,
    results,
    scheduling,
    voting,
)
from bot.chat.routing import Handler


def handlers() -> Mapping[str, Handler]:
    """Every verb that a custom_id can name, and what it does: the complete list of what can be clicked or submitted."""
    return {
        "vote": voting.take_stance,
        "consent": consenting.open_notice,
        "yes": consenting.agree,
        "yes-form": consenting.agree_and_send,
        "no": consenting.decline,
        "respond": responding.open_respond,
        "responded": responding.respond,
        "reply": responding.open_reply,
        "replied": responding.reply,
        "change": responding.open_change,
        "changed": responding.change,
        "withdraw": responding.withdraw,
        "part": partaking.open_part,
        "remind": partaking.remind,
        "classmates": partaking.open_classmates,
        "leaf": partaking.turn_classmates,
        "reflect": partaking.open_reflect,
        "reflected": partaking.reflect,
        "statement": partaking.open_statement,
        "stated": partaking.state,
        "read": reading.open_article,
        "turn": reading.turn_page,
        "mine": reading.turn_own,
        "chart": results.open_chart,
        "charted": results.choose_chart,
        "transcript": results.open_transcript,
        "exported": results.export,
        "start": previewing.start,
        "control": controlling.press,
        "reported": moderating.report,
        "case": moderating.open_case,
        "hide": moderating.ask_to_hide,
        "hid": moderating.hide,
        "restore": moderating.restore,
        "dismiss": moderating.dismiss,
        "review": moderating.turn_queue,
        "audit": auditing.turn_page,
        "scheduled": scheduling.turn_page,
        "reschedule": scheduling.open_move,
        "rescheduled": scheduling.move,
        "unschedule": scheduling.ask_to_cancel,
        "unscheduled": scheduling.cancel,
    }
