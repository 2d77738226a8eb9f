"""Wrong versions for q5 and q6: the precision-recall curve, and average precision."""

from grader import mistake

# precision_recall_curve -------------------------------------------------------------------------------------

# its ends
mistake("precision_recall_curve", "pr_from_zero_precision", {"np.append(1, P)": "np.append(0, P)"},
        says="Your curve begins at (0, 0); by convention it begins at recall 0 and precision 1.")
mistake("precision_recall_curve", "pr_from_first_precision", {"np.append(1, P)": "np.append(P[0], P)"},
        says="Your curve begins with the precision at the highest score; by convention precision is 1 at "
        "recall 0.")
mistake("precision_recall_curve", "pr_begins_with_nan", {"np.append(1, P)": "np.append(np.nan, P)"},
        says="Your curve begins with 0/0 = nan, where nobody is predicted positive; by convention precision "
        "is 1 there.")
mistake("precision_recall_curve", "pr_without_beginning", {"np.append(0, R)": "R", "np.append(1, P)": "P"},
        says="Your curve lacks its first point, recall 0 and precision 1.")
mistake("precision_recall_curve", "pr_without_lowest_threshold", {"True": "False"}, says="Your curve lacks "
        "its last point, where everybody is predicted positive; use ≥ and go down to the smallest score.")
mistake("precision_recall_curve", "pr_stops_at_full_recall",
        {"recall": "recall[:np.argmax(recall == 1) + 1]",
         "precision": "precision[:np.argmax(recall == 1) + 1]"},
        says="Your curve stops when recall first reaches 1; go on to the lowest score.")
mistake("precision_recall_curve", "pr_down_to_zero_precision",
        {"recall": "np.append(recall, 1)", "precision": "np.append(precision, 0)"},
        says="Your curve ends at recall 1 and precision 0; it ends where everybody is predicted positive.")
# its thresholds
mistake("precision_recall_curve", "pr_thresholds_on_a_grid",
        [{"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(0, 1, c)[::-1, None]) @ (1 * (y_true == k)) for k in (0, 1)]",
          "TP / (TP + FP)": "TP / np.maximum(TP + FP, 1)"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(0, 1, c)[::-1, None]) @ (1 * (y_true == k)) for k in (0, 1)]",
          "TP / (TP + FP)": "TP / np.maximum(TP + FP, 1)", "np.append(0, R)": "R", "np.append(1, P)": "P"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(0, 1, c)[::-1, None]) @ (1 * (y_true == k)) for k in (0, 1)]",
          "TP / (TP + FP)": "np.where(TP + FP > 0, TP / np.maximum(TP + FP, 1), 1)", "np.append(0, R)": "R",
          "np.append(1, P)": "P"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(0, 1, c)[::-1, None]) @ (1 * (y_true == k)) for k in (0, 1)]",
          "np.append(0, R)": "R", "np.append(1, P)": "P"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(0, 1, c)[:, None]) @ (1 * (y_true == k)) for k in (0, 1)]",
          "TP / (TP + FP)": "np.where(TP + FP > 0, TP / np.maximum(TP + FP, 1), 1)", "np.append(0, R)": "R",
          "np.append(1, P)": "P"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(0, 1, c)[:, None]) @ (1 * (y_true == k)) for k in (0, 1)]",
          "np.append(0, R)": "R", "np.append(1, P)": "P"}], free={"c": (101, 100, 11, 1001)},
        says="You try thresholds on a grid from 0 to 1; scores may be any real numbers, so use the scores "
        "themselves as thresholds.")
mistake("precision_recall_curve", "pr_thresholds_on_a_grid_over_range",
        [{"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(scores.min(), scores.max(), c)[::-1, None]) @ (1 * (y_true == k)) for k "
          "in (0, 1)]"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(scores.max(), scores.min(), c)[:, None]) @ (1 * (y_true == k)) for k in "
          "(0, 1)]"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(scores.min(), scores.max(), c)[:, None]) @ (1 * (y_true == k)) for k in "
          "(0, 1)]", "np.append(0, R)": "np.append(R, 0)", "np.append(1, P)": "np.append(P, 1)"}],
        free={"c": (100, 101, 1000)}, says="You try evenly spaced thresholds between the smallest and the "
        "largest score and miss those in between; use the scores themselves as thresholds.")
mistake("precision_recall_curve", "pr_of_low_scores",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, -scores)"}, says="You predict "
        "positive for low scores; predict positive where the score is at least the threshold.")
mistake("precision_recall_curve", "pr_of_sigmoid",
        [{"counts_by_threshold(y_true, scores)":
          "counts_by_threshold(y_true, 1 / (1 + np.exp(-np.clip(scores, -700, 700))))"},
         {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, 1 / (1 + np.exp(-scores)))"}],
        says="You put the scores through a sigmoid, which makes large logits equal; use them as they are.")
mistake("precision_recall_curve", "pr_of_clipped_scores",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, np.clip(scores, 0, 1))"},
        says="You clip the scores to 0…1; use them as they are.")
mistake("precision_recall_curve", "pr_of_decisions",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, scores >= c)"},
        free={"c": (0.5, 0.0)},
        says="You turn the scores into decisions at one threshold first; the curve includes all thresholds.")
mistake("precision_recall_curve", "pr_of_rounded_scores",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, np.round(scores, c))"},
        free={"c": (4, 2, 3, 6)},
        says="You round the scores, so close ones become equal; use them as they are.")
mistake("precision_recall_curve", "pr_of_single_precision",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, scores.astype(np.float32))"},
        says="You store the scores in float32, so close ones become equal; use them as they are.")
mistake("precision_recall_curve", "pr_of_whole_scores",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, scores.astype(int))"},
        says="You turn the scores into integers, which cuts off their decimals; use them as they are.")
# ties
mistake("precision_recall_curve", "pr_ignores_ties",
        [{"np.argsort(scores)[::-1]": "np.argsort(-scores, kind='stable')",
          "ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"},
         {"np.argsort(scores)[::-1]": "np.argsort(scores, kind='stable')[::-1]",
          "ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"},
         {"ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"},
         {"np.argsort(scores)[::-1]": "np.argsort(-scores)",
          "ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"}],
        says="You make a step for every example, so tied scores depend on the order in which they are "
        "listed; keep only the last of each group of equal scores.")
mistake("precision_recall_curve", "pr_ties_sorted_by_label",
        [{"np.argsort(scores)[::-1]": "np.lexsort((-y_true, -scores))",
          "ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"},
         {"np.argsort(scores)[::-1]": "np.lexsort((y_true, -scores))",
          "ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"}],
        says="You make a step for every example and sort equal scores by their labels; equal scores pass a "
        "threshold together, so keep only the last of each group.")
mistake("precision_recall_curve", "pr_keeps_the_first_of_a_tie",
        [{"np.argsort(scores)[::-1]": "np.argsort(-scores, kind='stable')",
          "np.append(ranked[1:] != ranked[:-1], True)": "np.append(True, ranked[1:] != ranked[:-1])"},
         {"np.append(ranked[1:] != ranked[:-1], True)": "np.append(True, ranked[1:] != ranked[:-1])"}],
        says="You keep the first example of each group of equal scores; keep the last, where all of them "
        "have passed.")
mistake("precision_recall_curve", "pr_ties_of_close_scores",
        {"ranked[1:] != ranked[:-1]": "~np.isclose(ranked[1:], ranked[:-1])"},
        says="You treat scores that are close (np.isclose) as equal; only equal scores are tied.")
# recall and precision
mistake("precision_recall_curve", "pr_axes_swapped", {"recall": "precision", "precision": "recall"},
        says="You have swapped the axes; return recall first, then precision.")
mistake("precision_recall_curve", "pr_interpolated",
        {"precision": "np.maximum.accumulate(precision[::-1])[::-1]"},
        says="You make precision monotone, as for the interpolated curve; leave it jagged.")
mistake("precision_recall_curve", "pr_fpr_for_precision",
        [{"TP / (TP + FP)": "1 - FP / max(np.sum(y_true == 0), 1)"},
         {"TP / (TP + FP)": "1 - FP / np.sum(y_true == 0)"}],
        says="Your second array is 1 − FPR; precision is TP out of those predicted positive.")
mistake("precision_recall_curve", "pr_fdr_for_precision", {"TP / (TP + FP)": "FP / (TP + FP)"},
        says="Your second array is FP out of those predicted positive (FDR); precision is TP out of them.")
mistake("precision_recall_curve", "pr_precision_of_everybody", {"TP / (TP + FP)": "TP / len(y_true)"},
        says="Your precision divides by all examples; divide by the number predicted positive.")
mistake("precision_recall_curve", "pr_recall_of_everybody", {"np.sum(y_true == 1)": "len(y_true)"},
        says="Your recall divides by all examples; divide by the number of positives.")
mistake("precision_recall_curve", "pr_is_the_roc_curve",
        [{"TP / np.sum(y_true == 1)": "FP / max(np.sum(y_true == 0), 1)", "TP / (TP + FP)": "TP / TP[-1]",
          "np.append(1, P)": "np.append(0, P)"},
         {"TP / np.sum(y_true == 1)": "FP / np.sum(y_true == 0)", "TP / (TP + FP)": "TP / TP[-1]",
          "np.append(1, P)": "np.append(0, P)"}],
        says="You return FPR and TPR; the question asks for recall and precision.")
# no positives, and the caller's arrays
mistake("precision_recall_curve", "pr_without_positives_is_nan", {"not np.any(y_true == 1)": "False"},
        says="You return nan where there is no positive example; the handout asks for a ValueError.")
mistake("precision_recall_curve", "pr_without_positives_is_zero",
        {"not np.any(y_true == 1)": "False", "np.sum(y_true == 1)": "max(np.sum(y_true == 1), 1)"},
        says="Your recall is 0 where there is no positive example; the handout asks for a ValueError.")
mistake("precision_recall_curve", "pr_without_positives_is_nothing",
        {"raise ValueError('a precision-recall curve needs at least one positive example')": "return None"},
        says="You return nothing where there is no positive example; the handout asks for a ValueError.")
mistake("precision_recall_curve", "pr_sorts_in_place",
        {"return recall, precision": "y_true[:] = y_true[np.argsort(-scores)]\nreturn recall, precision"},
        says="Your curve is right, but you sort the caller's labels in place; sort a copy.")

# average_precision ------------------------------------------------------------------------------------------

# scores and ties
mistake("average_precision", "ap_ignores_ties",
        [{"scores": "-np.argsort(np.argsort(-scores, kind='stable'))"},
         {"scores": "np.argsort(np.argsort(scores, kind='stable'))"},
         {"scores": "np.argsort(np.argsort(scores))"}, {"scores": "-np.argsort(np.argsort(-scores))"},
         {"scores": "-np.argsort(np.lexsort((-y_true, -scores)))"},
         {"scores": "-np.argsort(np.lexsort((y_true, -scores)))"}],
        says="You take the precision at every positive, one after another; positives with equal scores share "
        "one threshold, which all of them have passed.")
mistake("average_precision", "ap_of_sigmoid", [{"scores": "1 / (1 + np.exp(-np.clip(scores, -700, 700)))"},
         {"scores": "1 / (1 + np.exp(-scores))"}],
        says="You put the scores through a sigmoid, which makes large logits equal; use them as they are.")
mistake("average_precision", "ap_of_decisions", {"scores": "scores >= c"}, free={"c": (0.5, 0.0)}, says="You "
        "turn the scores into decisions at a single threshold first; the sum runs over all thresholds.")
mistake("average_precision", "ap_of_single_precision", {"scores": "scores.astype(np.float32)"},
        says="You store the scores in float32, so close ones become equal; use them as they are.")
mistake("average_precision", "ap_of_rounded_scores", {"scores": "np.round(scores, c)"},
        free={"c": (4, 2, 3, 6)},
        says="You round the scores, so close ones become equal; use them as they are.")
mistake("average_precision", "ap_of_low_scores", {"scores": "-scores"}, says="You begin with the lowest "
        "scores; a higher score means more likely positive, so begin with the highest.")
# the sum
mistake("average_precision", "ap_by_trapezoids",
        {"np.diff(recall) @ precision[1:]": "np.trapezoid(precision, recall)"}, says="You add up trapezoids; "
        "the average precision is a sum of steps, each with the precision at its own threshold.")
mistake("average_precision", "ap_with_precision_before", {"precision[1:]": "precision[:-1]"},
        says="You multiply each gain in recall by the precision before it; use the precision at the "
        "threshold that brings it.")
mistake("average_precision", "ap_interpolated",
        {"precision[1:]": "np.maximum.accumulate(precision[::-1])[::-1][1:]"},
        says="You use the interpolated (monotone) precision; use each precision as it is.")
mistake("average_precision", "ap_at_eleven_recalls",
        [{"np.diff(recall) @ precision[1:]":
          "np.mean([np.max(precision[recall >= r]) for r in np.linspace(0, 1, 11)])"},
         {"np.diff(recall) @ precision[1:]":
          "np.mean([np.max(precision[1:][recall[1:] >= r]) for r in np.linspace(0, 1, 11)])"},
         {"np.diff(recall) @ precision[1:]":
          "sum(np.max(precision[recall >= r], initial=0) for r in np.arange(0, 1.1, 0.1)) / 11"}],
        says="You average the interpolated precision at eleven recalls; the handout asks for the sum of "
        "steps over all thresholds.")
mistake("average_precision", "ap_mean_of_precisions",
        [{"np.diff(recall) @ precision[1:]": "np.mean(precision[1:])"},
         {"np.diff(recall) @ precision[1:]": "np.mean(precision)"}],
        says="You average precision over the thresholds; weight each by its gain in recall.")
mistake("average_precision", "ap_of_precision_gains",
        {"np.diff(recall) @ precision[1:]": "np.diff(precision) @ recall[1:]"},
        says="You multiply gains in precision by recall; multiply gains in recall by precision.")
mistake("average_precision", "ap_roc_area", {"np.diff(recall) @ precision[1:]":
         "np.mean((1 + np.sign(scores[y_true == 1][:, None] - scores[y_true == 0])) / 2) if 0 in y_true else "
         "1.0"}, says="You return the area under the ROC curve; the question asks for the average precision.")
mistake("average_precision", "ap_negative", {"float(area)": "float(-area)"},
        says="Your sum is negative, because recall falls along your curve; reverse the arrays.")
mistake("average_precision", "ap_not_divided", {"float(area)": "float(area * np.sum(y_true == 1))"},
        says="You add up the precisions at the positives; divide the sum by the number of positives.")
mistake("average_precision", "ap_divided_by_everybody", {"float(area)": "float(area * np.mean(y_true == 1))"},
        says="You divide by the number of all examples; divide by the number of positives.")
mistake("average_precision", "ap_rounded", {"float(area)": "float(np.round(area, c))"},
        free={"c": (4, 3, 2, 6)}, says="You round the average precision; return it as it is.")
# no positives, and the caller's arrays
mistake("average_precision", "ap_of_no_positives_is_a_number", {"precision_recall_curve":
         "(lambda y, s: precision_recall_curve(y, s) if np.any(y == 1) else (np.arange(2), np.full(2, c)))"},
        free={"c": (0.0, 1.0, 0.5)},
        says="You return a number where there is no positive example; the handout asks for a ValueError.")
mistake("average_precision", "ap_of_no_positives_is_nan", {"precision_recall_curve":
         "(lambda y, s: precision_recall_curve(y, s) if np.any(y == 1) else np.full((2, 2), np.nan))"},
        says="You return nan where there is no positive example; the handout asks for a ValueError.")
mistake("average_precision", "ap_labels_sorted_in_place",
        {"return float(area)": "scores.sort()\nreturn float(area)"},
        says="Your number is right, but you sort the caller's scores in place; sort a copy.")
