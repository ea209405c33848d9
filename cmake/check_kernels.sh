#!/usr/bin/env bash
# Looks at the object files of the library on x86-64:
#   - a weak symbol of a kernel file must name its instruction set, or the linker might put the code
#     of one set in the place of another's;
#   - outside the kernel files, and in those of narrower sets, nothing may use wide registers.
#   check_kernels.sh OBJECT_FOLDER
set -euo pipefail
folder=$1
declare -A tag=([portable]=ScalarILb0E [fma]=ScalarILb1E [sse2]=4Sse2 [avx2]=4Avx2 [avx512]=6Avx512)
failed=0
fail() {
  echo "check_kernels: $1" >&2
  failed=1
}

# How many instructions of an object match the pattern.
uses() { objdump -d --no-show-raw-insn "$1" | grep -cE "$2" || true; }

objects=0
while read -r object; do
  objects=$((objects + 1))
  name=$(basename "$object" .cpp.o)
  if [[ $object == */kernels/* && -n ${tag[$name]:-} ]]; then
    untagged=$(nm --defined-only "$object" | awk '$2 ~ /^[wWvVu]$/ {print $3}' |
      grep -v -F "${tag[$name]}" || true)
    [ -z "$untagged" ] ||
      fail "$name: weak symbols without ${tag[$name]}: $(head -n 3 <<<"$untagged" | c++filt)"
  fi
  case $name in
    avx512) continue ;;
    avx2) pattern='%zmm' ;;
    fma) pattern='%zmm' ;;
    *) pattern='%[yz]mm|\sv[a-z0-9]+\s.*%xmm' ;;
  esac
  count=$(uses "$object" "$pattern")
  [ "$count" = 0 ] || fail "$object: $count instructions that only a wider processor has"
done < <(find "$folder" -name '*.cpp.o' | sort)

[ "$objects" -gt 10 ] || fail "only $objects object files in $folder"
[ "$failed" = 0 ] || exit 1
echo "check_kernels: $objects object files, no stray symbol and no stray instruction"
