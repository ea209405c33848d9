#include "finn/model/standards.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "core/error.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/network_shape.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

constexpr StandardsLayout kLayout{2, 1, 3};

TEST(Standards, areZerosWhereNothingIsKnown) {
  const std::vector<double> section(static_cast<std::size_t>(kLayout.count()), 0.0);
  const Standards standards = standards_of(kLayout, section.data());
  EXPECT_EQ(kLayout.count(), 9);
  EXPECT_EQ(standards.mean, (std::vector<double>{0, 0}));
  EXPECT_EQ(standards.spread, (std::vector<double>{1, 1}));
  EXPECT_EQ(standards.condition_mean, std::vector<double>{0});
  EXPECT_EQ(standards.condition_spread, std::vector<double>{1});
  EXPECT_EQ(standards.unit, (std::vector<double>{1, 1, 1}));
  const Box box = test::skew_box(2);
  const Coordinates of_box = Coordinates::standard(box);
  EXPECT_EQ(standardised(of_box, standards).scale, of_box.scale);
  EXPECT_EQ(standardised(of_box, standards).offset, of_box.offset);
}

TEST(Standards, areReadAsTheyWereWritten) {
  const Standards written{{3, -2}, {0.5, 20}, {1}, {4}, {1e-6, 1, 1e6}};
  std::vector<double> section(static_cast<std::size_t>(kLayout.count()));
  write_standards(kLayout, written, section.data());
  const Standards read = standards_of(kLayout, section.data());
  EXPECT_EQ(read.mean, written.mean);
  EXPECT_EQ(read.condition_mean, written.condition_mean);
  EXPECT_NEAR(read.spread[1], 20, 1e-13);
  EXPECT_NEAR(read.condition_spread[0], 4, 1e-14);
  EXPECT_NEAR(read.unit[2], 1e6, 1e-8);
  const Coordinates moved = standardised(Coordinates::raw(), read);
  EXPECT_NEAR(moved.scale[0] * 3 + moved.offset[0], 0, 1e-15);
  EXPECT_NEAR(moved.scale[0] * 3.5 + moved.offset[0], 1, 1e-14);
}

std::string refusal_of(std::int64_t at, double number) {
  std::vector<double> section(static_cast<std::size_t>(kLayout.count()), 0.0);
  section[static_cast<std::size_t>(at)] = number;
  try {
    standards_of(kLayout, section.data());
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_ARGUMENT);
    return error.what();
  }
  return "";
}

TEST(Standards, refuseWhatIsNoStandardByName) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_NE(refusal_of(kLayout.mean() + 1, infinity).find("mean of variable 1"), std::string::npos);
  EXPECT_NE(refusal_of(kLayout.log_spread(), 800).find("spread of variable 0"), std::string::npos);
  EXPECT_NE(refusal_of(kLayout.log_condition_spread(), -800).find("spread of condition 0"),
            std::string::npos);
  EXPECT_NE(refusal_of(kLayout.log_unit() + 2, 800).find("unit of output 2"), std::string::npos);
}

double value_at(const Model<double>& model, const std::vector<double>& x) {
  Workspace workspace(1);
  double value = 0;
  mixed_partial(model, workspace, all_variables(model.variables()), x.data(), 1, &value);
  return value;
}

// Twice the unit of an output doubles its integral and its f, and those of no other output.
TEST(Standards, multiplyFByTheUnitOfItsOutput) {
  for (ModelSettings settings : {test::settings_of(2), test::mixture_settings_of(2)}) {
    settings.constraint.kind = ConstraintKind::none;
    Model<double> model = test::model_of<double>(settings);
    const double integral = model.domain_integral(0).value;
    const double before = value_at(model, {0.1, 0.2});
    const std::int64_t at = model.layout().standards() + model.layout().of_standards.log_unit();
    model.mutable_parameters()[at] = std::log(2.0);
    Workspace workspace(1);
    model.update(workspace.corners());
    EXPECT_NEAR(model.domain_integral(0).value, 2 * integral, 1e-12 * std::fabs(integral));
    EXPECT_NEAR(value_at(model, {0.1, 0.2}), 2 * before, 1e-12 * before);
  }
}

TEST(Standards, leaveTheModelAsItWasWhereTheyAreRefused) {
  Model<double> model = test::model_of<double>(test::settings_of(1));
  const double before = model.coordinates().scale[0];
  const std::int64_t at = model.layout().standards() + model.layout().of_standards.log_spread();
  model.mutable_parameters()[at] = 1000;
  Workspace workspace(1);
  EXPECT_THROW(model.update(workspace.corners()), core::Error);
  EXPECT_EQ(model.coordinates().scale[0], before);
}

}  // namespace
}  // namespace finn::net
