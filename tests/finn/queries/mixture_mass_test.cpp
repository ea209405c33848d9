#include "finn/queries/mixture_mass.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "core/random.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/networks/mixture_integral.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/central_differences.hpp"

namespace finn::net {
namespace {

MixtureAntiderivative mixture_of(const Model<double>& model) {
  return {*model.network().get<Mixture>(), model.coordinates(), model.double_weights()};
}

long double log_sum(const std::vector<long double>& logs) {
  const long double largest = *std::max_element(logs.begin(), logs.end());
  long double sum = 0;
  for (const long double log : logs) sum += std::exp(log - largest);
  return largest + std::log(sum);
}

// log of erfc(t) / 2 = sigma_1(-t), far out too: by its continued fraction.
long double log_tail(long double t) {
  if (t < 5) return std::log(std::erfc(t) / 2);
  long double fraction = 0;
  for (int k = 60; k > 0; --k) fraction = (k / 2.0L) / (t + fraction);
  return -t * t - std::log(t + fraction) - std::log(4 * std::numbers::pi_v<long double>) / 2;
}

// The logarithm of what a query asks of one normal, sigma_1(slope u + bias).
long double log_normal(const MassQuery& query, int i, long double slope, long double bias) {
  const long double a = slope * query.lower[i] + bias;
  if (query.is_point(i)) {
    return std::log(slope) - a * a - std::log(std::numbers::pi_v<long double>) / 2;
  }
  const long double width = slope * query.width[i], b = a + width, middle = a + width / 2;
  // Where the difference would lose its digits: the normal is that of its middle.
  if (width * width * (1 + middle * middle) < 1e-12L) {
    return std::log(width) - middle * middle - std::log(std::numbers::pi_v<long double>) / 2;
  }
  const long double nearer = a + b > 0 ? a : -b, further = a + b > 0 ? b : -a;
  const long double log = log_tail(nearer);
  return log + std::log(-std::expm1(log_tail(further) - log));
}

// The terms of the sum over components, from the weights of the network.
std::vector<long double> log_terms(const Model<double>& model, const MassQuery& query) {
  const Mixture& network = *model.network().get<Mixture>();
  const ComponentLayout& at = network.groups()[0];
  const NetworkShape& shape = network.shape();
  const double* weights = model.double_weights();
  const Coordinates& to = model.coordinates();
  std::vector<long double> terms;
  for (std::int64_t j = 0; j < shape.components; ++j) {
    terms.push_back(std::log(static_cast<long double>(weights[at.coefficients + j])));
    for (int i = 0; i < shape.variables; ++i) {
      std::vector<long double> normals;
      const auto axis = static_cast<std::size_t>(i);
      for (int k = 0; k < shape.normals_per_axis; ++k) {
        const std::int64_t r = i * network.normals_of_variable() + j * shape.normals_per_axis + k;
        const long double slope = weights[at.slopes + r], bias = weights[at.locations + r];
        normals.push_back(
            std::log(static_cast<long double>(weights[at.shares + r])) +
            log_normal(query, i, slope * to.scale[axis], slope * to.offset[axis] + bias));
      }
      terms.back() += log_sum(normals);
    }
  }
  return terms;
}

QueryRow some_query(const Box& box, VariableSet points, core::Random& random) {
  QueryRow row(box);
  for (int i = 0; i < box.variables; ++i) {
    const double a = random.uniform(box.lower[static_cast<std::size_t>(i)], 0.5);
    const double width = std::pow(10, random.uniform(-12, -0.5));
    (points >> i & 1) != 0 ? row.set_point(i, a) : row.set_interval(i, a, a + width, width);
  }
  return row;
}

TEST(MixtureMass, agreesWithSumsOfLogarithmsNearAndFar) {
  for (const double steepness : {1.0, 10.0, 60.0}) {
    const Model<double> model = test::narrow_mixture(3, steepness);
    MixtureMass mixture;
    mixture.set(mixture_of(model), 0);
    core::Random random(7);
    for (int q = 0; q < 400; ++q) {
      const QueryRow row = some_query(model.box(), static_cast<VariableSet>(q % 8), random);
      const auto expected = static_cast<double>(log_sum(log_terms(model, row.query())));
      const Mass mass = mixture.evaluate(row.query());
      // Rounding of the argument w u + b of a normal at distance z is 2 z eps |w u|.
      const double tolerance = 3e-11 * std::fabs(expected) + 1e-8;
      EXPECT_NEAR(mass.log(), expected, tolerance) << "query " << q << ", steepness " << steepness;
    }
  }
}

TEST(MixtureMass, hasTheSharesOfTheComponentsNearAndFar) {
  for (const double steepness : {1.0, 60.0}) {
    const Model<double> model = test::narrow_mixture(2, steepness);
    MixtureMass mixture;
    mixture.set(mixture_of(model), 0);
    core::Random random(8);
    for (int q = 0; q < 100; ++q) {
      const QueryRow row = some_query(model.box(), static_cast<VariableSet>(q % 4), random);
      const auto terms = log_terms(model, row.query());
      const long double whole = log_sum(terms);
      const std::vector<double> shares = mixture.component_shares(row.query());
      double sum = 0;
      const double tolerance = 1e-8 + 1e-11 * std::fabs(static_cast<double>(whole));
      for (std::size_t j = 0; j < terms.size(); ++j) {
        EXPECT_NEAR(shares[j], static_cast<double>(std::exp(terms[j] - whole)), tolerance);
        sum += shares[j];
      }
      EXPECT_NEAR(sum, 1, 1e-14);
    }
  }
}

TEST(MixtureMass, hasTheSharesOfTheNormalsOfAComponentNearAndFar) {
  for (const double steepness : {1.0, 60.0}) {
    const Model<double> model = test::narrow_mixture(2, steepness);
    const Mixture& network = *model.network().get<Mixture>();
    MixtureMass mixture;
    mixture.set(mixture_of(model), 0);
    core::Random random(9);
    for (int q = 0; q < 60; ++q) {
      const QueryRow row = some_query(model.box(), 0, random);
      const int component = q % 3;
      std::vector<long double> logs;
      for (int k = 0; k < 2; ++k) {
        const auto [slope, bias] = mixture.normal(1, component, k);
        const std::int64_t at = network.normals_of_variable() + 2 * component + k;
        const double share = model.double_weights()[network.groups()[0].shares + at];
        logs.push_back(std::log(share) + log_normal(row.query(), 1, slope, bias));
      }
      const std::vector<double> shares = mixture.normal_shares(row.query(), 1, component);
      const double expected = static_cast<double>(std::exp(logs[0] - log_sum(logs)));
      EXPECT_NEAR(shares[0] / (shares[0] + shares[1]), expected,
                  1e-8 + 1e-11 * std::fabs(static_cast<double>(logs[0])))
          << "query " << q << ", steepness " << steepness;
    }
  }
}

TEST(MixtureMass, findsTheMixtureOfEachOutput) {
  ModelSettings settings = test::mixture_settings_of(2, 2);
  for (const bool separate : {false, true}) {
    settings.network.separate_outputs = separate;
    const Model<double> model = test::moved_model(settings);
    for (const int output : {0, 1}) {
      MixtureMass mixture;
      mixture.set(mixture_of(model), output);
      QueryRow row(model.box());
      const double whole = mixture.evaluate(row.query()).value;
      row.set_point(0, 0.1);
      row.set_interval(1, -0.5, 0.2);
      const double expected = test::reference_mass(model, output, row.query(), 24, 4);
      EXPECT_NEAR(mixture.evaluate(row.query()).value / whole / expected, 1, 1e-10);
    }
  }
}

TEST(MixtureMass, remembersAnAxisOnlyWhileItIsTheSame) {
  const Model<double> model = test::moved_model(test::mixture_settings_of(2));
  MixtureMass mixture;
  mixture.set(mixture_of(model), 0);
  QueryRow row(model.box());
  const double whole = mixture.evaluate(row.query()).value;
  row.set_interval(0, model.box().lower[0], 0);
  const double below = mixture.evaluate(row.query()).value;
  row.set_interval(0, 0, model.box().upper[0]);
  const double above = mixture.evaluate(row.query()).value;
  EXPECT_NEAR((below + above) / whole, 1, 1e-14);
  row.set_interval(0, model.box().lower[0], model.box().upper[0]);
  EXPECT_EQ(mixture.evaluate(row.query()).value, whole);
}

// The density itself is 0 there, and its logarithm that of the formula.
TEST(MixtureMass, givesADensityItsLogarithmWhereItUnderflows) {
  const Model<double> model = test::narrow_mixture(2, 60);
  const Distribution distribution = Distribution::of(model, 0);
  QueryRow whole(model.box());
  const long double log_whole = log_sum(log_terms(model, whole.query()));
  Workspace workspace(1);
  for (const double x : {-0.39, -0.2, 0.0, 0.3, 0.5}) {
    const double row[] = {x, x - 0.1};
    double value = -1, log = 0;
    density(distribution, workspace, row, 1, &value, &log);
    QueryRow at(model.box());
    at.set_point(0, row[0]);
    at.set_point(1, row[1]);
    const auto expected = static_cast<double>(log_sum(log_terms(model, at.query())) - log_whole);
    EXPECT_NEAR(log / expected, 1, 1e-12) << x;
    EXPECT_TRUE(value == 0 ? expected < -700 : expected > -750) << x;
    EXPECT_TRUE(x < 0 || value == 0) << x;
  }
}

// Of a query whose first variables stand at points: the difference of log masses, near the normals
// and where masses are no numbers any more.
TEST(MixtureMass, hasTheSlopesOfItsLogarithm) {
  for (const double slope : {1.0, 80.0}) {
    const Model<double> model = test::narrow_mixture(3, slope);
    MixtureMass mixture;
    mixture.set(mixture_of(model), 0);
    const auto query = [](double offset, int moved) {
      QueryRow row(test::box_of({-1, -1, -1}, {1, 1, 1}));
      for (int i = 0; i < 2; ++i) row.set_point(i, 0.3 - 0.1 * i + (i == moved ? offset : 0));
      row.set_interval(2, 0.25, 0.5);
      return row;
    };
    std::array<double, 3> slopes{};
    mixture.log_slopes(query(0, 0).query(), slopes.data());
    EXPECT_EQ(mixture.evaluate(query(0, 0).query()).shift != 0, slope > 1);
    for (int i = 0; i < 2; ++i) {
      const auto reference = test::central_differences(1e-4, [&](double offset) {
        return std::vector<double>{mixture.evaluate(query(offset, i).query()).log()};
      });
      EXPECT_NEAR(slopes[static_cast<std::size_t>(i)] / reference[0], 1, 1e-8);
    }
    EXPECT_EQ(slopes[2], 0);
  }
}

// Of normals that are nearly one, well within the limits.
TEST(MixtureMass, isNearTheQuantileOfOneNormal) {
  const Model<double> model = test::narrow_mixture(2, 30);
  MixtureMass mixture;
  mixture.set(mixture_of(model), 0);
  QueryRow whole(model.box());
  whole.set_point(1, -0.35);
  const double all = mixture.evaluate(whole.query()).value;
  for (const double share : {0.01, 0.3, 0.5, 0.95}) {
    QueryRow below = whole;
    below.set_interval(0, whole.lower(0), mixture.near_quantile(whole.query(), 0, share));
    EXPECT_NEAR(mixture.evaluate(below.query()).value / all, share, 0.02);
  }
}

}  // namespace
}  // namespace finn::net
