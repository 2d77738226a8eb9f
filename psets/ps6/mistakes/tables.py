"""Wrong versions for q3: the table of metrics."""

from grader import mistake

mistake("metrics_table", "table_precision_is_recall",
        {"precision, recall = right / predicted, right / examples":
         "precision, recall = right / examples, right / predicted"},
        says="You exchange precision and recall: precision divides by those predicted, recall by those there are.")
mistake("metrics_table", "table_counts_predictions", {"pd.DataFrame(columns, index=names)":
         "pd.DataFrame(columns | {'examples': predicted}, index=names)"},
        says="Your column examples counts predictions; count the true labels.")
mistake("metrics_table", "table_mean_for_f1",
        {"F1 = 2 * right / (predicted + examples)": "F1 = (precision + recall) / 2"},
        says="Your F1 is the mean of precision and recall; it is their harmonic mean, 2M/(row + column).")
mistake("metrics_table", "table_f1_without_the_two", {"2 * right": "right"},
        says="Your F1 lacks the factor 2.")
mistake("metrics_table", "table_in_percent",
        {"precision, recall = right / predicted, right / examples":
         "precision, recall = 100 * right / predicted, 100 * right / examples", "2 * right": "200 * right"},
        says="Your rates are in percent; give them as numbers from 0 to 1.")
mistake("metrics_table", "table_rounded",
        {"table.sort_values": "table.round(2).sort_values"},
        says="You round to two decimals; round nothing.")
mistake("metrics_table", "table_zero_for_nan",
        {"table.sort_values": "table.fillna(0.0).sort_values"},
        says="You turn undefined ratios into 0; 0/0 is nan.")
mistake("metrics_table", "table_without_undefined_classes",
        {"table.sort_values": "table.dropna().sort_values"},
        says="You drop classes with an undefined ratio; keep a row for every name.")
mistake("metrics_table", "table_without_absent_classes",
        {"table.sort_values": "table[table.examples > 0].sort_values"},
        says="You leave out classes without examples; keep a row for every name.")
mistake("metrics_table", "table_in_the_order_of_names",
        {"return table.sort_values('examples', ascending=False, kind='stable')": "return table"},
        says="Your rows are in the order of names; the most frequent class comes first.")
mistake("metrics_table", "table_rarest_first", {"table.sort_values('examples', ascending=False, kind='stable')":
         "table.sort_values('examples', kind='stable')"},
        says="Your rarest class comes first; the most frequent one should (ascending=False).")
mistake("metrics_table", "table_sorted_by_f1",
        {"table.sort_values('examples', ascending=False, kind='stable')":
         "table.sort_values('F1', ascending=False, kind='stable')"},
        says="You sort by F1; sort by the number of examples.")
mistake("metrics_table", "table_ties_reversed",
        {"table.sort_values": "table.iloc[::-1].sort_values"},
        says="Equally frequent classes are in reverse order; keep the order of names (kind='stable').")
mistake("metrics_table", "table_ties_by_name",
        {"table.sort_values": "table.sort_index().sort_values"},
        says="You sort equally frequent classes by their names; keep the order of names as given.")
mistake("metrics_table", "table_with_names_as_a_column",
        {"return table.sort_values('examples', ascending=False, kind='stable')":
         "return table.sort_values('examples', ascending=False, kind='stable').reset_index(names='class')"},
        says="Your names are a column; make them the index (set_index).")
mistake("metrics_table", "table_without_names", {"pd.DataFrame(columns, index=names)": "pd.DataFrame(columns)"},
        says="Your index are the classes' numbers; it should be their names.")
