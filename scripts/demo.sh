#!/usr/bin/env bash
# Assesses every example case and says where its dossier lies.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

for case in examples/*/; do
  name="$(basename "$case")"
  printf '\n== %s\n' "$name"
  sed -n '1s/^# //p' "$case/case.yaml"
  .venv/bin/telusur assess "$case" --out "out/$name" --force
done
