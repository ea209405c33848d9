#!/usr/bin/env bash
# Runs a program by an instruction set, or, under the name best, by the one that is in use anyway.
# Exits with 77 where the processor lacks the set or it is the best one: that is not another set.
#   on_set.sh SET SET_IN_USE PROGRAM ARGUMENT...
set -euo pipefail
set_wanted=$1 set_in_use=$2
shift 2
best=$(env -u FINN_SIMD "$set_in_use")
[ "$set_wanted" != best ] || exec env -u FINN_SIMD "$@"
export FINN_SIMD=$set_wanted
[ "$("$set_in_use")" = "$set_wanted" ] || { echo "$set_wanted: not here" && exit 77; }
[ "$set_wanted" != "$best" ] || { echo "$set_wanted: the best set here" && exit 77; }
exec "$@"
