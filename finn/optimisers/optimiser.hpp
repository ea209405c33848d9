// The optimisers behind one interface: chosen by options, held by value.
//
// Adam, AdamW and Sgd move the parameters against a gradient: step(rate, gradient, parameters,
// units), where the gradient and all that is kept of it is by parameters counted in these units.
// L-BFGS evaluates the function itself: step(objective, value). None allocates in a step. A step of
// the first three may leave numbers that are not finite; finn/training/step_guard.hpp takes it
// back.
#pragma once

#include <variant>

#include "finn/optimisers/adam.hpp"
#include "finn/optimisers/adamw.hpp"
#include "finn/optimisers/lbfgs.hpp"
#include "finn/optimisers/sgd.hpp"

namespace finn::net {

enum class OptimiserKind { adam, adamw, sgd, lbfgs };

struct OptimiserOptions {
  OptimiserKind kind = OptimiserKind::adam;
  AdamOptions adam;            // adam and adamw
  double weight_decay = 0.01;  // adamw
  SgdOptions sgd;
  LbfgsOptions lbfgs;
};

template <class T>
using Optimiser = std::variant<Adam<T>, AdamW<T>, Sgd<T>, Lbfgs<T>>;

template <class T>
Optimiser<T> make_optimiser(const OptimiserOptions& options, std::int64_t length) {
  switch (options.kind) {
    case OptimiserKind::adamw:
      return AdamW<T>({options.adam, options.weight_decay}, length);
    case OptimiserKind::sgd:
      return Sgd<T>(options.sgd, length);
    case OptimiserKind::lbfgs:
      return Lbfgs<T>(options.lbfgs, length);
    default:
      return Adam<T>(options.adam, length);
  }
}

}  // namespace finn::net
