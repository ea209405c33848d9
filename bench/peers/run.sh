#!/usr/bin/env bash
# libfinn against its peers on this machine: installs them, builds the C++ ones, compares, times.
#   run.sh            everything; about twenty minutes after the installation
#   run.sh --quick    a few cases, to see that it works
#   run.sh --mixtures the mixtures and the time to quality alone, without the C++ peers
#   run.sh --help     the other options, which are those of compare.py
# Needs a built libfinn (make build). The peers of PyPI go into build/peers/venv, 6 GB; those of
# Debian are installed by apt-get. Results: build/bench/peers.json and build/bench/peers.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
finn=$root/build/release
build=$root/build/peers
venv=$build/venv

packages=(g++ cmake ninja-build python3-venv util-linux libxsmm-dev libeigen3-dev libadolc-dev)

missing_packages() {
  for package in "${packages[@]}"; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      echo "$package"
  done
}

install_packages() {
  local missing become=()
  missing=$(missing_packages | xargs)
  [ -n "$missing" ] || return 0
  local install="apt-get update && apt-get install --yes --no-install-recommends $missing"
  if [ "$(id -u)" -ne 0 ]; then
    become=(sudo --non-interactive)
    if ! "${become[@]}" true 2>/dev/null; then
      echo "bench-peers: not allowed to install; run: sudo sh -c '$install'" >&2
      exit 1
    fi
  fi
  echo "bench-peers: installing $missing"
  "${become[@]}" env DEBIAN_FRONTEND=noninteractive sh -c "$install" >"$build/apt.log" 2>&1 || {
    tail -n 20 "$build/apt.log" >&2
    echo "bench-peers: failed; run: sudo sh -c '$install'" >&2
    exit 1
  }
}

install_wheels() {
  cmp -s "$here/requirements.txt" "$venv/installed.txt" && return
  echo "bench-peers: installing PyTorch and JAX into $venv (some minutes)"
  /usr/bin/python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --no-cache-dir --only-binary :all: -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/installed.txt"
}

build_programs() {
  cmake -S "$here" -B "$build/cpp" -G Ninja -DFINN_BUILD="$finn" >"$build/cmake.log" &&
    cmake --build "$build/cpp" >>"$build/cmake.log" || {
    tail -n 20 "$build/cmake.log" >&2
    exit 1
  }
}

has_option() {
  local wanted=$1 option
  shift
  for option in "$@"; do [ "$option" != "$wanted" ] || return 0; done
  return 1
}

require() {
  [ -e "$finn/$1" ] || { echo "bench-peers: no $finn/$1; run: make $2" >&2; exit 1; }
}

require libfinn.so build
require bench/bench_quality_time benchmarks
mkdir -p "$build/cpp" "$build/tables"
if ! has_option --mixtures "$@"; then
  require libfinn.a build
  install_packages
  build_programs
fi
install_wheels

export FINN_LIBRARY=$finn/libfinn.so
export FINN_QUALITY_TIME=$finn/bench/bench_quality_time
export ADOLC_PEER_LIBRARY=$build/cpp/libadolc_peer.so
export TORCHINDUCTOR_CACHE_DIR=$build/inductor
exec env PYTHONDONTWRITEBYTECODE=1 "$venv/bin/python" "$here/compare.py" \
  --build "$build/cpp" --output "$root/build/bench" "$@"
