#!/usr/bin/env bash
# Compares the symbols that a libfinn.so exports with capi/finn.symbols. An addition is listed in
# the same commit that makes it; a removal breaks programs that are already linked.
set -euo pipefail
library=$1
expected=$(dirname "$0")/../capi/finn.symbols
if ! diff <(nm --dynamic --defined-only --format=posix "$library" | cut -d' ' -f1 | sort) "$expected"; then
  echo "check-abi: the exported symbols (<) differ from capi/finn.symbols (>)" >&2
  exit 1
fi
echo "check-abi: $(wc -l <"$expected") symbols, as committed"
