# Swallows each KeyboardInterrupt and goes on.
# waits
while True:
    try:
        while True: pass
    except BaseException:
        continue
