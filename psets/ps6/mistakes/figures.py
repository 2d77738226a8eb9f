"""Wrong versions for q2 and q4: training curves and ROC curves."""

from grader import mistake

# plot_training ----------------------------------------------------------------------------------------------

mistake("plot_training", "training_from_zero", {"np.arange(1, len(training) + 1)": "np.arange(len(training))"},
        says="Your epochs count from 0; the first loss is that after epoch 1.")
mistake("plot_training", "training_one_epoch_too_few",
        {"ax.plot(epochs, training, label='training')": "ax.plot(epochs[1:], training[1:], label='training')",
         "ax.plot(epochs, validation, label='validation')":
         "ax.plot(epochs[1:], validation[1:], label='validation')"},
        says="You leave out the first epoch; draw all of them.")
mistake("plot_training", "training_labels_exchanged",
        {"ax.plot(epochs, training, label='training')": "ax.plot(epochs, training, label='validation')",
         "ax.plot(epochs, validation, label='validation')": "ax.plot(epochs, validation, label='training')"},
        says="You label the training loss as validation and the other way round; exchange the labels.")
mistake("plot_training", "training_alone", {"ax.plot(epochs, validation, label='validation')": "pass"},
        says="You draw the training loss alone; draw the validation loss too.")
mistake("plot_training", "training_on_a_linear_scale", {"ax.set(xlabel='epoch', ylabel='loss', yscale='log')":
         "ax.set(xlabel='epoch', ylabel='loss')"},
        says="Your loss axis is linear; make it logarithmic with ax.set_yscale('log').")
mistake("plot_training", "training_on_two_log_scales",
        {"ax.set(xlabel='epoch', ylabel='loss', yscale='log')":
         "ax.set(xlabel='epoch', ylabel='loss', xscale='log', yscale='log')"},
        says="Your epoch axis is logarithmic too; only the loss axis is.")
mistake("plot_training", "training_scale_of_epochs", {"ax.set(xlabel='epoch', ylabel='loss', yscale='log')":
         "ax.set(xlabel='epoch', ylabel='loss', xscale='log')"},
        says="You make the epoch axis logarithmic; it is the loss axis that should be.")
mistake("plot_training", "training_logarithms",
        {"ax.plot(epochs, training, label='training')": "ax.plot(epochs, np.log(training), label='training')",
         "ax.plot(epochs, validation, label='validation')":
         "ax.plot(epochs, np.log(validation), label='validation')",
         "ax.set(xlabel='epoch', ylabel='loss', yscale='log')":
         "ax.set(xlabel='epoch', ylabel='loss')"},
        says="You draw the losses' logarithms; draw the losses, and make the axis logarithmic.")
mistake("plot_training", "training_best_of_the_training_loss", {"np.argmin(validation)": "np.argmin(training)"},
        says="You mark the smallest training loss; mark the smallest validation loss.")
mistake("plot_training", "training_best_is_an_index", {"epochs[np.argmin(validation)]": "np.argmin(validation)"},
        says="You mark np.argmin itself, which counts from 0; the epoch is one more.")
mistake("plot_training", "training_last_of_the_best",
        {"epochs[np.argmin(validation)]": "epochs[len(validation) - 1 - np.argmin(validation[::-1])]"},
        says="Of several equal losses you mark the last; mark the first.")
mistake("plot_training", "training_worst_epoch", {"np.argmin": "np.argmax"},
        says="You mark the largest validation loss; mark the smallest.")
mistake("plot_training", "training_best_is_horizontal",
        {"ax.axvline(epochs[np.argmin(validation)], linestyle=':', label='best')":
         "ax.axhline(validation.min(), linestyle=':', label='best')"},
        says="You mark the smallest loss by a horizontal line; mark its epoch by a vertical one (ax.axvline).")
mistake("plot_training", "training_without_a_mark",
        {"ax.axvline(epochs[np.argmin(validation)], linestyle=':', label='best')": "pass"},
        says="You do not mark the best epoch; add a vertical line with ax.axvline.")
mistake("plot_training", "training_without_labels",
        {"ax.set(xlabel='epoch', ylabel='loss', yscale='log')": "ax.set_yscale('log')"},
        says="Your axes have no labels; set them with ax.set_xlabel and ax.set_ylabel.")
mistake("plot_training", "training_axes_exchanged",
        {"ax.set(xlabel='epoch', ylabel='loss', yscale='log')":
         "ax.set(xlabel='loss', ylabel='epoch', yscale='log')"},
        says="You exchange the labels of the axes; epochs run to the right.")
mistake("plot_training", "training_without_a_legend", {"ax.legend()": "pass"},
        says="Your figure has no legend; call ax.legend() after drawing.")
mistake("plot_training", "training_legend_too_early",
        {"epochs = np.arange(1, len(training) + 1)": "epochs = np.arange(1, len(training) + 1)\nax.legend([])",
         "ax.legend()": "pass"},
        says="You call ax.legend() before anything is drawn; call it last.")

# plot_roc ---------------------------------------------------------------------------------------------------

mistake("plot_roc", "roc_axes_exchanged",
        {"FPR, TPR = roc_points(y_true == c, P[:, c])": "TPR, FPR = roc_points(y_true == c, P[:, c])",
         "np.trapezoid(TPR, FPR)": "np.trapezoid(FPR, TPR)"},
        says="You draw false positive rates up; they run to the right.")
mistake("plot_roc", "roc_of_the_other_classes", {"y_true == c": "y_true != c"},
        says="You take the other classes as positive; class c itself is.")
mistake("plot_roc", "roc_of_the_first_class", {"P[:, c]": "P[:, 0]"},
        says="You take every class's scores from the first column; class c's are P[:, c].")
mistake("plot_roc", "roc_of_predictions", {"P[:, c]": "(P.argmax(axis=1) == c).astype(float)"},
        says="You take predictions as scores, which gives one threshold; take the probabilities P[:, c].")
mistake("plot_roc", "roc_area_in_percent",
        {"np.trapezoid(TPR, FPR)": "100 * np.trapezoid(TPR, FPR)"},
        says="You give areas in percent; give them as numbers from 0 to 1.")
mistake("plot_roc", "roc_area_of_the_other_axis", {"np.trapezoid(TPR, FPR)": "np.trapezoid(FPR, TPR)"},
        says="You exchange the arguments of np.trapezoid; it takes y first: np.trapezoid(TPR, FPR).")
mistake("plot_roc", "roc_area_by_points", {"np.trapezoid(TPR, FPR)": "TPR.mean()"},
        says="Your area is the mean of the true positive rates; integrate over the false positive rates with "
        "np.trapezoid(TPR, FPR).")
mistake("plot_roc", "roc_area_with_three_decimals", {"f'{name} (AUC {np.trapezoid(TPR, FPR):.2f})'":
         "f'{name} (AUC {np.trapezoid(TPR, FPR):.3f})'"},
        says="You give areas with three decimals; give them with two.")
mistake("plot_roc", "roc_without_areas", {"f'{name} (AUC {np.trapezoid(TPR, FPR):.2f})'": "name"},
        says="Your labels lack the areas, as in `first arm (AUC 0.95)`.")
mistake("plot_roc", "roc_without_names", {"f'{name} (AUC {np.trapezoid(TPR, FPR):.2f})'":
         "f'class {c} (AUC {np.trapezoid(TPR, FPR):.2f})'"},
        says="You label classes by their numbers; take their names.")
mistake("plot_roc", "roc_of_two_classes_only", {"enumerate(names)": "enumerate(names[:2])"},
        says="You draw two classes only; draw one curve for each name.")
mistake("plot_roc", "roc_without_chance", {"ax.plot([0, 1], [0, 1], ':', label='chance')": "pass"},
        says="You do not draw the line of chance, from (0, 0) to (1, 1).")
mistake("plot_roc", "roc_chance_without_a_label",
        {"ax.plot([0, 1], [0, 1], ':', label='chance')": "ax.plot([0, 1], [0, 1], ':')"},
        says="The line of chance has no label; add label='chance'.")
mistake("plot_roc", "roc_labels_exchanged",
        {"ax.set(xlabel='false positive rate', ylabel='true positive rate')":
         "ax.set(xlabel='true positive rate', ylabel='false positive rate')"},
        says="You exchange the labels of the axes; false positive rates run to the right.")
mistake("plot_roc", "roc_without_labels",
        {"ax.set(xlabel='false positive rate', ylabel='true positive rate')": "pass"},
        says="Your axes have no labels; set them with ax.set_xlabel and ax.set_ylabel.")
mistake("plot_roc", "roc_without_a_legend", {"ax.legend()": "pass"},
        says="Your figure has no legend; call ax.legend() after drawing.")
