#include "finn/evaluation/evaluate.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/subset.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "finn/domains/orders.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/central_differences.hpp"

namespace finn::net {
namespace {

template <class T>
std::vector<double> partials(const Model<T>& model, Subset subset, const std::vector<double>& x,
                             int threads = 1) {
  Workspace workspace(threads);
  const auto batch = static_cast<std::int64_t>(x.size()) / model.variables();
  std::vector<double> values(static_cast<std::size_t>(batch * model.outputs()));
  mixed_partial(model, workspace, subset, x.data(), batch, values.data());
  return values;
}

// The derivative of the partial over `subset` in variable i, by a central difference.
double difference(const Model<double>& model, Subset subset, std::vector<double> x, int i,
                  std::size_t output) {
  const double h = 1e-5;
  const auto at = static_cast<std::size_t>(i);
  x[at] += h;
  const double above = partials(model, subset, x)[output];
  x[at] -= 2 * h;
  return (above - partials(model, subset, x)[output]) / (2 * h);
}

void expect_partials_nest(const ModelSettings& settings) {
  const Model<double> model = test::model_of<double>(settings);
  const std::vector<double> x = test::points_in(model.box(), 1);
  for (Subset subset = 0; subset < core::full_subset(model.variables()); ++subset) {
    for (int i = 0; i < model.variables(); ++i) {
      if ((subset >> i & 1) != 0) continue;
      const std::vector<double> exact = partials(model, subset | Subset{1} << i, x);
      for (std::size_t output = 0; output < exact.size(); ++output) {
        EXPECT_NEAR(exact[output], difference(model, subset, x, i, output), 1e-7)
            << "subset " << subset << " and variable " << i;
      }
    }
  }
}

TEST(MixedPartial, isTheDerivativeOfTheOneWithAVariableLess) {
  expect_partials_nest(test::settings_of(3));
  expect_partials_nest(test::signed_settings_of(3, 2));
}

TEST(MixedPartial, nestsUnderAUniformShareAsWell) {
  ModelSettings settings = test::settings_of(2);
  settings.constraint.uniform_share = 0.3;
  expect_partials_nest(settings);
}

TEST(MixedPartial, isTheSameForEverySplitOfTheBatch) {
  const Model<float> model = test::model_of<float>(test::settings_of(2));
  const std::vector<double> x = test::points_in(model.box(), 333);
  const std::vector<double> whole = partials(model, 0b11, x);
  for (const std::size_t rows : {std::size_t{1}, std::size_t{7}, std::size_t{64}}) {
    for (std::size_t first = 0; first < 333; first += rows) {
      const std::size_t last = std::min<std::size_t>(333, first + rows);
      const std::vector<double> piece(x.data() + 2 * first, x.data() + 2 * last);
      const std::vector<double> values = partials(model, 0b11, piece);
      for (std::size_t i = first; i < last; ++i) ASSERT_EQ(values[i - first], whole[i]);
    }
  }
}

TEST(MixedPartial, isTheSameForEveryNumberOfThreads) {
  const Model<double> model = test::model_of<double>(test::settings_of(3));
  const std::vector<double> x = test::points_in(model.box(), 1000);
  const std::vector<double> one = partials(model, 0b111, x, 1);
  for (const int threads : {2, 3, 8}) EXPECT_EQ(partials(model, 0b111, x, threads), one);
}

// log f at points of the box, from f counted in units of its rows.
template <class T>
std::vector<double> log_f(const Model<T>& model, const std::vector<double>& x) {
  Workspace workspace(1);
  const auto m = static_cast<std::size_t>(model.outputs());
  const std::size_t batch = x.size() / static_cast<std::size_t>(model.columns());
  std::vector<double> f(batch * m), log_units(batch);
  counted_integrand(model, workspace, x.data(), static_cast<std::int64_t>(batch), f.data(),
                    log_units.data());
  for (std::size_t k = 0; k < f.size(); ++k) f[k] = std::log(f[k]) + log_units[k / m];
  return f;
}

std::vector<ModelSettings> positive_settings() {
  std::vector<ModelSettings> all = {test::settings_of(3, 2), test::mixture_settings_of(2)};
  all.push_back(all[0]);
  all.back().constraint.uniform_share = 0.3;
  all.push_back(all[0]);
  all.back().constraint.kind = ConstraintKind::none;
  all.push_back(all[1]);
  all.back().standard_coordinates = false;
  const double centre[] = {1, 2};
  all.push_back(all[1]);
  all.back().domain = polar_domain(centre, 2);
  all.back().box = all.back().domain->box();
  all.back().constraint.uniform_share = 0.3;
  return all;
}

TEST(CountedIntegrand, isFInUnitsWhoseLogarithmsItGives) {
  for (const ModelSettings& settings : positive_settings()) {
    const Model<double> model = test::model_of<double>(settings);
    std::vector<double> x = test::points_in(model.box(), 50);
    for (std::size_t i = 0; model.domain() != nullptr && i < x.size(); i += 2) {
      model.domain()->to_point(&x[i], &x[i]);
    }
    const std::vector<double> f = partials(model, core::full_subset(model.variables()), x);
    const std::vector<double> logarithms = log_f(model, x);
    for (std::size_t k = 0; k < f.size(); ++k) EXPECT_NEAR(logarithms[k], std::log(f[k]), 1e-13);
  }
}

// f is of the size 1e50 or 1e-50, which is no float. In raw coordinates, where slopes have bounds,
// factors get too small for float below 1e-24.
TEST(CountedIntegrand, keepsLogFInFloatWhateverTheVolume) {
  for (const double volume : {1e-25, 1e25}) {
    for (ModelSettings settings : positive_settings()) {
      if (settings.domain != nullptr) continue;
      const double size = settings.standard_coordinates ? volume : std::max(volume, 1e-23);
      for (std::size_t i = 0; i < 3; ++i) {
        settings.box.lower[i] *= size;
        settings.box.upper[i] *= size;
      }
      const Model<float> model = test::model_of<float>(settings);
      const Model<double> exact = test::model_of<double>(settings);
      const std::vector<double> x = test::points_in(model.box(), 50);
      const std::vector<double> logarithms = log_f(model, x), expected = log_f(exact, x);
      for (std::size_t k = 0; k < expected.size(); ++k) {
        EXPECT_NEAR(logarithms[k], expected[k], 1e-4) << size;
      }
    }
  }
}

TEST(MixedPartial, allocatesNothingTheSecondTime) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  const std::vector<double> x = test::points_in(model.box(), 100);
  std::vector<double> f(100);
  Workspace workspace(1);
  const auto evaluate = [&] { mixed_partial(model, workspace, 0b11, x.data(), 100, f.data()); };
  evaluate();
  EXPECT_EQ(test::allocations_of(evaluate), 0);
}

// Of every network in three variables, up to the eight directions that jets have.
TEST(MixedPartial, ofHigherOrdersIsTheDerivativeOfTheOneBelow) {
  for (const ModelSettings& settings :
       {test::settings_of(3), test::signed_settings_of(3, 2), test::mixture_settings_of(3)}) {
    const Model<double> model = test::model_of<double>(settings);
    Workspace workspace(1);
    const std::vector<double> x = test::points_in(model.box(), 1);
    const auto values = [&](const Orders& orders, const std::vector<double>& at) {
      std::vector<double> result(static_cast<std::size_t>(model.outputs()));
      mixed_partial(model, workspace, orders, at.data(), 1, result.data());
      return result;
    };
    Orders orders(0b111);
    for (const int i : {0, 2, 2, 1, 0}) {
      const auto reference = test::central_differences(1e-3, [&](double offset) {
        std::vector<double> moved = x;
        moved[static_cast<std::size_t>(i)] += offset;
        return values(orders, moved);
      });
      orders = orders.and_once(i);
      const std::vector<double> exact = values(orders, x);
      for (std::size_t j = 0; j < exact.size(); ++j) {
        EXPECT_NEAR(exact[j], reference[j], 1e-7 * (1 + std::fabs(exact[j])));
      }
    }
  }
}

}  // namespace
}  // namespace finn::net
