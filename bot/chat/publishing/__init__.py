"""What is on record made visible: cards, threads, notices, responses and summaries, posted once and kept true.

`publisher` is the hand on it all and its clockwork, `posting` posts rounds, `announcing` their phases, `showing` shows
responses, all `once`; `adopting` finds what was posted already, `places` finds channels and threads and notices that
they are gone, `pictures` posts a picture or does without, `tidying` purges what is past its period,
`under_way` keeps what goes on when nobody waits for it.
"""
