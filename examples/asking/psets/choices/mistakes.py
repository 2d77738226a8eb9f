"""Wrong answers in words, each with the sentence that its author should read; those of choices are in the suite."""

from grader import mistake

mistake("guarantee", "smoothness_for_convexity", {'"convexity"': '"smoothness"'},
        says="A smooth function may have many valleys, such as the sine; think of what its chords do.")
mistake("guarantee", "continuity_for_convexity", {'"convexity"': '"continuity"'},
        says="A continuous function may have many valleys, such as the sine; think of what its chords do.")
mistake("year", "year_of_backpropagation", {'"1951"': '"1986"'},
        says="1986 is the year in which backpropagation became known; this method is older than that.")
