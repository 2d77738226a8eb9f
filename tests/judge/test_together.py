"""Runs side by side leave no thread behind, however they end."""

import threading
import time

import pytest

from grader.judge.bounded import TooLong, bounded
from grader.judge.together import Together, side_by_side


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "following"]


def busy(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_each_gets_the_answers_to_its_own_questions_in_order():
    together, asked = Together(), []

    def task(number):
        return [together.asks((number, question)) for question in range(number)]

    def answer(questions):
        asked.append(questions)
        return [10 * number + question for number, question in questions]

    results = side_by_side([lambda n=n: task(n) for n in (0, 1, 3)], together, answer)
    assert results == [[], [10], [30, 31, 32]]
    assert asked == [[(1, 0), (3, 0)], [(3, 1)], [(3, 2)]]
    assert not threads()


def test_what_a_run_raises_is_its_result_and_an_answer_may_be_raised():
    together = Together()
    results = side_by_side(
        [lambda: together.asks("a"), lambda: 1 / 0], together, lambda questions: [KeyError(*questions)]
    )
    assert [type(result) for result in results] == [KeyError, ZeroDivisionError]
    assert not threads()


def test_what_answering_raises_ends_all_runs():
    def answer(questions):
        raise ConnectionError

    together = Together()
    with pytest.raises(ConnectionError):
        side_by_side([lambda: together.asks(1) for _ in range(5)], together, answer)
    assert not threads()


@pytest.mark.parametrize("asks_again", [False, True])
def test_a_time_limit_that_strikes_again_while_runs_are_ended_leaves_none_of_them(asks_again):
    together, ended = Together(), []

    def task():
        try:
            together.asks(1)
        finally:
            busy(0.7)  # longer than a limit takes to strike again
            if asks_again:
                together.asks(2)
            ended.append(1)

    with pytest.raises(TooLong), bounded(0.1, wall=0.1):
        side_by_side([task] * 3, together, lambda questions: busy(0.3) or [0] * len(questions))
    assert not threads()
    assert asks_again or len(ended) == 3
