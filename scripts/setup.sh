#!/usr/bin/env bash
# Makes .venv with the locked packages and the project in it; does nothing when that has been done for these locks.
# Group by group: "dev" (which holds the runtime), and whatever other group is named: scripts/setup.sh oracle bench
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }

usable() { # a Python that is new enough and can make environments (Debian keeps the latter in a package of its own)
  "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if usable "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

get_python() {
  local packages="python3 python3-venv"
  if ! command -v apt-get >/dev/null; then
    say "Telusur needs Python 3.11 or newer with its venv module; install it and run this again."
    exit 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    say "Telusur needs Python 3.11 or newer with its venv module. Run this once, then run the command again:"
    say "  sudo apt-get install $packages"
    exit 1
  fi
  say "Installing Debian's $packages (Python 3.11 or newer with its venv module was not found) ..."
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >&2
}

# An environment is bound to its folder and its Python; a lock or a folder that changed asks for it anew.
key_of() {
  { pwd; cat "requirements/$1.txt" pyproject.toml scripts/setup.sh; } | sha256sum | cut -d ' ' -f 1
}

works() { [ -x .venv/bin/python ] && .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

ready() { works && [ "$(cat ".venv/.ready-$1" 2>/dev/null)" = "$(key_of "$1")" ]; }

install() { # the lock of one group, each file checked against its hash
  say "Installing the locked packages of requirements/$1.txt into .venv (the first time takes a minute or two) ..."
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$1.txt"
}

if ! ready dev; then
  if ! works; then
    python="$(find_python)" || { get_python; python="$(find_python)"; } || {
      say "This Debian's Python is older than 3.11; install a newer one and run this again."
      exit 1
    }
    say "Making .venv with $("$python" --version) ..."
    rm -rf .venv
    "$python" -m venv .venv
  fi
  install dev
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
  key_of dev >.venv/.ready-dev
fi

for group in "$@"; do
  if ! ready "$group"; then
    install "$group"
    key_of "$group" >".venv/.ready-$group"
  fi
done
