"""Wrong versions for q3 and q4: the ROC curve, and the area under it."""

from grader import mistake

# roc_curve --------------------------------------------------------------------------------------------------

# its ends
mistake("roc_curve", "roc_without_origin", {"np.append(0, FP)": "FP", "np.append(0, TP)": "TP"},
        says="Your curve does not begin at (0, 0); begin with a threshold above all scores.")
mistake("roc_curve", "roc_without_end", {"True": "False"}, says="Your curve does not reach (1, 1); at the "
        "lowest threshold everybody passes, so use ≥ and go down to the smallest score.")
# its thresholds
mistake("roc_curve", "roc_thresholds_on_a_grid",
        [{"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(0, 1, c)[::-1, None]) @ (1 * (y_true == k)) for k in (0, 1)]"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(0, 1, c)[::-1, None]) @ (1 * (y_true == k)) for k in (0, 1)]",
          "np.append(0, FP)": "FP", "np.append(0, TP)": "TP"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(0, 1, c)[:, None]) @ (1 * (y_true == k)) for k in (0, 1)]",
          "np.append(0, FP)": "FP", "np.append(0, TP)": "TP"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.arange(1, -0.5 / (c - 1), -1 / (c - 1))[:, None]) @ (1 * (y_true == k)) for k in "
          "(0, 1)]", "np.append(0, FP)": "FP", "np.append(0, TP)": "TP"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.arange(0, 1, 1 / c)[:, None]) @ (1 * (y_true == k)) for k in (0, 1)]",
          "np.append(0, FP)": "FP", "np.append(0, TP)": "TP"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores > np.linspace(0, 1, c)[:, None]) @ (1 * (y_true == k)) for k in (0, 1)]",
          "np.append(0, FP)": "FP", "np.append(0, TP)": "TP"}], free={"c": (101, 100, 11, 1001)},
        says="You try thresholds on a grid from 0 to 1; scores may be any real numbers, so use the scores "
        "themselves as thresholds.")
mistake("roc_curve", "roc_thresholds_on_a_grid_over_range",
        [{"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(scores.min(), scores.max(), c)[::-1, None]) @ (1 * (y_true == k)) for k "
          "in (0, 1)]"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(scores.max(), scores.min(), c)[:, None]) @ (1 * (y_true == k)) for k in "
          "(0, 1)]"},
         {"counts_by_threshold(y_true, scores)":
          "[(scores >= np.linspace(scores.min(), scores.max(), c)[:, None]) @ (1 * (y_true == k)) for k in "
          "(0, 1)]", "np.append(0, FP)": "np.append(FP, 0)", "np.append(0, TP)": "np.append(TP, 0)"}],
        free={"c": (100, 101, 1000)}, says="You try evenly spaced thresholds between the smallest and the "
        "largest score and miss those in between; use the scores themselves as thresholds.")
mistake("roc_curve", "roc_low_scores_positive",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, -scores)"}, says="You predict "
        "positive for low scores; predict positive where the score is at least the threshold.")
mistake("roc_curve", "roc_of_sigmoid",
        [{"counts_by_threshold(y_true, scores)":
          "counts_by_threshold(y_true, 1 / (1 + np.exp(-np.clip(scores, -700, 700))))"},
         {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, 1 / (1 + np.exp(-scores)))"}],
        says="You put the scores through a sigmoid, which makes large logits equal; use the scores as they "
        "are.")
mistake("roc_curve", "roc_of_clipped_scores",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, np.clip(scores, 0, 1))"},
        says="You clip the scores to 0…1; use them as they are.")
mistake("roc_curve", "roc_of_decisions",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, scores >= c)"},
        free={"c": (0.5, 0.0)},
        says="You turn the scores into decisions at one threshold first; the curve includes all thresholds.")
mistake("roc_curve", "roc_of_rounded_scores",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, np.round(scores, c))"},
        free={"c": (4, 2, 3, 6)},
        says="You round the scores, so close ones become equal; use them as they are.")
mistake("roc_curve", "roc_of_single_precision",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, scores.astype(np.float32))"},
        says="You store the scores in float32, so close ones become equal; use them as they are.")
mistake("roc_curve", "roc_of_whole_scores",
        {"counts_by_threshold(y_true, scores)": "counts_by_threshold(y_true, scores.astype(int))"},
        says="You turn the scores into integers, which cuts off their decimals; use them as they are.")
# ties
mistake("roc_curve", "roc_ignores_ties",
        [{"np.argsort(scores)[::-1]": "np.argsort(-scores, kind='stable')",
          "ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"},
         {"np.argsort(scores)[::-1]": "np.argsort(scores, kind='stable')[::-1]",
          "ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"},
         {"ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"},
         {"np.argsort(scores)[::-1]": "np.argsort(-scores)",
          "ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"}],
        says="You make a step for every example, so tied scores depend on the order in which they are "
        "listed; keep only the last of each group of equal scores.")
mistake("roc_curve", "roc_ties_sorted_by_label",
        [{"np.argsort(scores)[::-1]": "np.lexsort((-y_true, -scores))",
          "ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"},
         {"np.argsort(scores)[::-1]": "np.lexsort((y_true, -scores))",
          "ranked[1:] != ranked[:-1]": "ranked[1:] == ranked[1:]"}],
        says="You make a step for every example and sort equal scores by their labels; equal scores pass a "
        "threshold together, so keep only the last of each group.")
mistake("roc_curve", "roc_keeps_the_first_of_a_tie",
        [{"np.argsort(scores)[::-1]": "np.argsort(-scores, kind='stable')",
          "np.append(ranked[1:] != ranked[:-1], True)":
          "np.append(np.append(True, ranked[1:] != ranked[:-1])[:-1], True)"},
         {"np.argsort(scores)[::-1]": "np.argsort(-scores, kind='stable')",
          "np.append(ranked[1:] != ranked[:-1], True)": "np.append(True, ranked[1:] != ranked[:-1])"},
         {"np.append(ranked[1:] != ranked[:-1], True)": "np.append(True, ranked[1:] != ranked[:-1])"}],
        says="You keep the first example of each group of equal scores; keep the last, where all of them "
        "have passed.")
mistake("roc_curve", "roc_ties_of_close_scores",
        {"ranked[1:] != ranked[:-1]": "~np.isclose(ranked[1:], ranked[:-1])"},
        says="You treat scores that are close (np.isclose) as equal; only equal scores are tied.")
# the rates
mistake("roc_curve", "roc_axes_swapped", {"FPR": "TPR", "TPR": "FPR"},
        says="You have swapped the axes; return FPR first, then TPR.")
mistake("roc_curve", "roc_specificity_for_fpr", {"FPR": "1 - FPR"},
        says="Your first array is the specificity, 1 − FPR; return FPR.")
mistake("roc_curve", "roc_miss_rate_for_tpr", {"TPR": "1 - TPR"},
        says="Your second array is the miss rate, 1 − TPR; return TPR.")
mistake("roc_curve", "roc_fdr_for_fpr", [{"np.sum(y_true == 0)": "np.maximum(np.append(0, FP + TP), 1)"},
         {"np.sum(y_true == 0)": "np.append(0, FP + TP)"}], says="Your first array is FP out of those "
        "predicted positive (FDR); divide by the number of negatives.")
mistake("roc_curve", "roc_precision_for_tpr",
        [{"np.sum(y_true == 1)": "np.maximum(np.append(0, FP + TP), 1)"},
         {"np.sum(y_true == 1)": "np.append(0, FP + TP)"}], says="Your second array is TP out of those "
        "predicted positive (precision); divide by the number of positives.")
mistake("roc_curve", "roc_divided_by_everybody",
        {"np.sum(y_true == 0)": "len(y_true)", "np.sum(y_true == 1)": "len(y_true)"}, says="You divide by "
        "the number of all examples; divide FP by the number of negatives and TP by the number of positives.")
mistake("roc_curve", "roc_denominators_swapped",
        {"np.sum(y_true == 0)": "np.sum(y_true)", "np.sum(y_true == 1)": "np.sum(1 - y_true)"}, says="You "
        "divide FP by the number of positives and TP by that of negatives; divide each by its own class.")
mistake("roc_curve", "roc_of_counts", {"np.sum(y_true == 0)": "1", "np.sum(y_true == 1)": "1"},
        says="You return counts; divide FP by the number of negatives and TP by the number of positives.")
mistake("roc_curve", "roc_inverts_integers",
        [{"y_true[order] == 0": "~y_true[order]", "np.sum(y_true == 0)": "FP[-1]"},
         {"y_true[order] == 0": "~y_true[order]"}],
        says="~y on integers is −y − 1, not the other class; write y == 0 or 1 - y.")
# a single class, and the caller's arrays
mistake("roc_curve", "roc_of_one_class_is_nan",
        [{"not np.any(y_true == 1) or not np.any(y_true == 0)": "False"},
         {"not np.any(y_true == 1) or not np.any(y_true == 0)": "False",
          "np.append(0, FP) / np.sum(y_true == 0)": "np.append(0, FP / np.sum(y_true == 0))",
          "np.append(0, TP) / np.sum(y_true == 1)": "np.append(0, TP / np.sum(y_true == 1))"}],
        says="You return nan where a class has no example; the handout asks for a ValueError.")
mistake("roc_curve", "roc_of_one_class_is_zero",
        {"not np.any(y_true == 1) or not np.any(y_true == 0)": "False",
         "np.sum(y_true == 0)": "max(np.sum(y_true == 0), 1)",
         "np.sum(y_true == 1)": "max(np.sum(y_true == 1), 1)"}, says="You return zeros for the rate of a "
        "class that has no example; the handout asks for a ValueError.")
mistake("roc_curve", "roc_of_one_class_is_diagonal",
        {"raise ValueError('a ROC curve needs at least one positive and one negative example')":
         "return np.array([0, 1]), np.array([0, 1])"},
        says="You return the diagonal where a class has no example; the handout asks for a ValueError.")
mistake("roc_curve", "roc_of_one_class_is_nothing",
        {"raise ValueError('a ROC curve needs at least one positive and one negative example')":
         "return None"},
        says="You return nothing where a class has no example; the handout asks for a ValueError.")
mistake("roc_curve", "roc_of_positives_only_passes",
        [{"not np.any(y_true == 0)": "False", "np.sum(y_true == 0)": "max(np.sum(y_true == 0), 1)"},
         {"not np.any(y_true == 0)": "False"}],
        says="You raise an error without positives, but not without negatives; both classes are needed.")
mistake("roc_curve", "roc_sorts_in_place", {"return FPR, TPR": "scores.sort()\nreturn FPR, TPR"},
        says="Your curve is right, but you sort the caller's scores in place; sort a copy.")

# roc_auc ----------------------------------------------------------------------------------------------------

# scores and ties
mistake("roc_auc", "auc_ties_count_nothing", {"np.trapezoid(TPR, FPR)": "np.diff(FPR) @ TPR[:-1]"},
        says="You count a tie as lost; a tie counts one half.")
mistake("roc_auc", "auc_ties_count_fully", {"np.trapezoid(TPR, FPR)": "np.diff(FPR) @ TPR[1:]"},
        says="You count a tie as won; a tie counts one half.")
mistake("roc_auc", "auc_of_ranks_without_ties", [{"scores": "np.argsort(np.argsort(scores, kind='stable'))"},
         {"scores": "-np.argsort(np.argsort(-scores, kind='stable'))"},
         {"scores": "np.argsort(np.argsort(scores))"}, {"scores": "-np.argsort(np.argsort(-scores))"}],
        says="You rank tied scores one after another, so the area depends on the order of the examples; give "
        "ties their mean rank.")
mistake("roc_auc", "auc_of_sigmoid", [{"scores": "1 / (1 + np.exp(-np.clip(scores, -700, 700)))"},
         {"scores": "1 / (1 + np.exp(-scores))"}],
        says="You put the scores through a sigmoid, which makes large logits equal; use them as they are.")
mistake("roc_auc", "auc_of_decisions", {"scores": "scores >= c"}, free={"c": (0.5, 0.0)},
        says="You take the area for decisions at a single threshold; the curve includes all thresholds.")
mistake("roc_auc", "auc_of_single_precision", {"scores": "scores.astype(np.float32)"},
        says="You store the scores in float32, so close ones become equal; use them as they are.")
mistake("roc_auc", "auc_of_rounded_scores", {"scores": "np.round(scores, c)"}, free={"c": (4, 2, 3, 6)},
        says="You round the scores, so close ones become equal; use them as they are.")
# the area
mistake("roc_auc", "auc_mean_tpr", {"np.trapezoid(TPR, FPR)": "TPR.mean()"},
        says="You average TPR over the thresholds; the area weights each piece by its width in FPR.")
mistake("roc_auc", "auc_average_precision", {"np.trapezoid(TPR, FPR)":
         "np.mean([np.sum(scores[y_true == 1] >= s) / np.sum(scores >= s) for s in scores[y_true == 1]])"},
        says="You return the average precision; the question asks for the area under the ROC curve.")
mistake("roc_auc", "auc_upside_down", {"float(area)": "float(1 - area)"},
        says="You return 1 − AUC; high scores are the positive ones.")
mistake("roc_auc", "auc_negative", {"float(area)": "float(-area)"},
        says="Your area is negative, because FPR falls along your curve; reverse the arrays.")
mistake("roc_auc", "auc_turned_over_below_half", {"float(area)": "float(max(area, 1 - area))"},
        says="You turn areas below ½ over; a score that ranks the wrong way round has an area below ½.")
mistake("roc_auc", "auc_gini", {"float(area)": "float(2 * area - 1)"},
        says="You return 2·AUC − 1 (Gini's coefficient); return the area itself.")
mistake("roc_auc", "auc_not_divided",
        {"float(area)": "float(area * np.sum(y_true == 1) * np.sum(y_true == 0))"},
        says="You count pairs without dividing by the number of pairs, positives times negatives.")
mistake("roc_auc", "auc_of_ranks_not_shifted",
        {"float(area)": "float(area + (np.sum(y_true == 1) + 1) / (2 * np.sum(y_true == 0)))"},
        says="You divide the positives' sum of ranks by the number of pairs; subtract n(n + 1)/2 from it "
        "first, with n positives.")
mistake("roc_auc", "auc_of_ranks_from_zero", {"float(area)": "float(area - 1 / np.sum(y_true == 0))"},
        says="Your ranks begin at 0, but you subtract n(n + 1)/2 as for ranks from 1; begin at 1.")
mistake("roc_auc", "auc_rounded", {"float(area)": "float(np.round(area, c))"}, free={"c": (4, 3, 2, 6)},
        says="You round the area; return it as it is.")
# a single class, and the caller's arrays
mistake("roc_auc", "auc_of_one_class_is_nan", {"roc_curve":
         "(lambda y, s: roc_curve(y, s) if 0 < np.sum(y) < len(y) else np.full((2, 2), np.nan))"},
        says="You return nan where a class has no example; the handout asks for a ValueError.")
mistake("roc_auc", "auc_of_one_class_is_a_number", {"roc_curve":
         "(lambda y, s: roc_curve(y, s) if 0 < np.sum(y) < len(y) else (np.arange(2), np.full(2, c)))"},
        free={"c": (0.5, 0.0, 1.0)},
        says="You return a number where a class has no example; the handout asks for a ValueError.")
mistake("roc_auc", "auc_of_positives_only_passes",
        [{"roc_curve": "(lambda y, s: roc_curve(y, s) if 0 in y else np.full((2, 2), np.nan))"},
         {"roc_curve": "(lambda y, s: roc_curve(y, s) if 0 in y else np.zeros((2, 2)))"}],
        says="You raise an error without positives, but not without negatives; both classes are needed.")
mistake("roc_auc", "auc_of_sorted_in_place", {"return float(area)": "scores.sort()\nreturn float(area)"},
        says="Your area is right, but you sort the caller's scores in place; sort a copy.")
