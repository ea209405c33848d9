#!/usr/bin/env bash
# Installs what libfinn is built, tested and drawn with, by Debian's package manager.
#   setup.sh           install what is missing
#   setup.sh --check   print what is missing; exit 1 if anything is
#   setup.sh --clang   the same as the first, with clang, its OpenMP and clang-format
#   setup.sh --neon    the same as the first, with a compiler and an emulator for 64-bit ARM
#   setup.sh --julia   the same as the first, with Julia, unless there is one: cmake/setup_julia.sh
# Where it cannot install, it prints the exact command.
set -euo pipefail

packages=(g++ cmake ninja-build libxsimd-dev libgtest-dev libbenchmark-dev nlohmann-json3-dev
          libsleef-dev python3-matplotlib pkg-config)

case "${1:-}" in
  --clang) packages+=(clang-14 clang-format-14 libomp-14-dev) ;;
  --julia) "$0" || exit 1; exec "$(dirname "$0")/setup_julia.sh" ;;
  --neon) packages+=(g++-aarch64-linux-gnu googletest qemu-user) ;;
esac

if ! command -v dpkg-query >/dev/null; then
  echo "setup: not a Debian system; install by hand what Debian calls: ${packages[*]}"
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
    missing+=("$package")
done

if [ ${#missing[@]} -eq 0 ]; then
  echo "setup: everything is installed"
  exit 0
fi
echo "setup: missing: ${missing[*]}"
[ "${1:-}" != --check ] || exit 1

install="apt-get update && apt-get install --yes --no-install-recommends ${missing[*]}"
run=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo --non-interactive true 2>/dev/null; then
    echo "setup: not allowed to install; run: sudo sh -c '$install'" >&2
    exit 1
  fi
  run=(sudo "${run[@]}")
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! "${run[@]}" sh -c "$install" >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "setup: failed; run: sudo sh -c '$install'" >&2
  exit 1
fi
echo "setup: installed ${missing[*]}"
