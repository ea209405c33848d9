#include "finn/training/model_facts.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <memory>
#include <string>

#include "core/error.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// What require_same_facts says of two models; empty when they are the same.
std::string difference(const ModelSettings& a, const ModelSettings& b) {
  try {
    require_same_facts(facts_of(Model<double>(a)), facts_of(Model<double>(b)), "test");
    return "";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_SIZE);
    return error.what();
  }
}

ModelSettings on(const DomainPointer& domain) {
  ModelSettings settings = test::mixture_settings_of(domain->variables());
  settings.domain = domain;
  settings.box = domain->box();
  return settings;
}

TEST(ModelFacts, areTheSameForModelsOfTheSameSettings) {
  const double centre[] = {0, 0}, vertices[] = {0, 0, 1, 0.2, 0, 2};
  const auto disk = [&] { return on(polar_domain(centre, 1.5)); };
  const auto triangle = [&] { return on(simplex_domain(2, vertices)); };
  EXPECT_EQ(difference(test::settings_of(2), test::settings_of(2)), "");
  EXPECT_EQ(difference(disk(), disk()), "");
  EXPECT_EQ(difference(triangle(), triangle()), "");
}

// Each change alone, and the words that the message must hold.
TEST(ModelFacts, thatDifferAreNamedWithBothValues) {
  struct Change {
    std::function<void(ModelSettings&)> make;
    const char* words;
  };
  const Change changes[] = {
      {[](auto& s) {
         s.network.outputs = 2, s.constraint.target = {1, 1};
       },
       "outputs is 1, that of this model 2"},
      {[](auto& s) {
         s.network.widths = {6, 6};
       },
       "widths at element 1 is 5, that of this model 6"},
      {[](auto& s) { s.network.widths = {6}; },
       "widths is a list of 2, that of this model one of 1"},
      {[](auto& s) { s.network.positivity = ops::Positivity::square; }, "positivity"},
      {[](auto& s) { s.box.upper[1] = 1000; },
       "upper at element 1 is 0.8, that of this model 1000"},
      {[](auto& s) { s.box.lower[0] = -7; }, "lower at element 0 is -1, that of this model -7"},
      {[](auto& s) { s.standard_coordinates = false; }, "input_scaling"},
      {[](auto& s) { s.constraint.kind = ConstraintKind::shift; }, "constraint"},
      {[](auto& s) { s.constraint.target = {2}; }, "target is 1, that of this model 2"},
      {[](auto& s) { s.constraint.uniform_share = 0.5; },
       "uniform_share is 0, that of this model 0.5"},
      {[](auto& s) { s.constraint.bound = Bound::at_most; }, "bound"},
      {[](auto& s) { s.constraint.transition_width = 3; },
       "transition_width is 1, that of this model 3"}};
  for (const Change& change : changes) {
    ModelSettings other = test::settings_of(2);
    change.make(other);
    const std::string told = difference(test::settings_of(2), other);
    EXPECT_NE(told.find(change.words), std::string::npos) << change.words << ": " << told;
    EXPECT_EQ(told.find("test: another model: its "), 0u) << told;
  }
}

TEST(ModelFacts, holdTheRangeOfTheConditions) {
  ModelSettings settings = test::settings_of(2), other;
  settings.network.conditioning = {ConditioningKind::film, 1, {3}, false};
  settings.conditions = {{0}, {4}};
  other = settings;
  other.conditions.upper = {5};
  const std::string told = difference(settings, other);
  EXPECT_NE(told.find("condition_upper is 4, that of this model 5"), std::string::npos) << told;
}

TEST(ModelFacts, holdTheLinearConstraints) {
  ModelSettings settings = test::signed_settings_of(2), other;
  settings.constraint.kind = ConstraintKind::projection;
  settings.constraint.linear = {{settings.box, {1, 0}, {0.5}}};
  other = settings;
  other.constraint.linear[0].values = {0.25};
  const std::string told = difference(settings, other);
  EXPECT_NE(told.find("value of linear constraint 0 is 0.5, that of this model 0.25"),
            std::string::npos)
      << told;
}

TEST(ModelFacts, tellDomainsApartByKindBoxAndMap) {
  const double centre[] = {0, 0}, moved[] = {0, 1e-3}, vertices[] = {0, 0, 1, 0.2, 0, 2};
  const auto disk = on(polar_domain(centre, 1));
  const auto expect = [](const std::string& told, const char* words) {
    EXPECT_NE(told.find(words), std::string::npos) << told;
  };
  expect(difference(disk, on(polar_domain(centre, 2))), "upper at element 0");
  expect(difference(disk, on(polar_domain(moved, 1))), "domain's map of u = (");
  expect(difference(disk, on(simplex_domain(2, vertices))),
         "domain is polar, that of this model affine");
  ModelSettings plain = test::mixture_settings_of(2);
  plain.box = disk.box;
  expect(difference(plain, disk), "domain is none, that of this model polar");
  expect(difference(on(box_domain(test::box_of({0}, {1}))), on(box_domain(test::box_of({0}, {2})))),
         "upper is 1, that of this model 2");
}

// A star of many corners, of which one is a little further out.
TEST(ModelFacts, findAMapThatDiffersInASmallPart) {
  const double centre[] = {0, 0};
  const auto star = [&](double bump) {
    const auto radius = [](const double* direction, double* value, void* data) -> std::int32_t {
      const double angle = std::atan2(direction[1], direction[0]);
      *value = 1 + *static_cast<double*>(data) * std::exp(-std::pow((angle - 1) / 0.05, 2));
      return 0;
    };
    return on(star_domain(2, centre, {radius, std::make_shared<double>(bump)}));
  };
  EXPECT_EQ(difference(star(0), star(0)), "");
  EXPECT_NE(difference(star(0), star(1e-3)), "");
}

}  // namespace
}  // namespace finn::net
