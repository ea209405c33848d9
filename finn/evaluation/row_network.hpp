// The network of a model under the conditions of one row: weights of its own, in double, for sums
// over the corners of a box and for all that a distribution is asked (finn/queries).
#pragma once

#include <algorithm>
#include <vector>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

// The network of one model under the conditions of one row after the other, in double.
template <class T>
class RowNetwork {
 public:
  explicit RowNetwork(const Model<T>& model)
      : model_(model),
        parameters_(model.parameters(), model.parameters() + model.parameter_count()),
        weights_(static_cast<std::size_t>(model.layout().network_count)),
        deltas_(static_cast<std::size_t>(model.conditioning().deltas())) {}

  // Under conditions c [conditions]; the antiderivative lives until the next call.
  Antiderivative under(const double* c, core::Tape<double>& tape) {
    std::copy_n(model_.double_weights(), weights_.size(), weights_.data());
    if (!deltas_.empty()) find_deltas(c, tape);
    model_.conditioning().add_deltas(model_.network(), deltas_.data(), parameters_.data(),
                                     weights_.data(), model_.standards().unit.data());
    return {model_.network(), model_.coordinates(), weights_.data()};
  }

  // tau of each output; null where none is learned.
  const double* tau() const {
    return model_.learns_integral() ? parameters_.data() + model_.layout().tau() : nullptr;
  }

 private:
  void find_deltas(const double* c, core::Tape<double>& tape) {
    const Conditioning& conditioning = model_.conditioning();
    tape.begin(1, core::Mode::evaluate);
    const core::Jet<double> standard = tape.value(conditioning.conditions());
    for (int i = 0; i < standard.features; ++i) {
      std::fill_n(standard.row(0, i), standard.lanes, conditioning.standard(i, c[i]));
    }
    const double* own = parameters_.data() + model_.layout().conditioning();
    const auto deltas = conditioning.deltas_of<double>(tape, standard, own, nullptr);
    core::scatter(deltas.value, deltas.features, deltas.lanes, 1, deltas_.data());
  }

  const Model<T>& model_;
  std::vector<double> parameters_, weights_, deltas_;
};

}  // namespace finn::net
