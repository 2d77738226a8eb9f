#!/bin/bash
# Gradescope runs this once, when the zip is uploaded. It installs Python 3.11 or newer, then gradmark with pinned packages.
set -euo pipefail
cd "${AUTOGRADER_ROOT:-/autograder}/source"

suitable() {
    command -v "$1" >/dev/null && "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

choose() {
    for python in python3 python3.13 python3.12 python3.11; do
        if suitable "$python"; then
            return
        fi
    done
    return 1
}

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends libseccomp2 python3 python3-venv
# The python3 of Ubuntu 22.04 is 3.10, but 3.11 is available too.
choose || { apt-get install -y -qq --no-install-recommends python3.11 python3.11-venv && choose; }
rm -rf /var/lib/apt/lists/*

"$python" -m venv /opt/gradmark
/opt/gradmark/bin/python -m pip install --quiet --no-cache-dir --only-binary :all: --require-hashes -r requirements.txt
if [ -f packages.txt ]; then  # what the problem set preloads
    /opt/gradmark/bin/python -m pip install --quiet --no-cache-dir --only-binary :all: -r packages.txt
fi
/opt/gradmark/bin/python -m pip install --quiet --no-cache-dir --no-index --no-deps gradmark-*.whl
# A submission runs as a user of its own, who must not see the course.
chmod -R go= .
