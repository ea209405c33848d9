#include "finn/evaluation/condition_rows.hpp"

#include <gtest/gtest.h>

#include "core/tape.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// One condition in [2, 6], and a target.
Model<double> model_with_a_target() {
  ModelSettings settings = test::settings_of(2);
  settings.network.conditioning = {ConditioningKind::inputs, 1, {}, true};
  settings.conditions = {{2}, {6}};
  return Model<double>(settings);
}

TEST(ConditionRows, standBehindOneAnotherAtAnyStride) {
  const Model<double> model = model_with_a_target();
  core::Tape<double> tape;
  tape.begin(2, core::Mode::record);
  const double rows[] = {4, 7, -1, 6, 9, -1};
  const ConditionRows<double, double> behind(model, tape, rows, 3);
  EXPECT_DOUBLE_EQ(behind.conditions().row(0, 0)[0], 0);
  EXPECT_DOUBLE_EQ(behind.conditions().row(0, 0)[1], model.conditioning().standard(0, 6));
  EXPECT_EQ(behind.target().row(0, 0)[1], 9);
  behind.conditions().adjoint_row(0, 0)[1] = 3;
  behind.target().adjoint_row(0, 0)[0] = 5;
  double adjoint[] = {1, 1, 1, 1, 1, 1};
  behind.scatter_adjoint(adjoint, 3);
  EXPECT_EQ(adjoint[0], 0);
  EXPECT_EQ(adjoint[1], 5);
  EXPECT_EQ(adjoint[2], 1);
  EXPECT_DOUBLE_EQ(adjoint[3], 3 * model.conditioning().standard_scale(0));
}

TEST(ConditionRows, areNoneOfAModelWithoutConditions) {
  const Model<double> model(test::settings_of(2));
  core::Tape<double> tape;
  tape.begin(2, core::Mode::record);
  const ConditionRows<double, double> behind(model, tape, nullptr, 0);
  EXPECT_EQ(behind.conditions().features, 0);
  EXPECT_EQ(behind.target().features, 0);
  behind.scatter_adjoint(nullptr, 0);
}

}  // namespace
}  // namespace finn::net
