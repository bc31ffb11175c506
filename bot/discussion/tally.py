"""How a round stands: counts per stance, and how many people and responses are behind them."""

from collections import Counter
from collections.abc import Mapping

from bot.content.models import Prompt
from bot.discussion.ids import StanceId, UserId
from bot.values import frozen


@frozen
class Tally:
    """Votes per stance in the prompt's order (stances without votes included), and the number of responses."""

    counts: Mapping[StanceId, int]
    responses: int

    @property
    def voters(self) -> int:
        """How many people have taken a stance."""
        return sum(self.counts.values())

    def percent(self, stance: StanceId) -> int:
        """A stance's share of the voters, rounded to whole percent; 0 while nobody has voted."""
        return round(100 * self.counts[stance] / self.voters) if self.voters else 0

    @property
    def leaders(self) -> tuple[StanceId, ...]:
        """The stances with the most votes: several in a tie, none while nobody has voted."""
        most = max(self.counts.values(), default=0)
        return tuple(stance for stance, count in self.counts.items() if most and count == most)


def tally(prompt: Prompt, votes: Mapping[UserId, StanceId], responses: int) -> Tally:
    """Count the last vote of each person. A vote for a stance that the prompt does not have is not counted."""
    counted = Counter(votes.values())
    stances = [StanceId(stance.id) for stance in prompt.stances]
    return Tally({stance: counted[stance] for stance in stances}, responses)
