#!/usr/bin/env bash
# Runs a command and says how long it took, and how much time of all processors.
#   timed.sh NAME COMMAND ARGUMENT...
name=$1
shift
TIMEFORMAT="== $name: %0R s; processors: %0U s and %0S s of the system's"
time "$@"
