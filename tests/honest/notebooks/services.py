"""Notebooks from Colab, Kaggle and Deepnote."""

from __future__ import annotations

from tests.honest.case import case
from tests.honest.work import code, markdown

# Colab -------------------------------------------------------------------------------------------------------


@case("Colab")
def colab_drive(work):
    work.above_the_imports("""
        from google.colab import drive
        drive.mount("/content/drive")
    """)


@case("Colab")
def colab_with_everything(work):
    work.metadata |= {"colab": {"provenance": [], "toc_visible": True}, "accelerator": "GPU"}
    work.first(
        "!pip install -q otter-grader",
        """
        %%capture
        !apt-get -qq install graphviz
        !pip install -U numpy
        """,
    )
    work.above_the_imports(
        """
        #@title Setup { display-mode: "form" }
        learning_rate = 0.1 #@param {type:"slider", min:0, max:1, step:0.1}
        #@markdown Run this cell first.
        from google.colab import auth, data_table, drive, files, output, userdata
        from google.colab.patches import cv2_imshow
        import google.colab.output
        drive.mount('/content/drive', force_remount=True)
        %cd /content/drive/MyDrive/homework
        auth.authenticate_user()
        data_table.enable_dataframe_formatter()
        output.enable_custom_widget_manager()
        %load_ext google.colab.data_table
        %tensorflow_version 2.x
        %shell ls
        %unload_ext google.colab.data_table
        """
    )
    work.between(
        """
        try:
            key = userdata.get('WANDB_API_KEY')
        except Exception:
            key = None
        """,
        """
        uploaded = files.upload()
        for name in uploaded.keys():
            print(name, len(uploaded[name]))
        """,
        """
        output.eval_js('new Audio().play()')
        output.clear()
        """,
    )
    work.last(
        """
        files.download('ps.ipynb')
        drive.flush_and_unmount()
        """,
        "files.view('/content')",
        "!rm -rf sample_data",
    )


@case("Colab")
def colab_noticed(work):
    """A stand-in for Colab must not lead into what only Colab has, nor past the imports."""
    work.above_the_imports(
        """
        import sys
        try:
            import google.colab
            IN_COLAB = True
        except ImportError:
            IN_COLAB = False
        if IN_COLAB or 'google.colab' in sys.modules:
            from google.colab import drive
            drive.mount('/content/drive')
            FOLDER = '/content/drive/MyDrive/hw/'
            !git clone https://example.org/hw.git
            %cd hw
            sys.path.append(FOLDER)
        else:
            FOLDER = './'
        """
    )
    work.last("print(open(FOLDER + 'notes.txt').read())")


@case("Colab")
def colab_drive_in_a_folder_that_is_not_here(work):
    work.first(
        """
        import os
        from google.colab import drive
        drive.mount('/content/drive')
        os.chdir('/content/drive/MyDrive/cs/hw')
        """,
        """
        !ls /content/drive/MyDrive
        !unzip -q /content/drive/MyDrive/data.zip -d .
        """,
    )


# Kaggle ------------------------------------------------------------------------------------------------------


@case("Kaggle")
def kaggles_own_first_cell(work):
    work.metadata["kaggle"] = {"accelerator": "none", "dataSources": [], "isInternetEnabled": True}
    opening = """
        # This Python 3 environment comes with many helpful analytics libraries installed

        import numpy as np # linear algebra
        import pandas as pd # data processing, CSV file I/O (e.g. pd.read_csv)

        import os
        for dirname, _, filenames in os.walk('/kaggle/input'):
            for filename in filenames:
                print(os.path.join(dirname, filename))
    """
    work.first(code(opening, _uuid="8f2839f25d086af736a60e9eeb907d3b93b6e0e5", trusted=True))
    work.last("train_frame = pd.read_csv('/kaggle/input/titanic/train.csv')", "os.listdir('/kaggle/working')")


@case("Kaggle")
def kaggle_secrets(work):
    work.above_the_imports(
        """
        from kaggle_secrets import UserSecretsClient
        secrets = UserSecretsClient()
        from kaggle_datasets import KaggleDatasets
        """
    )
    work.last(
        """
        token = secrets.get_secret('token')
        print(len(token))
        """,
        """
        import kagglehub
        path = kagglehub.dataset_download('a/b')
        """,
    )


# Deepnote ----------------------------------------------------------------------------------------------------


@case("Deepnote")
def deepnote(work):
    work.metadata |= {"deepnote": {}, "deepnote_notebook_id": "0f3e", "deepnote_execution_queue": []}
    for number, cell in enumerate(work.cells):
        kind = "code" if cell["cell_type"] == "code" else "text-cell-p"
        cell["metadata"] |= {
            "cell_id": f"{number:05}",
            "deepnote_cell_type": kind,
            "source_hash": "1b",
            "tags": [],
        }
    work.above_the_imports(
        """
        import deepnote_toolkit
        import deepnote_toolkit as _dntk
        deepnote_toolkit.set_integration_env()
        """
    )
    work.last(
        "_deepnote_run_altair(frame, '''{\"mark\": \"bar\"}''')",
        """
        df_1 = _dntk.execute_sql('SELECT 1', 'SQL_DEEPNOTE_DATAFRAME_SQL')
        df_1
        """,
        """
        # Start writing code here...
        DeepnoteChart = _dntk.DeepnoteChart(df_1, '{}')
        """,
        markdown(
            "<a style='text-decoration:none' href='https://deepnote.com?utm_source=created-in-deepnote-cell'>"
            "Created in <span>Deepnote</span></a>",
            created_in_deepnote_cell=True, deepnote_cell_type="markdown",
        ),
    )  # fmt: skip
