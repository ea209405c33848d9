// Models on domains: integrals against cubature, gradients against differences, training.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/subset.hpp"
#include "core/tile.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "finn/evaluation/backpropagate.hpp"
#include "finn/evaluation/batch.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/evaluation/gradient.hpp"
#include "finn/evaluation/integrate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/training/callbacks.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/trainer.hpp"
#include "finn/training/training_options.hpp"
#include "tests/finn/domains/domain_cases.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::net {
namespace {

ModelSettings settings_on(const DomainPointer& domain, bool positive = true) {
  ModelSettings settings = positive ? test::settings_of(domain->variables())
                                    : test::signed_settings_of(domain->variables());
  settings.box = domain->box();
  settings.domain = domain;
  return settings;
}

// Points of the region, uniform in u and off its edges.
std::vector<double> points_of(const Domain& domain, int count) {
  Box inner = domain.box();
  for (std::size_t i = 0; i < static_cast<std::size_t>(inner.variables); ++i) {
    const double margin = 0.03 * (inner.upper[i] - inner.lower[i]);
    inner.lower[i] += margin;
    inner.upper[i] -= margin;
  }
  std::vector<double> x = test::points_in(inner, count);
  for (std::size_t at = 0; at < x.size(); at += static_cast<std::size_t>(inner.variables)) {
    domain.to_point(&x[at], &x[at]);
  }
  return x;
}

template <class T>
std::vector<double> density(const Model<T>& model, Workspace& workspace, Subset subset,
                            const std::vector<double>& x) {
  const auto batch = static_cast<std::int64_t>(x.size()) / model.variables();
  std::vector<double> f(static_cast<std::size_t>(batch * model.outputs()));
  mixed_partial(model, workspace, subset, x.data(), batch, f.data());
  return f;
}

class ModelOnEveryDomain : public testing::TestWithParam<std::size_t> {
 protected:
  ModelOnEveryDomain() : given_(test::domain_cases()[GetParam()]) {}

  const Domain& domain() const { return *given_.domain; }
  int n() const { return domain().variables(); }
  Subset all() const { return core::full_subset(n()); }

  const test::DomainCase given_;
  Workspace workspace_{1};
};

TEST_P(ModelOnEveryDomain, hasTheIntegralEpsilonByACubatureOfItsDensity) {
  for (const bool positive : {true, false}) {
    ModelSettings settings = settings_on(given_.domain, positive);
    settings.constraint.target = {2.5};
    auto model = test::model_of<double>(settings);
    // Smooth enough for the cubature.
    for (std::int64_t i = 0; i < model.parameter_count(); ++i) model.mutable_parameters()[i] *= 0.4;
    model.update(workspace_.corners());
    std::vector<double> nodes, weights;
    given_.cubature([&](const double* x, double weight) {
      nodes.insert(nodes.end(), x, x + n());
      weights.push_back(weight);
    });
    const std::vector<double> f = density(model, workspace_, all(), nodes);
    double sum = 0;
    for (std::size_t k = 0; k < f.size(); ++k) sum += weights[k] * f[k];
    EXPECT_NEAR(sum, 2.5, 2.5e-8) << given_.name;
    double value;
    integrate(model, workspace_, domain().box(), &value, nullptr, nullptr);
    EXPECT_NEAR(value, 2.5, 1e-12) << given_.name;
  }
}

// A network that is 0 leaves the constant of the constraint: target / volume.
TEST_P(ModelOnEveryDomain, representsAConstantExactlyWhereTheDeterminantIsConstant) {
  if (!given_.constant_determinant) return;
  Model<double> model(settings_on(given_.domain, false));
  model.update(workspace_.corners());
  for (const double f : density(model, workspace_, all(), points_of(domain(), 100))) {
    EXPECT_NEAR(f * given_.volume, 1, 1e-12) << given_.name;
  }
  Box half = domain().box();
  half.upper[0] = 0.5 * (half.lower[0] + half.upper[0]);
  double value;
  integrate(model, workspace_, half, &value, nullptr, nullptr);
  EXPECT_NEAR(value, 0.5, 1e-12) << given_.name;
}

// dLoss of sum_k (k + 1) f_k in the parameters and in x.
TEST_P(ModelOnEveryDomain, hasTheGradientOfDifferences) {
  Model<double> model = test::model_of<double>(settings_on(given_.domain));
  std::vector<double> x = points_of(domain(), 40);
  const auto loss = [&] {
    const std::vector<double> f = density(model, workspace_, all(), x);
    double sum = 0;
    for (std::size_t k = 0; k < f.size(); ++k) sum += static_cast<double>(k + 1) * f[k];
    return sum;
  };
  std::vector<double> x_adjoint(x.size());
  const Batch<double> batch{x.data(), 40, nullptr, x_adjoint.data()};
  const auto seed_rows = [](auto&, const auto& f, const core::Tile& tile) {
    for (int i = 0; i < tile.samples; ++i) f.adjoint_row(0, 0)[i] = double(tile.first + i + 1);
    return 0.0;
  };
  const Gradient<double> all_of_it = backpropagate(model, workspace_, batch, seed_rows);
  const std::vector<double> gradient(all_of_it.values, all_of_it.values + all_of_it.count);
  const auto expect_difference = [&](double& number, double exact, double h, const char* what) {
    const double here = number;
    number = here + h;
    model.update(workspace_.corners());
    const double above = loss();
    number = here - h;
    model.update(workspace_.corners());
    const double below = loss();
    number = here;
    EXPECT_NEAR(exact, (above - below) / (2 * h), 1e-6 * (1 + std::fabs(exact)))
        << given_.name << ", in " << what;
  };
  for (std::int64_t i = 0; i < model.layout().trained_count(); i += 7) {
    expect_difference(model.mutable_parameters()[i], gradient[static_cast<std::size_t>(i)], 1e-5,
                      "a parameter");
  }
  model.update(workspace_.corners());
  for (std::size_t i = 0; i < x.size(); ++i) expect_difference(x[i], x_adjoint[i], 1e-6, "x");
}

TEST_P(ModelOnEveryDomain, isFiniteWithAFiniteGradientOnEveryEdge) {
  const auto model = test::model_of<float>(settings_on(given_.domain));
  std::vector<double> x;
  for (Subset corner = 0; corner < core::coefficient_count(n()); ++corner) {
    std::array<double, core::kMaxVariables> u{}, point{};
    domain().box().corner(corner, u.data());
    domain().to_point(u.data(), point.data());
    x.insert(x.end(), point.begin(), point.begin() + n());
    u[0] = 0.5 * (domain().box().lower[0] + domain().box().upper[0]);
    domain().to_point(u.data(), point.data());
    x.insert(x.end(), point.begin(), point.begin() + n());
  }
  const auto count = static_cast<std::int64_t>(x.size()) / n();
  std::vector<double> f(static_cast<std::size_t>(count)), x_adjoint(x.size());
  const Batch<double> batch{x.data(), count, f.data(), x_adjoint.data()};
  backpropagate(model, workspace_, batch, [](auto&, const auto& value, const core::Tile& tile) {
    std::fill_n(value.adjoint_row(0, 0), tile.samples, 1.0f);
    return 0.0;
  });
  for (const double value : f) {
    EXPECT_TRUE(std::isfinite(value)) << given_.name;
    EXPECT_GE(value, 0) << given_.name;
  }
  for (const double value : x_adjoint) EXPECT_TRUE(std::isfinite(value)) << given_.name;
}

TEST_P(ModelOnEveryDomain, allocatesNothingTheSecondTime) {
  const auto model = test::model_of<double>(settings_on(given_.domain));
  const std::vector<double> x = points_of(domain(), 100);
  std::vector<double> f(100), x_adjoint(x.size());
  const Batch<double> batch{x.data(), 100, f.data(), x_adjoint.data()};
  const auto evaluate = [&] {
    mixed_partial(model, workspace_, all(), x.data(), 100, f.data());
    backpropagate(model, workspace_, batch, [](auto&, const auto&, const auto&) { return 0.0; });
  };
  evaluate();
  EXPECT_EQ(test::allocations_of(evaluate), 0);
}

TEST_P(ModelOnEveryDomain, trainsOnItsOwnPoints) {
  Model<double> model = test::model_of<double>(settings_on(given_.domain));
  const std::vector<double> x = points_of(domain(), 64);
  TrainingOptions options;
  options.steps = 60;
  options.width_prior = 0;
  options.loss.kind = Loss::negative_log_likelihood;
  Trainer<double> trainer(model, options);
  ArrayRows rows({x.data(), nullptr, 64}, model.columns(), model.outputs());
  trainer.fit(model, workspace_, rows, {});
  EXPECT_LT(trainer.history().back(), trainer.history().front() - 0.01) << given_.name;
  double mean = 0;
  for (const double f : density(model, workspace_, all(), x)) mean -= std::log(f) / 64;
  EXPECT_NEAR(mean, trainer.history().back(), 0.05) << given_.name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, ModelOnEveryDomain,
                         testing::Range(std::size_t{0}, test::domain_cases().size()),
                         [](const auto& at) { return test::case_name(at.param); });

TEST(ModelOnADomain, isTheSameForEveryNumberOfThreadsAndSplitOfTheBatch) {
  const double centre[] = {0, 0};
  const auto model = test::model_of<double>(settings_on(disk_domain(centre, 2)));
  const std::vector<double> x = points_of(*model.domain(), 333);
  Workspace one(1), three(3);
  const std::vector<double> f = density(model, one, 0b11, x);
  EXPECT_EQ(density(model, three, 0b11, x), f);
  const std::vector<double> tail(x.end() - 2 * 7, x.end());
  EXPECT_EQ(density(model, one, 0b11, tail), std::vector<double>(f.end() - 7, f.end()));
}

// The default box and the domain of that box differ outside alone.
TEST(ModelOnADomain, ofABoxIsTheModelOnTheBox) {
  const ModelSettings plain = test::settings_of(2);
  ModelSettings on_domain = plain;
  on_domain.domain = box_domain(plain.box);
  const auto a = test::model_of<double>(plain), b = test::model_of<double>(on_domain);
  const std::vector<double> x = test::points_in(plain.box, 50);
  Workspace workspace(1);
  for (const Subset subset : {0u, 1u, 2u, 3u}) {
    EXPECT_EQ(density(a, workspace, subset, x), density(b, workspace, subset, x));
  }
  EXPECT_GT(density(a, workspace, 3, {0.9, 0.2})[0], 0);
  EXPECT_EQ(density(b, workspace, 3, {0.9, 0.2})[0], 0);
}

// The weight is that of every output, and a uniform share keeps the integral.
TEST(ModelOnADomain, holdsForSeveralOutputsAndAUniformShare) {
  const auto cases = test::domain_cases();
  const auto& pentagon = *std::find_if(cases.begin(), cases.end(),
                                       [](const auto& one) { return one.name == "pentagon"; });
  ModelSettings settings = settings_on(pentagon.domain);
  settings.network.outputs = 2;
  settings.constraint.target = {1, 2.5};
  settings.constraint.uniform_share = 0.2;
  auto model = test::model_of<double>(settings);
  for (std::int64_t i = 0; i < model.parameter_count(); ++i) model.mutable_parameters()[i] *= 0.4;
  Workspace workspace(1);
  model.update(workspace.corners());
  double sums[2] = {};
  pentagon.cubature([&](const double* x, double weight) {
    const std::vector<double> f = density(model, workspace, 3, {x[0], x[1]});
    for (std::size_t j = 0; j < 2; ++j) sums[j] += weight * f[j];
    EXPECT_GE(f[0] * pentagon.volume, 0.2 * (1 - 1e-14));
  });
  EXPECT_NEAR(sums[0], 1, 1e-8);
  EXPECT_NEAR(sums[1], 2.5, 1e-8);
}

TEST(ModelOnADomain, hasNoDensityAndNoGradientOutside) {
  const double centre[] = {0, 0};
  const auto model = test::model_of<double>(settings_on(disk_domain(centre, 1)));
  const std::vector<double> x{1.1, 0, 0, -7, 0.5, 0.5};
  std::vector<double> f(3), x_adjoint(6);
  Workspace workspace(1);
  const Batch<double> batch{x.data(), 3, f.data(), x_adjoint.data()};
  backpropagate(model, workspace, batch, [](auto&, const auto& value, const auto&) {
    std::fill_n(value.adjoint_row(0, 0), 3, 1.0);
    return 0.0;
  });
  EXPECT_EQ(f[0], 0);
  EXPECT_EQ(f[1], 0);
  EXPECT_GT(f[2], 0);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(x_adjoint[i], 0);
  EXPECT_NE(x_adjoint[4], 0);
}

TEST(ModelOnADomain, integratesOverThePartOfABoxThatLiesInIt) {
  const double centre[] = {0, 0};
  const auto model = test::model_of<double>(settings_on(disk_domain(centre, 1)));
  Workspace workspace(1);
  double value;
  integrate(model, workspace, test::box_of({-5, -5}, {9, 9}), &value, nullptr, nullptr);
  EXPECT_NEAR(value, 1, 1e-12);
  integrate(model, workspace, test::box_of({2, 0}, {3, 1}), &value, nullptr, nullptr);
  EXPECT_EQ(value, 0);
}

// d_1 F differenced over the box of the other variable is the integral of f over that variable.
TEST(ModelOnADomain, hasMarginalsOverWholeFactorsAsDensitiesOfX) {
  const auto model = test::model_of<double>(settings_on(
      product_domain({line_domain(0.5, 2, Tail::gaussian), box_domain(test::box_of({-1}, {2}))})));
  Workspace workspace(1);
  for (const double x1 : {-4.0, 0.3, 2.5}) {
    const std::vector<double> F1 = density(model, workspace, 0b01, {x1, 2, x1, -1});
    double marginal = 0;
    for (const auto& x2 : test::gauss_legendre(24, -1, 2)) {
      marginal += x2.weight * density(model, workspace, 0b11, {x1, x2.at})[0];
    }
    EXPECT_NEAR(F1[0] - F1[1], marginal, 1e-10 * marginal);
  }
}

TEST(ModelOnADomain, reportsACallbackThatFailsInTheMiddleOfABatch) {
  static bool fails = false;
  UserMap map = test::parabola_map(true, true);
  map.to_box = [](const double* x, double* u, void*) -> std::int32_t {
    test::parabola_box(x, u, nullptr);
    return fails && x[0] > 0.5 ? 1 : 0;
  };
  const auto model = test::model_of<double>(settings_on(user_map_domain(map)));
  const std::vector<double> x = points_of(*model.domain(), 200);
  for (const int threads : {1, 2}) {
    Workspace workspace(threads);
    const std::vector<double> before = density(model, workspace, 3, x);
    fails = true;
    EXPECT_THROW(density(model, workspace, 3, x), core::Error);
    fails = false;
    EXPECT_EQ(density(model, workspace, 3, x), before);
  }
}

// Uniform in u is uniform in x where the determinant is constant.
TEST(ModelOnADomain, drawsTheSamplersPointsInTheRegion) {
  const double centre[] = {3, -1};
  Model<double> model = test::model_of<double>(settings_on(disk_domain(centre, 2)));
  struct Seen {
    int points = 0, inside_half_the_area = 0, outside = 0;
  } seen;
  Callbacks callbacks;
  callbacks.context = &seen;
  callbacks.sample = [](std::int64_t, std::int64_t batch, double* x, double* y, void* context) {
    auto* at = static_cast<Seen*>(context);
    for (std::int64_t i = 0; i < batch; ++i) {
      const double square = std::pow(x[2 * i] - 3, 2) + std::pow(x[2 * i + 1] + 1, 2);
      ++at->points;
      at->inside_half_the_area += square <= 2 ? 1 : 0;
      at->outside += square > 4.0000001 ? 1 : 0;
      y[i] = 1;
    }
    return true;
  };
  TrainingOptions options;
  options.steps = 20;
  Trainer<double> trainer(model, options);
  Workspace workspace(1);
  trainer.fit_sampler(model, workspace, callbacks);
  EXPECT_EQ(seen.points, 20 * 512);
  EXPECT_EQ(seen.outside, 0);
  EXPECT_NEAR(seen.inside_half_the_area / double(seen.points), 0.5, 0.02);
}

// log f = log f_u + log w, however far out a point lies.
TEST(ModelOnADomain, hasAFiniteLikelihoodWhereTheDensityUnderflows) {
  Model<float> model = test::model_of<float>(settings_on(line_domain(0, 1, Tail::gaussian)));
  const std::vector<double> x{0.1, -0.2, 60};
  Workspace workspace(1);
  EXPECT_EQ(density(model, workspace, 1, x)[2], 0);
  TrainingOptions options;
  options.steps = 3;
  options.width_prior = 0;
  options.loss.kind = Loss::negative_log_likelihood;
  Trainer<float> trainer(model, options);
  ArrayRows rows({x.data(), nullptr, 3}, model.columns(), model.outputs());
  trainer.fit(model, workspace, rows, {});
  EXPECT_NEAR(trainer.history()[0], 60 * 60 / 2 / 3.0, 10);
}

}  // namespace
}  // namespace finn::net
