#include "finn/evaluation/row_network.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "finn/constraints/constraint.hpp"
#include "finn/evaluation/conditional_integral.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/corner_sum.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/mlp.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// f' itself: f without a constraint.
ModelSettings free_settings(ModelSettings settings, ConditioningKind kind) {
  settings.constraint = {};
  settings.constraint.kind = ConstraintKind::none;
  settings = test::conditioned_by_film(settings);
  settings.network.conditioning.kind = kind;
  if (kind == ConditioningKind::inputs) settings.network.conditioning.widths.clear();
  return settings;
}

TEST(RowNetwork, hasTheIntegralOfTheModelUnderEachRow) {
  for (const auto kind :
       {ConditioningKind::film, ConditioningKind::hypernetwork, ConditioningKind::inputs}) {
    for (const ModelSettings& settings : {test::settings_of(2), test::mixture_settings_of(3)}) {
      const Model<double> model = test::moved_model(free_settings(settings, kind), 0.2);
      RowNetwork<double> network(model);
      CornerScratch scratch;
      Workspace workspace(1);
      EXPECT_EQ(network.tau(), nullptr);
      for (const std::vector<double>& c :
           {std::vector<double>{1, 2}, std::vector<double>{3.5, -0.5}, std::vector<double>{1, 2}}) {
        std::vector<CornerSum> sums;
        corner_sums(network.under(c.data()), model.box(), scratch, sums);
        double expected = 0;
        integrate_conditional(model, workspace, model.box(), c.data(), 1, &expected, nullptr,
                              nullptr);
        EXPECT_NEAR(sums[0].value / expected, 1, 1e-12);
      }
    }
  }
}

// More rows than a tile has lanes, some of them alike, and of every number of lanes at the end.
TEST(RowNetwork, givesTheSameBitsWhateverRowsAreExpected) {
  for (const auto kind :
       {ConditioningKind::film, ConditioningKind::hypernetwork, ConditioningKind::inputs}) {
    for (const ModelSettings& settings : {test::settings_of(2), test::mixture_settings_of(3)}) {
      const Model<double> model = test::moved_model(free_settings(settings, kind), 0.2);
      const std::int64_t size = model.layout().network_count;
      RowNetwork<double> alone(model);
      for (const std::int64_t count : {1, 3, 7, 75}) {
        std::vector<double> rows = test::random_in(static_cast<std::size_t>(3 * count), -1, 4, 5);
        if (count > 7) std::copy_n(rows.begin(), 9, rows.begin() + 9);
        RowNetwork<double> network(model);
        network.expect(rows.data(), 3, count);
        std::vector<std::int64_t> order(static_cast<std::size_t>(count));
        std::iota(order.begin(), order.end(), 0);
        order.insert(order.end(), {count / 2, 0, count - 1, 0});
        for (const std::int64_t r : order) {
          const double* c = rows.data() + 3 * r;
          const double* weights = network.under(c).weights;
          const std::vector<double> found(weights, weights + size);
          const double* expected = alone.under(c).weights;
          EXPECT_EQ(found, std::vector<double>(expected, expected + size)) << count << ", " << r;
        }
        const double other[] = {2.5, 0.5};
        const double* weights = network.under(other).weights;
        const std::vector<double> found(weights, weights + size);
        const double* expected = alone.under(other).weights;
        EXPECT_EQ(found, std::vector<double>(expected, expected + size));
      }
    }
  }
}

TEST(RowNetwork, withoutConditionsIsTheNetworkOfTheModel) {
  const Model<double> model = test::moved_model(test::settings_of(2));
  RowNetwork<double> network(model);
  const Antiderivative F = network.under(nullptr);
  const Mlp* mlp = model.network().get<Mlp>();
  for (std::int64_t k = 0; k < mlp->parameter_count(); ++k) {
    EXPECT_EQ(F.weights[k], model.double_weights()[k]);
  }
}

TEST(RowNetwork, ofALearnedIntegralHasTau) {
  ModelSettings settings = test::settings_of(2, 2);
  settings.constraint.transition = Transition::learned;
  const Model<double> model = test::moved_model(settings);
  const RowNetwork<double> network(model);
  for (std::int64_t j = 0; j < 2; ++j) {
    EXPECT_EQ(network.tau()[j], model.parameters()[model.layout().tau() + j]);
  }
}

}  // namespace
}  // namespace finn::net
