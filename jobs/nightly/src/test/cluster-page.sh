#!/usr/bin/env bash
# Runs the commands of docs/cluster.md, "On a laptop", as they are there, in a bash that ends at the first failure.
# Needs python3 with venv, and the network for the first time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
# shellcheck disable=SC2016 # the backticks are Markdown's
commands=$(sed -n '/^## On a laptop/,/^## Several machines/p' docs/cluster.md | sed -n '/^```bash$/,/^```$/{/^```/d;p}')
[[ $commands == *nightly* ]] || {
    echo "docs/cluster.md: no commands below 'On a laptop'; put the heading back" >&2
    exit 1
}
exec bash -c "set -euo pipefail; trap 'kill \$(jobs -p) 2>/dev/null || true' EXIT; $commands"
