"""A part of the hostile corpus, under the best plan of whoever runs the tests; ``make attacks`` runs all of it."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from grader import CheckFailed, check_close
from grader.sandbox.isolation import choose_plan
from tests.attacks.arena import Arena, arena
from tests.attacks.catalogue import WALLS, Attack, chosen, concerned
from tests.attacks.crowd import drawn, on_the_course
from tests.fuzz_values import changed

# One or two of each kind, and of those quick ones; those that must take their time are left to `make attacks`.
CHOSEN = """
    read_suite_files read_import_reference read_proc_parent read_proc_mem read_environment read_symlink_to_secret
    read_arguments_in_errors read_type_names read_magics forge_patch_allclose forge_always_equal forge_array_function
    forge_operator_handles forge_results_file forge_protocol_done forge_protocol_aliased_arrays
    forge_protocol_colliding_keys forge_protocol_tables forge_table_lies forge_table_of_objects
    forge_pickle_payload forge_patch_machinery forge_answers_from_public_tests
    break_fork_bomb break_kill_everyone break_signal_by_owner break_limits_of_others break_sockets_out
    break_deep_folders break_text_in_errors break_partial_then_patch files_zip_slip files_zip_symlink files_deep_json
    files_odd_paths files_pytest_files files_zip_nameless break_modes_and_times break_replace_own_folder
    break_next_folder break_shared_memory forge_other_the_second_time follow_ps1_gradients_of_zeros
    follow_ps1_counts_its_calls follow_ps1_agreement_in_nan read_output_file_through_links
""".split()


@pytest.fixture(scope="module")
def ground() -> Iterator[Arena]:
    if not choose_plan().safe:
        pytest.skip("this machine cannot isolate submissions")
    with arena(choose_plan()) as made:
        yield made


@pytest.mark.parametrize(
    "attack", [attack for attack in chosen() if attack.name in CHOSEN], ids=lambda attack: attack.name
)
def test_contained(ground: Arena, attack: Attack) -> None:
    assert ground.run(attack).problems == []


def test_a_template_killed_in_the_middle_of_a_submission_costs_the_student_nothing(ground: Arena) -> None:
    ring = ground.ring("ps1")
    quiet = ring.grade(["import time\ntime.sleep(0.6)"])
    template = ring.sandbox._template
    assert template is not None
    killer = threading.Timer(0.3, lambda: os.killpg(template.pid, signal.SIGKILL))
    killer.start()
    disturbed = ring.grade(["import time\ntime.sleep(0.6)"])
    killer.join()
    assert (disturbed.status, disturbed.score) == (quiet.status, quiet.score)
    assert (quiet.status, quiet.score) == ("graded", ring.partial_score(()))
    ring.settle()


def test_the_corpus_is_what_it_says() -> None:
    attacks = chosen()
    by_pset = Counter(attack.pset for attack in attacks)
    course = ["ps0", "ps1", "ps2", "ps3", "ps4", "ps5"]
    assert min(by_pset[name] for name in course) >= 10
    assert set(by_pset) - set(course) <= {path.name for path in Path("examples/asking/psets").iterdir()}
    assert len({attack.says for attack in attacks}) == len(attacks)
    assert all(attack.says.endswith(".") for attack in attacks)
    assert set(CHOSEN) <= {attack.name for attack in attacks}


def test_a_plan_that_lacks_nothing_changes_no_wall_and_each_layer_is_about_some() -> None:
    attacks = chosen()
    assert concerned(attacks, ["bubblewrap", "cgroup", "landlock-7", "rlimits", "seccomp", "user"]) == []
    for layer in WALLS:
        assert concerned(attacks, sorted(set(WALLS) - {layer}))


@pytest.mark.parametrize("count", [100, 1_000])
def test_a_crowd_holds_every_kind_in_its_share_and_every_problem_set(count: int) -> None:
    def kinds(attacks: list[Attack]) -> Counter[str]:
        return Counter(attack.name.partition("_")[0] for attack in attacks)

    crowd, corpus = drawn(count), on_the_course()
    assert len(crowd) == count
    assert {attack.pset for attack in crowd} == {attack.pset for attack in corpus}
    for kind, there_are in kinds(corpus).items():
        assert kinds(crowd)[kind] / count == pytest.approx(there_are / len(corpus), abs=0.02)


@pytest.mark.parametrize(
    "right",
    [
        0.0, 3, True, np.arange(6.0).reshape(2, 3), np.array([1, 2]), np.array([True, False]), np.zeros(4), 1e300,
        np.array([1e-12, 1e9]), (1.0, np.ones(2)), {"W1": np.eye(2), "b1": np.zeros(2)}, np.array([np.nan, 1.0]),
    ],
)  # fmt: skip
def test_a_changed_answer_is_wrong(right: object) -> None:
    for seed in range(40):
        with pytest.raises(CheckFailed):
            check_close(changed(random.Random(seed), right), right)
