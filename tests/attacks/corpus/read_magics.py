# Reads files with IPython's own magics: %load, %run, %cd, !cat, %%bash, %sx.
# %%
%load @SECRET_FILE@
# %%
%run @COURSE@/reference/softmax.py
# %%
%cd @COURSE@
# %%
!cat @SECRET_FILE@
# %%
%%bash
cat @SECRET_FILE@
# %%
found = %sx cat @SECRET_FILE@
raise RuntimeError(found)
# %%
found = !cat @SECRET_FILE@
raise RuntimeError(found)
# %%
%%writefile @SECRET_DIR@/results/other.json
{}
