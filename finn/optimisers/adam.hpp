// Adam: D. P. Kingma & J. Ba, "Adam: a method for stochastic optimization", arXiv 1412.6980,
// algorithm 1, but for its epsilon: that is relative here. It is multiplied by the root mean square
// of the gradient, over all parameters and over the steps that the moments remember, so that the
// steps are the same whatever the unit of the loss is.
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
  double epsilon = 1e-8;  // relative to the root mean square of the gradient
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
    const auto steps = static_cast<double>(steps_);
    const double first_correction = 1 - std::pow(options_.beta1, steps);
    const double second_correction = 1 - std::pow(options_.beta2, steps);
    const double rate = learning_rate / first_correction;
    const double root = 1 / std::sqrt(second_correction);
    remember(gradient);
    const double epsilon = options_.epsilon * root_mean_square() * root + kLeastGradient;
    for (std::int64_t i = 0; i < size(); ++i) {
      const double move = rate * first_[i] / (std::sqrt(second_[i]) * root + epsilon);
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
  // Gradients of this size have squares that are hardly numbers of double. It keeps those below it
  // from moving anything, and 0 from being divided by 0.
  static constexpr double kLeastGradient = 1e-150;
  static constexpr double kLeastMean = 1e-300;

  void remember(const T* gradient) {
    const double beta1 = options_.beta1, beta2 = options_.beta2;
    for (std::int64_t i = 0; i < size(); ++i) {
      const double g = gradient[i];
      first_[i] = number_or_zero(beta1 * first_[i] + (1 - beta1) * g);
      second_[i] = number_or_zero(beta2 * second_[i] + (1 - beta2) * g * g);
    }
  }

  // The mean of a gradient that stays 0 shrinks in every step; it shall not end as a subnormal
  // number, on which arithmetic is slow.
  static double number_or_zero(double mean) { return std::abs(mean) < kLeastMean ? 0 : mean; }

  double root_mean_square() const {
    double sum = 0;
    for (const double square : second_) sum += square;
    return size() > 0 ? std::sqrt(sum / static_cast<double>(size())) : 0;
  }

  AdamOptions options_;
  // In double whatever T is: the square of a gradient in float may be no number of float.
  core::Tensor<double> first_;   // moving mean of the gradient
  core::Tensor<double> second_;  // moving mean of its square
  std::int64_t steps_ = 0;
};

}  // namespace finn::net
