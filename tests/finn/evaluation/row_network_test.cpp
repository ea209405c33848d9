#include "finn/evaluation/row_network.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/tape.hpp"
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
      core::Tape<double> tape;
      CornerScratch scratch;
      Workspace workspace(1);
      EXPECT_EQ(network.tau(), nullptr);
      for (const std::vector<double>& c :
           {std::vector<double>{1, 2}, std::vector<double>{3.5, -0.5}, std::vector<double>{1, 2}}) {
        std::vector<CornerSum> sums;
        corner_sums(network.under(c.data(), tape), model.box(), scratch, sums);
        double expected = 0;
        integrate_conditional(model, workspace, model.box(), c.data(), 1, &expected, nullptr,
                              nullptr);
        EXPECT_NEAR(sums[0].value / expected, 1, 1e-12);
      }
    }
  }
}

TEST(RowNetwork, withoutConditionsIsTheNetworkOfTheModel) {
  const Model<double> model = test::moved_model(test::settings_of(2));
  RowNetwork<double> network(model);
  core::Tape<double> tape;
  const Antiderivative F = network.under(nullptr, tape);
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
