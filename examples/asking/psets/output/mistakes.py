"""Wrong versions, each with the sentence its author should read."""

from grader import mistake

mistake("report", "report_from_epoch_zero",
        {"enumerate(losses, start=1)": "enumerate(losses)", "accuracies[epoch - 1]": "accuracies[epoch]",
         "best + 1": "best"},
        says="Your epochs start at 0; the first epoch is 1.")
mistake("report", "accuracy_as_a_share", {"100 * accuracies[epoch - 1]": "accuracies[epoch - 1]"},
        says="You print the accuracy as a share with a percent sign; multiply it by 100.")
mistake("report", "best_by_the_loss", {"accuracies[i]": "losses[i]"},
        says="You take the epoch with the largest loss; the best one has the largest accuracy.")
mistake("save_losses", "file_without_a_header", {"writer.writerow(['epoch', 'loss'])": "pass"},
        says="Your file has no first line with the names of its columns.")
mistake("save_losses", "rounded_losses", {"float(loss)": "round(float(loss), 2)"},
        says="You round the losses before you write them; write all digits.")
