"""A room to rehearse in without a token: the unchanged bot on a simulated Discord."""
