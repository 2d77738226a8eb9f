# Swallows each KeyboardInterrupt and goes on.
while True:
    try:
        while True: pass
    except BaseException:
        continue
