"""Wrong versions for q1: a number. Wrong choices are named by what the suite says of each option."""

from grader import mistake

mistake("first_loss", "loss_in_bits", {"np.log(4)": "np.log2(4)"},
        says="Your loss is in bits; in nats it is the natural logarithm.")
mistake("first_loss", "loss_is_a_probability", {"np.log(4)": "1 / 4"},
        says="That is the probability of each class; the loss is minus its logarithm.")
mistake("first_loss", "loss_of_the_wrong_sign", {"np.log(4)": "-np.log(4)"},
        says="Your loss is negative; it is minus the logarithm of ¼.")
mistake("first_loss", "loss_of_two_classes", {"np.log(4)": "np.log(2)"},
        says="That is the loss with two classes; there are four.")
