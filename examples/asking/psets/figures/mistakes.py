"""Wrong versions, each with the sentence its author should read."""

from grader import mistake

mistake(
    "plot_losses",
    "losses_on_a_linear_scale",
    {'axes.set_yscale("log")': "pass"},
    says="Your y axis is linear, which hides how the losses go on falling; call `ax.set_yscale('log')`.",
)
mistake("plot_losses", "logarithms_drawn",
        {"axes.plot(epochs, train, label='training')": "axes.plot(epochs, np.log10(train), label='training')",
         "axes.plot(epochs, test, label='test')": "axes.plot(epochs, np.log10(test), label='test')",
         'axes.set_yscale("log")': "pass"},
        says="You draw the logarithms of the losses; draw the losses, and give the axis a log scale.")
mistake("plot_losses", "epochs_from_zero", {"np.arange(1, len(train) + 1)": "np.arange(len(train))"},
        says="Your epochs start at 0; the first epoch is 1.")
mistake("plot_losses", "no_legend", {"axes.legend()": "pass"},
        says="You label the lines, but show no legend; call `ax.legend()`.")
mistake("plot_losses", "only_the_training_loss", {"axes.plot(epochs, test, label='test')": "pass"},
        says="You draw the training loss alone; the test loss is the line that shows overfitting.")
