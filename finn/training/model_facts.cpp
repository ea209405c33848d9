#include "finn/training/model_facts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/error.hpp"
#include "core/random.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/networks/network_shape.hpp"

namespace finn::net {
namespace {

constexpr double kSameMap = 1e-9;

std::vector<double> first(const double* values, int count) { return {values, values + count}; }

std::string number_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

std::string point_text(const std::vector<double>& point) {
  std::string text;
  for (const double value : point) text += (text.empty() ? "" : ", ") + number_text(value);
  return "(" + text + ")";
}

void add_shape(ModelFacts& facts, const NetworkShape& shape) {
  visit_fields(shape, [&](const auto& field, const char* name) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, std::vector<int>>) {
      facts.push_back({name, "", {field.begin(), field.end()}});
    } else {
      facts.push_back({name, "", {static_cast<double>(field)}});
    }
  });
}

// All fields of a constraint: one that is added and has no fact here does not compile.
void add_constraint(ModelFacts& facts, const Constraint& constraint) {
  const auto& [kind, target, uniform_share, bound, transition, lower_target, transition_width,
               linear] = constraint;
  facts.push_back({"constraint", "", {static_cast<double>(kind)}});
  facts.push_back({"bound", "", {static_cast<double>(bound)}});
  facts.push_back({"transition", "", {static_cast<double>(transition)}});
  facts.push_back({"target", "", target});
  facts.push_back({"lower_target", "", lower_target});
  facts.push_back({"uniform_share", "", {uniform_share}});
  facts.push_back({"transition_width", "", {transition_width}});
  facts.push_back({"linear_constraint_count", "", {static_cast<double>(linear.size())}});
  for (std::size_t k = 0; k < linear.size(); ++k) {
    const auto& [box, powers, values] = linear[k];
    const std::string of = " of linear constraint " + std::to_string(k);
    facts.push_back({"lower" + of, "", first(box.lower.data(), box.variables)});
    facts.push_back({"upper" + of, "", first(box.upper.data(), box.variables)});
    facts.push_back({"powers" + of, "", {powers.begin(), powers.begin() + box.variables}});
    facts.push_back({"value" + of, "", values});
  }
}

// A few images are facts of their own, which a message can name; the sums of many more find a map
// that differs in a small part of the region.
void add_map(ModelFacts& facts, const Domain& domain) {
  constexpr int points = 256, named = 4;
  const Box& box = domain.box();
  const auto n = static_cast<std::size_t>(box.variables);
  core::Random random(0);
  std::vector<double> u(n), x(n), sums(n);
  for (int k = 0; k < points; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      const double share = random.uniform(0.02, 0.98);
      u[i] = box.lower[i] + share * (box.upper[i] - box.lower[i]);
    }
    domain.to_point(u.data(), x.data());
    if (k < named) facts.push_back({"domain's map of u = " + point_text(u), "", x, kSameMap});
    const double weight = random.uniform(1, 2);
    for (std::size_t i = 0; i < n; ++i) sums[i] += weight * x[i];
  }
  facts.push_back({"domain's map of 256 points", "", sums, kSameMap});
}

void add_region(ModelFacts& facts, const Region& region) {
  const Box& box = region.box;
  const bool has_domain = region.domain != nullptr;
  facts.push_back({"domain", has_domain ? region.domain->kind() : "none", {}});
  facts.push_back({"lower", "", first(box.lower.data(), box.variables)});
  facts.push_back({"upper", "", first(box.upper.data(), box.variables)});
  if (has_domain) add_map(facts, *region.domain);
}

bool is_same(const Fact& known, const Fact& given, std::size_t i) {
  const double a = known.values[i], b = given.values[i];
  if (a == b) return true;
  double largest = 0;
  for (const double value : given.values) largest = std::fmax(largest, std::fabs(value));
  return std::fabs(a - b) <= given.tolerance * largest;
}

[[noreturn]] void fail_at(const char* who, const std::string& name, const std::string& known,
                          const std::string& given) {
  core::fail(core::Status::ERROR_SIZE, "%s: another model: its %s is %s, that of this model %s",
             who, name.c_str(), known.c_str(), given.c_str());
}

void require_same(const Fact& known, const Fact& given, const char* who) {
  if (known.text != given.text) fail_at(who, given.name, known.text, given.text);
  if (known.values.size() != given.values.size()) {
    fail_at(who, given.name, "a list of " + std::to_string(known.values.size()),
            "one of " + std::to_string(given.values.size()));
  }
  for (std::size_t i = 0; i < given.values.size(); ++i) {
    if (is_same(known, given, i)) continue;
    const bool is_list = given.values.size() > 1;
    fail_at(who, given.name + (is_list ? " at element " + std::to_string(i) : ""),
            number_text(known.values[i]), number_text(given.values[i]));
  }
}

}  // namespace

template <class T>
ModelFacts facts_of(const Model<T>& model) {
  ModelFacts facts;
  add_shape(facts, model.network().shape());
  add_region(facts, model.region());
  facts.push_back({"input_scaling", "", {model.has_standard_coordinates() ? 0.0 : 1.0}});
  const ConditionRange& range = model.conditioning().range();
  facts.push_back({"condition_lower", "", range.lower});
  facts.push_back({"condition_upper", "", range.upper});
  add_constraint(facts, model.constraint());
  facts.push_back({"parameter count", "", {static_cast<double>(model.parameter_count())}});
  return facts;
}

void require_same_facts(const ModelFacts& known, const ModelFacts& of_model, const char* who) {
  const std::size_t count = std::min(known.size(), of_model.size());
  for (std::size_t k = 0; k < count; ++k) {
    if (known[k].name != of_model[k].name) fail_at(who, of_model[k].name, "not there", "is");
    require_same(known[k], of_model[k], who);
  }
  if (known.size() == of_model.size()) return;
  fail_at(who, "number of facts", std::to_string(known.size()), std::to_string(of_model.size()));
}

template ModelFacts facts_of(const Model<float>&);
template ModelFacts facts_of(const Model<double>&);

}  // namespace finn::net
