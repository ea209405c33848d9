// Adam: D. P. Kingma & J. Ba, "Adam: a method for stochastic optimization", arXiv 1412.6980,
// algorithm 1.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/shape.hpp"
#include "core/tensor.hpp"
#include "finn/optimisers/step_unit.hpp"

namespace finn::net {

struct AdamOptions {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
};

template <class T>
class Adam {
 public:
  Adam(const AdamOptions& options, std::int64_t length)
      : options_(options), first_(core::Shape{length}), second_(core::Shape{length}) {}

  std::int64_t size() const noexcept { return first_.size(); }

  // One update of parameters [size] against gradient [size], which is that by parameters counted in
  // units [size]; null: all are 1.
  void step(double learning_rate, const T* gradient, T* parameters, const T* units = nullptr) {
    ++steps_;
    const double beta1 = options_.beta1, beta2 = options_.beta2;
    const double first_correction = 1 - std::pow(beta1, static_cast<double>(steps_));
    const double second_correction = 1 - std::pow(beta2, static_cast<double>(steps_));
    const double rate = learning_rate / first_correction;
    const double root = 1 / std::sqrt(second_correction);
    for (std::int64_t i = 0; i < size(); ++i) {
      const double g = gradient[i];
      first_[i] = beta1 * first_[i] + (1 - beta1) * g;
      second_[i] = beta2 * second_[i] + (1 - beta2) * g * g;
      const double move = rate * first_[i] / (std::sqrt(second_[i]) * root + options_.epsilon);
      parameters[i] = moved(parameters[i], move, units, i);
    }
  }

  // Hands every number of its state to visit(pointer, count), in a fixed order.
  template <class Visit>
  void visit_state(Visit&& visit) {
    visit(first_.data(), first_.size());
    visit(second_.data(), second_.size());
    visit(&steps_, std::int64_t{1});
  }
  // Whether the state, come from elsewhere, is one that step() can leave.
  bool is_valid() const noexcept {
    constexpr std::int64_t most = std::int64_t{1} << 33;  // no run has as many steps
    return steps_ >= 0 && steps_ < most &&
           std::all_of(second_.begin(), second_.end(), [](double v) { return v >= 0; });
  }

 private:
  AdamOptions options_;
  // In double whatever T is: the square of a gradient in float may be no number of float.
  core::Tensor<double> first_;   // moving mean of the gradient
  core::Tensor<double> second_;  // moving mean of its square
  std::int64_t steps_ = 0;
};

}  // namespace finn::net
