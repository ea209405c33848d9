// The loss of a step's batch as a function of the parameters of a model: what optimisers work on.
#pragma once

#include <cinttypes>
#include <cmath>

#include "core/error.hpp"
#include "finn/data/rows.hpp"
#include "finn/evaluation/gradient.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/optimisers/lbfgs.hpp"
#include "finn/training/batch_loss.hpp"
#include "finn/training/callbacks.hpp"

namespace finn::net {

template <class T>
class StepObjective final : public Objective<T> {
 public:
  StepObjective(Model<T>& model, Workspace& workspace, BatchLoss<T>& loss, const RowBlock& batch,
                const Callbacks& callbacks)
      : model_(model), workspace_(workspace), loss_(loss), batch_(batch), callbacks_(callbacks) {}

  void begin_step(std::int64_t step) { step_ = step; }

  T* parameters() override { return model_.mutable_parameters(); }

  // Lets the model follow its parameters.
  void update() { model_.update(workspace_.corners()); }

  // At the model as it stands.
  Gradient<T> gradient() { return loss_.gradient(model_, workspace_, batch_, step_, callbacks_); }

  // Infinite too where the parameters are not finite or the integral cannot be normalised.
  Evaluation<T> evaluate() override {
    if (!are_finite(model_.parameters())) return {HUGE_VAL, nullptr};
    update();
    try {
      const Gradient<T> here = gradient();
      return {is_finite(here) ? here.loss : HUGE_VAL, here.values};
    } catch (const core::Error& error) {
      if (error.status() != core::Status::ERROR_INTEGRAL) throw;
      return {HUGE_VAL, nullptr};
    }
  }

  // gradient(), which has to be finite.
  Gradient<T> finite_gradient() {
    const Gradient<T> here = loss_.gradient(model_, workspace_, batch_, step_, callbacks_);
    if (is_finite(here)) return here;
    core::fail(core::Status::ERROR_NOT_FINITE,
               "step %" PRId64 ": the loss is %g%s; the parameters are those of the step before",
               step_ + 1, here.loss,
               std::isfinite(here.loss) ? " but its gradient is not finite" : "");
  }

 private:
  bool are_finite(const T* values) const {
    double magnitude = 0;
    for (std::int64_t i = 0; i < model_.parameter_count(); ++i) magnitude += std::fabs(values[i]);
    return std::isfinite(magnitude);
  }
  bool is_finite(const Gradient<T>& here) const {
    return std::isfinite(here.loss) && are_finite(here.values);
  }

  Model<T>& model_;
  Workspace& workspace_;
  BatchLoss<T>& loss_;
  const RowBlock& batch_;
  const Callbacks& callbacks_;
  std::int64_t step_ = 0;
};

}  // namespace finn::net
