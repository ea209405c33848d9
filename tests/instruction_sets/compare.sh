#!/usr/bin/env bash
# Runs a program under each instruction set with fused multiply-adds that the processor has and
# compares what it prints.
#   compare.sh PROGRAM
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
compared=()
for set in fma avx2 avx512; do
  status=0
  FINN_SIMD=$set "$1" >"$work/$set" || status=$?
  [ "$status" != 77 ] || { echo "$set: not here" && continue; }
  [ "$status" = 0 ] || { echo "$set: exit status $status" >&2 && exit 1; }
  compared+=("$set")
  cmp "$work/${compared[0]}" "$work/$set"
done
echo "${compared[*]}: the same $(wc -c <"$work/${compared[0]}") bytes"
[ ${#compared[@]} -gt 1 ] || echo "only one set here: nothing was compared"
