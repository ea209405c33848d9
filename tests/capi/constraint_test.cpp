// Constraints by themselves: defaults, what their constructors refuse by name, and what they give
// back. What several integrals at once refuse: projection_test.
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/constraint_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

TEST(Constraint, hasTheDefaultsOfTheHeader) {
  finn_constraint_options options;
  ASSERT_EQ(finn_constraint_options_init(&options, sizeof options), FINN_OK);
  EXPECT_EQ(options.struct_size, sizeof options);
  EXPECT_EQ(options.uniform_share, 0.0);
  EXPECT_EQ(options.transition_width, 1.0);
}

template <class Enum>
Enum number(int value) {
  return static_cast<Enum>(value);
}

void set_bounds(ModelSpec& s, const std::vector<double>& lower, const std::vector<double>& upper) {
  s.constraint = FINN_CONSTRAINT_BOUNDED;
  s.lower_bound = lower;
  s.upper_bound = upper;
}

// Spoils the description of a constraint of two outputs by SCALE that can be made.
using BadConstraint = SpoiledOption<ModelSpec>;
const BadConstraint kBadConstraints[] = {
    {"no outputs", FINN_ERROR_ARGUMENT, "outputs", [](ModelSpec& s) { s.outputs = 0; }},
    {"negative outputs", FINN_ERROR_ARGUMENT, "outputs", [](ModelSpec& s) { s.outputs = -2; }},
    {"too many outputs", FINN_ERROR_ARGUMENT, "outputs", [](ModelSpec& s) { s.outputs = 65537; }},
    {"unknown method", FINN_ERROR_ARGUMENT, "method",
     [](ModelSpec& s) { s.method = number<finn_method>(2); }},
    {"negative method", FINN_ERROR_ARGUMENT, "method",
     [](ModelSpec& s) { s.method = number<finn_method>(-1); }},
    {"target NaN", FINN_ERROR_NOT_FINITE, "target", [](ModelSpec& s) { s.target[0] = kNaN; }},
    {"target infinite", FINN_ERROR_NOT_FINITE, "target",
     [](ModelSpec& s) { s.target[1] = kInfinity; }},
    {"target NaN of a shift", FINN_ERROR_NOT_FINITE, "target",
     [](ModelSpec& s) {
       s.method = FINN_METHOD_SHIFT;
       s.target[1] = kNaN;
     }},
    {"negative share", FINN_ERROR_ARGUMENT, "uniform_share",
     [](ModelSpec& s) { s.uniform_share = -0.1; }},
    {"share 1", FINN_ERROR_ARGUMENT, "uniform_share", [](ModelSpec& s) { s.uniform_share = 1; }},
    {"share NaN", FINN_ERROR_NOT_FINITE, "uniform_share",
     [](ModelSpec& s) { s.uniform_share = kNaN; }},
    {"share of a shift", FINN_ERROR_ARGUMENT, "uniform_share",
     [](ModelSpec& s) {
       s.method = FINN_METHOD_SHIFT;
       s.uniform_share = 0.1;
     }},
    {"width 0", FINN_ERROR_ARGUMENT, "transition_width",
     [](ModelSpec& s) { s.transition_width = 0; }},
    {"width NaN", FINN_ERROR_NOT_FINITE, "transition_width",
     [](ModelSpec& s) { s.transition_width = kNaN; }},
    {"width of a scale", FINN_ERROR_ARGUMENT, "transition_width",
     [](ModelSpec& s) {
       set_bounds(s, {}, {2, 2});
       s.transition = FINN_TRANSITION_SMOOTH;
       s.transition_width = 2;
     }},
    {"width of a clipped bound", FINN_ERROR_ARGUMENT, "transition_width",
     [](ModelSpec& s) {
       set_bounds(s, {}, {2, 2});
       s.method = FINN_METHOD_SHIFT;
       s.transition_width = 2;
     }},
    {"width between bounds", FINN_ERROR_ARGUMENT, "transition_width",
     [](ModelSpec& s) {
       set_bounds(s, {1, 1}, {2, 2});
       s.method = FINN_METHOD_SHIFT;
       s.transition = FINN_TRANSITION_SMOOTH;
       s.transition_width = 2;
     }},
    {"no bounds", FINN_ERROR_NULL, "lower", [](ModelSpec& s) { set_bounds(s, {}, {}); }},
    {"no bounds either", FINN_ERROR_NULL, "upper", [](ModelSpec& s) { set_bounds(s, {}, {}); }},
    {"lower NaN", FINN_ERROR_NOT_FINITE, "lower",
     [](ModelSpec& s) {
       set_bounds(s, {1, kNaN}, {});
     }},
    {"upper infinite", FINN_ERROR_NOT_FINITE, "upper",
     [](ModelSpec& s) {
       set_bounds(s, {}, {1, kInfinity});
     }},
    {"lower NaN of two", FINN_ERROR_NOT_FINITE, "lower",
     [](ModelSpec& s) {
       set_bounds(s, {1, kNaN}, {2, 2});
     }},
    {"reversed bounds", FINN_ERROR_ARGUMENT, "lower",
     [](ModelSpec& s) {
       set_bounds(s, {1, 3}, {2, 2});
     }},
    {"equal bounds", FINN_ERROR_ARGUMENT, "upper",
     [](ModelSpec& s) {
       set_bounds(s, {1, 2}, {2, 2});
     }},
    {"unknown transition", FINN_ERROR_ARGUMENT, "transition",
     [](ModelSpec& s) {
       set_bounds(s, {}, {2, 2});
       s.transition = number<finn_transition>(3);
     }},
    {"learned multiple of a bound of 0", FINN_ERROR_ARGUMENT, "upper",
     [](ModelSpec& s) {
       set_bounds(s, {}, {2, 0});
       s.transition = FINN_TRANSITION_LEARNED;
     }},
    {"start NaN", FINN_ERROR_NOT_FINITE, "start",
     [](ModelSpec& s) {
       s.constraint = FINN_CONSTRAINT_LEARNED;
       s.target[1] = kNaN;
     }},
    {"start 0 of a learned scale", FINN_ERROR_ARGUMENT, "start",
     [](ModelSpec& s) {
       s.constraint = FINN_CONSTRAINT_LEARNED;
       s.target[1] = 0;
     }},
    {"unknown bound of rows", FINN_ERROR_ARGUMENT, "bound",
     [](ModelSpec& s) {
       s.constraint = FINN_CONSTRAINT_PER_ROW;
       s.bound = number<finn_bound>(3);
     }},
    {"smooth target of rows", FINN_ERROR_ARGUMENT, "transition",
     [](ModelSpec& s) {
       s.constraint = FINN_CONSTRAINT_PER_ROW;
       s.transition = FINN_TRANSITION_SMOOTH;
     }},
    {"learned target of rows", FINN_ERROR_ARGUMENT, "transition",
     [](ModelSpec& s) {
       s.constraint = FINN_CONSTRAINT_PER_ROW;
       s.bound = FINN_BOUND_AT_MOST;
       s.transition = FINN_TRANSITION_LEARNED;
     }},
};

TEST(Constraint, thatMakesNoSenseIsRefusedByName) {
  for (const BadConstraint& bad : kBadConstraints) {
    ModelSpec spec = constrained_spec();
    spec.target.resize(70000, 1.0);
    spec.method = FINN_METHOD_SCALE;
    bad.spoil(spec);
    expect_not_made<finn_constraint>(
        bad.what, bad.status, bad.name,
        [&](auto** constraint, auto* e) { return create_constraint(spec, constraint, e); });
  }
}

// Without this, the table above could pass because all constraints are refused.
TEST(Constraint, isMadeInEveryCombinationThatMakesSense) {
  for (const ConstraintCase& c : constraint_cases()) {
    SCOPED_TRACE(c.name());
    ModelSpec spec = constrained_spec(c.network);
    c.choose(spec);
    EXPECT_NO_THROW(make_model(spec));
  }
  ModelSpec spec = constrained_spec();
  set_bounds(spec, {}, {-1, 0});
  spec.method = FINN_METHOD_SHIFT;
  spec.transition = FINN_TRANSITION_SMOOTH;
  spec.transition_width = 0.1;
  EXPECT_NO_THROW(make_model(spec));
}

TEST(Constraint, needsItsNumbersAndAPlaceForItsHandle) {
  const double one = 1;
  const auto s = FINN_METHOD_SCALE;
  const auto clip = FINN_TRANSITION_CLIP;
  expect_not_made<finn_constraint>("target", FINN_ERROR_NULL, "target", [&](auto** made, auto* e) {
    return finn_constraint_equal(s, 1, nullptr, nullptr, made, e);
  });
  expect_not_made<finn_constraint>("start", FINN_ERROR_NULL, "start", [&](auto** made, auto* e) {
    return finn_constraint_learned(s, 1, nullptr, nullptr, made, e);
  });
  const BadCall calls[] = {
      {"none", FINN_ERROR_NULL, "constraint",
       [](auto* e) { return finn_constraint_none(nullptr, e); }},
      {"equal", FINN_ERROR_NULL, "constraint",
       [&](auto* e) { return finn_constraint_equal(s, 1, &one, nullptr, nullptr, e); }},
      {"bounded", FINN_ERROR_NULL, "constraint",
       [&](auto* e) {
         return finn_constraint_bounded(s, 1, &one, nullptr, clip, nullptr, nullptr, e);
       }},
      {"learned", FINN_ERROR_NULL, "constraint",
       [&](auto* e) { return finn_constraint_learned(s, 1, &one, nullptr, nullptr, e); }},
      {"per row", FINN_ERROR_NULL, "constraint",
       [&](auto* e) {
         return finn_constraint_per_row(s, FINN_BOUND_EQUAL, 1, clip, nullptr, nullptr, e);
       }},
      {"linear", FINN_ERROR_NULL, "constraint", [&](auto* e) {
         return finn_constraint_linear(1, 1, 1, nullptr, nullptr, nullptr, &one, nullptr, e);
       }}};
  for (const BadCall& bad : calls) expect_refused(bad);
  finn_constraint_options options;
  finn_constraint_options_init(&options, sizeof options);
  for (const std::uint64_t size : {std::uint64_t{0}, options.struct_size + 8}) {
    options.struct_size = size;
    expect_not_made<finn_constraint>(
        "struct_size", FINN_ERROR_SIZE, "struct_size",
        [&](auto** made, auto* e) { return finn_constraint_equal(s, 1, &one, &options, made, e); });
  }
}

// What finn_constraint_bounds gives of the constraint of a description, lower bounds first.
std::vector<double> bounds_of(const ModelSpec& spec) {
  const ConstraintHandle constraint = make_constraint(spec);
  EXPECT_EQ(finn_constraint_get_form(constraint.get()), *spec.constraint);
  EXPECT_EQ(finn_constraint_outputs(constraint.get()), 2);
  std::vector<double> bounds(4);
  require_ok([&](auto* e) {
    return finn_constraint_bounds(constraint.get(), &bounds[0], &bounds[2], 2, e);
  });
  return bounds;
}

TEST(Constraint, givesBackItsBounds) {
  using Numbers = std::vector<double>;
  ModelSpec spec = constrained_spec();
  spec.method = FINN_METHOD_SHIFT;
  spec.constraint = FINN_CONSTRAINT_EQUAL;
  EXPECT_EQ(bounds_of(spec), (Numbers{1.5, 0.75, 1.5, 0.75}));
  spec.constraint = FINN_CONSTRAINT_LEARNED;
  EXPECT_EQ(bounds_of(spec), (Numbers{-kInfinity, -kInfinity, kInfinity, kInfinity}));
  spec.method = FINN_METHOD_SCALE;
  EXPECT_EQ(bounds_of(spec), (Numbers{0, 0, kInfinity, kInfinity}));
  for (const finn_transition transition :
       {FINN_TRANSITION_CLIP, FINN_TRANSITION_SMOOTH, FINN_TRANSITION_LEARNED}) {
    spec.transition = transition;
    set_bounds(spec, {1, 2}, {});
    EXPECT_EQ(bounds_of(spec), (Numbers{1, 2, kInfinity, kInfinity}));
    set_bounds(spec, {}, {3, 4});
    EXPECT_EQ(bounds_of(spec), (Numbers{-kInfinity, -kInfinity, 3, 4}));
    set_bounds(spec, {1, 2}, {3, 4});
    EXPECT_EQ(bounds_of(spec), (Numbers{1, 2, 3, 4}));
  }
}

TEST(Constraint, givesNoBoundsWhereItHasNoneOfItsOwn) {
  ModelSpec spec = constrained_spec();
  double lower[] = {7, 7, 7}, upper[] = {7, 7, 7};
  const auto refuse = [&](const char* what, finn_status status, const char* name,
                          const finn_constraint* constraint, std::int64_t length) {
    expect_refused({what, status, name, [&](auto* e) {
                      return finn_constraint_bounds(constraint, lower, upper, length, e);
                    }});
  };
  spec.constraint = FINN_CONSTRAINT_PER_ROW;
  const ConstraintHandle per_row = make_constraint(spec);
  EXPECT_EQ(finn_constraint_get_form(per_row.get()), FINN_CONSTRAINT_PER_ROW);
  refuse("per row", FINN_ERROR_ARGUMENT, "constraint", per_row.get(), 2);
  spec.constraint = FINN_CONSTRAINT_LINEAR;
  spec.integrals = {{.value = {1, 2}}};
  const ConstraintHandle linear = make_constraint(spec);
  EXPECT_EQ(finn_constraint_get_form(linear.get()), FINN_CONSTRAINT_LINEAR);
  refuse("linear", FINN_ERROR_ARGUMENT, "constraint", linear.get(), 2);
  spec.constraint = FINN_CONSTRAINT_EQUAL;
  const ConstraintHandle equal = make_constraint(spec);
  refuse("too short", FINN_ERROR_SIZE, "length", equal.get(), 1);
  refuse("too long", FINN_ERROR_SIZE, "length", equal.get(), 3);
  refuse("NULL", FINN_ERROR_NULL, "constraint", nullptr, 2);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(lower[i] == 7 && upper[i] == 7);
  EXPECT_EQ(finn_constraint_get_form(nullptr), FINN_CONSTRAINT_NONE);
  EXPECT_EQ(finn_constraint_outputs(nullptr), 0);
  spec.constraint = FINN_CONSTRAINT_NONE;
  const ConstraintHandle none = make_constraint(spec);
  EXPECT_EQ(finn_constraint_get_form(none.get()), FINN_CONSTRAINT_NONE);
  EXPECT_EQ(finn_constraint_outputs(none.get()), 0);
}

}  // namespace
}  // namespace finn::test
