#!/usr/bin/env bash
# Sees to the browser that the tests of the office drive. Without one, and without the right to install it, those tests
# are skipped, and this says how to have them run.
set -euo pipefail

if command -v chromium >/dev/null; then exit 0; fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's chromium, for the tests that walk through the office in a browser ..." >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >&2 && exit 0
fi
echo "No browser: the tests that need one are skipped. To have them run: sudo apt-get install -y chromium" >&2
