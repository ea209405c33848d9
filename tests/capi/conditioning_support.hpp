// Models with conditions in a few words, their rows, and every form x network x constraint of
// them.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {

// A mixture, or an mlp, with q conditions.
struct ConditionedSpec : ModelSpec {
  explicit ConditionedSpec(int n = 2, int q = 2) {
    network = FINN_NETWORK_MIXTURE;
    variables = n;
    lower = lower_of(n);
    upper = upper_of(n);
    condition_lower = {-0.5, 1.0};
    condition_upper = {1.5, 4.0};
    condition_widths = {3, 3};
    conditions = q;
    conditioning = q > 0 ? FINN_CONDITIONING_FILM : FINN_CONDITIONING_NONE;
    seed = 3;
  }

  void use_mlp() {
    network = FINN_NETWORK_MLP;
    widths = {4, 3};
  }
  void use_mixture() {
    network = FINN_NETWORK_MIXTURE;
    components = 3;
    normals_per_axis = 2;
  }
  void use_row_targets(finn_bound wanted = FINN_BOUND_EQUAL) {
    constraint = FINN_CONSTRAINT_PER_ROW;
    bound = wanted;
  }
  bool has_row_targets() const { return constraint == FINN_CONSTRAINT_PER_ROW; }
  int columns() const { return variables + conditions + (has_row_targets() ? outputs : 0); }

  // Rows of points of the box, conditions of their range and targets of [0.5, 2].
  template <class T = double>
  std::vector<T> rows(std::size_t count, std::uint64_t draw = 4) const {
    const auto width = static_cast<std::size_t>(columns());
    std::vector<double> x = random_numbers<double>(count * width, 0, 1, draw);
    for (std::size_t k = 0; k < x.size(); ++k) x[k] = column(k % width, x[k]);
    return std::vector<T>(x.begin(), x.end());
  }
  // Such rows without x.
  std::vector<double> given(std::size_t count, std::uint64_t draw = 5) const {
    const std::vector<double> all = rows(count, draw);
    std::vector<double> result;
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (k % static_cast<std::size_t>(columns()) >= lower.size()) result.push_back(all[k]);
    }
    return result;
  }

 private:
  double column(std::size_t i, double share) const {
    if (i < lower.size()) return lower[i] + (upper[i] - lower[i]) * share;
    i -= lower.size();
    if (i < static_cast<std::size_t>(conditions)) {
      return condition_lower[i] + (condition_upper[i] - condition_lower[i]) * share;
    }
    return 0.5 + 1.5 * share;
  }
};

// With parameters away from the start, where g is 0, and from the kink of |w|.
inline ModelHandle make_moved(const ModelSpec& spec, double size = 0.2) {
  ModelHandle model = make_model(spec);
  auto parameters = parameters_of<double>(model.get());
  const auto moves = random_numbers<double>(parameters.size(), -size, size, 17);
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    parameters[k] += moves[k] + std::copysign(0.02, parameters[k] + moves[k]);
  }
  set_parameters(model.get(), parameters);
  return model;
}

struct ConditionedCase {
  std::string name;
  void (*choose)(ConditionedSpec& spec);
};

// Every form with each network, and what a network or constraint has of its own.
inline std::vector<ConditionedCase> conditioned_cases() {
  using Spec = ConditionedSpec;
  return {
      {"FiLM, mlp", [](Spec& s) { s.use_mlp(); }},
      {"FiLM, mixture", [](Spec& s) { s.use_mixture(); }},
      {"hypernetwork, mlp",
       [](Spec& s) {
         s.use_mlp();
         s.conditioning = FINN_CONDITIONING_HYPERNETWORK;
       }},
      {"hypernetwork, mixture",
       [](Spec& s) {
         s.use_mixture();
         s.conditioning = FINN_CONDITIONING_HYPERNETWORK;
       }},
      {"inputs, mlp",
       [](Spec& s) {
         s.use_mlp();
         s.conditioning = FINN_CONDITIONING_INPUTS;
       }},
      {"inputs, mixture",
       [](Spec& s) {
         s.use_mixture();
         s.conditioning = FINN_CONDITIONING_INPUTS;
       }},
      {"inputs, signed mlp",
       [](Spec& s) {
         s.use_mlp();
         s.conditioning = FINN_CONDITIONING_INPUTS;
         s.positivity = FINN_POSITIVITY_NONE;
       }},
      {"FiLM, signed mlp that is left alone",
       [](Spec& s) {
         s.use_mlp();
         s.positivity = FINN_POSITIVITY_NONE;
         s.constraint = FINN_CONSTRAINT_NONE;
       }},
      {"FiLM, mlp of orthants with a skip read-out, several outputs",
       [](Spec& s) {
         s.use_mlp();
         s.orthants = 2;
         s.outputs = 2;
         s.skip = 1;
       }},
      {"hypernetwork, mlp of orthants with a skip read-out, separate outputs",
       [](Spec& s) {
         s.use_mlp();
         s.conditioning = FINN_CONDITIONING_HYPERNETWORK;
         s.orthants = 2;
         s.outputs = 2;
         s.skip = 1;
         s.sharing = FINN_SHARING_NONE;
         s.positivity = FINN_POSITIVITY_SOFTPLUS;
       }},
      {"FiLM, mlp of orthants with axis units",
       [](Spec& s) {
         s.use_mlp();
         s.orthants = 2;
         s.axis_units = 2;
       }},
      {"hypernetwork, mlp with axis units",
       [](Spec& s) {
         s.use_mlp();
         s.conditioning = FINN_CONDITIONING_HYPERNETWORK;
         s.axis_units = 2;
         s.positivity = FINN_POSITIVITY_SOFTPLUS;
       }},
      {"FiLM, activation on the output, a uniform share",
       [](Spec& s) {
         s.use_mlp();
         s.output_activation = 1;
         s.uniform_share = 0.2;
       }},
      {"hypernetwork, mixture of one normal per axis, separate outputs, square",
       [](Spec& s) {
         s.use_mixture();
         s.conditioning = FINN_CONDITIONING_HYPERNETWORK;
         s.normals_per_axis = 1;
         s.outputs = 2;
         s.sharing = FINN_SHARING_NONE;
         s.positivity = FINN_POSITIVITY_SQUARE;
       }},
      {"FiLM, mixture, a target per row",
       [](Spec& s) {
         s.use_mixture();
         s.outputs = 2;
         s.use_row_targets();
       }},
      {"a target per row without conditions, mlp",
       [](Spec& s) {
         s.use_mlp();
         s.conditions = 0;
         s.conditioning = FINN_CONDITIONING_NONE;
         s.use_row_targets();
       }},
      {"a target per row, hypernetwork, mixture that is shifted",
       [](Spec& s) {
         s.use_mixture();
         s.conditioning = FINN_CONDITIONING_HYPERNETWORK;
         s.method = FINN_METHOD_SHIFT;
         s.use_row_targets();
       }},
      {"at most the target of the row",
       [](Spec& s) {
         s.use_mixture();
         s.use_row_targets(FINN_BOUND_AT_MOST);
       }},
      {"at least, smooth, the target of the row",
       [](Spec& s) {
         s.use_mlp();
         s.use_row_targets(FINN_BOUND_AT_LEAST);
         s.transition = FINN_TRANSITION_SMOOTH;
       }},
      {"at most, smooth, shifted, the target of the row",
       [](Spec& s) {
         s.use_mlp();
         s.conditioning = FINN_CONDITIONING_INPUTS;
         s.positivity = FINN_POSITIVITY_NONE;
         s.use_row_targets(FINN_BOUND_AT_MOST);
         s.transition = FINN_TRANSITION_SMOOTH;
         s.transition_width = 0.5;
       }},
      {"between, smooth, hypernetwork",
       [](Spec& s) {
         s.use_mixture();
         s.conditioning = FINN_CONDITIONING_HYPERNETWORK;
         s.constraint = FINN_CONSTRAINT_BOUNDED;
         s.transition = FINN_TRANSITION_SMOOTH;
         s.lower_bound = {0.25};
         s.upper_bound = {1.5};
       }},
      {"between, shifted",
       [](Spec& s) {
         s.use_mlp();
         s.method = FINN_METHOD_SHIFT;
         s.constraint = FINN_CONSTRAINT_BOUNDED;
         s.lower_bound = {0.25};
         s.upper_bound = {1.5};
       }},
  };
}

// Runs body(spec, model) for every case in n variables.
template <class Body>
void for_each_conditioned_case(int n, Body&& body) {
  for (const ConditionedCase& one : conditioned_cases()) {
    SCOPED_TRACE(one.name + ", n = " + std::to_string(n));
    ConditionedSpec spec(n);
    one.choose(spec);
    body(spec, make_moved(spec));
  }
}

inline std::vector<double> conditional_integral(const finn_model* model, finn_workspace* workspace,
                                                const std::vector<double>& lower,
                                                const std::vector<double>& upper,
                                                const std::vector<double>& given,
                                                std::int64_t count,
                                                finn_limits limits = FINN_LIMITS_X) {
  std::vector<double> value(static_cast<std::size_t>(count * finn_model_outputs(model)));
  require_ok([&](finn_error* e) {
    return finn_conditional_integral(model, workspace, limits, lower.data(), upper.data(),
                                     given.data(), count, value.data(), nullptr, nullptr,
                                     length_of(value), e);
  });
  return value;
}

}  // namespace finn::test
