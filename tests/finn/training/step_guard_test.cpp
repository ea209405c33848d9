#include "finn/training/step_guard.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/error.hpp"
#include "finn/optimisers/lbfgs.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "tests/support/allocations.hpp"

namespace finn::net {
namespace {

// Every number of an optimiser's state.
template <class T>
std::vector<double> state_of(Optimiser<T>& optimiser) {
  std::vector<double> state;
  const auto add = [&](const auto* values, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) state.push_back(static_cast<double>(values[i]));
  };
  std::visit([&](auto& typed) { typed.visit_state(add); }, optimiser);
  return state;
}

template <class T>
void step(Optimiser<T>& optimiser, double rate, const std::vector<T>& gradient,
          std::vector<T>& parameters) {
  std::visit(
      [&]<class Typed>(Typed& typed) {
        if constexpr (!std::is_same_v<Typed, Lbfgs<T>>) {
          typed.step(rate, gradient.data(), parameters.data());
        }
      },
      optimiser);
}

template <class T>
void expect_taken_back(OptimiserKind kind, double rate, T entry) {
  OptimiserOptions options;
  options.kind = kind;
  Optimiser<T> optimiser = make_optimiser<T>(options, 2);
  std::vector<T> parameters = {1, 2};
  StepGuard<T> guard;
  guard.remember(optimiser, parameters.data());
  step<T>(optimiser, 0.1, {T(0.5), T(-3)}, parameters);
  ASSERT_NO_THROW(guard.require_finite(optimiser, parameters.data(), 1));
  const std::vector<T> before = parameters;
  const std::vector<double> state = state_of(optimiser);
  guard.remember(optimiser, parameters.data());
  step<T>(optimiser, rate, {T(0.5), entry}, parameters);
  try {
    guard.require_finite(optimiser, parameters.data(), 2);
    FAIL() << "an update that overflows was accepted";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_NOT_FINITE);
    EXPECT_EQ(std::string(error.what()).find("step 2: the update is not finite"), 0u);
  }
  EXPECT_EQ(parameters, before);
  EXPECT_EQ(state_of(optimiser), state);
}

TEST(StepGuard, takesBackAStepThatOverflows) {
  for (const OptimiserKind kind : {OptimiserKind::adam, OptimiserKind::adamw, OptimiserKind::sgd}) {
    expect_taken_back<double>(kind, 1.7e308, -1e10);
    expect_taken_back<float>(kind, 1e300, -1);
  }
  expect_taken_back<double>(OptimiserKind::adam, 0.1, 1e200);  // its square overflows
}

TEST(StepGuard, takesNoMemoryAfterTheFirstStep) {
  Optimiser<double> optimiser = make_optimiser<double>({}, 1000);
  std::vector<double> parameters(1000, 1.0);
  StepGuard<double> guard;
  guard.remember(optimiser, parameters.data());
  const std::int64_t before = test::allocations;
  guard.remember(optimiser, parameters.data());
  guard.require_finite(optimiser, parameters.data(), 1);
  EXPECT_EQ(test::allocations, before);
}

}  // namespace
}  // namespace finn::net
