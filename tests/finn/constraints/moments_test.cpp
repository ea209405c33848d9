#include "finn/constraints/moments.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "finn/constraints/box_polynomial.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/constraints/legendre.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::net {
namespace {

BoxPolynomial polynomial(const Box& domain, const Box& box, std::vector<int> powers) {
  BoxPolynomial::Factors factors;
  for (std::size_t i = 0; i < powers.size(); ++i) {
    factors[i] = monomial(box.lower[i], box.upper[i], powers[i]);
  }
  return {box, factors, domain};
}

// Constants and powers on the domain and on a part of it.
std::vector<BoxPolynomial> polynomials_of(const Box& domain) {
  Box part = domain;
  for (std::size_t i = 0; i < static_cast<std::size_t>(domain.variables); ++i) {
    part.lower[i] += 0.2 * (domain.upper[i] - domain.lower[i]);
    part.upper[i] -= 0.3 * (domain.upper[i] - domain.lower[i]);
  }
  const auto n = static_cast<std::size_t>(domain.variables);
  std::vector<int> none(n), first(n), last(n), all(n, 1);
  first[0] = 3;
  last[n - 1] = 2;
  std::vector<BoxPolynomial> polynomials;
  for (const Box& box : {domain, part}) {
    for (const auto& powers : {none, first, last, all}) {
      polynomials.push_back(polynomial(domain, box, powers));
    }
  }
  return polynomials;
}

// Each network, in one to three variables, with two outputs and no constraint.
std::vector<ModelSettings> settings_of_networks() {
  std::vector<ModelSettings> all;
  for (int n = 1; n <= 3; ++n) {
    for (ModelSettings settings : {test::settings_of(n, 2), test::signed_settings_of(n, 2),
                                   test::mixture_settings_of(n, 2)}) {
      settings.constraint.kind = ConstraintKind::none;
      all.push_back(settings);
    }
  }
  return all;
}

TEST(Moments, areTheCubatureOfTheMixedPartialTimesThePolynomial) {
  Workspace workspace(1);
  for (const ModelSettings& settings : settings_of_networks()) {
    const Model<double> model = test::model_of<double>(settings, 5);
    const auto polynomials = polynomials_of(settings.box);
    std::vector<double> values(2 * polynomials.size());
    Moments(polynomials).evaluate(model.antiderivative(), workspace.corners(), values.data());
    for (std::size_t k = 0; k < polynomials.size(); ++k) {
      const Box& box = polynomials[k].box();
      const auto n = static_cast<std::size_t>(box.variables);
      std::vector<double> x, weights;
      test::for_each_node(
          n == 3 ? 14 : 20,
          n == 1   ? 8
          : n == 2 ? 4
                   : 3,
          {box.lower.begin(), box.lower.begin() + n}, {box.upper.begin(), box.upper.begin() + n},
          [&](const double* point, double weight) {
            x.insert(x.end(), point, point + n);
            weights.push_back(weight * polynomials[k].partial(all_variables(box.variables), point));
          });
      std::vector<double> f(2 * weights.size());
      mixed_partial(model, workspace, all_variables(box.variables), x.data(),
                    static_cast<std::int64_t>(weights.size()), f.data());
      for (std::size_t j = 0; j < 2; ++j) {
        double sum = 0;
        for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * f[2 * i + j];
        EXPECT_NEAR(values[j * polynomials.size() + k], sum, 1e-9 * (1 + std::fabs(sum)))
            << "n = " << n << ", polynomial " << k;
      }
    }
  }
}

TEST(Moments, haveTheAdjointOfTheirWeights) {
  CornerScratch scratch;
  for (const ModelSettings& settings : settings_of_networks()) {
    Model<double> model = test::model_of<double>(settings, 5);
    const auto polynomials = polynomials_of(settings.box);
    const Moments moments(polynomials);
    std::vector<double> values(2 * polynomials.size()), adjoint(values.size());
    for (std::size_t k = 0; k < adjoint.size(); ++k) adjoint[k] = std::sin(1.0 + double(k));
    std::vector<double> gradient(static_cast<std::size_t>(model.parameter_count()));
    moments.add_adjoint(model.antiderivative(), adjoint.data(), scratch, gradient.data());
    model.pull_back(gradient.data());
    const auto loss = [&](std::int64_t k, double offset) {
      model.mutable_parameters()[k] += offset;
      model.update(scratch);
      moments.evaluate(model.antiderivative(), scratch, values.data());
      model.mutable_parameters()[k] -= offset;
      double sum = 0;
      for (std::size_t i = 0; i < values.size(); ++i) sum += adjoint[i] * values[i];
      return sum;
    };
    for (std::int64_t k = 0; k < model.layout().trained_count(); k += 7) {
      const double reference = (loss(k, 1e-5) - loss(k, -1e-5)) / 2e-5;
      EXPECT_NEAR(gradient[static_cast<std::size_t>(k)], reference, 1e-7);
    }
  }
}

// One step of erf in the middle, as steep as `slope` in coordinates of unit variance.
double error_of_steep_step(double slope, int powered) {
  ModelSettings settings = test::mixture_settings_of(powered);
  settings.network.components = 1;
  settings.network.normals_per_axis = 1;
  settings.network.positivity = ops::Positivity::exp;
  settings.constraint.kind = ConstraintKind::none;
  Model<double> model(settings);
  std::fill_n(model.mutable_parameters(), powered, std::log(slope));
  CornerScratch scratch;
  model.update(scratch);
  const BoxPolynomial p = polynomial(settings.box, settings.box,
                                     std::vector<int>(static_cast<std::size_t>(powered), 2));
  double moment = 0;
  Moments({p}).evaluate(model.antiderivative(), scratch, &moment);
  // The product of the same integrals of one variable, with many nodes.
  double expected = 1;
  for (std::size_t i = 0; i < static_cast<std::size_t>(powered); ++i) {
    const double a = settings.box.lower[i], b = settings.box.upper[i];
    const double scale = std::sqrt(3.0) / (0.5 * (b - a));
    double sum = 0;
    for (int piece = 0; piece < 400; ++piece) {
      const double side = (b - a) / 400;
      for (const auto& node : test::gauss_legendre(8, a + piece * side, a + (piece + 1) * side)) {
        const double z = slope * scale * (node.at - 0.5 * (a + b));
        sum += node.weight * p.factor(static_cast<int>(i)).value(node.at) * slope * scale *
               std::exp(-z * z) / std::sqrt(std::acos(-1.0));
      }
    }
    expected *= sum;
  }
  return std::fabs(moment - expected) / std::fabs(expected);
}

// The figures of docs/CONSTRAINTS.md, rounded up.
TEST(Moments, haveTheErrorThatTheDocumentationStates) {
  struct Figure {
    int powered;
    double slope, error;
  };
  for (const auto& [powered, slope, error] : {Figure{1, 20, 1e-14},
                                              {1, 50, 2e-10},
                                              {1, 100, 3e-7},
                                              {2, 5, 1e-13},
                                              {2, 10, 3e-9},
                                              {2, 20, 4e-6},
                                              {3, 2, 1e-12},
                                              {3, 5, 4e-8},
                                              {3, 10, 1e-4}}) {
    EXPECT_LT(error_of_steep_step(slope, powered), error) << powered << ", " << slope;
  }
}

TEST(Moments, thatNeedTooManyPointsAreRefused) {
  const Box domain = test::skew_box(5);
  for (const std::vector<int>& powers : {std::vector<int>{1, 1, 1, 1, 0}, {8, 8, 8, 8, 8}}) {
    try {
      Moments({polynomial(domain, domain, powers)});
      FAIL() << "accepted";
    } catch (const core::Error& error) {
      EXPECT_EQ(error.status(), core::Status::ERROR_ARGUMENT);
      EXPECT_NE(std::string(error.what()).find("integral 0"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace finn::net
