#include "finn/constraints/affine_normaliser.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/error.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/integral.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

Normalisation solved(const Model<double>& model, const std::vector<double>& arguments) {
  const AffineNormaliser normaliser(model.constraint(), model.box());
  CornerScratch scratch;
  Normalisation numbers;
  normaliser.solve(model.antiderivative(), arguments.data(), scratch, numbers);
  return numbers;
}

TEST(AffineNormaliser, hasAFunctionWhereItAddsOne) {
  Constraint constraint;
  const Box box = test::box_of({0}, {2});
  EXPECT_EQ(AffineNormaliser(constraint, box).functions(), 0);
  constraint.uniform_share = 0.1;
  EXPECT_EQ(AffineNormaliser(constraint, box).functions(), 1);
  constraint = {};
  constraint.kind = ConstraintKind::shift;
  EXPECT_EQ(AffineNormaliser(constraint, box).functions(), 1);
  constraint.kind = ConstraintKind::none;
  EXPECT_EQ(AffineNormaliser(constraint, box).functions(), 0);
}

TEST(AffineNormaliser, scalesEachOutputByItsOwnIntegral) {
  const Model<double> model = test::model_of<double>(test::settings_of(2, 2));
  const Normalisation numbers = solved(model, {1, 5});
  EXPECT_DOUBLE_EQ(numbers.scale[0] * numbers.integrals[0].value, 1);
  EXPECT_DOUBLE_EQ(numbers.scale[1] * numbers.integrals[1].value, 5);
  EXPECT_TRUE(numbers.coefficients.empty());
}

TEST(AffineNormaliser, addsWhatTheIntegralLacksUnderAShift) {
  const Model<double> model = test::model_of<double>(test::signed_settings_of(2, 2));
  const Normalisation numbers = solved(model, {1, 5});
  EXPECT_EQ(numbers.scale[1], 1);
  EXPECT_DOUBLE_EQ(numbers.coefficients[1] + numbers.integrals[1].value, 5);
}

TEST(AffineNormaliser, failsWhereAnIntegralVanishes) {
  Model<double> model(test::settings_of(1));  // all parameters are 0
  CornerScratch scratch;
  model.update(scratch);
  EXPECT_THROW(solved(model, {1}), core::Error);
}

}  // namespace
}  // namespace finn::net
