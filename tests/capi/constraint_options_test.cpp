// Which constraints finn_model_create refuses, with which status and which name.
#include <limits>

#include "capi/finn.h"
#include "tests/capi/constraint_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

using Bad = SpoiledOption<ConstraintOptions>;
using Options = ConstraintOptions;

const Bad kBadBounds[] = {
    {"unknown bound", FINN_ERROR_ARGUMENT, "bound", [](Options& o) { o.bound = 4; }},
    {"negative bound", FINN_ERROR_ARGUMENT, "bound", [](Options& o) { o.bound = -1; }},
    {"unknown approach", FINN_ERROR_ARGUMENT, "approach", [](Options& o) { o.approach = 3; }},
    {"bound without a constraint", FINN_ERROR_ARGUMENT, "bound",
     [](Options& o) {
       o.constraint = FINN_CONSTRAINT_NONE;
       o.bound = FINN_BOUND_AT_MOST;
     }},
    {"approach without a constraint", FINN_ERROR_ARGUMENT, "approach",
     [](Options& o) {
       o.constraint = FINN_CONSTRAINT_NONE;
       o.approach = FINN_APPROACH_LEARNED;
     }},
    {"smooth equality", FINN_ERROR_ARGUMENT, "approach",
     [](Options& o) { o.approach = FINN_APPROACH_SMOOTH; }},
    {"smooth scale of a signed network", FINN_ERROR_ARGUMENT, "approach",
     [](Options& o) {
       o.positivity = FINN_POSITIVITY_NONE;
       o.constraint = FINN_CONSTRAINT_SCALE;
       o.bound = FINN_BOUND_AT_MOST;
       o.approach = FINN_APPROACH_SMOOTH;
     }},
    {"at most 0 under positivity", FINN_ERROR_ARGUMENT, "epsilon",
     [](Options& o) {
       o.bound = FINN_BOUND_AT_MOST;
       o.integrals[1] = 0;
     }},
    {"at least 0 under positivity", FINN_ERROR_ARGUMENT, "epsilon",
     [](Options& o) {
       o.bound = FINN_BOUND_AT_LEAST;
       o.integrals[0] = 0;
     }},
    {"learned scale from 0", FINN_ERROR_ARGUMENT, "epsilon",
     [](Options& o) {
       o.positivity = FINN_POSITIVITY_NONE;
       o.constraint = FINN_CONSTRAINT_SCALE;
       o.approach = FINN_APPROACH_LEARNED;
       o.integrals[1] = 0;
     }},
    {"lower_epsilon NULL", FINN_ERROR_NULL, "lower_epsilon",
     [](Options& o) { o.bound = FINN_BOUND_BETWEEN; }},
    {"lower_epsilon without between", FINN_ERROR_ARGUMENT, "lower_epsilon",
     [](Options& o) { o.lower_epsilon = o.lower_integrals.data(); }},
    {"lower_epsilon that is epsilon", FINN_ERROR_ARGUMENT, "lower_epsilon",
     [](Options& o) {
       o.bound = FINN_BOUND_BETWEEN;
       o.lower_epsilon = o.integrals.data();
     }},
    {"lower_epsilon below 0 under positivity", FINN_ERROR_ARGUMENT, "lower_epsilon",
     [](Options& o) {
       o.bound = FINN_BOUND_BETWEEN;
       o.lower_integrals[1] = -0.1;
       o.lower_epsilon = o.lower_integrals.data();
     }},
    {"lower_epsilon NaN", FINN_ERROR_NOT_FINITE, "lower_epsilon",
     [](Options& o) {
       o.bound = FINN_BOUND_BETWEEN;
       o.lower_integrals[0] = kNaN;
       o.lower_epsilon = o.lower_integrals.data();
     }},
    {"softness NaN", FINN_ERROR_NOT_FINITE, "softness", [](Options& o) { o.softness = kNaN; }},
    {"negative softness", FINN_ERROR_ARGUMENT, "softness", [](Options& o) { o.softness = -1; }},
    {"softness of a hard bound", FINN_ERROR_ARGUMENT, "softness",
     [](Options& o) {
       o.constraint = FINN_CONSTRAINT_SHIFT;
       o.bound = FINN_BOUND_AT_MOST;
       o.softness = 1;
     }},
    {"softness of a scale", FINN_ERROR_ARGUMENT, "softness",
     [](Options& o) {
       o.bound = FINN_BOUND_AT_MOST;
       o.approach = FINN_APPROACH_SMOOTH;
       o.softness = 1;
     }},
    {"softness between", FINN_ERROR_ARGUMENT, "softness",
     [](Options& o) {
       o.constraint = FINN_CONSTRAINT_SHIFT;
       o.bound = FINN_BOUND_BETWEEN;
       o.lower_epsilon = o.lower_integrals.data();
       o.approach = FINN_APPROACH_SMOOTH;
       o.softness = 1;
     }},
};

TEST(ConstraintOptions, areRefusedWhereTheyMakeNoSense) {
  for (const Bad& bad : kBadBounds) {
    ConstraintOptions options;
    bad.spoil(options);
    expect_refused({bad.what, bad.status, bad.name, [&](finn_error* error) {
                      finn_model* model = nullptr;
                      const finn_status status = finn_model_create(&options, &model, error);
                      finn_model_destroy(model);
                      return status;
                    }});
  }
}

// Without this, the table above could pass because all options are refused.
TEST(ConstraintOptions, areAcceptedInEveryCombinationThatMakesSense) {
  for (const ConstraintCase& c : constraint_cases()) {
    SCOPED_TRACE(c.name());
    ConstraintOptions options(c.head);
    c.choose(options);
    EXPECT_NO_THROW(make_model(options));
  }
  ConstraintOptions options;
  options.constraint = FINN_CONSTRAINT_SHIFT;
  options.bound = FINN_BOUND_AT_MOST;
  options.approach = FINN_APPROACH_SMOOTH;
  options.softness = 0.1;
  options.integrals = {-1, 0};
  EXPECT_NO_THROW(make_model(options));
}

}  // namespace
}  // namespace finn::test
