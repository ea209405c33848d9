// The functions that libFuzzer calls (https://llvm.org/docs/LibFuzzer.html).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/fuzz/check_file.hpp"
#include "tests/fuzz/mutate.hpp"
#include "tests/fuzz/seeds.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const finn::fuzz::FileChecker checker;
  checker.check({data, size});
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned int seed) {
  static const std::vector<finn::fuzz::Bytes> seeds = finn::fuzz::seeds();
  finn::fuzz::Engine engine(seed);
  const finn::fuzz::Bytes& other = seeds[engine() % seeds.size()];
  const finn::fuzz::Bytes file =
      size < 8 ? other : finn::fuzz::mutated({data, data + size}, other, engine);
  const std::size_t length = std::min(file.size(), most);
  std::copy_n(file.begin(), length, data);
  return length;
}
