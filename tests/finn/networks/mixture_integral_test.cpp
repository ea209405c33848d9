#include "finn/networks/mixture_integral.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "finn/domains/box.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/evaluation/integrate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/corner_sum.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/networks/network_shape.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/nested_dual.hpp"

namespace finn::net {
namespace {

using test::Real;

// sigma_1(b) - sigma_1(a), from the tail in which both are small.
Real naive_difference(Real a, Real b) {
  if (a + b > 0) return naive_difference(-b, -a);
  const Real width = b - a;
  if (width > 0.5L) return (std::erfc(-b) - std::erfc(-a)) / 2;
  // Simpson's rule, whose error is below 1e-16 of the result at this width.
  constexpr int kPieces = 2000;
  Real sum = test::naive_gauss(a) + test::naive_gauss(b);
  for (int i = 1; i < kPieces; ++i) {
    sum += (i % 2 == 1 ? 4 : 2) * test::naive_gauss(a + width * i / kPieces);
  }
  return sum * width / (3 * kPieces);
}

Real naive_integral(const Model<double>& model, const Box& box, int output) {
  const Mixture& mixture = *model.network().get<Mixture>();
  const NetworkShape& shape = mixture.shape();
  const ComponentLayout& at = mixture.groups()[0];
  const double* weights = model.weights();
  Real sum = 0;
  for (std::int64_t j = 0; j < shape.components; ++j) {
    Real product = weights[at.coefficients + output * shape.components + j];
    for (int i = 0; i < shape.variables; ++i) {
      const auto axis = static_cast<std::size_t>(i);
      const Real scale = model.coordinates().scale[axis], offset = model.coordinates().offset[axis];
      Real factor = 0;
      for (std::int64_t k = 0; k < shape.normals_per_axis; ++k) {
        const std::int64_t row = (i * shape.components + j) * shape.normals_per_axis + k;
        const Real slope = weights[at.slopes + row], bias = weights[at.locations + row];
        factor += (mixture.has_shares() ? weights[at.shares + row] : 1.0) *
                  naive_difference(slope * (scale * Real(box.lower[axis]) + offset) + bias,
                                   slope * (scale * Real(box.upper[axis]) + offset) + bias);
      }
      product *= factor;
    }
    sum += product;
  }
  return sum;
}

std::vector<CornerSum> sums_over(const Model<double>& model, const Box& box) {
  CornerScratch scratch;
  std::vector<CornerSum> sums;
  corner_sums(model.antiderivative(), box, scratch, sums);
  return sums;
}

// A box of half-width h about a point of the domain.
Box box_about(const Model<double>& model, double h) {
  Box box = model.box();
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    const double centre = 0.3 * box.lower[i] + 0.7 * box.upper[i];
    box.lower[i] = centre - h;
    box.upper[i] = centre + h;
  }
  return box;
}

TEST(MixtureIntegral, isTheNaiveOneInManyVariablesAndOverBoxesOfEverySize) {
  for (const int n : {1, 2, 3, 5, 16, 32, 64}) {
    const Model<double> model = test::model_of<double>(test::mixture_settings_of(n, 2));
    for (const double h : {1.0, 0.3, 1e-2, 1e-4}) {
      if (n == 64 && h < 1e-3) continue;  // 1e-320
      const Box box = box_about(model, h);
      const std::vector<CornerSum> sums = sums_over(model, box);
      for (int j = 0; j < 2; ++j) {
        const CornerSum& sum = sums[static_cast<std::size_t>(j)];
        const auto expected = static_cast<double>(naive_integral(model, box, j));
        EXPECT_LE(std::fabs(sum.value - expected), sum.error_estimate) << n << ", " << h;
        EXPECT_EQ(sum.magnitude, sum.value);
        EXPECT_LE(sum.error_estimate, 1e-12 * sum.value);
      }
    }
  }
}

TEST(MixtureIntegral, addsUpOverHalves) {
  const Model<double> model = test::model_of<double>(test::mixture_settings_of(16));
  Box whole = model.box();
  for (std::size_t axis = 0; axis < 16; ++axis) {
    Box left = whole, right = whole;
    left.upper[axis] = right.lower[axis] = 0.4 * whole.lower[axis] + 0.6 * whole.upper[axis];
    const CornerSum all = sums_over(model, whole)[0];
    EXPECT_NEAR(sums_over(model, left)[0].value + sums_over(model, right)[0].value, all.value,
                all.error_estimate);
    whole = left;
  }
}

TEST(MixtureIntegral, isZeroOverABoxWithoutExtent) {
  const Model<double> model = test::model_of<double>(test::mixture_settings_of(2));
  Box box = model.box();
  box.lower[1] = box.upper[1];
  EXPECT_EQ(sums_over(model, box)[0].value, 0);
}

// The quadrature of the density, in two variables, by the midpoint rule.
TEST(MixtureIntegral, isThatOfTheIntegrand) {
  const Model<double> model = test::model_of<double>(test::mixture_settings_of(2));
  Workspace workspace(1);
  constexpr int kSide = 400;
  const Box box = box_about(model, 0.4);
  std::vector<double> x;
  for (int i = 0; i < kSide * kSide; ++i) {
    x.push_back(box.lower[0] + (i % kSide + 0.5) * (box.upper[0] - box.lower[0]) / kSide);
    x.push_back(box.lower[1] + (i / kSide + 0.5) * (box.upper[1] - box.lower[1]) / kSide);
  }
  std::vector<double> f(kSide * kSide);
  mixed_partial(model, workspace, VariableSet{0b11}, x.data(), kSide * kSide, f.data());
  double sum = 0;
  for (const double value : f) sum += value;
  double integral, condition_number;
  integrate(model, workspace, box, &integral, &condition_number, nullptr);
  EXPECT_NEAR(sum * box.volume() / (kSide * kSide), integral, 2e-5 * integral);
  EXPECT_EQ(condition_number, 1);
}

void expect_adjoint_of_differences(const ModelSettings& settings, double h_box) {
  const Model<double> model = test::model_of<double>(settings);
  const Box box = box_about(model, h_box);
  CornerScratch scratch;
  const auto count = static_cast<std::size_t>(model.network().parameter_count());
  std::vector<double> weights(model.weights(), model.weights() + count);
  const Antiderivative F{model.network(), model.coordinates(), weights.data()};
  const double adjoint[] = {0.7, -1.3};
  std::vector<double> gradient(count);
  add_corner_sum_adjoint(F, box, adjoint, scratch, gradient.data());
  std::vector<CornerSum> sums;
  const auto value = [&] {
    corner_sums(F, box, scratch, sums);
    return adjoint[0] * sums[0].value + adjoint[1] * sums[1].value;
  };
  for (std::size_t i = 0; i < count; ++i) {
    const double h = 1e-5;
    const double weight = weights[i];
    weights[i] = weight + h;
    const double above = value();
    weights[i] = weight - h;
    const double difference = (above - value()) / (2 * h);
    weights[i] = weight;
    EXPECT_NEAR(gradient[i], difference, 1e-7 * (1 + std::fabs(difference))) << "weight " << i;
  }
}

TEST(MixtureIntegralAdjoint, agreesWithDifferencesInEveryWeight) {
  expect_adjoint_of_differences(test::mixture_settings_of(3, 2), 0.5);
  ModelSettings one_normal = test::mixture_settings_of(2, 2);
  one_normal.network.normals_per_axis = 1;
  expect_adjoint_of_differences(one_normal, 0.01);
  ModelSettings separate = test::mixture_settings_of(2, 2);
  separate.network.separate_outputs = true;
  expect_adjoint_of_differences(separate, 0.5);
}

}  // namespace
}  // namespace finn::net
