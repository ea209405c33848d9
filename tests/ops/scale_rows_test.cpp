#include "ops/scale_rows.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/broadcast.hpp"
#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

TEST(ScaleRows, multipliesARowOfLanesByAParameterAndAConstant) {
  test::expect_operation(
      {{{0, 5, -2, 2}}, 5, 3},
      []<class T>(core::Tape<T>& tape, const auto& operands, auto parameters) {
        return scale_rows(tape, T(-1.5), ParameterBlock<T>{parameters.value, parameters.adjoint, 5},
                          operands[0]);
      },
      [](const test::Sample& sample, const std::vector<test::Real>& parameters) {
        test::Features y;
        for (std::size_t k = 0; k < 5; ++k) {
          y.push_back(test::NestedDual(0, -1.5L * parameters[k] * sample[0][k][0]));
        }
        return y;
      });
}

}  // namespace
}  // namespace finn::ops
