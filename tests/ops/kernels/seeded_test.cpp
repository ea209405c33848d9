// One feature of a first layer on every instruction set, against its definition.
#include "ops/kernels/seeded.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <vector>

#include "core/jet.hpp"
#include "ops/kernels/dispatch.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

constexpr int kVariables = 2, kCount = 1 << kVariables;

// Integers: products and sums are exact.
std::vector<double> integers(int size, int factor) {
  std::vector<double> values;
  for (int i = 0; i < size; ++i) values.push_back(i * factor % 11 - 5);
  return values;
}

TEST(SeededKernel, givesEverySubsetItsDerivativeTimesItsFactor) {
  test::for_each_instruction_set([](const InstructionSet& set) {
    for (const int lanes : {core::kNarrowLanes, core::kTileLanes<double>}) {
      const auto factors = integers(kCount, 3), derivatives = integers((kVariables + 2) * lanes, 7);
      std::vector<double> y(static_cast<std::size_t>(kCount * lanes));
      set.kernels<double>().seeded_composition(kVariables, factors.data(), derivatives.data(),
                                               lanes, y.data(), lanes, lanes);
      for (int i = 0; i < kCount * lanes; ++i) {
        const unsigned s = static_cast<unsigned>(i / lanes);
        const auto row = static_cast<std::size_t>(std::popcount(s) * lanes + i % lanes);
        EXPECT_EQ(y[static_cast<std::size_t>(i)], factors[s] * derivatives[row]);
      }
    }
  });
}

TEST(SeededKernel, sumsTheAdjointsOfTheArgumentAndOfTheFactors) {
  test::for_each_instruction_set([](const InstructionSet& set) {
    const int lanes = core::kPackLanes<double>;
    const auto factors = integers(kCount, 3), derivatives = integers((kVariables + 2) * lanes, 7),
               above = integers(kCount * lanes, 5);
    std::vector<double> of_z(lanes), of_factors(kCount);
    set.kernels<double>().seeded_transpose(kVariables, factors.data(), derivatives.data(), lanes,
                                           above.data(), lanes, lanes, of_z.data(),
                                           of_factors.data());
    std::vector<double> z(lanes, 0.0), f(kCount, 0.0);
    for (unsigned s = 0; s < kCount; ++s) {
      for (unsigned lane = 0; lane < lanes; ++lane) {
        const unsigned row = static_cast<unsigned>(std::popcount(s)) * lanes + lane;
        z[lane] += above[s * lanes + lane] * factors[s] * derivatives[row + lanes];
        f[s] += above[s * lanes + lane] * derivatives[row];
      }
    }
    EXPECT_EQ(of_z, z);
    EXPECT_EQ(of_factors, f);
  });
}

}  // namespace
}  // namespace finn::ops
