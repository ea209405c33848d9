// Log likelihoods in float, where f itself is no float: the losses of double, whatever the volume.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

// Sums of uniform numbers, near a normal distribution and within 3.5 deviations, times a scale.
std::vector<double> bell(std::size_t count, double scale, std::uint64_t seed) {
  constexpr std::size_t terms = 4;
  const auto draws = random_numbers<double>(terms * count, -1, 1, seed);
  std::vector<double> x(count, 0.0);
  for (std::size_t k = 0; k < draws.size(); ++k) {
    x[k / terms] += scale * std::sqrt(3.0 / terms) * draws[k];
  }
  return x;
}

struct FitLosses {
  double last, validation;
};

// What a fit of 50 steps to these rows comes to, in a precision.
FitLosses losses_of(ModelSpec spec, finn_precision precision, const std::vector<double>& rows,
                    finn_loss loss) {
  spec.precision = precision;
  finn_training_options options = short_training(50, 0);
  options.loss = loss;
  options.validation_share = 0.2;
  const ModelHandle model = make_model(spec);
  const WorkspaceHandle workspace = make_workspace();
  const TrainerHandle trainer = make_trainer(model.get(), options);
  require_ok([&](finn_error* e) {
    return finn_trainer_fit_data(trainer.get(), workspace.get(), rows.data(), nullptr, nullptr,
                                 batch_of(model.get(), rows), nullptr, nullptr, e);
  });
  FitLosses losses{history_of(trainer.get()).back(), 0};
  require_ok([&](finn_error* e) {
    return finn_trainer_best(trainer.get(), &losses.validation, nullptr, e);
  });
  return losses;
}

// Float has the losses of double, and both those of the scale 1 but for n log scale.
struct LikelihoodFit {
  int variables = 10;
  finn_loss loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  std::vector<double> scales{1, 1000, 1e-5, 1e6};
  std::function<ModelSpec(double scale)> spec{};
  std::function<std::vector<double>(double scale)> rows{};
};

void expect_losses_of_double(const LikelihoodFit& fit) {
  const FitLosses one = losses_of(fit.spec(1), FINN_FLOAT64, fit.rows(1), fit.loss);
  for (const double scale : fit.scales) {
    const double shift = fit.variables * std::log(scale);
    for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
      const FitLosses found = losses_of(fit.spec(scale), precision, fit.rows(scale), fit.loss);
      EXPECT_NEAR(found.last - shift, one.last, 1e-3) << scale << ", precision " << precision;
      EXPECT_NEAR(found.validation - shift, one.validation, 1e-3)
          << scale << ", precision " << precision;
    }
  }
}

ModelSpec in_box(int variables, double half_width) {
  ModelSpec spec;
  spec.network = FINN_NETWORK_MIXTURE;
  spec.variables = variables;
  spec.components = 16;
  spec.lower.assign(static_cast<std::size_t>(variables), -half_width);
  spec.upper.assign(static_cast<std::size_t>(variables), half_width);
  return spec;
}

LikelihoodFit ten_variables() {
  LikelihoodFit fit;
  fit.spec = [](double scale) { return in_box(10, 6 * scale); };
  fit.rows = [](double scale) { return bell(5000, scale, 1); };
  return fit;
}

TEST(LogLikelihood, inFloatIsThatOfDoubleInAnyUnitOfX) { expect_losses_of_double(ten_variables()); }

// Counted in standard deviations the density of 64 variables is below 1e-38 already.
TEST(LogLikelihood, inFloatIsThatOfDoubleInManyVariables) {
  LikelihoodFit fit;
  fit.variables = 64;
  fit.scales = {1, 100};
  fit.spec = [](double scale) {
    ModelSpec spec = in_box(64, 6 * scale);
    spec.components = 4;
    return spec;
  };
  fit.rows = [](double scale) { return bell(64 * 300, scale, 5); };
  expect_losses_of_double(fit);
}

TEST(LogLikelihood, inFloatKeepsAUniformShare) {
  LikelihoodFit fit = ten_variables();
  fit.spec = [](double scale) {
    ModelSpec spec = in_box(10, 6 * scale);
    spec.uniform_share = 0.25;
    return spec;
  };
  expect_losses_of_double(fit);
}

TEST(LogLikelihood, ofAPoissonProcessIsThatOfDoubleInAnyUnitOfX) {
  for (const auto constraint : {FINN_CONSTRAINT_NONE, FINN_CONSTRAINT_LEARNED}) {
    LikelihoodFit fit = ten_variables();
    fit.loss = FINN_LOSS_POISSON_PROCESS;
    fit.spec = [=](double scale) {
      ModelSpec spec = in_box(10, 6 * scale);
      spec.constraint = constraint;
      return spec;
    };
    expect_losses_of_double(fit);
  }
}

TEST(LogLikelihood, ofAnMlpIsThatOfDoubleInAnyUnitOfX) {
  LikelihoodFit fit;
  fit.variables = 3;
  fit.scales = {1, 1e-14, 1e14};
  fit.spec = [](double scale) {
    ModelSpec spec = in_box(3, 6 * scale);
    spec.network = FINN_NETWORK_MLP;
    spec.axis_units = 2;
    return spec;
  };
  fit.rows = [](double scale) { return bell(900, scale, 2); };
  expect_losses_of_double(fit);
}

TEST(LogLikelihood, underConditionsIsThatOfDoubleInAnyUnitOfX) {
  LikelihoodFit fit;
  fit.variables = 9;
  fit.scales = {1e-5, 1e6};
  fit.spec = [](double scale) {
    ModelSpec spec = in_box(9, 6 * scale);
    spec.components = 4;
    spec.conditioning = FINN_CONDITIONING_FILM;
    spec.conditions = 1;
    spec.condition_widths = {4};
    spec.uniform_share = 0.1;
    return spec;
  };
  fit.rows = [](double scale) {
    std::vector<double> rows = bell(5000, 1, 3);
    for (std::size_t k = 0; k < rows.size(); ++k) rows[k] *= k % 10 == 9 ? 1 : scale;
    return rows;
  };
  expect_losses_of_double(fit);
}

// Polar coordinates: r has the unit of x, and the weight 1 / r differs from row to row.
TEST(LogLikelihood, onDisksIsThatOfDoubleInAnyUnitOfX) {
  LikelihoodFit fit;
  fit.variables = 8;
  fit.scales = {1e-12, 1e12};
  DomainHandle disks;
  fit.spec = [&](double scale) {
    const DomainHandle disk = make_domain([=](finn_domain** domain, finn_error* e) {
      const double centre[] = {0, 0};
      return finn_domain_polar(centre, 6 * scale, domain, e);
    });
    const std::vector<const finn_domain*> factors(4, disk.get());
    disks = make_domain([&](finn_domain** domain, finn_error* e) {
      return finn_domain_product(factors.data(), 4, domain, e);
    });
    ModelSpec spec = spec_on(disks.get());
    spec.components = 8;
    spec.uniform_share = 0.01;
    return spec;
  };
  fit.rows = [](double scale) { return bell(8 * 400, scale, 4); };
  expect_losses_of_double(fit);
}

}  // namespace
}  // namespace finn::test
