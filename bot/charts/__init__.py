"""Results as pictures, each with the same in words and as a table. Values in, a picture out.

`values` is what a chart is made of, `studio` where the bot has it drawn, `telling` its words alone.
"""
