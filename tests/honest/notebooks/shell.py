"""Jupyter: what the shell gives, and who runs it where."""

from __future__ import annotations

from tests.honest.case import case

# Jupyter: what the shell gives -------------------------------------------------------------------------------


@case("Colab")
def shell_output_joined(work):
    work.above_the_imports(
        r"""
        gpu_info = !nvidia-smi
        gpu_info = "\n".join(gpu_info)
        if gpu_info.find("failed") >= 0: print("no GPU")
        """
    )


@case("Jupyter")
def shell_output_counted(work):
    work.above_the_imports("""
        files = !ls
        print(len(files), "files")
    """)


@case("Jupyter")
def shell_output_in_every_form(work):
    work.above_the_imports(
        """
        out = !nvidia-smi
        print(out[0] if out else 'no GPU')
        print(out.n, out.s, out.l, out.grep('GPU'), out.fields(0))
        count = !ls | wc -l
        count = int(count[0]) if count else 0
        files = %sx ls *.csv
        listed = !!ls
        for name in files:
            !head -n 1 {name}
        if len(out) > 3:
            !nvidia-smi -L
        !echo $HOME $$PATH {count}
        !cd .. && pwd
        """
    )
    work.last(
        "!jupyter nbconvert --to pdf ps1.ipynb",
        """
        %system ls
        %sc -l lines=ls
        !!ls
        """,
    )


@case("Jupyter")
def ipython_asked_by_its_interface(work):
    work.above_the_imports(
        """
        from IPython import get_ipython
        ipython = get_ipython()
        if ipython is not None:
            ipython.run_line_magic('matplotlib', 'inline')
            ipython.run_line_magic('load_ext', 'autoreload')
            ipython.magic('autoreload 2')
            ipython.system('pip install -q numpy')
            listed = ipython.getoutput('ls')
            print(len(listed))
        print(get_ipython().__class__.__name__ == 'ZMQInteractiveShell', 'google.colab' in str(get_ipython()))
        from IPython.core.interactiveshell import InteractiveShell
        InteractiveShell.ast_node_interactivity = 'all'
        get_ipython().ast_node_interactivity = 'all'
        """
    )
    work.last(
        """
        1 + 1
        _ + 1
        Out[-1]
        """,
        "In[-1], _ih, _oh, __",
        "get_ipython().kernel.do_shutdown(True)",
    )


# Who runs it, and where --------------------------------------------------------------------------------------


@case("Jupyter")
def user_from_environment(work):
    work.above_the_imports("""
        import os
        user = os.environ["USER"]
    """)


@case("Jupyter")
def user_from_getpass(work):
    work.above_the_imports("""
        import getpass
        print("run by", getpass.getuser())
    """)


@case("Jupyter")
def the_machine_described(work):
    work.above_the_imports(
        """
        import getpass, multiprocessing, os, pathlib, platform, socket, sys, tempfile
        print(getpass.getuser(), pathlib.Path.home(), os.path.expanduser('~'), os.environ['HOME'])
        print(platform.platform(), platform.node(), socket.gethostname(), os.getcwd(), tempfile.gettempdir())
        print(multiprocessing.cpu_count(), os.cpu_count(), sys.version, sys.executable, os.environ['PATH'])
        JOBS = max(1, multiprocessing.cpu_count() - 1)
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument('--epochs', type=int, default=10)
        options, unknown = parser.parse_known_args()
        print(sys.argv[0], len(sys.argv), options.epochs)
        """
    )


@case("Jupyter")
def user_from_the_terminal(work):
    """A kernel has no terminal either: the line fails in many places."""
    work.above_the_imports("""
        import os
        AUTHOR = os.getlogin()
    """)


@case("Jupyter")
def words_of_another_country(work):
    work.above_the_imports("""
        import locale
        locale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')
    """)


@case("Jupyter")
def asked_at_the_keyboard(work):
    work.first("""
        try:
            name = input('Your name? ')
        except Exception:
            name = 'nobody'
    """)
    work.last(
        "again = input('Again? ')",
        """
        import getpass
        secret = getpass.getpass()
        """,
        "breakpoint()",
        "help()",
    )
