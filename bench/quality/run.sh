#!/usr/bin/env bash
# libfinn beside scikit-learn and a normalising flow on tables of real data: fetches them, fits, and
# joins what was measured.
#   run.sh [SEEDS]    5 by default; the peers are fitted once and kept
# Needs bench_files (make benchmarks). What is fetched and fitted lies in build/quality; the results
# in build/bench/quality.json and the table of docs/QUALITY.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/build/quality
venv=$work/venv
mkdir -p "$work" "$root/build/bench"

if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
  echo "bench-quality: installing the peers and the packages with the data into $venv"
  /usr/bin/python3 -m venv --clear "$venv"
  "$venv/bin/pip" install -qq --no-cache-dir -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/installed.txt"
fi
[ -e "$work/data/quakes4.test.csv" ] || "$venv/bin/python" -B -W ignore "$here/data_sets.py" "$work/data"
[ -e "$work/peers.json" ] || "$venv/bin/python" -B "$here/peers.py" "$work/data" "$work/peers.json"
[ -e "$work/flow.json" ] || "$venv/bin/python" -B -W ignore "$here/flow.py" "$work/data" "$work/flow.json"
"$root/build/release/bench/bench_files" "$work/data" "${1:-5}" "$work/fits.json"
"$venv/bin/python" -B "$here/table.py" "$work/fits.json" "$work/peers.json" \
  "$work/flow.json" "$root/build/bench/quality.json" "$root/docs/QUALITY.md"
