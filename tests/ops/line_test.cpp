#include "ops/line.hpp"

#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::Real;

TEST(Line, takesOneFeatureThroughManyLines) {
  test::expect_operation(
      {{{0, 1}, {0, 4}, {0, 4}}},
      [](auto& tape, const auto& operands, auto) {
        return line(tape, operands[0], operands[1], operands[2]);
      },
      [](const test::Sample& sample, const std::vector<Real>&) {
        Features y;
        for (std::size_t k = 0; k < 4; ++k) {
          y.push_back(sample[1][k] * sample[0][0] + sample[2][k]);
        }
        return y;
      });
}

}  // namespace
}  // namespace finn::ops
