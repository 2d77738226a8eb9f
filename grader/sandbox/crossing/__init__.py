"""What crosses the wall: the codec for values, the messages, and the channel that bounds them.

Both sides run this code; the trusted side believes nothing that arrives through it.
"""
