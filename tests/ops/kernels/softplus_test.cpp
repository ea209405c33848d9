// softplus on every instruction set: its ends, and the relations of its derivatives.
#include "ops/kernels/softplus.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "ops/kernels/dispatch.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

// Rows of the family at one argument.
std::vector<double> family(const InstructionSet& set, double x, int count) {
  std::vector<double> rows(static_cast<std::size_t>(count));
  set.kernels<double>().softplus_family(count, &x, 1, rows.data(), 1);
  return rows;
}

TEST(SoftplusKernel, hasItsEnds) {
  const double infinity = std::numeric_limits<double>::infinity();
  test::for_each_instruction_set([=](const InstructionSet& set) {
    EXPECT_EQ(family(set, -infinity, 4), (std::vector<double>{0, 0, 0, 0}));
    EXPECT_EQ(family(set, infinity, 3), (std::vector<double>{infinity, 1, 0}));
    EXPECT_EQ(family(set, 800, 2), (std::vector<double>{800, 1}));
    for (const double y : family(set, std::numeric_limits<double>::quiet_NaN(), 5)) {
      EXPECT_TRUE(std::isnan(y));
    }
  });
}

// s' = p, p' = p (1 - p), p'' = p (1 - p) (1 - 2 p).
TEST(SoftplusKernel, hasTheDerivativesOfTheLogistic) {
  test::for_each_instruction_set([](const InstructionSet& set) {
    for (double x = -20; x < 20; x += 0.7) {
      const std::vector<double> rows = family(set, x, 4);
      const double p = 1 / (1 + std::exp(-x)), q = 1 / (1 + std::exp(x));
      EXPECT_NEAR(rows[0], x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)), 1e-14);
      EXPECT_NEAR(rows[1], p, 1e-15);
      EXPECT_NEAR(rows[2], p * q, 1e-15);
      EXPECT_NEAR(rows[3], p * q * (q - p), 1e-15);
    }
  });
}

}  // namespace
}  // namespace finn::ops
