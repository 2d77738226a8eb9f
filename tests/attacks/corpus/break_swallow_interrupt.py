# Swallows each KeyboardInterrupt and goes on.
# wall: none
# waits
while True:
    try:
        while True: pass
    except BaseException:
        continue
