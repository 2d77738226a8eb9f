"""q4 and q5: a short answer in words, and one of a certain form."""

from grader import check_text, question


@question("q4", points=0, public=True)
def test_the_guarantee_is_a_text(student):
    """The answer is a text"""
    check_text(student.value("guarantee"), name="guarantee")


@question("q4", points=3)
def test_the_guarantee(student):
    forms = ["convex", "it is convex", "convex function", "convexity of the function"]
    check_text(student.value("guarantee"), "convexity", accepts=forms, name="guarantee")


@question("q5", points=0, public=True)
def test_the_year_is_a_year(student):
    """The answer is a year"""
    check_text(
        student.value("year"), pattern=r"\d{4}", form="a year of four digits, such as 2026", name="year"
    )


@question("q5", points=1)
def test_the_year(student):
    form = "a year of four digits, such as 2026"
    check_text(student.value("year"), "1951", pattern=r"\d{4}", form=form, name="year")
