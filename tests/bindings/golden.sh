#!/usr/bin/env bash
# Compares what golden_bits prints with the committed file, line by line.
#   golden.sh PROGRAM FILE             compare
#   golden.sh PROGRAM FILE --write     write the file anew
set -euo pipefail
printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
status=0
"$1" >"$printed" || status=$?
[ "$status" = 0 ] || { cat "$printed" && exit "$status"; }
if [ "${3:-}" = --write ]; then
  cp "$printed" "$2"
elif ! cmp "$printed" "$2"; then
  echo "lines that differ:" >&2
  diff "$2" "$printed" | grep '^>' | cut -d' ' -f2 >&2
  echo "if the bits have changed on purpose: $0 $1 $2 --write" >&2
  exit 1
fi
