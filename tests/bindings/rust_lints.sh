#!/usr/bin/env bash
# What a Rust programmer expects of the crates beyond their tests: rustfmt, clippy and rustdoc have
# nothing to say, and the package holds the sources that `vendored` builds.
#   rust_lints.sh BUILD_FOLDER
set -euo pipefail
LIBFINN_LIB_DIR=$(cd "$1" && pwd)
export LIBFINN_LIB_DIR CARGO_TARGET_DIR=$LIBFINN_LIB_DIR/tests/bindings/rust
cd "$(dirname "$0")/../../bindings/rust"
cargo fmt --all --check
cargo clippy --quiet --locked --workspace --all-targets -- -D warnings
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --workspace --no-deps
cargo package --quiet --locked --list --allow-dirty -p libfinn-sys >"$CARGO_TARGET_DIR/packaged"
(cd ../.. && git ls-files CMakeLists.txt capi cmake core finn ops) | sed 's|^|source/|' |
  while read -r source; do
    grep --quiet --line-regexp --fixed-strings "$source" "$CARGO_TARGET_DIR/packaged" ||
      { echo "libfinn-sys: not packaged: $source" >&2 && exit 1; }
  done
echo "formatted, no lints, documented; $(wc -l <"$CARGO_TARGET_DIR/packaged") files packaged"
