// Models with conditions in a few words, their rows, and every form x head x constraint of them.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {

// Options and the arrays that they point to.
struct ConditionedOptions : finn_model_options {
  std::vector<double> low, high;
  std::vector<double> condition_low{-0.5, 1.0, -2.0}, condition_high{1.5, 4.0, -1.0};
  std::vector<std::int32_t> mlp_widths{4, 3}, network_widths{3, 3};
  std::vector<double> limits{0.25, 1.5};

  explicit ConditionedOptions(int n = 2, int q = 2) : finn_model_options() {
    finn_model_options_init(this);
    variables = n;
    low = lower_of(n);
    high = upper_of(n);
    lower = low.data();
    upper = high.data();
    conditions = q;
    if (q > 0) {
      condition_lower = condition_low.data();
      condition_upper = condition_high.data();
      condition_widths = network_widths.data();
      condition_layers = 2;
    }
    seed = 3;
  }
  ConditionedOptions(const ConditionedOptions&) = delete;
  ConditionedOptions& operator=(const ConditionedOptions&) = delete;

  void use_form(finn_conditioning form) {
    conditioning = form;
    if (form == FINN_CONDITIONING_INPUTS) condition_widths = nullptr;
  }
  void use_mlp() {
    head = FINN_HEAD_MLP;
    widths = mlp_widths.data();
    hidden_layers = 2;
  }
  void use_product() {
    head = FINN_HEAD_PRODUCT;
    terms = 3;
    steps = 2;
  }
  int columns() const { return variables + conditions + (sample_epsilon == 1 ? outputs : 0); }

  // Rows of points of the box, conditions of their range and epsilons of [0.5, 2].
  template <class T = double>
  std::vector<T> rows(std::size_t count, std::uint64_t draw = 4) const {
    std::vector<double> x =
        random_numbers<double>(count * static_cast<std::size_t>(columns()), 0, 1, draw);
    for (std::size_t k = 0; k < x.size(); ++k) x[k] = column(k % low_count(), x[k]);
    return std::vector<T>(x.begin(), x.end());
  }
  // The same without x.
  std::vector<double> given(std::size_t count, std::uint64_t draw = 5) const {
    const std::vector<double> all = rows(count, draw);
    std::vector<double> result;
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (k % low_count() >= low.size()) result.push_back(all[k]);
    }
    return result;
  }

 private:
  std::size_t low_count() const { return static_cast<std::size_t>(columns()); }
  double column(std::size_t i, double share) const {
    if (i < low.size()) return low[i] + (high[i] - low[i]) * share;
    i -= low.size();
    if (i < static_cast<std::size_t>(conditions)) {
      return condition_low[i] + (condition_high[i] - condition_low[i]) * share;
    }
    return 0.5 + 1.5 * share;
  }
};

inline ModelHandle create(const finn_model_options& options) {
  finn_model* model = nullptr;
  require_ok([&](finn_error* e) { return finn_model_create(&options, &model, e); });
  return ModelHandle(model);
}

// With parameters away from the start, where g is 0, and from the kink of |w|.
inline ModelHandle create_moved(const finn_model_options& options, double size = 0.2) {
  ModelHandle model = create(options);
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
  void (*choose)(ConditionedOptions& options);
};

// Every form with each head, and what a head or constraint has of its own.
inline std::vector<ConditionedCase> conditioned_cases() {
  using Options = ConditionedOptions;
  return {
      {"modulation, mlp", [](Options& o) { o.use_mlp(); }},
      {"modulation, product", [](Options& o) { o.use_product(); }},
      {"hypernetwork, mlp",
       [](Options& o) { o.use_mlp(), o.use_form(FINN_CONDITIONING_HYPERNETWORK); }},
      {"hypernetwork, product",
       [](Options& o) { o.use_product(), o.use_form(FINN_CONDITIONING_HYPERNETWORK); }},
      {"inputs, mlp", [](Options& o) { o.use_mlp(), o.use_form(FINN_CONDITIONING_INPUTS); }},
      {"inputs, product",
       [](Options& o) { o.use_product(), o.use_form(FINN_CONDITIONING_INPUTS); }},
      {"inputs, signed mlp",
       [](Options& o) {
         o.use_mlp(), o.use_form(FINN_CONDITIONING_INPUTS);
         o.positivity = FINN_POSITIVITY_NONE;
       }},
      {"modulation, signed mlp that is left alone",
       [](Options& o) {
         o.use_mlp();
         o.positivity = FINN_POSITIVITY_NONE;
         o.constraint = FINN_CONSTRAINT_NONE;
       }},
      {"modulation, mlp of patterns that reads all layers, several outputs",
       [](Options& o) {
         o.use_mlp();
         o.patterns = 2;
         o.outputs = 2;
         o.read_out = FINN_READ_OUT_DENSE;
       }},
      {"hypernetwork, mlp of patterns that reads all layers, separate outputs",
       [](Options& o) {
         o.use_mlp(), o.use_form(FINN_CONDITIONING_HYPERNETWORK);
         o.patterns = 2;
         o.outputs = 2;
         o.read_out = FINN_READ_OUT_DENSE;
         o.sharing = FINN_SHARING_NONE;
         o.positivity = FINN_POSITIVITY_SOFTPLUS;
       }},
      {"modulation, last layer of sigma, a floor",
       [](Options& o) {
         o.use_mlp();
         o.last_layer = FINN_LAST_LAYER_SIGMA;
         o.floor = 0.2;
       }},
      {"hypernetwork, product of one step, separate outputs, square",
       [](Options& o) {
         o.use_product(), o.use_form(FINN_CONDITIONING_HYPERNETWORK);
         o.steps = 1;
         o.outputs = 2;
         o.sharing = FINN_SHARING_NONE;
         o.positivity = FINN_POSITIVITY_SQUARE;
       }},
      {"modulation, product, epsilon of the sample",
       [](Options& o) {
         o.use_product();
         o.outputs = 2;
         o.sample_epsilon = 1;
       }},
      {"epsilon of the sample without conditions, mlp",
       [](Options& o) {
         o.use_mlp();
         o.conditions = 0;
         o.condition_lower = o.condition_upper = nullptr;
         o.condition_widths = nullptr;
         o.sample_epsilon = 1;
       }},
      {"epsilon of the sample, hypernetwork, product that is shifted",
       [](Options& o) {
         o.use_product(), o.use_form(FINN_CONDITIONING_HYPERNETWORK);
         o.constraint = FINN_CONSTRAINT_SHIFT;
         o.sample_epsilon = 1;
       }},
      {"at most the epsilon of the sample",
       [](Options& o) {
         o.use_product();
         o.bound = FINN_BOUND_AT_MOST;
         o.sample_epsilon = 1;
       }},
      {"at least, smooth, the epsilon of the sample",
       [](Options& o) {
         o.use_mlp();
         o.bound = FINN_BOUND_AT_LEAST;
         o.approach = FINN_APPROACH_SMOOTH;
         o.sample_epsilon = 1;
       }},
      {"at most, smooth, shifted, the epsilon of the sample",
       [](Options& o) {
         o.use_mlp(), o.use_form(FINN_CONDITIONING_INPUTS);
         o.positivity = FINN_POSITIVITY_NONE;
         o.bound = FINN_BOUND_AT_MOST;
         o.approach = FINN_APPROACH_SMOOTH;
         o.softness = 0.5;
         o.sample_epsilon = 1;
       }},
      {"between, smooth, hypernetwork",
       [](Options& o) {
         o.use_product(), o.use_form(FINN_CONDITIONING_HYPERNETWORK);
         o.bound = FINN_BOUND_BETWEEN;
         o.approach = FINN_APPROACH_SMOOTH;
         o.lower_epsilon = o.limits.data();
         o.epsilon = o.limits.data() + 1;
       }},
      {"between, shifted",
       [](Options& o) {
         o.use_mlp();
         o.constraint = FINN_CONSTRAINT_SHIFT;
         o.bound = FINN_BOUND_BETWEEN;
         o.lower_epsilon = o.limits.data();
         o.epsilon = o.limits.data() + 1;
       }},
  };
}

// Runs body(options, model) for every case in n variables.
template <class Body>
void for_each_conditioned_case(int n, Body&& body) {
  for (const ConditionedCase& one : conditioned_cases()) {
    SCOPED_TRACE(one.name + ", n = " + std::to_string(n));
    ConditionedOptions options(n);
    one.choose(options);
    body(options, create_moved(options));
  }
}

inline std::vector<double> integral_given(const finn_model* model, finn_workspace* workspace,
                                          const std::vector<double>& lower,
                                          const std::vector<double>& upper,
                                          const std::vector<double>& given, std::int64_t count) {
  std::vector<double> value(static_cast<std::size_t>(count * finn_model_outputs(model)));
  require_ok([&](finn_error* e) {
    return finn_integral_given(model, workspace, lower.data(), upper.data(), given.data(), count,
                               value.data(), nullptr, nullptr, e);
  });
  return value;
}

}  // namespace finn::test
