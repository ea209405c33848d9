// What the tests of constraints share: a small model, and every combination of method, bounds and
// transition that finn.h accepts.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {

// A small model of two outputs on the default box of two variables, with the integrals 1.5 and
// 0.75.
inline ModelSpec constrained_spec(finn_network_form network = FINN_NETWORK_MLP) {
  ModelSpec spec;
  spec.network = network;
  spec.outputs = 2;
  spec.widths = {5, 4};
  spec.components = 3;
  spec.normals_per_axis = 2;
  spec.target = {1.5, 0.75};
  spec.seed = 0;
  return spec;
}

// What the integral is to be held to.
enum class Bounds { kEqual, kAtMost, kAtLeast, kBetween };

struct ConstraintCase {
  finn_network_form network;
  finn_positivity positivity;
  finn_method method;
  Bounds bounds;
  finn_transition transition;

  std::string name() const {
    static constexpr const char* all_bounds[] = {"equal", "at most", "at least", "between"};
    static constexpr const char* transitions[] = {"clip", "smooth", "learned"};
    return std::string(network == FINN_NETWORK_MLP ? "mlp" : "mixture") +
           (positivity == FINN_POSITIVITY_NONE ? ", signed, " : ", positive, ") +
           (method == FINN_METHOD_SCALE ? "scale, " : "shift, ") +
           all_bounds[static_cast<std::size_t>(bounds)] + ", " + transitions[transition];
  }
  // One bound, or a target, is high; two are low and high.
  void choose(ModelSpec& spec, const std::vector<double>& low = {0.25, 0.5},
              const std::vector<double>& high = {1.5, 0.75}) const {
    spec.positivity = positivity;
    spec.method = method;
    spec.transition = transition;
    spec.constraint = FINN_CONSTRAINT_BOUNDED;
    if (bounds == Bounds::kEqual) {
      spec.constraint = learned() ? FINN_CONSTRAINT_LEARNED : FINN_CONSTRAINT_EQUAL;
      spec.target = high;
    }
    if (bounds == Bounds::kAtMost || bounds == Bounds::kBetween) spec.upper_bound = high;
    if (bounds == Bounds::kAtLeast) spec.lower_bound = high;
    if (bounds == Bounds::kBetween) spec.lower_bound = low;
  }
  bool learned() const { return transition == FINN_TRANSITION_LEARNED; }
};

// All that finn.h accepts.
inline std::vector<ConstraintCase> constraint_cases() {
  std::vector<ConstraintCase> cases;
  const std::array<std::pair<finn_network_form, finn_positivity>, 3> networks{
      {{FINN_NETWORK_MLP, FINN_POSITIVITY_NONE},
       {FINN_NETWORK_MLP, FINN_POSITIVITY_SOFTPLUS},
       {FINN_NETWORK_MIXTURE, FINN_POSITIVITY_EXP}}};
  for (const auto& [network, positivity] : networks) {
    for (const finn_method method : {FINN_METHOD_SCALE, FINN_METHOD_SHIFT}) {
      for (const Bounds bounds :
           {Bounds::kEqual, Bounds::kAtMost, Bounds::kAtLeast, Bounds::kBetween}) {
        for (const finn_transition how :
             {FINN_TRANSITION_CLIP, FINN_TRANSITION_SMOOTH, FINN_TRANSITION_LEARNED}) {
          if (how == FINN_TRANSITION_SMOOTH && bounds == Bounds::kEqual) continue;
          if (how == FINN_TRANSITION_SMOOTH && method == FINN_METHOD_SCALE &&
              positivity == FINN_POSITIVITY_NONE) {
            continue;
          }
          cases.push_back({network, positivity, method, bounds, how});
        }
      }
    }
  }
  return cases;
}

}  // namespace finn::test
