#!/usr/bin/env bash
# Resolves the dependencies of pyproject.toml into requirements/*.txt: every file by its hash, no address of an index.
# Each group keeps to the versions of the one before it, so that tests run on what users get.
# Versions move only when asked to: scripts/lock.sh --upgrade, or --upgrade-package NAME
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

resolve() {
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-header "$@"
}

resolve "$@" pyproject.toml --output-file requirements/runtime.txt
resolve "$@" pyproject.toml --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
resolve "$@" --group oracle --constraint requirements/dev.txt --output-file requirements/oracle.txt
resolve "$@" --group bench --constraint requirements/dev.txt --output-file requirements/bench.txt
