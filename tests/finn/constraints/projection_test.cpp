#include "finn/constraints/projection.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/subset.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/constraints/legendre.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::net {
namespace {

LinearConstraint constraint_on(const Box& box, std::array<int, core::kMaxVariables> powers,
                               double value) {
  return {box, powers, {value}};
}

// The message with which the constraints are refused; empty if they are not.
std::string refusal_of(const Box& domain, const std::vector<LinearConstraint>& constraints) {
  try {
    const Projection projection(domain, constraints);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_ARGUMENT);
    return error.what();
  }
  return {};
}

ModelSettings projected(const Box& domain, std::vector<LinearConstraint> constraints) {
  ModelSettings settings = test::signed_settings_of(domain.variables);
  settings.box = domain;
  settings.constraint.kind = ConstraintKind::projection;
  settings.constraint.linear = std::move(constraints);
  return settings;
}

// f of a model at points.
std::vector<double> integrand(const Model<double>& model, const std::vector<double>& x) {
  Workspace workspace(1);
  const std::int64_t rows = static_cast<std::int64_t>(x.size()) / model.variables();
  std::vector<double> f(static_cast<std::size_t>(rows * model.outputs()));
  mixed_partial(model, workspace, all_variables(model.variables()), x.data(), rows, f.data());
  return f;
}

// The integral of body(x, f(x)) over a box of one variable.
template <class Body>
double quadrature(const Model<double>& model, double lower, double upper, Body&& body) {
  double sum = 0;
  test::for_each_node(20, 8, {lower}, {upper}, [&](const double* x, double weight) {
    sum += weight * body(x[0], integrand(model, {x[0]})[0]);
  });
  return sum;
}

TEST(Projection, givesTheMomentsThatAreWanted) {
  const Box domain = test::box_of({-1}, {3}), part = test::box_of({0}, {1.5});
  const Model<double> model = test::model_of<double>(
      projected(domain, {constraint_on(domain, {0}, 0.5), constraint_on(domain, {1}, -2),
                         constraint_on(part, {0}, 1), constraint_on(part, {3}, 0.25)}));
  const auto moment = [&](double lower, double upper, int power) {
    return quadrature(model, lower, upper,
                      [&](double x, double f) { return std::pow(x, power) * f; });
  };
  EXPECT_NEAR(moment(-1, 0, 0) + moment(0, 1.5, 0) + moment(1.5, 3, 0), 0.5, 1e-12);
  EXPECT_NEAR(moment(-1, 0, 1) + moment(0, 1.5, 1) + moment(1.5, 3, 1), -2, 1e-12);
  EXPECT_NEAR(moment(0, 1.5, 0), 1, 1e-12);
  EXPECT_NEAR(moment(0, 1.5, 3), 0.25, 1e-12);
}

// f - f' is orthogonal to whatever moves none of the moments, so it is the least change.
TEST(Projection, movesTheIntegrandAsLittleAsCanBe) {
  const Box domain = test::box_of({-1}, {3});
  ModelSettings settings =
      projected(domain, {constraint_on(domain, {0}, 0.5), constraint_on(domain, {1}, -2)});
  const Model<double> model = test::model_of<double>(settings);
  settings.constraint = {};
  settings.constraint.kind = ConstraintKind::none;
  const Model<double> plain = test::model_of<double>(settings);
  for (int degree = 2; degree <= 5; ++degree) {
    const LegendreSeries other = legendre_polynomial(-1, 3, degree);
    const double change = quadrature(model, -1, 3, [&](double x, double f) {
      return (f - integrand(plain, {x})[0]) * other.value(x);
    });
    EXPECT_NEAR(change, 0, 1e-13);
  }
}

// Mass, mean and more of a domain that begins at 1000, where the powers themselves are nearly
// multiples of each other: the values are those of 1 + (x - 1000.5).
TEST(Projection, losesNoDigitsFarFromZero) {
  const Box domain = test::box_of({1000}, {1001});
  std::vector<LinearConstraint> constraints;
  for (int power = 0; power <= 3; ++power) {
    double value = 0;
    for (const auto& node : test::gauss_legendre(8, 1000, 1001)) {
      value += node.weight * std::pow(node.at, power) * (1 + node.at - 1000.5);
    }
    constraints.push_back(constraint_on(domain, {power}, value));
  }
  const Model<double> model = test::model_of<double>(projected(domain, constraints));
  const auto central = [&](int power) {
    return quadrature(model, 1000, 1001,
                      [&](double x, double f) { return std::pow(x - 1000.5, power) * f; });
  };
  // What the values say of the central moments ends with their own rounding, 1000^power of it.
  EXPECT_NEAR(central(0), 1, 1e-12);
  EXPECT_NEAR(central(1), 1.0 / 12, 1e-11);
  EXPECT_NEAR(central(2), 1.0 / 12, 1e-9);
  EXPECT_NEAR(central(3), 1.0 / 80, 1e-6);
}

TEST(Projection, meetsFirstMomentsAlone) {
  const Box domain = test::box_of({1000}, {1001});
  const Model<double> model =
      test::model_of<double>(projected(domain, {constraint_on(domain, {1}, 700)}));
  EXPECT_NEAR(quadrature(model, 1000, 1001, [](double x, double f) { return x * f; }), 700, 1e-9);
}

TEST(Projection, refusesConstraintsThatDependOnEachOtherByName) {
  const Box domain = test::box_of({0, 0}, {2, 1});
  const Box left = test::box_of({0, 0}, {1, 1}), right = test::box_of({1, 0}, {2, 1});
  const auto mass = [](const Box& box) { return constraint_on(box, {}, 1); };
  EXPECT_EQ(refusal_of(domain, {mass(left), mass(right)}), "");
  const std::string three = refusal_of(domain, {mass(left), mass(right), mass(domain)});
  EXPECT_NE(three.find("integral 2 depends on integral 0, 1:"), std::string::npos) << three;
  const std::string twice = refusal_of(
      domain, {mass(left), constraint_on(domain, {1, 0}, 1), constraint_on(domain, {1, 0}, 2)});
  EXPECT_NE(twice.find("integral 2 depends on integral 1:"), std::string::npos) << twice;
}

TEST(Projection, refusesPowersThatNoNumberHolds) {
  const Box domain = test::box_of({1e60}, {2e60});
  const std::string refusal = refusal_of(domain, {constraint_on(domain, {8}, 1)});
  EXPECT_NE(refusal.find("integral 0"), std::string::npos) << refusal;
}

TEST(Projection, failsWhereTheNetworkHasNoFiniteMoments) {
  const Box domain = test::box_of({-1}, {3});
  Model<double> model =
      test::model_of<double>(projected(domain, {constraint_on(domain, {1}, 0.5)}));
  std::fill_n(model.mutable_parameters(), model.layout().trained_count(), 1e308);
  CornerScratch scratch;
  model.update(scratch);
  EXPECT_THROW(model.normalisation(), core::Error);
}

}  // namespace
}  // namespace finn::net
