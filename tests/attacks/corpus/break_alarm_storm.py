# Has an alarm every fifty microseconds raise an exception wherever the answering side happens to be.
# wall: none
# waits
import signal
def storm(*_):
    raise OSError("LEAK")
signal.signal(signal.SIGALRM, storm)
signal.signal(signal.SIGVTALRM, storm)
def logits(X, W, b):
    signal.setitimer(signal.ITIMER_REAL, 5e-5, 5e-5)
def softmax(z):
    signal.setitimer(signal.ITIMER_VIRTUAL, 5e-5, 5e-5)
    return z
