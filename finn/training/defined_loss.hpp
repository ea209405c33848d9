// For which models a loss is defined.
#pragma once

#include "core/error.hpp"
#include "finn/model/model.hpp"
#include "finn/training/loss.hpp"
#include "ops/positivity.hpp"

namespace finn::net {

// Whether f >= 0 holds by construction.
template <class T>
bool is_positive(const Model<T>& model) {
  return model.network().shape().positivity != ops::Positivity::none &&
         model.constraint().keeps_sign();
}

// Fails with ERROR_ARGUMENT unless the loss is defined for the model.
template <class T>
void require_loss(const LossOptions& options, const Model<T>& model) {
  const Loss loss = options.kind;
  if (needs_density(loss) && options.of != LossOf::integrand) {
    core::fail(core::Status::ERROR_ARGUMENT,
               "loss_of: the antiderivative given with a log likelihood, which is one of f");
  }
  if (needs_density(loss) && !is_positive(model)) {
    core::fail(
        core::Status::ERROR_ARGUMENT,
        "loss: a log likelihood needs f >= 0: a positive network, and FINN_METHOD_SCALE or no "
        "constraint");
  }
  if (loss == Loss::interval_likelihood && model.outputs() != 1) {
    core::fail(core::Status::ERROR_ARGUMENT,
               "loss: an interval likelihood of a model with %d outputs given, one output expected",
               model.outputs());
  }
  if (loss != Loss::poisson_process) return;
  if (model.columns() > model.variables()) {
    core::fail(core::Status::ERROR_ARGUMENT,
               "loss: the integral of a Poisson process is one of f(x): no conditions expected");
  }
  if (model.constraint().fixes_integral()) {
    core::fail(
        core::Status::ERROR_ARGUMENT,
        "loss: a Poisson process learns the integral of f: no constraint, bounds or a learned "
        "integral expected");
  }
}

}  // namespace finn::net
