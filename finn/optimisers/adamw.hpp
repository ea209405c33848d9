// AdamW: I. Loshchilov & F. Hutter, "Decoupled weight decay regularization", arXiv 1711.05101,
// algorithm 2. The decay shrinks the parameters themselves and never enters Adam's moments.
#pragma once

#include "finn/optimisers/adam.hpp"

namespace finn::net {

struct AdamWOptions {
  AdamOptions adam;
  double weight_decay = 0.01;  // >= 0
};

template <class T>
class AdamW {
 public:
  AdamW(const AdamWOptions& options, std::int64_t length)
      : weight_decay_(options.weight_decay), adam_(options.adam, length) {}

  std::int64_t size() const noexcept { return adam_.size(); }

  // p -= rate weight_decay p, then a step of Adam. All parameters decay, biases too.
  void step(double learning_rate, const T* gradient, T* parameters, const T* units = nullptr) {
    const auto kept = static_cast<T>(1 - learning_rate * weight_decay_);
    for (std::int64_t i = 0; i < size(); ++i) parameters[i] *= kept;
    adam_.step(learning_rate, gradient, parameters, units);
  }

  template <class Visit>
  void visit_state(Visit&& visit) {
    adam_.visit_state(visit);
  }
  bool is_valid() const noexcept { return adam_.is_valid(); }

 private:
  double weight_decay_;
  Adam<T> adam_;
};

}  // namespace finn::net
