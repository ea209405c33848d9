// What the tests of constraints share: options with arrays of their own, and the combinations of
// kind, bound and approach that finn.h accepts.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {

// Options of a small model of two outputs on the default box of two variables, and the arrays that
// they point to.
struct ConstraintOptions : finn_model_options {
  std::vector<double> low = lower_of(2), high = upper_of(2);
  std::vector<double> integrals{1.5, 0.75}, lower_integrals{0.25, 0.5};
  std::vector<std::int32_t> sizes{5, 4};

  explicit ConstraintOptions(finn_head head_wanted = FINN_HEAD_MLP) : finn_model_options() {
    finn_model_options_init(this);
    head = head_wanted;
    variables = 2;
    outputs = 2;
    lower = low.data();
    upper = high.data();
    epsilon = integrals.data();
    if (head_wanted == FINN_HEAD_MLP) {
      widths = sizes.data();
      hidden_layers = 2;
    } else {
      terms = 3;
      steps = 2;
    }
  }
  ConstraintOptions(const ConstraintOptions&) = delete;
  ConstraintOptions& operator=(const ConstraintOptions&) = delete;
};

inline ModelHandle make_model(const finn_model_options& options) {
  finn_model* model = nullptr;
  require_ok([&](finn_error* e) { return finn_model_create(&options, &model, e); });
  return ModelHandle(model);
}

struct ConstraintCase {
  finn_head head;
  finn_positivity positivity;
  finn_constraint kind;
  finn_bound bound;
  finn_approach approach;

  std::string name() const {
    static constexpr const char* kinds[] = {"auto", "none", "scale", "shift"};
    static constexpr const char* bounds[] = {"equal", "at most", "at least", "between"};
    static constexpr const char* approaches[] = {"hard", "smooth", "learned"};
    return std::string(head == FINN_HEAD_MLP ? "mlp" : "product") +
           (positivity == FINN_POSITIVITY_NONE ? ", signed, " : ", positive, ") + kinds[kind] +
           ", " + bounds[bound] + ", " + approaches[approach];
  }
  void choose(ConstraintOptions& options) const {
    options.positivity = positivity;
    options.constraint = kind;
    options.bound = bound;
    options.approach = approach;
    if (bound == FINN_BOUND_BETWEEN) options.lower_epsilon = options.lower_integrals.data();
  }
  bool learned() const { return approach == FINN_APPROACH_LEARNED; }
};

// All that finn.h accepts.
inline std::vector<ConstraintCase> constraint_cases() {
  std::vector<ConstraintCase> cases;
  const std::array<std::pair<finn_head, finn_positivity>, 3> networks{
      {{FINN_HEAD_MLP, FINN_POSITIVITY_NONE},
       {FINN_HEAD_MLP, FINN_POSITIVITY_SOFTPLUS},
       {FINN_HEAD_PRODUCT, FINN_POSITIVITY_EXP}}};
  for (const auto& [head, positivity] : networks) {
    for (const finn_constraint kind : {FINN_CONSTRAINT_SCALE, FINN_CONSTRAINT_SHIFT}) {
      for (finn_bound bound = FINN_BOUND_EQUAL; bound <= FINN_BOUND_BETWEEN; ++bound) {
        for (finn_approach how = FINN_APPROACH_HARD; how <= FINN_APPROACH_LEARNED; ++how) {
          if (how == FINN_APPROACH_SMOOTH && bound == FINN_BOUND_EQUAL) continue;
          if (how == FINN_APPROACH_SMOOTH && kind == FINN_CONSTRAINT_SCALE &&
              positivity == FINN_POSITIVITY_NONE) {
            continue;
          }
          cases.push_back({head, positivity, kind, bound, how});
        }
      }
    }
  }
  return cases;
}

}  // namespace finn::test
