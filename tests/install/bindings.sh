#!/usr/bin/env bash
# Installs a build into an empty prefix, then builds and runs the examples and the README's programs
# in Rust and Julia against it, each in a fresh project outside the tree.
#   tests/install/bindings.sh BUILD_FOLDER
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cmake --install "$build" --prefix "$work/prefix" >/dev/null

snippet() { # LANGUAGE FILE
  awk -v fence="\`\`\`$1" '$0 == fence {on = 1; next} /^```/ {on = 0} on' "$root/README.md" >"$2"
  [ -s "$2" ] || { echo "README.md has no $1 program" >&2; exit 1; }
}

PKG_CONFIG_PATH=$work/$(dirname "$(find prefix -name libfinn.pc)")
export PKG_CONFIG_PATH
library=$(pkg-config --variable=libdir libfinn)/libfinn.so

echo "== Rust: a project with libfinn as a dependency, found by pkg-config"
mkdir -p rust/src/bin
cat >rust/Cargo.toml <<TOML
[package]
name = "user"
version = "0.1.0"
edition = "2024"

[dependencies]
libfinn = { path = "$root/bindings/rust/libfinn" }
TOML
snippet rust rust/src/bin/readme.rs
cp "$root/bindings/rust/libfinn/examples/fig1.rs" rust/src/bin/
(
  cd rust
  export CARGO_TARGET_DIR=$build/tests/bindings/user LD_LIBRARY_PATH=${library%/*}
  cargo build --quiet --release
  "$CARGO_TARGET_DIR/release/readme"
  "$CARGO_TARGET_DIR/release/fig1"
)

echo "== Julia: a project with LibFinn in its manifest, found by LIBFINN"
mkdir julia
snippet julia julia/readme.jl
uuid=$(sed -n 's/^uuid = //p' "$root/bindings/julia/Project.toml")
# As Pkg.develop would write them, which asks for a registry even where none is needed.
printf '[deps]\nLibFinn = %s\n' "$uuid" >julia/Project.toml
cat >julia/Manifest.toml <<TOML
[[LibFinn]]
deps = ["Libdl", "Random", "Statistics"]
path = "$root/bindings/julia"
uuid = $uuid
version = "0.2.0"
TOML
for standard in Libdl Random Statistics; do
  sed -n "s/^$standard = \(.*\)/\n[[$standard]]\nuuid = \1/p" "$root/bindings/julia/Project.toml"
done >>julia/Manifest.toml
export LIBFINN=$library
julia --startup-file=no --project=julia julia/readme.jl
julia --startup-file=no --project=julia "$root/bindings/julia/examples/fig1.jl"
