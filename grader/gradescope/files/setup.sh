#!/bin/bash
# What Gradescope runs once, when the zip is uploaded: Python 3.11 or newer, then the tool with pinned requirements.
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
# Ubuntu 22.04 calls 3.10 its python3, and has 3.11 besides.
choose || { apt-get install -y -qq --no-install-recommends python3.11 python3.11-venv && choose; }
rm -rf /var/lib/apt/lists/*

"$python" -m venv /opt/gradmark
/opt/gradmark/bin/python -m pip install --quiet --no-cache-dir --only-binary :all: --require-hashes -r requirements.txt
/opt/gradmark/bin/python -m pip install --quiet --no-cache-dir --no-index --no-deps gradmark-*.whl
# A submission runs as a user of its own, who is to see nothing of the course.
chmod -R go= .
