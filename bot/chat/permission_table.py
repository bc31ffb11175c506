"""Who may use what, and where: each command, menu, button, form, choice and completion has its row.

The classroom decides, each time and by what Discord says of a person at that moment; this table tells what it decides.
Tests walk everything that can be used and compare; after each change of a row, `make permissions` prints it into the
docs.
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.values import frozen


class Who(StrEnum):
    """Somebody, by the most that they are."""

    STUDENT = "student"
    TEACHER = "teacher"
    MODERATOR = "moderator"
    ADMIN = "admin"
    STRANGER = "stranger"
    NOBODY = "nobody"


WHO_THEY_ARE: Mapping[Who, str] = {
    Who.STUDENT: "a member of the server without any of what follows",
    Who.TEACHER: "a holder of the teacher role, without Manage Server",
    Who.MODERATOR: "a holder of the moderator role; until one is set, a member with Manage Messages",
    Who.ADMIN: "a member with Manage Server, without either role",
    Who.STRANGER: "anybody from another server, who names what is of this one; whatever they are over there",
    Who.NOBODY: "somebody in a direct message, or who is not seen as a member of any server",
}


class Can(StrEnum):
    """What becomes of it."""

    YES = "yes"
    OWN = "own"
    NO = "no"


WHAT_IT_MEANS: Mapping[Can, str] = {
    Can.YES: "it is done, as far as the rules of the debate allow it",
    Can.OWN: "only with what is one's own: one's own words, or as a stranger, one's own server",
    Can.NO: "a sentence says why not, or nothing is offered; nothing changes and nothing is shown",
}


class Thing(StrEnum):
    """What is used."""

    COMMAND = "Slash commands"
    MENU = "Commands on a message"
    BUTTON = "Buttons"
    FORM = "Forms"
    CHOICE = "Choices"
    COMPLETION = "Completions while one types"


class Where(StrEnum):
    """Where a thing is used."""

    SERVER = "server"
    CHANNEL = "channel"
    DEBATE = "debate"
    CARD = "card"
    RESPONSE = "response"


WHERE_THAT_IS: Mapping[Where, str] = {
    Where.SERVER: "anywhere in the server",
    Where.CHANNEL: "in the channel of a debate, or in one of its threads",
    Where.DEBATE: "in the channel or a thread of an open debate; elsewhere, as long as it can mean only one debate",
    Where.CARD: "on the message that shows it: what it carries says which debate is meant, wherever it stands",
    Where.RESPONSE: "on the message of a response",
}


@frozen
class Row:
    """A thing and who may use it. `name` is a command with its groups, a verb of a custom_id, or `command: option`.

    `named` is whether a thing says itself which record it means (by an id, which can be forged). What does not acts
    where it is used: strangers use it for their own server.
    """

    thing: Thing
    name: str
    what: str
    audience: Mapping[Who, Can]
    where: Where = Where.SERVER
    named: bool = False

    def answer(self, who: Who) -> Can:
        """What becomes of it when somebody uses it."""
        if who is Who.STRANGER:
            return Can.NO if self.named else Can.OWN
        return self.audience.get(who, Can.NO)


def _members(can: Can, *who: Who) -> Mapping[Who, Can]:
    return dict.fromkeys(who, can)


EVERYBODY = _members(Can.YES, Who.STUDENT, Who.TEACHER, Who.MODERATOR, Who.ADMIN)
ONES_OWN = _members(Can.OWN, Who.STUDENT, Who.TEACHER, Who.MODERATOR, Who.ADMIN)
TEACHERS = _members(Can.YES, Who.TEACHER, Who.ADMIN)
MODERATORS = _members(Can.YES, Who.MODERATOR)
STUDENTS = _members(Can.YES, Who.STUDENT, Who.MODERATOR)
CLASSMATES = _members(Can.YES, Who.STUDENT)
STAFF = _members(Can.YES, Who.TEACHER, Who.MODERATOR, Who.ADMIN)
MANAGERS = _members(Can.YES, Who.ADMIN)


def _command(
    name: str, audience: Mapping[Who, Can], what: str, where: Where = Where.SERVER, *, named: bool = False
) -> Row:
    return Row(Thing.COMMAND, name, what, audience, where, named)


def _menu(name: str, audience: Mapping[Who, Can], what: str) -> Row:
    return Row(Thing.MENU, name, what, audience, Where.RESPONSE, named=True)


def _button(verb: str, audience: Mapping[Who, Can], what: str, *, named: bool = True) -> Row:
    return Row(Thing.BUTTON, verb, what, audience, Where.CARD, named)


def _form(verb: str, audience: Mapping[Who, Can], what: str) -> Row:
    return Row(Thing.FORM, verb, what, audience, Where.CARD, named=True)


def _choice(verb: str, audience: Mapping[Who, Can], what: str) -> Row:
    return Row(Thing.CHOICE, verb, what, audience, Where.CARD, named=True)


def _completion(name: str, audience: Mapping[Who, Can], what: str, where: Where = Where.SERVER) -> Row:
    return Row(Thing.COMPLETION, name, what, audience, where)


TABLE: tuple[Row, ...] = (
    _command("discuss start", TEACHERS, "start a debate"),
    _command("discuss next", TEACHERS, "close the question and pose the next", Where.DEBATE),
    _command("discuss status", TEACHERS, "who has answered and who is silent", Where.DEBATE),
    _command("discuss control", TEACHERS, "the panel of the debate", Where.DEBATE),
    _command("discuss assign", TEACHERS, "put a student on a side", Where.DEBATE),
    _command("discuss extend", TEACHERS, "more minutes", Where.DEBATE),
    _command("discuss slow", TEACHERS, "let each student wait between two responses", Where.DEBATE),
    _command("discuss close", TEACHERS, "end the debate", Where.DEBATE),
    _command("discuss list", TEACHERS, "the debates of the server"),
    _command("discuss chart", TEACHERS, "a chart, with names where nobody else sees it", Where.CHANNEL),
    _command("discuss voices", TEACHERS, "who has not spoken, who carries the talk", Where.CHANNEL),
    _command("discuss schedule", TEACHERS, "plan a debate"),
    _command("discuss scheduled", TEACHERS, "what is planned"),
    _command("setup", MANAGERS, "the roles and the channel"),
    _command("prompts list", TEACHERS, "the prompt sets"),
    _command("prompts reload", TEACHERS, "read the prompt sets again"),
    _command("prompts upload", TEACHERS, "add a prompt set for the server alone"),
    _command("prompts source", TEACHERS, "get such a set back as a file", named=True),
    _command("prompts remove", TEACHERS, "take such a set away", named=True),
    _command("article read", EVERYBODY, "the article"),
    _command("article find", EVERYBODY, "where the article says something"),
    _command("article quote", EVERYBODY, "open the form for a response with a quotation in it", Where.DEBATE),
    _command("article ask", EVERYBODY, "what the article answers"),
    _command("article define", EVERYBODY, "a hard word explained"),
    _command("privacy agree", EVERYBODY, "read what is recorded, and agree to it"),
    _command("privacy withdraw", ONES_OWN, "let nothing more of oneself be recorded"),
    _command("privacy show", ONES_OWN, "what is recorded of oneself"),
    _command("privacy export", ONES_OWN, "all of that as files"),
    _command("privacy erase", ONES_OWN, "what erasing it would do"),
    _command("privacy reminders on", ONES_OWN, "be reminded"),
    _command("privacy reminders off", ONES_OWN, "not be reminded"),
    _command("my responses", ONES_OWN, "what one has said"),
    _command("my progress", ONES_OWN, "how far one has come in a debate", Where.CHANNEL),
    _command("my coach", ONES_OWN, "be asked back, or not"),
    _command("transcript export", STAFF, "the record as a file", named=True),
    _command("transcript list", STAFF, "the debates on record", named=True),
    _command("transcript log", STAFF, "who exported what"),
    _command("review", STAFF, "what is reported"),
    _command("mute", STAFF, "let a student say nothing more in the debate", Where.DEBATE),
    _command("unmute", STAFF, "let them speak again", Where.DEBATE),
    _command("words add", STAFF, "list a word that waits for a moderator"),
    _command("words remove", STAFF, "list it no longer"),
    _command("words list", STAFF, "the words that are listed"),
    _command("audit", STAFF, "who did what"),
    _command("unmask", MODERATORS, "who goes by a pseudonym", named=True),
    _menu("Reply to this response", EVERYBODY, "answer a classmate"),
    _menu("Change my response", ONES_OWN, "rewrite one's words"),
    _menu("Withdraw my response", ONES_OWN, "take one's words back"),
    _menu("Report this response", EVERYBODY, "open the form for a report"),
    _menu("Moderate this response", STAFF, "a response with what was reported of it"),
    _button("consent", EVERYBODY, "be asked whether one may be recorded", named=False),
    _button("yes", EVERYBODY, "agree for oneself, and go on with what one was doing", named=False),
    _button("yes-form", ONES_OWN, "the same, with the form that one has sent", named=False),
    _button("no", EVERYBODY, "say no, of which nothing is kept", named=False),
    _button("vote", EVERYBODY, "take a stance, for oneself"),
    _button("respond", EVERYBODY, "open the form for a response"),
    _button("reply", EVERYBODY, "open the form for an answer"),
    _button("moved", CLASSMATES, "say that a classmate's words moved one, or take that back"),
    _button("invite", TEACHERS, "invite the class to speak or to answer, naming nobody"),
    _button("change", ONES_OWN, "open the form with one's words"),
    _button("withdraw", ONES_OWN, "take one's words back"),
    _button("as-it-is", ONES_OWN, "send the form that one has sent, word for word as it is", named=False),
    _button("mend", ONES_OWN, "open that form again, with one's words in it", named=False),
    _button("part", EVERYBODY, "one's own part in the debate"),
    _button("remind", ONES_OWN, "be reminded, or not", named=False),
    _button("coach", ONES_OWN, "be asked back, or not", named=False),
    _button("classmates", EVERYBODY, "what classmates wrote, once one has written too"),
    _button("leaf", EVERYBODY, "another page of that"),
    _button("reflect", EVERYBODY, "open the form for a reflection"),
    _button("statement", STUDENTS, "open the form for the text of one's group"),
    _button("read", EVERYBODY, "the article"),
    _button("turn", EVERYBODY, "another page of the article"),
    _button("mine", ONES_OWN, "another page of what one has said", named=False),
    _button("chart", EVERYBODY, "the first chart, without names"),
    _button("transcript", STAFF, "open the form for a transcript"),
    _button("start", TEACHERS, "start what was looked at"),
    _button("control", TEACHERS, "each button of the panel", named=False),
    _button("scheduled", TEACHERS, "another page of what is planned", named=False),
    _button("reschedule", TEACHERS, "open the form for another time"),
    _button("unschedule", TEACHERS, "ask whether it is to be cancelled"),
    _button("unscheduled", TEACHERS, "cancel it"),
    _button("case", STAFF, "a response with what was reported of it"),
    _button("hide", STAFF, "open the form for hiding it"),
    _button("restore", STAFF, "let the class see it again"),
    _button("approve", STAFF, "let the class see what waited for that"),
    _button("reject", STAFF, "open the form for rejecting it"),
    _button("mute", STAFF, "open the form for muting its author"),
    _button("unmute", STAFF, "let its author speak again"),
    _button("dismiss", STAFF, "find nothing wrong with what was reported"),
    _button("review", STAFF, "another page of what is reported", named=False),
    _button("audit", STAFF, "another page of who did what", named=False),
    _button("erase", ONES_OWN, "erase everything of oneself"),
    _form("reported", EVERYBODY, "report a response"),
    _form("hid", STAFF, "hide a response"),
    _form("rejected", STAFF, "reject a response"),
    _form("muted", STAFF, "mute the author of a response"),
    _form("responded", EVERYBODY, "record a response"),
    _form("replied", EVERYBODY, "record an answer"),
    _form("changed", ONES_OWN, "record the new wording"),
    _form("reflected", EVERYBODY, "record a reflection"),
    _form("stated", STUDENTS, "record the text of one's group"),
    _form("exported", STAFF, "hand over the transcript"),
    _form("rescheduled", TEACHERS, "take another time"),
    _choice("charted", EVERYBODY, "another chart, without names"),
    _completion("discuss start: prompts", TEACHERS, "titles of prompt sets"),
    _completion("discuss start: question", TEACHERS, "questions of a set"),
    _completion("discuss start: format", EVERYBODY, "names of formats"),
    _completion("discuss schedule: when", EVERYBODY, "times ahead"),
    _completion("discuss schedule: prompts", TEACHERS, "titles of prompt sets"),
    _completion("discuss schedule: question", TEACHERS, "questions of a set"),
    _completion("discuss schedule: format", EVERYBODY, "names of formats"),
    _completion("prompts source: set", TEACHERS, "the server's own sets"),
    _completion("prompts remove: set", TEACHERS, "the server's own sets"),
    _completion("discuss assign: side", TEACHERS, "the sides of the debate", Where.DEBATE),
    _completion("article read: article", EVERYBODY, "titles of articles"),
    _completion("article find: article", EVERYBODY, "titles of articles"),
    _completion("article quote: words", EVERYBODY, "the sentences of the paragraph", Where.DEBATE),
    _completion("article ask: article", EVERYBODY, "titles of articles"),
    _completion("article define: article", EVERYBODY, "titles of articles"),
    _completion("article define: word", EVERYBODY, "the words of the glossary"),
    _completion("transcript export: session", STAFF, "the debates on record"),
    _completion("transcript list: session", STAFF, "the debates on record"),
    _completion("words remove: word", STAFF, "the words that are listed"),
    _completion("audit: action", STAFF, "what has been done so far"),
    _completion("audit: session", STAFF, "the debates on record"),
    _completion("unmask: pseudonym", MODERATORS, "the pseudonyms of the server's debates"),
)
