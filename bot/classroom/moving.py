"""What moved somebody, said by a button while the debate goes on and told in numbers once it is over."""

from bot.classroom.consenting import require
from bot.classroom.finding import the_open_round, the_response
from bot.classroom.people import Person, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.ids import ResponseId
from bot.discussion.swaying import is_point
from bot.discussion.values import Role
from bot.storage import Transaction, endorsements, guilds
from bot.values import frozen


@frozen
class Moved:
    """What a press came to: does it hold now, and does a reflection of theirs name the response all the same?"""

    holds: bool
    is_reflected: bool


async def press(room: Classroom, person: Person, response_id: ResponseId) -> Moved:
    """A student says that a classmate's response moved them; pressed again, they take it back.

    Nobody is shown as having taken part by this alone: it gives neither a place in a list nor a pseudonym.
    """
    now = room.now()

    def work(tx: Transaction) -> Moved:
        point = the_response(tx, person.guild_id, response_id)
        the_open_round(tx, person.guild_id, point.round_id)
        settings = guilds.settings(tx, person.guild_id)
        require(tx, person, settings)
        if role_of(person, settings) is not Role.STUDENT:
            raise Refusal("It is the students who are counted here: teachers and moderators stay out of it.")
        if point.user_id == person.user_id:
            raise Refusal("These are your own words. Say it of a classmate's response that moved you.")
        if not is_point(point, person.user_id):
            raise Refusal("Only what the class can read of a classmate can be said to have moved you.")
        holds = endorsements.press(tx, person.guild_id, response_id, person.user_id, now)
        return Moved(holds, endorsements.is_reflected(tx, person.guild_id, response_id, person.user_id))

    return await room.store.write(work)
