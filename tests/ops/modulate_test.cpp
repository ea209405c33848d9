#include "ops/modulate.hpp"

#include <string>

#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

// Operands are x, scales and biases; what is not used is left out of the operation.
void expect_modulate(int variables, bool has_scale, bool has_bias) {
  SCOPED_TRACE(std::to_string(variables) + " variables");
  test::expect_operation(
      {{{variables, 3}, {0, 3}, {0, 3}}},
      [=](auto& tape, const auto& operands, auto) {
        std::remove_cvref_t<decltype(operands[0])> none;
        return modulate(tape, operands[0], has_scale ? operands[1] : none,
                        has_bias ? operands[2] : none);
      },
      [=](const test::Sample& sample, const std::vector<Real>&) {
        Features y;
        for (std::size_t j = 0; j < 3; ++j) {
          y.push_back((has_scale ? sample[1][j][0] : Real(1)) * sample[0][j]);
          if (has_bias) y[j][0] += sample[2][j][0];
        }
        return y;
      });
}

TEST(Modulate, scalesEveryCoefficientAndMovesTheFirst) {
  for (int variables = 0; variables <= 3; ++variables) expect_modulate(variables, true, true);
}

TEST(Modulate, takesScalesOrBiasesAlone) {
  expect_modulate(1, true, false);
  expect_modulate(1, false, true);
}

}  // namespace
}  // namespace finn::ops
