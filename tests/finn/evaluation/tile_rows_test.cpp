#include "finn/evaluation/tile_rows.hpp"

#include <gtest/gtest.h>

#include "core/tape.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// Two variables, one condition in [2, 6], a target, and a shift, whose function is 1/V.
Model<double> model_with_all_columns() {
  ModelSettings settings = test::signed_settings_of(2);
  settings.network.conditioning.kind = ConditioningKind::inputs;
  settings.network.conditioning.conditions = 1;
  settings.network.conditioning.target_from_row = true;
  settings.conditions = {{2}, {6}};
  return Model<double>(settings);
}

class TileRowsTest : public testing::Test {
 protected:
  TileRowsTest() { tape_.begin(2, core::Mode::record); }

  const Model<double> model_ = model_with_all_columns();
  const double rows_[8] = {0.1, 0.2, 4, 7, -0.3, 0.4, 6, 9};
  core::Tape<double> tape_;
};

TEST_F(TileRowsTest, putsEveryColumnOfARowInItsPlaceOnTheTape) {
  const TileRows<double, double> rows(model_, tape_, all_variables(2), rows_);
  const Coordinates& coordinates = model_.coordinates();
  EXPECT_EQ(rows.seed().directions, 2);
  EXPECT_DOUBLE_EQ(rows.seed().x.row(0, 1)[1], coordinates.scale[1] * 0.4 + coordinates.offset[1]);
  EXPECT_DOUBLE_EQ(rows.behind().conditions().row(0, 0)[0], 0);
  EXPECT_DOUBLE_EQ(rows.behind().conditions().row(0, 0)[1], model_.conditioning().standard(0, 6));
  EXPECT_EQ(rows.behind().target().row(0, 0)[1], 9);
  EXPECT_DOUBLE_EQ(rows.functions().row(0, 0)[0], 1 / model_.box().volume());
  EXPECT_EQ(rows.mapped(), nullptr);
}

TEST_F(TileRowsTest, givesTheAdjointOfEveryColumnBack) {
  const TileRows<double, double> rows(model_, tape_, all_variables(2), rows_);
  rows.seed().x.adjoint_row(0, 0)[1] = 2;
  rows.behind().conditions().adjoint_row(0, 0)[1] = 3;
  rows.behind().target().adjoint_row(0, 0)[1] = 5;
  double adjoint[8];
  rows.scatter_adjoint({}, adjoint);
  EXPECT_DOUBLE_EQ(adjoint[4], 2 * model_.coordinates().scale[0]);
  EXPECT_EQ(adjoint[5], 0);
  EXPECT_DOUBLE_EQ(adjoint[6], 3 * model_.conditioning().standard_scale(0));
  EXPECT_EQ(adjoint[7], 5);
}

}  // namespace
}  // namespace finn::net
