// The subset algebra on every instruction set, against its definitions: integers are exact.
#include "ops/kernels/algebra.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/jet.hpp"
#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

constexpr int kLanes = core::kPackLanes<double>;
using Planes = std::vector<double>;  // [2^n][kLanes]

Planes integers(unsigned count, int factor) {
  Planes values;
  for (int i = 0; i < static_cast<int>(count) * kLanes; ++i) values.push_back(i * factor % 7 - 3);
  return values;
}

// Calls body(s, t, s_t) for every subset t of s < count and the rest of s.
template <class Body>
void for_each_split(unsigned count, Body&& body) {
  for (unsigned s = 0; s < count; ++s) {
    for (unsigned t = 0; t <= s; ++t) {
      if ((s & t) == t) body(s, t, s - t);
    }
  }
}

double& at(Planes& planes, unsigned s, unsigned lane) { return planes[s * kLanes + lane]; }

TEST(AlgebraKernel, multipliesAndCorrelatesOverAllSubsets) {
  test::for_each_instruction_set([](const InstructionSet& set) {
    for (unsigned n = 0; n <= 4; ++n) {
      const unsigned count = 1U << n;
      Planes a = integers(count, 3), b = integers(count, 5), product = integers(count, 2);
      Planes correlation = product, expected_product = product, expected = product;
      for (unsigned lane = 0; lane < kLanes; ++lane) {
        for_each_split(count, [&](unsigned s, unsigned t, unsigned rest) {
          at(expected_product, s, lane) += at(a, t, lane) * at(b, rest, lane);
          at(expected, t, lane) += at(a, s, lane) * at(b, rest, lane);
        });
      }
      const KernelTable<double>& table = set.kernels<double>();
      table.add_product[n](a.data(), kLanes, b.data(), kLanes, product.data(), kLanes, kLanes);
      table.correlation[n](a.data(), kLanes, b.data(), kLanes, correlation.data(), kLanes, kLanes,
                           true);
      EXPECT_EQ(product, expected_product) << n << " variables";
      EXPECT_EQ(correlation, expected) << n << " variables";
    }
  });
}

TEST(AlgebraKernel, takesTheTopCoefficientAlone) {
  test::for_each_instruction_set([](const InstructionSet& set) {
    for (unsigned n = 1; n <= 4; ++n) {
      const unsigned top = (1U << n) - 1;
      Planes g = integers(top + 1, 3), z = integers(top + 1, 5);
      Planes y(kLanes), expected(kLanes, 0.0);
      for (unsigned lane = 0; lane < kLanes; ++lane) {
        for (unsigned s = 0; s <= top / 2; ++s) {
          expected[lane] += at(g, s, lane) * at(z, top - s, lane);
        }
      }
      set.kernels<double>().top_product(static_cast<int>(n), g.data(), kLanes, z.data(), kLanes,
                                        y.data(), kLanes);
      EXPECT_EQ(y, expected) << n << " variables";
    }
  });
}

}  // namespace
}  // namespace finn::ops
