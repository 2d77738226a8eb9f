# The image that grades, and the same image as a Gradescope autograder; docs/container.md says how it is used.
#
#     docker build -t gradmark .
#
# Another base must be a Debian or Ubuntu with Python 3.11 or newer. `--secret id=pip,src=pip.conf` names a package
# index of your own for the build alone; `--build-context wheels=DIR` takes the packages from a folder instead.
ARG BASE=docker.io/library/debian:12.12-slim@sha256:b4aa902587c2e61ce789849cb54c332b0400fe27b1ee33af4669e1f7e7c3e22f

# Python, the library that compiles the system call filter, and an init process.
FROM ${BASE} AS python
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libseccomp2 python3 tini \
 && apt-get clean \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/ldconfig/aux-cache /var/log/apt /var/log/*.log

FROM python AS pip
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv \
 && python3 -m venv /pip
COPY requirements.lock /lock/
COPY tools/lock.py /lock/tools/
RUN python3 /lock/tools/lock.py grade >/lock/grade.txt \
 && python3 /lock/tools/lock.py image >/lock/image.txt

# Every package that is installed below, by hash.
FROM pip AS download
RUN --mount=type=secret,id=pip,target=/etc/pip.conf \
    /pip/bin/python -m pip download --quiet --require-hashes --only-binary :all: --dest /wheels \
      -r /lock/grade.txt -r /lock/image.txt

FROM scratch AS wheels
COPY --from=download /wheels/ /

# pip installs into the environment from outside, so that the image holds no pip, no compiler and no package index.
FROM pip AS build
RUN --mount=type=bind,from=wheels,target=/wheels \
    python3 -m venv --without-pip /opt/gradmark \
 && /pip/bin/python -m pip install --quiet --no-index --find-links /wheels --require-hashes \
      -r /lock/image.txt \
 && /pip/bin/python -m pip --python /opt/gradmark/bin/python install --quiet --no-index --find-links /wheels \
      --no-compile --require-hashes -r /lock/grade.txt
COPY pyproject.toml README.md LICENSE /source/
COPY grader/ /source/grader/
RUN /pip/bin/python -m pip wheel --quiet --no-index --no-deps --no-build-isolation --wheel-dir /wheel /source \
 && /pip/bin/python -m pip --python /opt/gradmark/bin/python install --quiet --no-index --no-deps --no-compile \
      /wheel/gradmark-*.whl \
 && python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash -s /opt /opt/gradmark/lib
# Only root and group 0 may read the course. A container that is given a bare user number runs in group 0; a submission
# has a user and a group of its own.
COPY reference/ /autograder/source/reference/
COPY psets/ /autograder/source/psets/
RUN chmod -R u=rwX,g=rX,o= /autograder/source
COPY tools/sbom.py /tools/
COPY --from=python /var/lib/dpkg/status /dpkg-status
RUN /pip/bin/python /tools/sbom.py --environment /opt/gradmark --packages /dpkg-status --out /opt/gradmark/sbom.cdx.json

FROM python
ARG PSET=
LABEL org.opencontainers.image.title="gradmark" \
      org.opencontainers.image.description="Grades problem sets whose answers are numerical code" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.documentation="docs/container.md" \
      org.gradmark.sbom="/opt/gradmark/sbom.cdx.json"
COPY --from=build /opt/gradmark /opt/gradmark
COPY tools/entrypoint.sh /usr/local/bin/gradmark-entrypoint
COPY grader/gradescope/files/run_autograder /autograder/run_autograder
COPY --from=build /autograder/source /autograder/source
RUN mkdir -m 1777 /autograder/results /autograder/submission /out /submissions \
 && ln -s /opt/gradmark/bin/gradmark /usr/local/bin/gradmark
ENV GRADMARK_PSET=${PSET} \
    HOME=/tmp \
    LANG=C.UTF-8 \
    MPLCONFIGDIR=/tmp \
    PATH=/opt/gradmark/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /autograder/source
HEALTHCHECK --interval=10m --timeout=30s --start-period=5s CMD ["gradmark", "doctor", "--json"]
ENTRYPOINT ["tini", "--", "gradmark-entrypoint"]
CMD ["--help"]
