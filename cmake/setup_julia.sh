#!/usr/bin/env bash
# Installs Julia 1.5.3 from Debian 11 (bullseye), beside whatever Debian this is, unless there is a
# Julia. The suite is added at priority 50, so that nothing else is ever taken from it. Where it
# cannot install, it prints the exact command.
set -euo pipefail

if command -v julia >/dev/null; then
  echo "setup: $(julia --version) is installed"
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "setup: not a Debian system; install Julia 1.5.3 or newer by hand" >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo --non-interactive true 2>/dev/null; then
    echo "setup: not allowed to install; run: sudo $(realpath "$0")" >&2
    exit 1
  fi
  exec sudo "$(realpath "$0")"
fi

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$log" "$work"' EXIT
trap 'tail -n 20 "$log" >&2; echo "setup: failed; run: sudo $(realpath "$0")" >&2' ERR

apt-get update >"$log" 2>&1
if ! apt-cache policy julia | grep --quiet 'Candidate: [0-9]'; then
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
    "http://deb.debian.org/debian bullseye main" >/etc/apt/sources.list.d/libfinn-bullseye.list
  printf 'Package: *\nPin: release n=bullseye\nPin-Priority: 50\n' \
    >/etc/apt/preferences.d/libfinn-bullseye
  apt-get update >"$log" 2>&1
fi
apt-get install --yes --no-install-recommends julia >"$log" 2>&1

# This Julia was built for the libunwind of its own Debian and crashes in the first exception with a
# newer one. It looks into its own folder first, so that is where the old one goes.
fails='@noinline fail(x) = error("x"); call(x) = fail(x) + 1; try call(1) catch; end'
survives() { (julia --startup-file=no -e "$fails" || exit 1) >"$log" 2>&1; }
if ! survives; then
  (cd "$work" && apt-get download libunwind8/bullseye && dpkg-deb -x libunwind8_*.deb .) \
    >"$log" 2>&1
  private=$(dirname "$(dpkg-query --listfiles libjulia1 | grep '/julia/sys.so$')")
  cp -P "$work"/usr/lib/*/libunwind.so.8* "$private/"
  survives
fi
echo "setup: installed $(julia --version)"
