#!/usr/bin/env bash
# Distributions beside pyvinecopulib, OpenTURNS, SciPy and scikit-learn, which go into
# build/peers/distributions; needs a built libfinn. Result: build/bench/distributions.json.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv=$root/build/peers/distributions
wanted=$here/requirements-distributions.txt

if ! cmp -s "$wanted" "$venv/installed.txt"; then
  echo "bench-distributions: installing the peers into $venv"
  mkdir -p "$root/build/peers"
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --only-binary :all: -r "$wanted"
  cp "$wanted" "$venv/installed.txt"
fi
mkdir -p "$root/build/bench"
export FINN_LIBRARY=$root/build/release/libfinn.so
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
exec env PYTHONDONTWRITEBYTECODE=1 "$venv/bin/python" "$here/distributions.py" \
  --data "$root/data/old_faithful.csv" --json "$root/build/bench/distributions.json" "$@"
