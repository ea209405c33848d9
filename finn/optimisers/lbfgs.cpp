#include "finn/optimisers/lbfgs.hpp"

#include <cmath>

#include "core/shape.hpp"
#include "finn/optimisers/line_search.hpp"
#include "ops/kernels/table.hpp"

namespace finn::net {
namespace {

template <class T>
double dot(const T* a, const T* b, std::int64_t length) {
  return ops::kernels<T>().dot(a, b, length);
}

template <class T>
void add_scaled(double factor, const T* a, std::int64_t length, T* sum) {
  ops::kernels<T>().add_scaled(static_cast<T>(factor), a, length, sum);
}

}  // namespace

template <class T>
Lbfgs<T>::Lbfgs(const LbfgsOptions& options, std::int64_t length)
    : options_(options),
      start_(core::Shape{length}),
      gradient_(core::Shape{length}),
      direction_(core::Shape{length}),
      steps_(core::Shape{options.memory, length}),
      changes_(core::Shape{options.memory, length}),
      factor_(static_cast<std::size_t>(options.memory)) {}

template <class T>
bool Lbfgs<T>::is_valid() const noexcept {
  const std::int64_t memory = options_.memory;
  return pairs_ >= 0 && pairs_ <= memory && newest_ >= -1 && newest_ < memory &&
         (pairs_ == 0) == (newest_ == -1) && first_gradient_ >= 0;
}

template <class T>
double Lbfgs<T>::largest_gradient() const {
  double largest = 0;
  for (const T entry : gradient_) largest = std::max(largest, std::fabs(double{entry}));
  return largest;
}

template <class T>
bool Lbfgs<T>::is_flat() const {
  return largest_gradient() <= options_.gradient_tolerance * first_gradient_;
}

template <class T>
void Lbfgs<T>::place(double step, T* parameters) const {
  for (std::int64_t i = 0; i < size(); ++i) {
    parameters[i] = start_[i] + static_cast<T>(step) * direction_[i];
  }
}

template <class T>
void Lbfgs<T>::use_gradient() {
  pairs_ = 0;
  newest_ = -1;
  for (std::int64_t i = 0; i < size(); ++i) direction_[i] = -gradient_[i];
}

// direction = -H gradient by the two loops over the pairs (s, y), newest first and then oldest
// first, where H starts as s y / y y of the newest pair times the identity.
template <class T>
void Lbfgs<T>::find_direction() {
  for (std::int64_t i = 0; i < size(); ++i) direction_[i] = -gradient_[i];
  const std::int64_t memory = options_.memory;
  const auto pair_of_age = [&](std::int64_t age) { return (newest_ - age + memory) % memory; };
  for (std::int64_t age = 0; age < pairs_; ++age) {
    const std::int64_t pair = pair_of_age(age);
    const T *s = step_of(pair), *y = change_of(pair);
    const double factor = dot(s, direction_.data(), size()) / dot(s, y, size());
    factor_[static_cast<std::size_t>(pair)] = factor;
    add_scaled(-factor, y, size(), direction_.data());
  }
  if (pairs_ > 0) {
    const T *s = step_of(newest_), *y = change_of(newest_);
    const auto scale = static_cast<T>(dot(s, y, size()) / dot(y, y, size()));
    for (T& entry : direction_) entry *= scale;
  }
  for (std::int64_t age = pairs_ - 1; age >= 0; --age) {
    const std::int64_t pair = pair_of_age(age);
    const T *s = step_of(pair), *y = change_of(pair);
    const double back = dot(y, direction_.data(), size()) / dot(s, y, size());
    add_scaled(factor_[static_cast<std::size_t>(pair)] - back, s, size(), direction_.data());
  }
}

// Keeps the pair only if it has curvature: H stays positive definite. What is not kept is wiped
// out, as differences may be too large to be numbers.
template <class T>
void Lbfgs<T>::remember_pair(const T* parameters, const T* gradient) {
  const std::int64_t slot = (newest_ + 1) % options_.memory;
  T *s = step_of(slot), *y = change_of(slot);
  for (std::int64_t i = 0; i < size(); ++i) {
    s[i] = parameters[i] - start_[i];
    y[i] = gradient[i] - gradient_[i];
  }
  const double curvature = dot(s, y, size());
  const double scale = std::sqrt(dot(s, s, size()) * dot(y, y, size()));
  if (curvature > 1e-10 * scale) {
    newest_ = slot;
    pairs_ = std::min<std::int64_t>(pairs_ + 1, options_.memory);
    return;
  }
  std::fill_n(s, size(), T(0));
  std::fill_n(y, size(), T(0));
  if (pairs_ == options_.memory) {
    --pairs_;  // the slot was that of the oldest pair
    if (pairs_ == 0) newest_ = -1;
  }
}

// Leaves the parameters at the point chosen and returns the function there; that is the start when
// no step lowers it.
template <class T>
Evaluation<T> Lbfgs<T>::move_along(Objective<T>& objective, double slope) {
  T* parameters = objective.parameters();
  double last_step = 0;
  Evaluation<T> last{value_, gradient_.data()};
  auto at = [&](double step) {
    place(step, parameters);
    last_step = step;
    last = objective.evaluate();
    if (!std::isfinite(last.value)) return LinePoint{step, HUGE_VAL, 0};
    return LinePoint{step, last.value, dot(last.gradient, direction_.data(), size())};
  };
  double sum = 0;
  for (const T entry : gradient_) sum += std::fabs(double{entry});
  // Without pairs nothing is known of the unit of the function: the parameters move by 1 in sum.
  constexpr double kLongest = 1e30;  // which is a number of float
  const double first_step = pairs_ > 0 ? 1.0 : std::min(kLongest, 1 / sum);
  LineSearch search(WolfeConditions{}, LinePoint{0, value_, slope}, at);
  const LinePoint chosen = search.run(first_step);
  if (chosen.step != last_step) at(chosen.step);
  return {chosen.value, last.gradient};
}

template <class T>
Convergence Lbfgs<T>::step(Objective<T>& objective, double& value) {
  T* parameters = objective.parameters();
  std::copy_n(parameters, size(), start_.data());
  if (!has_point_) {
    const Evaluation<T> here = objective.evaluate();
    value = value_ = here.value;
    if (!std::isfinite(value)) return Convergence::none;
    std::copy_n(here.gradient, size(), gradient_.data());
    has_point_ = true;
    if (first_gradient_ == 0) first_gradient_ = largest_gradient();
  }
  value = value_;
  if (is_flat()) return Convergence::converged;
  find_direction();
  double slope = dot(gradient_.data(), direction_.data(), size());
  if (!(slope < 0) || !std::isfinite(slope)) {
    use_gradient();
    slope = -dot(gradient_.data(), gradient_.data(), size());
  }
  Evaluation<T> chosen{};
  try {
    chosen = move_along(objective, slope);
  } catch (...) {
    std::copy_n(start_.data(), size(), parameters);
    throw;
  }
  value_ = chosen.value;
  if (!(value_ < value)) return Convergence::stalled;
  remember_pair(parameters, chosen.gradient);
  std::copy_n(chosen.gradient, size(), gradient_.data());
  const bool is_small = value - value_ <= options_.loss_tolerance * std::fabs(value);
  return is_small || is_flat() ? Convergence::converged : Convergence::none;
}

template class Lbfgs<float>;
template class Lbfgs<double>;

}  // namespace finn::net
