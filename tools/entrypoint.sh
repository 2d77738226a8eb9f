#!/bin/sh
# `docker run IMAGE grade ...` is a command of gradmark; a path, sh or bash is a program, as Gradescope starts its own.
umask 022
# With a read-only root file system and no /tmp of its own, what every container has is left.
[ -w /tmp ] || export TMPDIR=/dev/shm HOME=/dev/shm MPLCONFIGDIR=/dev/shm
case "${1:-}" in
*/* | sh | bash) exec "$@" ;;
*) exec /opt/gradmark/bin/gradmark "$@" ;;
esac
