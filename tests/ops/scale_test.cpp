#include "ops/scale.hpp"

#include <string>

#include "tests/support/expect_operation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

// Parameters are the scales, then the shifts.
void expect_scale(int features) {
  SCOPED_TRACE(std::to_string(features) + " features");
  test::expect_operation(
      {{{0, features}}, 2 * features},
      [=](auto& tape, const auto& operands, auto p) {
        using T = std::remove_pointer_t<decltype(p.adjoint)>;
        const ScaleParameters<T> parameters{p.value, p.value + features, p.adjoint,
                                            p.adjoint + features};
        return scale(tape, operands[0], parameters);
      },
      [](const test::Sample& sample, const std::vector<Real>& parameters) {
        const Features& x = sample[0];
        Features y;
        for (std::size_t j = 0; j < x.size(); ++j) {
          y.push_back(parameters[j] * x[j] + NestedDual(0, parameters[x.size() + j]));
        }
        return y;
      });
}

TEST(Scale, scalesAndShiftsEachFeatureByItsOwnParameters) {
  for (const int features : {1, 2, 7}) expect_scale(features);
}

}  // namespace
}  // namespace finn::ops
