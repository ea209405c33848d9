// Which options of conditions finn_model_create refuses, with which status and which name.
#include <limits>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
using Options = ConditionedOptions;

constexpr double kOne[] = {1};

const SpoiledOption<Options> kBadOptions[] = {
    {"negative conditions", FINN_ERROR_ARGUMENT, "conditions",
     [](Options& o) { o.conditions = -1; }},
    {"unknown conditioning", FINN_ERROR_ARGUMENT, "conditioning",
     [](Options& o) { o.conditioning = 4; }},
    {"negative conditioning", FINN_ERROR_ARGUMENT, "conditioning",
     [](Options& o) { o.conditioning = -1; }},
    {"sample_epsilon 2", FINN_ERROR_ARGUMENT, "sample_epsilon",
     [](Options& o) { o.sample_epsilon = 2; }},
    {"condition_reserved", FINN_ERROR_ARGUMENT, "condition_reserved",
     [](Options& o) { o.condition_reserved = 1; }},
    {"condition_lower alone", FINN_ERROR_NULL, "condition_upper",
     [](Options& o) { o.condition_upper = nullptr; }},
    {"condition_upper alone", FINN_ERROR_NULL, "condition_lower",
     [](Options& o) { o.condition_lower = nullptr; }},
    {"reversed range", FINN_ERROR_ARGUMENT, "condition_upper",
     [](Options& o) { o.condition_high[1] = 0; }},
    {"range NaN", FINN_ERROR_NOT_FINITE, "condition_lower",
     [](Options& o) { o.condition_low[0] = kNaN; }},
    {"width 0", FINN_ERROR_ARGUMENT, "condition_widths",
     [](Options& o) { o.network_widths[1] = 0; }},
    {"negative condition_layers", FINN_ERROR_ARGUMENT, "condition_layers",
     [](Options& o) { o.condition_layers = -1; }},
    {"hidden layers of INPUTS", FINN_ERROR_ARGUMENT, "condition_widths",
     [](Options& o) { o.conditioning = FINN_CONDITIONING_INPUTS; }},
    {"epsilon beside sample_epsilon", FINN_ERROR_ARGUMENT, "epsilon",
     [](Options& o) {
       o.sample_epsilon = 1;
       o.epsilon = kOne;
     }},
    {"sample_epsilon of nothing", FINN_ERROR_ARGUMENT, "sample_epsilon",
     [](Options& o) {
       o.sample_epsilon = 1;
       o.constraint = FINN_CONSTRAINT_NONE;
     }},
    {"conditioning without conditions", FINN_ERROR_ARGUMENT, "conditioning",
     [](Options& o) {
       o.conditions = 0;
       o.conditioning = FINN_CONDITIONING_MODULATION;
     }},
    {"a range without conditions", FINN_ERROR_ARGUMENT, "condition_lower",
     [](Options& o) { o.conditions = 0; }},
    {"layers without conditions", FINN_ERROR_ARGUMENT, "condition_widths",
     [](Options& o) {
       o.conditions = 0;
       o.condition_lower = o.condition_upper = nullptr;
     }},
};

TEST(ConditioningOptions, areRefusedByName) {
  for (const SpoiledOption<Options>& bad : kBadOptions) {
    Options options;
    bad.spoil(options);
    expect_refused({bad.what, bad.status, bad.name, [&](finn_error* error) {
                      finn_model* model = nullptr;
                      const finn_status status = finn_model_create(&options, &model, error);
                      EXPECT_EQ(model, nullptr);
                      return status;
                    }});
  }
}

}  // namespace
}  // namespace finn::test
