#include "capi/files/constraint_json.hpp"

#include <optional>

#include "capi/files/options_json.hpp"
#include "capi/handles.hpp"
#include "capi/options.hpp"
#include "capi/translate.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/networks/conditioning_shape.hpp"

namespace finn::capi {
namespace {

constexpr Name kConstraints[] = {
    {"none", FINN_CONSTRAINT_NONE},       {"equal", FINN_CONSTRAINT_EQUAL},
    {"bounded", FINN_CONSTRAINT_BOUNDED}, {"learned", FINN_CONSTRAINT_LEARNED},
    {"per row", FINN_CONSTRAINT_PER_ROW}, {"linear", FINN_CONSTRAINT_LINEAR}};
constexpr Name kMethods[] = {{"scale", FINN_METHOD_SCALE}, {"shift", FINN_METHOD_SHIFT}};
constexpr Name kBounds[] = {{"equal", FINN_BOUND_EQUAL},
                            {"at most", FINN_BOUND_AT_MOST},
                            {"at least", FINN_BOUND_AT_LEAST}};
constexpr Name kTransitions[] = {{"clip", FINN_TRANSITION_CLIP},
                                 {"smooth", FINN_TRANSITION_SMOOTH},
                                 {"learned", FINN_TRANSITION_LEARNED}};

constexpr auto kMostOutputs = static_cast<std::size_t>(net::kMaxWidth);

// Lists whose numbers may be infinite.
std::vector<double> read_limits(JsonReader& json, std::size_t most) {
  std::vector<double> values;
  json.list(most, [&] { values.push_back(json.number_or_infinity()); });
  return values;
}

void write_limits(JsonWriter& json, std::span<const double> values) {
  json.list([&] {
    for (const double value : values) json.number_or_infinity(value);
  });
}

void write_affine(JsonWriter& json, const net::Constraint& constraint, finn_constraint_form form) {
  const bool is_scale = constraint.kind == net::ConstraintKind::scale;
  auto options = defaults<finn_constraint_options>();
#define FINN_FROM_CONSTRAINT(path, name, ...) translate(constraint.path, options.name);
  FINN_CONSTRAINT_OPTIONS(FINN_FROM_CONSTRAINT)
#undef FINN_FROM_CONSTRAINT
  json.key("method").string(name_of(kMethods, is_scale ? FINN_METHOD_SCALE : FINN_METHOD_SHIFT));
  if (form == FINN_CONSTRAINT_EQUAL) json.key("target").numbers(constraint.target);
  if (form == FINN_CONSTRAINT_LEARNED) json.key("start").numbers(constraint.target);
  if (form == FINN_CONSTRAINT_PER_ROW) {
    json.key("bound").string(name_of(kBounds, static_cast<int>(constraint.bound)));
  }
  if (form == FINN_CONSTRAINT_BOUNDED) {
    const bool has_lower = constraint.bound != net::Bound::at_most;
    const bool has_upper = constraint.bound != net::Bound::at_least;
    if (has_lower) {
      json.key("lower").numbers(has_upper ? constraint.lower_target : constraint.target);
    }
    if (has_upper) json.key("upper").numbers(constraint.target);
  }
  if (form == FINN_CONSTRAINT_BOUNDED || form == FINN_CONSTRAINT_PER_ROW) {
    json.key("transition").string(name_of(kTransitions, static_cast<int>(constraint.transition)));
  }
  json.key("options");
  write_options(json, options);
}

void write_linear(JsonWriter& json, const net::Constraint& constraint) {
  json.key("variables").integer(constraint.linear.front().box.variables);
  json.key("integrals").list([&] {
    for (const net::LinearConstraint& linear : constraint.linear) {
      const auto n = static_cast<std::size_t>(linear.box.variables);
      json.object([&] {
        json.key("lower");
        write_limits(json, {linear.box.lower.data(), n});
        json.key("upper");
        write_limits(json, {linear.box.upper.data(), n});
        json.key("powers").integers(
            std::vector<std::int64_t>(linear.powers.begin(), linear.powers.begin() + n));
        json.key("value").numbers(linear.values);
      });
    }
  });
}

// All that a constraint of any form may say.
struct ConstraintMembers {
  std::optional<finn_constraint_form> form;
  std::optional<finn_method> method;
  finn_bound bound = FINN_BOUND_EQUAL;
  finn_transition transition = FINN_TRANSITION_CLIP;
  std::int32_t outputs = 0;
  std::int32_t variables = 0;
  std::vector<double> target, start, lower, upper;
  std::int32_t integrals = 0;
  std::vector<double> linear_lower, linear_upper, linear_value;
  std::vector<std::int32_t> linear_powers;
  finn_constraint_options options = defaults<finn_constraint_options>();
};

void append(std::vector<double>& to, const std::vector<double>& values) {
  to.insert(to.end(), values.begin(), values.end());
}

// One of the integrals, whose lists have the lengths that variables and outputs say.
void read_integral(JsonReader& json, ConstraintMembers& to) {
  const auto n = static_cast<std::size_t>(to.variables);
  const auto m = static_cast<std::size_t>(to.outputs);
  ++to.integrals;
  json.object([&](std::string_view key) {
    if (key == "lower") {
      append(to.linear_lower, read_limits(json, n));
    } else if (key == "upper") {
      append(to.linear_upper, read_limits(json, n));
    } else if (key == "value") {
      append(to.linear_value, json.numbers(m));
    } else if (key == "powers") {
      for (const std::int64_t power : json.integers(n)) {
        if (power < 0 || power > 64) json.fail_given("powers", "0 .. 8");
        to.linear_powers.push_back(static_cast<std::int32_t>(power));
      }
    } else {
      json.fail_unknown(key, "lower, upper, powers and value");
    }
  });
  const auto count = static_cast<std::size_t>(to.integrals);
  require_length(json, to.linear_lower.size(), count * n, "lower");
  require_length(json, to.linear_upper.size(), count * n, "upper");
  require_length(json, to.linear_powers.size(), count * n, "powers");
  require_length(json, to.linear_value.size(), count * m, "value");
}

void read_member(JsonReader& json, std::string_view key, ConstraintMembers& to) {
  if (key == "form") {
    to.form = read_name<finn_constraint_form>(json, kConstraints,
                                              "none, equal, bounded, learned, per row or linear");
  } else if (key == "outputs") {
    to.outputs = read_count(json);
  } else if (key == "variables") {
    to.variables = read_count(json);
  } else if (key == "method") {
    to.method = read_name<finn_method>(json, kMethods, "scale or shift");
  } else if (key == "bound") {
    to.bound = read_name<finn_bound>(json, kBounds, "equal, at most or at least");
  } else if (key == "transition") {
    to.transition = read_name<finn_transition>(json, kTransitions, "clip, smooth or learned");
  } else if (key == "target") {
    to.target = json.numbers(kMostOutputs);
  } else if (key == "start") {
    to.start = json.numbers(kMostOutputs);
  } else if (key == "lower") {
    to.lower = json.numbers(kMostOutputs);
  } else if (key == "upper") {
    to.upper = json.numbers(kMostOutputs);
  } else if (key == "integrals") {
    json.list(net::kMaxLinearConstraints, [&] { read_integral(json, to); });
  } else if (key == "options") {
    to.options = read_options<finn_constraint_options>(json);
  } else {
    json.fail_unknown(key, "a member of docs/FILES.md");
  }
}

// The arrays are as long as the functions of finn.h take them to be.
void require_lengths(const JsonReader& json, const ConstraintMembers& of) {
  const auto require = [&](const std::vector<double>& values, bool is_wanted, const char* name) {
    if (is_wanted) require_length(json, values.size(), static_cast<std::size_t>(of.outputs), name);
  };
  const bool is_bounded = of.form == FINN_CONSTRAINT_BOUNDED;
  require(of.target, of.form == FINN_CONSTRAINT_EQUAL, "target");
  require(of.start, of.form == FINN_CONSTRAINT_LEARNED, "start");
  require(of.lower, is_bounded && !of.lower.empty(), "lower");
  require(of.upper, is_bounded && !of.upper.empty(), "upper");
  const bool has_method = of.form == FINN_CONSTRAINT_NONE || of.form == FINN_CONSTRAINT_LINEAR;
  json.require_member(has_method || of.method.has_value(), "method");
  json.require_member(of.form != FINN_CONSTRAINT_LINEAR || of.integrals > 0, "integrals");
}

const double* data_or_null(const std::vector<double>& values) {
  return values.empty() ? nullptr : values.data();
}

finn_status make_constraint(const ConstraintMembers& of, finn_constraint** made,
                            finn_error* error) {
  const finn_method method = of.method.value_or(FINN_METHOD_SCALE);
  switch (*of.form) {
    case FINN_CONSTRAINT_EQUAL:
      return finn_constraint_equal(method, of.outputs, of.target.data(), &of.options, made, error);
    case FINN_CONSTRAINT_BOUNDED:
      return finn_constraint_bounded(method, of.outputs, data_or_null(of.lower),
                                     data_or_null(of.upper), of.transition, &of.options, made,
                                     error);
    case FINN_CONSTRAINT_LEARNED:
      return finn_constraint_learned(method, of.outputs, of.start.data(), &of.options, made, error);
    case FINN_CONSTRAINT_PER_ROW:
      return finn_constraint_per_row(method, of.bound, of.outputs, of.transition, &of.options, made,
                                     error);
    case FINN_CONSTRAINT_LINEAR:
      return finn_constraint_linear(of.variables, of.outputs, of.integrals, of.linear_lower.data(),
                                    of.linear_upper.data(), of.linear_powers.data(),
                                    of.linear_value.data(), made, error);
    default:
      return finn_constraint_none(made, error);
  }
}

}  // namespace

void write_constraint(JsonWriter& json, const finn_constraint& constraint) {
  const finn_constraint_form form = finn_constraint_get_form(&constraint);
  json.object([&] {
    json.key("form").string(name_of(kConstraints, form));
    if (form == FINN_CONSTRAINT_NONE) return;
    json.key("outputs").integer(constraint.outputs);
    if (form == FINN_CONSTRAINT_LINEAR) return write_linear(json, constraint.constraint);
    write_affine(json, constraint.constraint, form);
  });
}

Owned<finn_constraint> read_constraint(JsonReader& json, const char* document) {
  ConstraintMembers members;
  json.object([&](std::string_view key) { read_member(json, key, members); });
  json.require_member(members.form.has_value(), "form");
  require_lengths(json, members);
  return made_by<finn_constraint>(document, [&](finn_constraint** made, finn_error* error) {
    return make_constraint(members, made, error);
  });
}

}  // namespace finn::capi
