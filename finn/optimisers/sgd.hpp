// Stochastic gradient descent with momentum, plain (Polyak 1964) or Nesterov's, in the form of
// I. Sutskever et al., "On the importance of initialization and momentum in deep learning" (2013)
// with the velocity counted in gradients, so that a change of rate takes effect at once.
#pragma once

#include "core/shape.hpp"
#include "core/tensor.hpp"
#include "finn/optimisers/step_unit.hpp"

namespace finn::net {

struct SgdOptions {
  double momentum = 0.9;  // in [0, 1)
  bool nesterov = false;
};

template <class T>
class Sgd {
 public:
  Sgd(const SgdOptions& options, std::int64_t length)
      : options_(options), velocity_(core::Shape{length}) {}

  std::int64_t size() const noexcept { return velocity_.size(); }

  // v = momentum v + g, then p -= rate v, or rate (g + momentum v) with Nesterov, where p and g are
  // counted in units [size]; null: all are 1.
  void step(double learning_rate, const T* gradient, T* parameters, const T* units = nullptr) {
    const double momentum = options_.momentum;
    for (std::int64_t i = 0; i < size(); ++i) {
      velocity_[i] = momentum * velocity_[i] + gradient[i];
      const double ahead = gradient[i] + momentum * velocity_[i];
      const double move = learning_rate * (options_.nesterov ? ahead : velocity_[i]);
      parameters[i] = moved(parameters[i], move, units, i);
    }
  }

  // Hands every number of its state to visit(pointer, count), in a fixed order.
  template <class Visit>
  void visit_state(Visit&& visit) {
    visit(velocity_.data(), velocity_.size());
  }
  bool is_valid() const noexcept { return true; }

 private:
  SgdOptions options_;
  core::Tensor<double> velocity_;  // a sum of gradients may be no number of float
};

}  // namespace finn::net
