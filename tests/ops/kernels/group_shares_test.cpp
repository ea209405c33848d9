// Shares of groups on every instruction set, where exponentials would overflow.
#include "ops/kernels/group_shares.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/jet.hpp"
#include "ops/kernels/dispatch.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

constexpr int kMembers = 3;

// The shares of one group whose members have these values in every lane.
template <class T>
std::vector<T> shares(const InstructionSet& set, int lanes, const T (&members)[kMembers]) {
  std::vector<T> x;
  for (const T member : members) x.insert(x.end(), static_cast<std::size_t>(lanes), member);
  std::vector<T> y(x.size());
  set.kernels<T>().group_shares(1, kMembers, lanes, x.data(), y.data());
  return y;
}

template <class T>
void expect_shares() {
  test::for_each_instruction_set([](const InstructionSet& set) {
    for (const int lanes : {core::kNarrowLanes, core::kTileLanes<T>}) {
      const auto y = shares<T>(set, lanes, {T(30000), T(30000), T(-30000)});
      for (int lane = 0; lane < lanes; ++lane) {
        EXPECT_EQ(y[static_cast<std::size_t>(lane)], T(0.5));
        EXPECT_EQ(y[static_cast<std::size_t>(lane + lanes)], T(0.5));
        EXPECT_EQ(y[static_cast<std::size_t>(lane + 2 * lanes)], 0);
      }
    }
  });
}

TEST(GroupSharesKernel, doesNotOverflow) {
  expect_shares<float>();
  expect_shares<double>();
}

TEST(GroupSharesKernel, passesNaNOnToItsLaneOnly) {
  test::for_each_instruction_set([](const InstructionSet& set) {
    const int lanes = core::kPackLanes<double>;
    std::vector<double> x(kMembers * lanes, 1.0), y(x);
    x[lanes + 2] = std::numeric_limits<double>::quiet_NaN();
    set.kernels<double>().group_shares(1, kMembers, lanes, x.data(), y.data());
    for (std::size_t i = 0; i < y.size(); ++i) EXPECT_EQ(std::isnan(y[i]), i % lanes == 2) << i;
  });
}

}  // namespace
}  // namespace finn::ops
