#include "finn/model/in_double.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/integral.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(ModelInDouble, hasTheParametersOfTheOther) {
  for (const ModelSettings& settings : {test::settings_of(2), test::mixture_settings_of(3)}) {
    Model<float> model = test::model_of<float>(settings);
    CornerScratch scratch;
    Model<double> copy = in_double(model, scratch);
    EXPECT_EQ(copy.parameter_count(), model.parameter_count());
    for (std::int64_t i = 0; i < model.parameter_count(); ++i) {
      EXPECT_EQ(copy.parameters()[i], static_cast<double>(model.parameters()[i])) << i;
    }
    EXPECT_NEAR(copy.domain_integral(0).value, model.domain_integral(0).value, 1e-6);
  }
}

TEST(ModelInDouble, followsTheOther) {
  Model<float> model = test::model_of<float>(test::settings_of(2));
  CornerScratch scratch;
  Model<double> copy = in_double(model, scratch);
  model.mutable_parameters()[3] += 0.25F;
  model.update(scratch);
  follow_in_double(model, copy, scratch);
  const Model<double> anew = in_double(model, scratch);
  EXPECT_EQ(copy.parameters()[3], static_cast<double>(model.parameters()[3]));
  EXPECT_EQ(copy.double_weights()[3], anew.double_weights()[3]);
}

}  // namespace
}  // namespace finn::net
