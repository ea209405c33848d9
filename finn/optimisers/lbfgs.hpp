// L-BFGS: J. Nocedal & S. J. Wright, "Numerical Optimization" (2nd edition, 2006), algorithms 7.4
// and 7.5, with a line search for the strong Wolfe conditions.
//
// It needs a function that does not change from step to step: all rows, or a fixed batch.
#pragma once

#include <vector>

#include "core/tensor.hpp"

namespace finn::net {

struct LbfgsOptions {
  int memory = 10;  // pairs of differences kept, >= 1
  // Converged when no entry of the gradient is larger than this share of the largest entry at the
  // start of the first step.
  double gradient_tolerance = 1e-8;
  double loss_tolerance = 1e-9;  // converged when a step lowers the loss by a smaller share
};

// A function's value, infinite where it or its gradient is not finite, and its gradient, which
// lasts until the function is evaluated again.
template <class T>
struct Evaluation {
  double value;
  const T* gradient;
};

// The function that is minimised, at parameters that the optimiser may change.
template <class T>
class Objective {
 public:
  virtual ~Objective() = default;
  virtual T* parameters() = 0;
  virtual Evaluation<T> evaluate() = 0;  // at parameters()
};

enum class Convergence {
  none,
  converged,  // one of the tolerances is met
  stalled     // no step along the direction lowers the value any more: rounding has the last word
};

template <class T>
class Lbfgs {
 public:
  Lbfgs(const LbfgsOptions& options, std::int64_t length);

  std::int64_t size() const noexcept { return direction_.size(); }

  // What objective.evaluate() returned last belongs to other parameters, or another function.
  void forget_point() noexcept { has_point_ = false; }

  // One step; value becomes the objective at the start of it. If that is not finite, or evaluate()
  // throws, the parameters are as before.
  Convergence step(Objective<T>& objective, double& value);

  // Hands every number of its state to visit(pointer, count), in a fixed order.
  template <class Visit>
  void visit_state(Visit&& visit) {
    visit(&pairs_, std::int64_t{1});
    visit(&newest_, std::int64_t{1});
    visit(steps_.data(), steps_.size());
    visit(changes_.data(), changes_.size());
    visit(&first_gradient_, std::int64_t{1});
  }
  // Whether the state, come from elsewhere, is one that step() can leave.
  bool is_valid() const noexcept;

 private:
  Evaluation<T> move_along(Objective<T>& objective, double slope);
  void find_direction();
  void use_gradient();
  void remember_pair(const T* parameters, const T* gradient);
  void place(double step, T* parameters) const;
  double largest_gradient() const;
  bool is_flat() const;
  T* step_of(std::int64_t pair) { return steps_.data() + pair * size(); }
  T* change_of(std::int64_t pair) { return changes_.data() + pair * size(); }

  LbfgsOptions options_;
  core::Tensor<T> start_;     // parameters at the start of the step
  core::Tensor<T> gradient_;  // there
  core::Tensor<T> direction_;
  core::Tensor<T> steps_;       // [memory][size] s = differences of parameters, a ring
  core::Tensor<T> changes_;     // [memory][size] y = differences of gradients
  std::vector<double> factor_;  // [memory] of the two loops
  std::int64_t pairs_ = 0;
  std::int64_t newest_ = -1;
  double first_gradient_ = 0;  // the largest entry at the start of the first step
  double value_ = 0;           // at start_, when has_point_
  bool has_point_ = false;
};

extern template class Lbfgs<float>;
extern template class Lbfgs<double>;

}  // namespace finn::net
