#!/usr/bin/env bash
# Runs a program under each instruction set that the processor has and compares what it prints, with
# fused multiply-adds and without.
#   compare.sh PROGRAM
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compare() { # SET...
  local set status compared=()
  for set in "$@"; do
    status=0
    FINN_SIMD=$set "$program" >"$work/$set" || status=$?
    [ "$status" != 77 ] || { echo "$set: not here" && continue; }
    [ "$status" = 0 ] || { echo "$set: exit status $status" >&2 && exit 1; }
    compared+=("$set")
    cmp "$work/${compared[0]}" "$work/$set"
  done
  [ ${#compared[@]} -gt 0 ] || return 0
  echo "${compared[*]}: the same $(wc -c <"$work/${compared[0]}") bytes"
  [ ${#compared[@]} -gt 1 ] || echo "only one set here: nothing was compared"
}

program=$1
compare fma avx2 avx512
compare sse2 portable
