"""Words that say little about what a sentence is about: those of every sentence, and those of every argument."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


EMPTY = _listed(
    """
    a about above after again against all almost along already also although always am among an and another any
    anybody anyone anything are aren't around as at away back be because been before being below between both but by
    can can't cannot could couldn't did didn't do does doesn't doing don't dont down during each either else enough
    even ever every everybody everyone everything except few for from further furthermore get gets getting go goes
    going got had hadn't has hasn't have haven't having he he'd he'll her here hers herself him himself his how
    however i i'd i'll i'm i've if im in indeed instead into is isn't it it'd it'll it's its itself just kind let
    lets like lot lots many may maybe me might mine more moreover most much must my myself neither never no nobody
    none nor not nothing now of off often on once one ones only onto or other others otherwise ought our ours
    ourselves out over own perhaps quite rather really same shall she she'd she'll should shouldn't since so some
    somebody someone something sometimes still such than that that's thats the their theirs them themselves then
    there there's therefore these they they'd they'll they're they've thing things this those though through thus to
    together too toward towards two under unless until up upon us very via was wasn't we we'd we'll we're we've well
    were weren't what what's whatever when where whereas whether which while who whole whom whose why will with
    within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself
    """
)

COMMON = _listed(
    """
    able accept accepted actually agree allow allowed answer argue argues argument article ask asked author bad
    become begin believe believes best better big bring call called calls came case cause certain change changed
    changes claim claims clear close come comes common complete completely consider considered continue continued
    continues could countries country course current currently day days decide decision different difficult direct
    does doing done due early easy effect effective effectively effort end evidence example explain explained
    explains fact fail fear feel few find first focus followed following force former found full future gave give
    given gives giving good great group hand hard has help helps high hope however idea important include increase
    increasing issue issues keep keeps kept kind know known large last late later lead leader leaders learn least
    leave left less level likely little live long look looks lose made main major make makes making man many matter
    mean means mention mentioned mentions money month months move moved must name nation nations near necessary need
    needed needs new next number official officials old open opinion order others paragraph part past people person
    place plan point possible power powerful present problem problems prove proved public put question questions
    quote reach read real reason reasons recent recently result right role said saw say saying says second see seem
    seems seen sentence set several show showed shows side similarly simple single small so-called solution solve
    start started starting state states step steps stop stopped stopping strong stronger support sure take taken
    takes taking talk talking talks tell tells term text thing think thinks third thought three time times today
    took tried tries true truly try trying turn understand unfair use used uses using very want wanted wants war way
    ways week weeks went whole willing won word words work working works world write writes wrong year years young
    """
)
