"""Wrong versions, each with the sentence its author should read."""

from grader import mistake

mistake(
    "station_means",
    "days_without_a_value_counted",
    {
        "measurements.dropna(subset=['pm10'])": "measurements[measurements.groupby('station')['pm10']"
        ".transform('count') > 0]"
    },
    says="You count the days without a value too: drop them (`dropna`), or use `count`, which leaves them out.",
)
mistake(
    "station_means",
    "stations_without_a_value_kept",
    {"present = measurements.dropna(subset=['pm10'])": "present = measurements", "'size'": "'count'"},
    says="Stations that have no value are in your table: leave them out, for example with `dropna`.",
)
mistake(
    "station_means",
    "missing_values_taken_as_zero",
    {"measurements.dropna(subset=['pm10'])": "measurements.fillna({'pm10': 0})"},
    says="You take missing values as 0: nothing was measured there, so drop them (`dropna`).",
)
mistake(
    "station_means",
    "smallest_mean_first",
    {"means.sort_values('pm10', ascending=False)": "means.sort_values('pm10')"},
    says="You put the smallest mean first; sort with `ascending=False`.",
)
mistake(
    "station_means",
    "sorted_by_name",
    {"means.sort_values('pm10', ascending=False)": "means"},
    says="Your table is in the order of the names, as `groupby` leaves it; sort it by `pm10`, the largest first.",
)
mistake(
    "station_means",
    "sum_instead_of_mean",
    {"'mean'": "'sum'"},
    says="You add the values of each station up; `pm10` should be their mean.",
)
mistake(
    "station_means",
    "median_instead_of_mean",
    {"'mean'": "'median'"},
    says="You take the median of each station; `pm10` should be the mean.",
)
mistake(
    "station_means",
    "station_left_in_the_index",
    {
        "means.sort_values('pm10', ascending=False).reset_index()": "means.sort_values('pm10', ascending=False)"
    },
    says="`groupby` puts the stations into the index; `reset_index` makes a column of them.",
)
mistake(
    "network",
    "inner_join",
    {"stations.merge(means, on='station', how='left')": "stations.merge(means, on='station', how='inner')"},
    says="Your join is an inner one, which drops stations without values; use `how='left'`.",
)
mistake(
    "network",
    "outer_join",
    {"stations.merge(means, on='station', how='left')": "stations.merge(means, on='station', how='outer')"},
    says="Your join is an outer one, which adds stations that are not in the list and sorts; use `how='left'`.",
)
mistake(
    "network",
    "right_join",
    {"stations.merge(means, on='station', how='left')": "stations.merge(means, on='station', how='right')"},
    says="You keep the stations of the means; keep those of the list, with `how='left'`.",
)
mistake(
    "network",
    "days_left_missing",
    {"joined['days'].fillna(0).astype(int)": "joined['days']"},
    says="Where a station has no values, your `days` is missing; fill it with 0 (`fillna`).",
)
mistake(
    "network",
    "mean_filled_with_zero",
    {
        "joined.assign(days=joined['days'].fillna(0).astype(int))": "joined.assign("
        "days=joined['days'].fillna(0).astype(int), pm10=joined['pm10'].fillna(0))"
    },
    says="You fill the missing means with 0 too; only `days` should be filled.",
)
mistake(
    "exceedances",
    "percentages",
    {"above.groupby(present['station']).mean()": "above.groupby(present['station']).mean() * 100"},
    says="You return percentages; return shares, between 0 and 1.",
)
mistake(
    "exceedances",
    "limit_counts_as_above",
    {"present['pm10'] > limit": "present['pm10'] >= limit"},
    says="You count days that are equal to the limit; only larger values are above it.",
)
mistake(
    "exceedances",
    "share_of_all_days",
    {
        "measurements.dropna(subset=['pm10'])": "measurements[measurements.groupby('station')['pm10']"
        ".transform('count') > 0]"
    },
    says="You divide by all days; divide by those that have a value.",
)
mistake(
    "exceedances",
    "number_of_days",
    {"above.groupby(present['station']).mean()": "above.groupby(present['station']).sum()"},
    says="You count the days above the limit; return their share of the days with a value.",
)
