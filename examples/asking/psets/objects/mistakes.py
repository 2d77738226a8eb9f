"""Wrong answers, each an edit of the right one."""

from grader import mistake

mistake(
    "RunningStats",
    "stats_of_a_sample",
    {"self.squares / self.count": "self.squares / max(self.count - 1, 1)"},
    says="Your variance divides by n − 1; divide by n, since the variance here is the mean squared distance.",
)
mistake(
    "RunningStats",
    "stats_with_old_mean",
    {"before * (value - self.mean)": "before**2"},
    says="You add the squared distance from the old mean; multiply the distances from the old and the new mean.",
)
mistake(
    "RunningStats",
    "stats_of_squares",
    {
        "self.squares += before * (value - self.mean)": "self.squares += value**2",
        "self.squares / self.count": "self.squares / self.count - self.mean**2",
        "self.squares + other.squares + between": "self.squares + other.squares",
    },
    says="You subtract the square of the mean from the mean square, where the digits cancel; sum squared distances.",
)
mistake(
    "RunningStats",
    "stats_mean_of_means",
    {"(self.count * self.mean + other.count * other.mean) / total.count": "(self.mean + other.mean) / 2"},
    says="Your sum has the mean of both means; weight each with its count.",
)
mistake(
    "RunningStats",
    "stats_without_between",
    {"self.squares + other.squares + between": "self.squares + other.squares"},
    says="You add the sums of squares alone; the means differ, so add how far they are from each other, too.",
)
mistake(
    "RunningStats",
    "stats_merged_in_place",
    {"total = RunningStats()": "total = self"},
    says="Your sum changes its left operand; make a new object and leave both as they are.",
)
mistake(
    "RunningStats",
    "stats_equal_by_mean",
    {
        "[self.mean, self.variance]": "[self.mean]",
        "[other.mean, other.variance]": "[other.mean]",
        "self.count == other.count and same.all()": "same.all()",
    },
    says="You compare the means alone; two are equal if their counts and variances are, too.",
)
mistake(
    "RunningStats",
    "stats_equal_without_count",
    {"self.count == other.count and same.all()": "same.all()"},
    says="You do not compare the counts; two that have seen different numbers of values are different.",
)
mistake(
    "Parameters",
    "parameters_of_values",
    {"iter(self.values)": "iter(self.values.values())"},
    says="You iterate over the values; iterate over the names.",
)
mistake(
    "Parameters",
    "parameters_value_in_it",
    {"name in self.values": "name in self.values or name in self.values.values()"},
    says="You also find values in it; only names are in it.",
)
mistake(
    "Parameters",
    "parameters_never_put_back",
    [
        {"self.values = self.before.pop()": "self.before.pop()"},
        {"self.before.append(dict(self.values))": "self.before.append(self.values)"},
    ],
    says="Leaving `with` puts nothing back; on entering, keep a copy of the dictionary, and make it yours again.",
)
mistake(
    "Parameters",
    "parameters_back_to_the_first",
    {"self.values = self.before.pop()": "self.values = dict(self.before[0])"},
    says="You always put back what was there first; put back what was there when this `with` was entered.",
)
mistake(
    "batches",
    "batches_drop_the_last",
    {"range(0, len(x), size)": "range(0, len(x) - size + 1, size)"},
    says="You leave out what does not fill a batch; yield the rest as a last, shorter one.",
)
mistake(
    "batches",
    "batches_with_an_empty_one",
    {"range(0, len(x), size)": "range(0, len(x) + 1, size)"},
    says="Where the size divides the rows, you yield an empty batch at the end; stop before it.",
)
mistake(
    "batches",
    "batches_overlap",
    {"range(0, len(x), size)": "range(0, len(x), max(size - 1, 1))"},
    says="Your batches overlap by a row; begin each where the last one ended.",
)
