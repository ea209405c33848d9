// The points of one tile, mapped into the box of a domain: their u, the weights of f, and the way
// back from adjoints of u to adjoints of x.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "ops/seed.hpp"

namespace finn::net {

class DomainTile {
 public:
  // The first columns of rows [samples][columns] are points x; subset is that of the partial to be
  // taken, the variables in which F is differentiated.
  template <class U>
  DomainTile(const Domain& domain, VariableSet subset, const U* rows, int samples,
             std::int64_t columns)
      : domain_(domain), subset_(static_cast<Subset>(subset)), samples_(samples) {
    const int n = domain.variables();
    for (int i = 0; i < samples; ++i) {
      std::transform(rows + i * columns, rows + i * columns + n, x_ + i * n,
                     [](U x) { return static_cast<double>(x); });
    }
    for (int i = 0; i < samples; ++i) {
      log_weight_[i] = domain.locate(x_ + i * n, subset_, u_ + i * n);
    }
  }

  const double* u() const noexcept { return u_; }                     // [samples][variables]
  const double* log_weights() const noexcept { return log_weight_; }  // [samples]

  // The weights as one feature on a tape.
  template <class T>
  core::Jet<T> weights(core::Tape<T>& tape) const {
    const core::Jet<T> weights = tape.value(1);
    core::fill_lanes(weights.value, weights.lanes, samples_,
                     [&](int sample) { return std::exp(log_weight_[sample]); });
    return weights;
  }

  // dLoss/dx after the sweep, into the first columns of rows [samples][columns]; 0 where the weight
  // is 0.
  //     dL/dx_i = sum_j du_j/dx_i dL/du_j + dL/dw w dlog w/dx_i
  template <class T, class U>
  void scatter_adjoint(const Coordinates& coordinates, const ops::Seed<T>& seed,
                       const core::Jet<T>& weights, U* rows, std::int64_t columns) const {
    const auto n = static_cast<std::size_t>(domain_.variables());
    Slopes slopes;
    for (int sample = 0; sample < samples_; ++sample, rows += columns) {
      std::fill_n(rows, n, U(0));
      if (log_weight_[sample] == Domain::kOutside) continue;
      domain_.slopes(x_ + sample * domain_.variables(), subset_, slopes);
      const double of_log_weight =
          static_cast<double>(weights.adjoint[sample]) * static_cast<double>(weights.value[sample]);
      for (std::size_t i = 0; i < n; ++i) {
        double sum = of_log_weight * slopes.log_weight[i];
        for (std::size_t j = 0; j < n; ++j) {
          const T of_input = seed.x.adjoint_row(0, static_cast<int>(j))[sample];
          sum += slopes.u[j][i] * coordinates.scale[j] * static_cast<double>(of_input);
        }
        rows[i] = static_cast<U>(sum);
      }
    }
  }

 private:
  static constexpr int kPoints = core::kTileLanes<float>;

  const Domain& domain_;
  Subset subset_;
  int samples_;
  double x_[kPoints * core::kMaxVariables];
  double u_[kPoints * core::kMaxVariables];
  double log_weight_[kPoints];
};

}  // namespace finn::net
