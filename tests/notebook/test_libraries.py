"""What is used of IPython and nbconvert that they do not promise to keep: a failure here names what moved.

`pyproject.toml` bounds both libraries by the versions that these names were seen in.
"""

from __future__ import annotations

import importlib
import inspect
import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

from grader.notebook.ipython import make_shell

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


@pytest.fixture
def shell() -> Any:
    return make_shell(lambda _code: None, lambda _error, _code: False)


PARAMETERS = {
    "IPython.core.interactiveshell:InteractiveShell.run_code": ["code_obj", "result", "async_"],
    "IPython.core.interactiveshell:InteractiveShell.run_line_magic": ["magic_name", "line", "_stack_depth"],
    "IPython.core.interactiveshell:InteractiveShell.transform_cell": ["raw_cell"],
    "IPython.core.compilerop:CachingCompiler.get_code_name": ["raw_code", "transformed_code", "number"],
    "IPython.core.displayhook:DisplayHook.quiet": [],
    "nbconvert.filters.markdown_mistune:IPythonRenderer.image": ["text", "url", "title"],
    "nbconvert.filters.markdown_mistune:IPythonRenderer.inline_math": ["body"],
    "nbconvert.filters.markdown_mistune:IPythonRenderer.block_math": ["body"],
    "nbconvert.filters.markdown_mistune:IPythonRenderer.latex_environment": ["name", "body"],
}
"""Methods that are overridden or called by position, with their parameters."""


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_method_takes_what_it_took(name: str) -> None:
    module, path = name.split(":")
    method = importlib.import_module(module)
    for part in path.split("."):
        assert hasattr(method, part), f"{name} has gone: there is no {part}"
        method = getattr(method, part)
    found = [parameter for parameter in inspect.signature(method).parameters if parameter != "self"]
    assert found == PARAMETERS[name], f"{name} takes other parameters than before"


OVERRIDDEN = "_format_exception_for_storage showindentationerror showsyntaxerror showtraceback".split()


@pytest.mark.parametrize("name", OVERRIDDEN)
def test_a_shell_shows_errors_by_these_methods(name: str) -> None:
    assert hasattr(InteractiveShell, name), f"IPython's shell has no {name} any more"


ATTRIBUTES = """
    db display_formatter execution_count find_cell_magic getoutput history_manager.input_hist_parsed home_dir
    input_transformers_cleanup input_transformers_post magics_manager.magics system system_piped system_raw user_ns
""".split()


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_a_shell_has_what_is_read_or_replaced_in_it(shell: Any, name: str) -> None:
    found = shell
    for part in name.split("."):
        assert hasattr(found, part), f"IPython's shell has no {name} any more"
        found = getattr(found, part)


@pytest.mark.parametrize("name", ["_dh"])
def test_a_notebook_has_the_names_that_ipython_puts_there(shell: Any, name: str) -> None:
    assert name in shell.user_ns, f"IPython does not define {name} any more"


@pytest.mark.parametrize("name", ["LSString", "SList"])
def test_what_a_command_gives_is_still_of_these_classes(name: str) -> None:
    assert hasattr(importlib.import_module("IPython.utils.text"), name), f"IPython.utils.text.{name} has gone"


@pytest.mark.parametrize("attribute", ["error_before_exec", "error_in_exec"])
def test_a_result_says_which_error_ended_the_cell(attribute: str) -> None:
    assert hasattr(ExecutionResult(None), attribute), f"IPython's ExecutionResult has no {attribute} any more"


def test_each_statement_of_a_cell_is_run_by_run_code() -> None:
    done, failed = [], []

    def goes_on(error: BaseException, _code: object) -> bool:
        failed.append(type(error).__name__)
        return True

    shell = make_shell(done.append, goes_on)
    shell.run_cell("x = 1\n1/0\ny = 2")
    assert (len(done), failed, shell.user_ns["y"]) == (2, ["ZeroDivisionError"], 2)


BLOCKS = "input markdowncell stream error traceback_line data_text data_html data_png data_jpg".split()


@pytest.mark.parametrize("block", BLOCKS)
def test_nbconvert_s_template_has_the_block_that_ours_fills(block: str) -> None:
    exporters = pytest.importorskip("nbconvert.exporters")
    environment = exporters.TemplateExporter(template_name="base").environment
    blocks: set[str] = set()
    for template in ("display_priority.j2", "null.j2"):
        blocks |= set(environment.get_template(template).blocks)
    assert block in blocks, f"nbconvert's templates have no block {block} any more"


@pytest.mark.parametrize("library", ["ipython", "nbconvert"])
def test_a_version_that_was_not_tried_is_not_installed(library: str) -> None:
    project = tomllib.loads(PYPROJECT.read_text())["project"]
    extras = project["optional-dependencies"].values()
    asked = [one for group in (project["dependencies"], *extras) for one in group]
    bounds = [re.search(r"<(\d+)", one) for one in asked if re.match(rf"{library}\b", one)]
    assert bounds
    assert all(bounds), f"{library} needs an upper bound in pyproject.toml"
    assert all(int(version(library).split(".")[0]) < int(bound[1]) for bound in bounds if bound)
