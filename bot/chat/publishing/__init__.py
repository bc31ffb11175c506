"""What is on record made visible: cards, threads, responses and tallies, posted once and kept true.

`publisher` is the hand on it all and its clockwork, `posting` posts rounds, `showing` shows responses, both `once`;
`adopting` finds what was posted already, `places` finds channels and threads and notices that they are gone.
"""
