# Stops the world with a thread that never yields, and closes the channel from below.
# wall: none
import os, sys
sys.setswitchinterval(10 ** 6)
os.closerange(0, 256)
