#include "ops/weigh.hpp"

#include <string>

#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::Real;

void expect_weigh(int features) {
  SCOPED_TRACE(std::to_string(features) + " features");
  test::expect_operation(
      {{{0, features}, {0, 1}}, 0},
      [](auto& tape, const auto& operands, auto) { return weigh(tape, operands[0], operands[1]); },
      [](const test::Sample& sample, const std::vector<Real>&) {
        Features y;
        for (const auto& x : sample[0]) y.push_back(x * sample[1][0]);
        return y;
      });
}

TEST(Weigh, multipliesEveryFeatureByTheWeightOfItsSample) {
  for (const int features : {1, 2, 7}) expect_weigh(features);
}

}  // namespace
}  // namespace finn::ops
