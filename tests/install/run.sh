#!/usr/bin/env bash
# Installs a build into an empty prefix, then builds and runs the README's C and C++ programs
# against it from outside the tree: by pkg-config, by find_package, shared and static. The README's
# pieces of C++ (its fences say c++ and not cpp) become the blocks of one program.
#   tests/install/run.sh BUILD_FOLDER
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >/dev/null
# The program number $2 of language $1 in the README, into the file $3.
program_of_readme() {
  awk -v fence="\`\`\`$1" -v wanted="$2" \
    '$0 == fence {on = ++count == wanted; next} /^```/ {on = 0} on' "$root/README.md" >"$work/$3"
  [ -s "$work/$3" ] || { echo "README.md has no program $2 in $1" >&2; exit 1; }
}
program_of_readme c 1 readme.c
program_of_readme c 2 load.c
program_of_readme cpp 1 readme.cpp
{
  printf '#include <finn.hpp>\n#include <cmath>\n#include <iostream>\n'
  printf 'int main() {\nfinn::Workspace workspace;\n'
  awk '/^```c\+\+$/ {print "{"; on = 1; next} /^```/ && on {print "}"; on = 0} on' "$root/README.md"
  echo '}'
} >"$work/pieces.cpp"
[ "$(grep -c '^{$' "$work/pieces.cpp")" -ge 5 ] || { echo "README.md has no pieces" >&2; exit 1; }
cp "$root/data/old_faithful.csv" "$work"

cd "$work"
pc=$work/$(dirname "$(find prefix -name libfinn.pc)")
export PKG_CONFIG_PATH=$pc
lib=$(pkg-config --variable=libdir libfinn)
export LD_LIBRARY_PATH=$lib
read -ra cflags < <(pkg-config --cflags libfinn)
read -ra libs < <(pkg-config --libs libfinn)
gcc -std=c99 -pedantic -Wall -Wextra -Werror "${cflags[@]}" readme.c -o pc_shared "${libs[@]}" -lm
gcc -std=c99 -pedantic -Wall -Wextra -Werror "${cflags[@]}" load.c -o load "${libs[@]}" -lm
g++ -std=c++20 -Wall -Wextra -Werror "${cflags[@]}" pieces.cpp -o pieces "${libs[@]}"
private=$(sed -n 's/^Libs.private: //p' "$pc/libfinn.pc")
# shellcheck disable=SC2086
gcc -std=c99 "${cflags[@]}" readme.c -o pc_static "$lib/libfinn.a" $private
cmake -S "$root/tests/install" -B user -DCMAKE_PREFIX_PATH="$work/prefix" -DSNIPPETS="$work" \
  >/dev/null
cmake --build user >/dev/null
for program in ./pieces ./pc_shared ./load ./pc_static ./load user/readme_c user/readme_cpp; do
  echo "$program: $("$program" | tail -n 1)"
done
