#!/usr/bin/env bash
# Builds the kernels with the xsimd of another Debian suite and runs their tests; and checks that
# broken versions are refused. xsimd 8.1 is what the ordinary build uses on Debian 12.
#   tests/xsimd/run.sh SUITE...     trixie has 13.2, sid has 14.3
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/build/xsimd
mkdir -p "$work"

# Nothing has to be fast, and only the kernels of the sets that xsimd supplies are of interest. No
# header is compiled beforehand, so that every file is seen to include what it needs.
configure() { # FOLDER XSIMD_INCLUDE_DIR
  cmake -G Ninja -S "$root" -B "$1" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
    -DFINN_KERNEL_OPTIMISATION=-O1 -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON -DXSIMD_INCLUDE_DIR="$2" \
    -DFINN_INSTRUCTION_SETS="sse2;avx2;avx512" -DFINN_BENCHMARKS=OFF
}

for version in 7.6.0 9.0.1 11.1.0; do
  fake=$work/fake-$version
  mkdir -p "$fake/xsimd/config"
  touch "$fake/xsimd/xsimd.hpp"
  IFS=. read -r major minor patch <<<"$version"
  printf '#define XSIMD_VERSION_MAJOR %s\n#define XSIMD_VERSION_MINOR %s\n#define XSIMD_VERSION_PATCH %s\n' \
    "$major" "$minor" "$patch" >"$fake/xsimd/config/xsimd_config.hpp"
  if configure "$fake/build" "$fake" >"$fake/log" 2>&1; then
    echo "xsimd $version was not refused" >&2
    exit 1
  fi
  grep -q "xsimd $version in $fake" "$fake/log"
  echo "xsimd $version: refused"
done

# Debian's package of a suite, unpacked, without touching the system's sources.
fetch() { # SUITE
  local lists=$work/apt-$1
  mkdir -p "$lists/lists/partial" "$lists/cache/archives/partial"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $1 main" \
    >"$lists/sources.list"
  local options=(-o "Dir::Etc::SourceList=$lists/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$lists/lists" -o "Dir::Cache=$lists/cache" -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update >/dev/null
  (cd "$lists" && apt-get "${options[@]}" download libxsimd-dev >/dev/null)
  dpkg-deb -x "$lists"/libxsimd-dev_*.deb "$work/$1"
}

for suite in "$@"; do
  if ! [ -e "$work/$suite/usr/include/xsimd/xsimd.hpp" ] && ! (set -e; fetch "$suite"); then
    echo "xsimd of $suite: NOT TESTED, Debian's archive could not be reached" >&2
    continue
  fi
  configure "$work/$suite/build" "$work/$suite/usr/include" >/dev/null
  cmake --build "$work/$suite/build" --target test_ops
  "$work/$suite/build/tests/test_ops" --gtest_brief=1
  grep -h "define XSIMD_VERSION_M" "$work/$suite/usr/include/xsimd/config/xsimd_config.hpp" |
    awk -v suite="$suite" '{v = v sep $3; sep = "."} END {print "xsimd " v " (" suite "): passed"}'
done
