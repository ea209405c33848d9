// What rows of a tile have behind x: conditions, then targets, on the tape, and adjoints on the way
// back.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/model/model.hpp"

namespace finn::net {

template <class T, class U>
class ConditionRows {
 public:
  // Row i of the tile begins at rows + i * stride with its conditions. rows is not read where a
  // model has neither conditions nor targets.
  ConditionRows(const Model<T>& model, core::Tape<T>& tape, const U* rows, std::int64_t stride)
      : model_(model), samples_(tape.samples()) {
    const Conditioning& conditioning = model.conditioning();
    conditions_ = tape.value(conditioning.conditions());
    target_ = tape.value(conditioning.shape().target_from_row ? model.outputs() : 0);
    for (int i = 0; i < conditions_.features; ++i) {
      core::fill_lanes(conditions_.row(0, i), conditions_.lanes, samples_, [&](int sample) {
        return conditioning.standard(i, static_cast<double>(rows[sample * stride + i]));
      });
    }
    for (int j = 0; j < target_.features; ++j) {
      core::fill_lanes(target_.row(0, j), target_.lanes, samples_, [&](int sample) {
        return rows[sample * stride + conditions_.features + j];
      });
    }
  }

  // In the coordinates of the network of the conditions, [conditions].
  const core::Jet<T>& conditions() const { return conditions_; }
  const core::Jet<T>& target() const { return target_; }  // [outputs] or none

  // dLoss/d(c, target) after the sweep, into rows that begin as those above.
  void scatter_adjoint(U* rows, std::int64_t stride) const {
    for (int sample = 0; sample < samples_; ++sample, rows += stride) {
      for (int i = 0; i < conditions_.features; ++i) {
        rows[i] = static_cast<U>(model_.conditioning().standard_scale(i) *
                                 static_cast<double>(conditions_.adjoint_row(0, i)[sample]));
      }
      for (int j = 0; j < target_.features; ++j) {
        rows[conditions_.features + j] = static_cast<U>(target_.adjoint_row(0, j)[sample]);
      }
    }
  }

 private:
  const Model<T>& model_;
  int samples_;
  core::Jet<T> conditions_, target_;
};

}  // namespace finn::net
