"""Wrong versions for q2: the rates."""

from grader import mistake

# how the matrix is read
mistake("rates", "rates_of_transposed_matrix", {"(TN, FP), (FN, TP) = matrix": "(TN, FN), (FP, TP) = matrix"},
        says="You read the matrix with the predictions in its rows; matrix[0, 1] is FP and matrix[1, 0] is "
        "FN.")
mistake("rates", "rates_positive_class_first", {"(TN, FP), (FN, TP) = matrix": "(TP, FN), (FP, TN) = matrix"},
        says="You read the matrix with the positive class first; it is [[TN, FP], [FN, TP]].")
mistake("rates", "rates_positive_first_and_transposed",
        {"(TN, FP), (FN, TP) = matrix": "(TP, FP), (FN, TN) = matrix"}, says="You read the matrix as [[TP, "
        "FP], [FN, TN]], as in the lecture's table; it is [[TN, FP], [FN, TP]].")
# undefined ratios, and the form of the numbers
mistake("rates", "rates_zero_where_undefined",
        [{"return found":
          "return {name: 0.0 if np.isnan(value) else value for name, value in found.items()}"},
         {"float(np.divide(part, whole))": "0.0 if part == whole == 0 else float(np.divide(part, whole))"},
         {"float(np.divide(part, whole))": "float(np.nan_to_num(np.divide(part, whole), posinf=np.inf))"}],
        says="You return 0 where a ratio is 0/0; the handout asks for nan.")
mistake("rates", "rates_zero_where_divided_by_zero",
        [{"float(np.divide(part, whole))": "0.0 if whole == 0 else float(np.divide(part, whole))"},
         {"return found": "return {k: value if np.isfinite(value) else 0.0 for k, value in found.items()}"}],
        says="You return 0 wherever a denominator is 0; 0/0 is nan, and a positive number divided by 0 is "
        "inf.")
mistake("rates", "rates_nan_where_infinite",
        [{"return found": "return {k: np.nan if np.isinf(value) else value for k, value in found.items()}"},
         {"float(np.divide(part, whole))": "np.nan if whole == 0 else float(np.divide(part, whole))"}],
        says="You return nan wherever a denominator is 0; only 0/0 is nan, and a positive number divided by "
        "0 is inf.")
mistake("rates", "rates_infinite_where_undefined",
        {"float(np.divide(part, whole))": "np.inf if whole == 0 else float(np.divide(part, whole))"},
        says="You return inf wherever a denominator is 0; 0/0 is nan.")
mistake("rates", "rates_with_epsilon", {"np.divide(part, whole)": "np.divide(part, whole + c)"},
        free={"c": (1e-08, 1e-10, 1e-06, 1e-15)}, says="You add a small number to every denominator, which "
        "biases each ratio and hides the undefined ones; divide as it is.")
mistake("rates", "rates_of_at_least_a_small_number",
        {"np.divide(part, whole)": "np.divide(part, max(whole, c))"},
        free={"c": (1e-08, 1e-10, 1e-06, 1e-15)}, says="You replace a denominator of 0 by a small number, "
        "which hides the undefined ratios; divide as it is.")
mistake("rates", "rates_rounded",
        [{"return found": "return {name: np.round(value, c) for name, value in found.items()}"},
         {"np.divide(part, whole)": "np.round(np.divide(part, whole), c)"}], free={"c": (4, 3, 2, 6)},
        says="You round the rates; return them as they are.")
mistake("rates", "rates_in_percent", {"return found":
         "return {k: v if k in ('LR+', 'LR-', 'DOR') else 100 * v for k, v in found.items()}"},
        says="Your shares are percentages; return them as numbers from 0 to 1.")
mistake("rates", "rates_rounded_down", {"np.divide(part, whole)": "np.floor_divide(part, whole)"},
        says="You divide with //, which drops the decimals; divide with /.")
# everybody
mistake("rates", "rates_balanced_accuracy",
        {"ratio(TP + TN, N)": "(ratio(TP, FN + TP) + ratio(TN, TN + FP)) / 2"},
        says="Your accuracy is the mean of TPR and TNR; it is the share of all examples that are right.")
mistake("rates", "rates_accuracy_of_positives", {"ratio(TP + TN, N)": "ratio(TP, N)"},
        says="Your accuracy counts only TP as right; true negatives are right too.")
mistake("rates", "rates_error_for_accuracy", {"ratio(TP + TN, N)": "ratio(FP + FN, N)"},
        says="Your accuracy is the share that is wrong; take the share that is right, (TP + TN)/N.")
mistake("rates", "rates_accuracy_in_percent", {"ratio(TP + TN, N)": "100 * ratio(TP + TN, N)"},
        says="Your accuracy is a percentage; return it as a number from 0 to 1.")
mistake("rates", "rates_accuracy_counts_false_positives", {"ratio(TP + TN, N)": "ratio(TP + FP, N)"},
        says="Your accuracy counts those predicted positive; count those that are right, TP + TN.")
mistake("rates", "rates_prevalence_of_predictions", {"ratio(TP + FN, N)": "ratio(TP + FP, N)"}, says="Your "
        "prevalence is the share predicted positive; it is the share that is positive, (TP + FN)/N.")
mistake("rates", "rates_prevalence_as_odds", {"ratio(TP + FN, N)": "ratio(TP + FN, TN + FP)"},
        says="Your prevalence divides positives by negatives; divide by all examples.")
mistake("rates", "rates_prevalence_of_negatives", {"ratio(TP + FN, N)": "ratio(FP + TN, N)"},
        says="Your prevalence is the share that is negative; it is the share that is positive, (TP + FN)/N.")
mistake("rates", "rates_prevalence_of_true_positives", {"ratio(TP + FN, N)": "ratio(TP, N)"},
        says="Your prevalence counts only the positives that were found; count all of them, TP + FN.")
# which denominator
mistake("rates", "rates_precision_and_recall_swapped",
        [{"ratio(TP, TP + FP)": "ratio(TP, TP + FN)", "ratio(TP, TP + FN)": "ratio(TP, TP + FP)",
          "ratio(TPR, FPR)": "ratio(PPV, FPR)"},
         {"ratio(TP, TP + FP)": "ratio(TP, TP + FN)", "ratio(TP, TP + FN)": "ratio(TP, TP + FP)"},
         {"'precision'": "'recall'", "'recall'": "'precision'"}],
        says="You have swapped precision and recall; precision (PPV) is out of those predicted positive, "
        "recall (TPR) out of those who are positive.")
mistake("rates", "rates_precision_out_of_positives", {"ratio(TP, TP + FP)": "ratio(TP, TP + FN)"},
        says="Your precision (PPV) divides by those who are positive, which gives the TPR; divide by those "
        "predicted positive, TP + FP.")
mistake("rates", "rates_recall_out_of_predicted", [{"ratio(TP, TP + FN)": "ratio(TP, TP + FP)"},
         {"ratio(TP, TP + FN)": "ratio(TP, TP + FP)", "ratio(TPR, FPR)": "ratio(ratio(TP, FN + TP), FPR)"}],
        says="Your recall (TPR) divides by those predicted positive, which gives the precision; divide by "
        "those who are positive, TP + FN.")
mistake("rates", "rates_fdr_and_for_swapped", {"'FDR'": "'FOR'", "'FOR'": "'FDR'"}, says="You have swapped "
        "FDR and FOR; discoveries are those predicted positive, omissions those predicted negative.")
mistake("rates", "rates_fdr_out_of_negatives", {"ratio(FP, TP + FP)": "ratio(FP, TN + FP)"},
        says="Your FDR divides by those who are negative, which gives the FPR; divide by those predicted "
        "positive, TP + FP.")
mistake("rates", "rates_for_out_of_positives", {"ratio(FN, FN + TN)": "ratio(FN, FN + TP)"},
        says="Your FOR divides by those who are positive, which gives the FNR; divide by those predicted "
        "negative, FN + TN.")
mistake("rates", "rates_npv_and_tnr_swapped",
        [{"ratio(TN, FN + TN)": "ratio(TN, FP + TN)", "ratio(TN, FP + TN)": "ratio(TN, FN + TN)",
          "ratio(FNR, TNR)": "ratio(FNR, NPV)"},
         {"ratio(TN, FN + TN)": "ratio(TN, FP + TN)", "ratio(TN, FP + TN)": "ratio(TN, FN + TN)"}],
        says="You have swapped NPV and TNR; NPV is out of those predicted negative, TNR out of those who are "
        "negative.")
mistake("rates", "rates_npv_out_of_negatives", {"ratio(TN, FN + TN)": "ratio(TN, FP + TN)"},
        says="Your NPV divides by those who are negative, which gives the TNR; divide by those predicted "
        "negative, FN + TN.")
mistake("rates", "rates_tnr_out_of_predicted", [{"ratio(TN, FP + TN)": "ratio(TN, FN + TN)"},
         {"ratio(TN, FP + TN)": "ratio(TN, FN + TN)", "ratio(FNR, TNR)": "ratio(FNR, ratio(TN, TN + FP))"}],
        says="Your specificity (TNR) divides by those predicted negative, which gives the NPV; divide by "
        "those who are negative, FP + TN.")
mistake("rates", "rates_fpr_out_of_predicted", [{"ratio(FP, FP + TN)": "ratio(FP, FP + TP)"},
         {"ratio(FP, FP + TN)": "ratio(FP, FP + TP)", "ratio(TPR, FPR)": "ratio(TPR, ratio(FP, TN + FP))"}],
        says="Your FPR divides by those predicted positive, which gives the FDR; divide by those who are "
        "negative, FP + TN.")
mistake("rates", "rates_fnr_out_of_predicted", [{"ratio(FN, TP + FN)": "ratio(FN, FN + TN)"},
         {"ratio(FN, TP + FN)": "ratio(FN, FN + TN)", "ratio(FNR, TNR)": "ratio(ratio(FN, FN + TP), TNR)"}],
        says="Your FNR divides by those predicted negative, which gives the FOR; divide by those who are "
        "positive, TP + FN.")
mistake("rates", "rates_specificity_from_sensitivity", [{"ratio(TN, FP + TN)": "1 - TPR"},
         {"ratio(TN, FP + TN)": "1 - TPR", "ratio(FNR, TNR)": "ratio(FNR, ratio(TN, TN + FP))"}], says="Your "
        "specificity (TNR) is 1 − sensitivity; it is the share of the negatives that were cleared, 1 − FPR.")
mistake("rates", "rates_fpr_from_sensitivity", [{"ratio(FP, FP + TN)": "1 - ratio(TP, FN + TP)"},
         {"ratio(FP, FP + TN)": "1 - ratio(TP, FN + TP)",
          "ratio(TPR, FPR)": "ratio(TPR, ratio(FP, TN + FP))"}],
        says="Your FPR is 1 − TPR, which is the FNR; it is FP/(FP + TN), or 1 − TNR.")
mistake("rates", "rates_sensitivity_and_specificity_swapped",
        [{"ratio(TP, TP + FN)": "ratio(TN, TN + FP)", "ratio(TN, FP + TN)": "ratio(TP, FN + TP)"},
         {"ratio(TP, TP + FN)": "ratio(TN, TN + FP)", "ratio(TN, FP + TN)": "ratio(TP, FN + TP)",
          "ratio(TPR, FPR)": "ratio(TNR, FPR)", "ratio(FNR, TNR)": "ratio(FNR, TPR)"},
         {"'sensitivity'": "'specificity'", "'specificity'": "'sensitivity'"}],
        says="You have swapped sensitivity (TPR) and specificity (TNR); sensitivity is out of those who are "
        "positive, specificity out of those who are negative.")
mistake("rates", "rates_fpr_and_fnr_swapped",
        [{"ratio(FP, FP + TN)": "ratio(FN, FN + TP)", "ratio(FN, TP + FN)": "ratio(FP, TN + FP)"},
         {"'FPR'": "'FNR'", "'FNR'": "'FPR'", "'fall-out'": "'miss rate'", "'miss rate'": "'fall-out'"}],
        says="You have swapped FPR and FNR; false alarms are out of those who are negative, misses out of "
        "those who are positive.")
mistake("rates", "rates_other_names_of_errors_swapped",
        {"'fall-out'": "'miss rate'", "'miss rate'": "'fall-out'"},
        says="You have swapped fall-out and miss rate; the fall-out is the FPR, the miss rate the FNR.")
mistake("rates", "rates_power_as_miss_rate", {"'power'": "'miss rate'", "'miss rate'": "'power'"},
        says="You have swapped power and miss rate; the power is the TPR, the miss rate the FNR.")
# F1
mistake("rates", "rates_f1_arithmetic_mean", {"ratio(2 * TP, 2 * TP + FP + FN)": "(PPV + TPR) / 2"},
        says="Your F1 is the arithmetic mean of precision and recall; it is their harmonic mean.")
mistake("rates", "rates_f1_geometric_mean", {"ratio(2 * TP, 2 * TP + FP + FN)": "np.sqrt(PPV * TPR)"},
        says="Your F1 is the geometric mean of precision and recall; it is their harmonic mean.")
mistake("rates", "rates_f1_product", {"ratio(2 * TP, 2 * TP + FP + FN)": "PPV * TPR"},
        says="Your F1 is the product of precision and recall; it is their harmonic mean.")
mistake("rates", "rates_f1_without_two", [{"ratio(2 * TP, 2 * TP + FP + FN)": "ratio(PPV * TPR, PPV + TPR)"},
         {"ratio(2 * TP, 2 * TP + FP + FN)": "ratio(TP, 2 * TP + FP + FN)"},
         {"ratio(2 * TP, 2 * TP + FP + FN)": "ratio(1, ratio(1, TPR) + ratio(1, PPV))"}],
        says="Your F1 lacks the factor 2; it is 2TP/(2TP + FP + FN).")
mistake("rates", "rates_f1_jaccard", {"ratio(2 * TP, 2 * TP + FP + FN)": "ratio(TP, TP + FP + FN)"},
        says="Your F1 counts TP only once; it is 2TP/(2TP + FP + FN).")
mistake("rates", "rates_f1_with_one_in_the_denominator",
        {"ratio(2 * TP, 2 * TP + FP + FN)": "ratio(2 * TP, TP + FP + FN)"},
        says="Your F1 counts TP only once in the denominator; it is 2TP/(2TP + FP + FN).")
mistake("rates", "rates_f1_from_precision_and_recall",
        {"ratio(2 * TP, 2 * TP + FP + FN)": "ratio(2 * PPV * TPR, PPV + TPR)"},
        says="You compute F1 from precision and recall as 2PR/(P + R), which is nan where both are 0 or one "
        "is undefined; use the counts, 2TP/(2TP + FP + FN).")
mistake("rates", "rates_f1_as_on_the_slide",
        {"ratio(2 * TP, 2 * TP + FP + FN)": "ratio(2, ratio(1, TPR) + ratio(1, PPV))"},
        says="You compute F1 from 1/recall + 1/precision, which is nan where one of them is undefined; use "
        "the counts, 2TP/(2TP + FP + FN).")
mistake("rates", "rates_f1_of_negatives",
        {"ratio(2 * TP, 2 * TP + FP + FN)": "ratio(2 * TN, 2 * TN + FP + FN)"},
        says="Your F1 is that of the negative class; count the true positives, 2TP/(2TP + FP + FN).")
# likelihood ratios and odds; each alone, or with the odds ratio computed from it
mistake("rates", "rates_lr_plus_inverted",
        [{"ratio(TPR, FPR)": "ratio(FPR, TPR)", "ratio(plus, minus)": "ratio(ratio(1, plus), minus)"},
         {"ratio(TPR, FPR)": "ratio(FPR, TPR)"}], says="Your LR+ is upside down; it is TPR/FPR.")
mistake("rates", "rates_lr_minus_inverted",
        [{"ratio(FNR, TNR)": "ratio(TNR, FNR)", "ratio(plus, minus)": "plus * minus"},
         {"ratio(FNR, TNR)": "ratio(TNR, FNR)"}], says="Your LR- is upside down; it is FNR/TNR.")
mistake("rates", "rates_lr_plus_over_tnr",
        [{"ratio(TPR, FPR)": "ratio(TPR, TNR)", "ratio(plus, minus)": "ratio(ratio(TPR, FPR), minus)"},
         {"ratio(TPR, FPR)": "ratio(TPR, TNR)"},
         {"ratio(TPR, FPR)": "ratio(TPR, TNR)", "ratio(plus, minus)": "ratio(TP * TN, FP * FN)"}],
        says="Your LR+ divides TPR by TNR; divide by FPR.")
mistake("rates", "rates_lr_minus_over_fpr",
        [{"ratio(FNR, TNR)": "ratio(FNR, FPR)", "ratio(plus, minus)": "ratio(plus, ratio(FNR, TNR))"},
         {"ratio(FNR, TNR)": "ratio(FNR, FPR)"}], says="Your LR- divides FNR by FPR; divide by TNR.")
mistake("rates", "rates_lr_plus_of_counts", [{"ratio(TPR, FPR)": "ratio(TP, FP)"},
         {"ratio(TPR, FPR)": "ratio(TP, FP)", "ratio(plus, minus)": "ratio(ratio(TPR, FPR), minus)"}],
        says="Your LR+ divides the counts, TP/FP; divide the rates, TPR/FPR.")
mistake("rates", "rates_lr_minus_of_counts", [{"ratio(FNR, TNR)": "ratio(FN, TN)"},
         {"ratio(FNR, TNR)": "ratio(FN, TN)", "ratio(plus, minus)": "ratio(plus, ratio(FNR, TNR))"}],
        says="Your LR- divides the counts, FN/TN; divide the rates, FNR/TNR.")
mistake("rates", "rates_lr_minus_of_found_and_cleared", [{"ratio(FNR, TNR)": "ratio(TPR, TNR)"},
         {"ratio(FNR, TNR)": "ratio(TPR, TNR)", "ratio(plus, minus)": "ratio(plus, ratio(FNR, TNR))"}],
        says="Your LR- divides TPR by TNR; it is FNR/TNR.")
mistake("rates", "rates_odds_inverted", {"ratio(plus, minus)": "ratio(minus, plus)"},
        says="Your DOR is LR-/LR+; it is LR+/LR-.")
mistake("rates", "rates_odds_as_product", {"ratio(plus, minus)": "plus * minus"},
        says="Your DOR multiplies the likelihood ratios; divide LR+ by LR-.")
mistake("rates", "rates_odds_of_rates", {"ratio(plus, minus)": "ratio(TPR, FNR)"}, says="Your DOR is the "
        "odds among the positives alone, TPR/FNR; divide them by those among the negatives, FPR/TNR.")
mistake("rates", "rates_odds_corrected",
        {"ratio(plus, minus)": "(TP + 0.5) * (TN + 0.5) / ((FP + 0.5) * (FN + 0.5))"}, says="You add ½ to "
        "every count before you take the odds ratio (Haldane's correction); use the counts as they are.")
# the dictionary
mistake("rates", "rates_without_other_names",
        {"found |= {'precision': PPV, 'recall': TPR, 'sensitivity': TPR, 'power': TPR}": "",
         "found |= {'fall-out': FPR, 'miss rate': FNR, 'specificity': TNR}": ""},
        says="Your dictionary lacks the rates' other names: precision, recall, sensitivity, power, miss "
        "rate, fall-out and specificity.")
mistake("rates", "rates_as_a_list", {"return found":
         "names = 'prevalence accuracy PPV precision FDR FOR NPV TPR recall sensitivity power FNR'\nnames = "
         "[*names.split(), 'miss rate', *'FPR fall-out TNR specificity LR+ LR- DOR F1'.split()]\nreturn "
         "[found[name] for name in names]"},
        says="You return only the numbers; the handout asks for a dictionary from names to numbers.")
mistake("rates", "rates_of_changed_matrix", {"return found": "matrix[:] = 0\nreturn found"},
        says="Your rates are right, but you write into the matrix to get them; leave it unchanged.")
