"""Questions about the shipped article as students ask them, labelled by hand.

Where it answers: the paragraphs that do, and words of the sentence that is to come first. The rules were made while
looking at `TUNED` alone; `HELD_BACK` was written beside it and tells how they do on questions that nobody looked at.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the article answers."""

    question: str
    paragraphs: frozenset[int]
    words: str = ""


def _asked(question: str, *paragraphs: int, words: str = "") -> Asked:
    return Asked(question, frozenset(paragraphs), words)


TUNED = (
    _asked("¶3", 3, words="Deep economic turmoil"),
    _asked("paragraph 2", 2, words="For any future success"),
    _asked("where does it say China", 2, 3, 5, words="China"),
    _asked("what did Moon say", 3, words="Kim Jong-un will give up his weapons"),
    _asked("who is Eleanor Albert", 2, words="Council on Foreign Relations journalist"),
    _asked("when did China back sanctions", 2, words="2006"),
    _asked("why did trade collapse", 3, words="Deep economic turmoil"),
    _asked("does it mention Japan?", 1, words="Japan"),
    _asked("What did Blinken say about China?", 2, words="critical role to play"),
    _asked("how many missile tests were there on January 17?", 1, words="two ballistic missile tests"),
    _asked("Where does the article talk about COVID-19?", 3, 5, words="19"),
    _asked("Who explained that China's punitive steps were restrained?", 2, words="Eleanor Albert"),
    _asked("what does North Korea claim about its missile tests", 1, words="solely for defensive purposes"),
    _asked("what is Resolution 1718", 2, words="Resolution 1718"),
    _asked("why does Biden's approach work, is his laid-back approach acceptable?", 4, words="laid-back approach"),
    _asked("What happened in November 2017?", 2, words="November of 2017"),
    _asked("did Biden ask for denuclearisation?", 5, words="denuclearization"),
    _asked("how many officials were to be sanctioned?", 2, words="five North Korean officials"),
    _asked("What does S. Paul Choi say?", 4, words="We’re still in this game"),
    _asked("does the article say anything about the American homeland", 4, words="American homeland"),
    _asked("what does the last paragraph say about debt?", 5, words="debt"),
    _asked("par. 4", 4, words="Despite a widespread fear"),
    _asked("Where is a blank check mentioned?", 2, words="blank check"),
    _asked("who is Anthony Blinken?", 2, words="Secretary of State"),
    _asked("what did the South Korean president emphasize?", 3, words="past three years"),
    _asked("in which year did china back resolution 1718", 2, words="2006"),
    _asked("why did china delay the sanctions", 2, words="more time to study"),
    _asked("Does it mention Beijing?", 2, words="Beijing"),
    _asked("who is the benefactor of North Korea", 2, words="benefactor"),
    _asked("How many Security Council members defended their decision?", 2, words="seven UN Security Council members"),
    _asked("who did Biden want the UN to blacklist", 5, words="blacklist"),
    _asked("is a border closure mentioned", 5, words="border closure"),
    _asked("what did analysts say about negotiations?", 3, words="haven’t really gone anywhere"),
    _asked("what do some people think the missile launches are for? pressure, concessions?", 4, words="concessions"),
    _asked("Which country has significant influence over North Korea's economy?", 2, words="significant influence"),
    _asked("What did the United States, Japan and South Korea do after the tests in January?", 1, words="Japan"),
    _asked("how should the US strengthen ties with neighbours?", 1, words="strengthen ties"),
    _asked("did North Korea loosen restrictions on trade", 3, words="loosening of restrictions"),
    _asked("what has North Korea isolated itself from", 1, words="isolated itself"),
    _asked("where does it say that North Korea struggles with isolation and debt", 5, words="mounting debt"),
    _asked("what is the nuclear warfare program used for", 5, words="nuclear warfare program"),
    _asked("who was a military official?", 4, words="Choi"),
)

HELD_BACK = (
    _asked("4th paragraph please", 4, words="Despite a widespread fear"),
    _asked("@ what's in paragraph 1 about sanctions", 1, words="sanctions"),
    _asked("Which countries issued statements?", 1, words="issued statements"),
    _asked("are the missiles hard to detect?", 1, words="harder to detect"),
    _asked("what did the UN Security Council forbid", 1, words="forbidding"),
    _asked("Is Biden willing to negotiate with Kim?", 1, words="willingness to negotiate"),
    _asked("who is Moon Jae-in?", 3, words="South Korean president Moon Jae-in"),
    _asked("what does Anthony Blinken explain", 2, words="critical role to play"),
    _asked("where is Washington mentioned", 3, words="Washington"),
    _asked("when were the missile launches in January?", 1, 5, words="January"),
    _asked("how many years of experience does Moon speak of", 3, words="past three years"),
    _asked("Why did North Korea continue its nuclear program?", 5, words="soften this debt"),
    _asked("does it mention the Council on Foreign Relations", 2, words="Council on Foreign Relations"),
    _asked("what incentives should Washington provide", 3, words="right incentives"),
    _asked("where does it say China watered down resolutions", 2, words="watered down"),
    _asked("are North Korean threats a scare tactic?", 4, words="scare-tactic"),
    _asked("what domestic issues does North Korea face", 5, words="plethora of domestic issues"),
    _asked("did North Korea officially communicate with the United States?", 5, words="officially communicate"),
    _asked("What did Choi explain about North Korea's capabilities?", 4, words="advancing our capabilities"),
    _asked('who is "chief financial and political benefactor"', 2, words="benefactor"),
    _asked("did it test a nuclear weapon in 2006", 2, words="2006"),
    _asked("why is China important for negotiations? its influence", 2, words="China"),
)

REFUSED_TUNED = (
    "When was Kim Jong Un born?",
    "does it mention Germany?",
    "What did Putin say?",
    "How many nuclear weapons does North Korea have?",
    "what did Kim Jong Un say",
    "what is the capital of Japan",
    "Who won the election in 2020?",
    "How far can the missiles fly?",
    "What did Biden say about climate change?",
    "does the article say anything about football",
    "When did the Korean War end?",
    "Is Trump mentioned?",
    "how many people live in North Korea",
    "What did Xi Jinping say about the sanctions?",
    "¶9",
    "who invented the ballistic missile",
    "What happened in 2012?",
    "Why did the Soviet Union collapse?",
    "how much does a missile cost",
    "does it talk about human rights in North Korea?",
    "what did Eleanor Albert say about Japan",
    "where does it say that Russia helped",
)

REFUSED_HELD_BACK = (
    "Who is the president of France?",
    "when did Moon become president?",
    "does it mention submarines",
    "what did Obama do about North Korea",
    "How old is Kim Jong Un?",
    "paragraph 12",
    "what is the name of the missile",
    "what did Japan say about China",
    "Which religion do people in Pyongyang have?",
    "how many soldiers does South Korea have",
    "where does it say the sanctions were lifted in 2018",
    "Did the United States attack North Korea?",
    "why does Kim dislike Biden",
    "when was the United Nations founded",
    "does the text mention a peace treaty?",
)
