// The loss of a step's batch as a function of the parameters of a model: what optimisers work on.
#pragma once

#include <cinttypes>
#include <cmath>

#include "core/error.hpp"
#include "finn/optimisers/lbfgs.hpp"
#include "finn/training/batch_loss.hpp"

namespace finn::net {

template <class T>
class StepObjective final : public Objective<T> {
 public:
  StepObjective(Model<T>& model, Workspace& workspace, BatchLoss<T>& loss, const RowBlock& batch,
                const Callbacks& callbacks)
      : model_(model), workspace_(workspace), loss_(loss), batch_(batch), callbacks_(callbacks) {}

  void begin_step(std::int64_t step) { step_ = step; }

  T* parameters() override { return model_.mutable_parameters(); }
  T* mutable_gradient() { return workspace_.scratch<T>().total.data(); }
  const T* gradient() const override { return workspace_.scratch<T>().total.data(); }

  // Lets the model follow its parameters.
  void update() { model_.update(workspace_.corners()); }

  // At the model as it stands.
  double loss() { return loss_.gradient(model_, workspace_, batch_, step_, callbacks_); }

  double evaluate() override {
    update();
    try {
      const double value = loss();
      return is_finite(value) ? value : HUGE_VAL;
    } catch (const core::Error& error) {
      if (error.status() != core::Status::ERROR_INTEGRAL) throw;
      return HUGE_VAL;
    }
  }

  void require_finite(double value) const {
    if (is_finite(value)) return;
    core::fail(core::Status::ERROR_NOT_FINITE,
               "step %" PRId64 ": the loss is %g%s; the parameters are those of the step before",
               step_ + 1, value, std::isfinite(value) ? " but its gradient is not finite" : "");
  }

 private:
  bool is_finite(double value) const {
    double magnitude = std::fabs(value);
    for (std::int64_t i = 0; i < model_.parameter_count(); ++i) {
      magnitude += std::fabs(gradient()[i]);
    }
    return std::isfinite(magnitude);
  }

  Model<T>& model_;
  Workspace& workspace_;
  BatchLoss<T>& loss_;
  const RowBlock& batch_;
  const Callbacks& callbacks_;
  std::int64_t step_ = 0;
};

}  // namespace finn::net
