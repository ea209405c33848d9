#!/usr/bin/env bash
# Compares the symbols that a libfinn.so exports with capi/finn.symbols, without the versions that
# capi/finn.map gives them. An addition is listed in the same commit that makes it; a removal breaks
# programs that are already linked.
set -euo pipefail
library=$1
expected=$(dirname "$0")/../capi/finn.symbols
# A version node is itself an absolute symbol, which nothing links to.
exported() {
  nm --dynamic --defined-only --format=posix "$1" | awk '$2 != "A" { sub("@.*", "", $1); print $1 }' | sort
}
if ! diff <(exported "$library") "$expected"; then
  echo "check-abi: the exported symbols (<) differ from capi/finn.symbols (>)" >&2
  exit 1
fi
echo "check-abi: $(wc -l <"$expected") symbols, as committed"
