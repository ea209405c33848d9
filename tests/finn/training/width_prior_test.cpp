#include "finn/training/width_prior.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "core/random.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/reference_width.hpp"
#include "finn/training/trainer.hpp"
#include "finn/training/training_options.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

std::vector<double> normal_rows(int count, int variables) {
  core::Random random(4);
  std::vector<double> rows;
  for (int i = 0; i < count * variables; ++i) rows.push_back(random.normal());
  return rows;
}

ModelSettings plane_settings(bool separate_outputs) {
  ModelSettings settings = test::mixture_settings_of(2, 2);
  settings.network.separate_outputs = separate_outputs;
  settings.network.positivity = ops::Positivity::softplus;
  settings.box = test::box_of({-9, -9}, {9, 9});
  return settings;
}

// The prior with the shares and h of the model as it was when they were taken.
class NaivePrior {
 public:
  NaivePrior(const Model<double>& model, const std::vector<ReferenceWidth>& widths, double factor)
      : mixture_(*model.network().get<Mixture>()), factor_(factor) {
    const double* w = model.weights();
    const NetworkShape& shape = mixture_.shape();
    for (const ComponentLayout& at : mixture_.groups()) {
      // Normals r of component j in variable i, two of each, in the standard box.
      const auto mass = [&](std::int64_t r) {
        const double limit = std::sqrt(3.0);
        const double upper = std::erf(w[at.slopes + r] * limit + w[at.locations + r]);
        const double lower = std::erf(w[at.locations + r] - w[at.slopes + r] * limit);
        return 0.5 * w[at.shares + r] * (upper - lower);
      };
      std::vector<double> sizes;
      double whole = 0;
      for (std::int64_t j = 0; j < shape.components; ++j) {
        double size = 0;
        for (int o = 0; o < at.outputs; ++o) size += w[at.coefficients + o * shape.components + j];
        for (std::int64_t i = 0; i < 2; ++i) {
          const std::int64_t r = i * mixture_.normals_of_variable() + 2 * j;
          size *= mass(r) + mass(r + 1);
        }
        sizes.push_back(size);
        whole += size;
      }
      for (std::int64_t r = 0; r < mixture_.normals_of_all(); ++r) {
        const double of_component = sizes[static_cast<std::size_t>(r / 2 % shape.components)];
        const double both = mass(r - r % 2) + mass(r - r % 2 + 1);
        share_.push_back(mass(r) / both * of_component / whole * at.outputs / shape.outputs);
        h_.push_back(widths[static_cast<std::size_t>(r / mixture_.normals_of_variable())](
            model.parameters()[at.locations + r]));
      }
    }
  }

  double of(const Model<double>& model) const {
    double sum = 0;
    std::size_t k = 0;
    for (const ComponentLayout& at : mixture_.groups()) {
      for (std::int64_t r = 0; r < mixture_.normals_of_all(); ++r, ++k) {
        sum += share_[k] * factor_ * std::pow(h_[k] * model.weights()[at.slopes + r], 2);
      }
    }
    return sum;
  }

 private:
  const Mixture& mixture_;
  double factor_;
  std::vector<double> share_, h_;
};

TEST(WidthPrior, addsTheGradientOfDifferencesByTheSlopesAndNothingElse) {
  for (const bool separate_outputs : {false, true}) {
    Model<double> model = test::model_of<double>(plane_settings(separate_outputs));
    const std::vector<double> x = normal_rows(60, 2);
    ArrayRows rows({x.data(), nullptr, 60}, 2, 2);
    WidthPrior<double> prior;
    prior.begin(model, rows, 60, 30);
    std::vector<ReferenceWidth> widths;
    for (std::size_t i = 0; i < 2; ++i) {
      std::vector<double> values;
      for (std::size_t r = 0; r < 60; ++r) {
        values.push_back(model.coordinates().scale[i] * x[2 * r + i] +
                         model.coordinates().offset[i]);
      }
      widths.push_back(reference_width(values, 60, 2));
    }
    const NaivePrior naive(model, widths, 30.0 / 60);
    std::vector<double> gradient(static_cast<std::size_t>(model.parameter_count()), 1.0);
    prior.add_gradient(model, gradient.data());
    CornerScratch scratch;
    for (const ComponentLayout& at : model.network().get<Mixture>()->groups()) {
      for (std::int64_t i = at.slopes; i < at.coefficients; ++i) {
        double& parameter = model.mutable_parameters()[i];
        const double kept = parameter;
        const auto value = [&](double moved) {
          parameter = moved;
          model.update(scratch);
          return naive.of(model);
        };
        const double step = i < at.locations ? 1e-6 : 0;
        const double difference = value(kept + step) - value(kept - step);
        value(kept);
        const double expected = 1 + (step > 0 ? difference / (2 * step) : 0);
        EXPECT_NEAR(gradient[static_cast<std::size_t>(i)], expected, 1e-7) << i;
      }
    }
  }
}

TEST(WidthPrior, isThereForMixturesAndAStrengthAboveZeroOnly) {
  const std::vector<double> x = normal_rows(60, 2);
  ArrayRows rows({x.data(), nullptr, 60}, 2, 2);
  const Model<double> mixture = test::model_of<double>(plane_settings(false));
  const Model<double> mlp = test::model_of<double>(test::settings_of(2, 2));
  WidthPrior<double> prior;
  for (const auto& [model, strength] : {std::pair{&mixture, 0.0}, {&mlp, 100.0}}) {
    prior.begin(*model, rows, 60, strength);
    std::vector<double> gradient(static_cast<std::size_t>(model->parameter_count()), 0.0);
    prior.add_gradient(*model, gradient.data());
    EXPECT_EQ(gradient, std::vector<double>(gradient.size(), 0.0));
  }
}

// The mean of -log f over as many new values of the normal distribution, less its entropy.
double excess_after_fit(int rows, double width_prior) {
  ModelSettings settings = test::mixture_settings_of(1);
  settings.network.components = 32;
  settings.network.normals_per_axis = 4;
  settings.network.positivity = ops::Positivity::exp;
  settings.box = test::box_of({-6}, {6});
  const std::vector<double> x = normal_rows(rows + 2000, 1);
  Model<double> model(settings);
  CornerScratch scratch;
  initialise(model, 1, scratch, {x.data(), rows});
  TrainingOptions options;
  options.steps = 1000;
  options.loss.kind = Loss::negative_log_likelihood;
  options.width_prior = width_prior;
  ArrayRows source({x.data(), nullptr, rows}, 1, 1);
  Workspace workspace(1);
  Trainer<double>(model, options).fit(model, workspace, source, {});
  std::vector<double> f(2000);
  mixed_partial(model, workspace, all_variables(1), x.data() + rows, 2000, f.data());
  double sum = 0;
  for (std::size_t i = 0; i < 2000; ++i) {
    const double value = x[static_cast<std::size_t>(rows) + i];
    sum += -std::log(f[i]) - 0.5 * std::log(2 * std::numbers::pi) - 0.5 * value * value;
  }
  return sum / 2000;
}

TEST(WidthPrior, keepsAMixtureFromLearningFewRowsByHeart) {
  EXPECT_LT(excess_after_fit(30, 100), 0.12);
  EXPECT_LT(excess_after_fit(300, 100), 0.03);
  EXPECT_GT(excess_after_fit(300, 0), 0.2);
}

}  // namespace
}  // namespace finn::net
