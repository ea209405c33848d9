// The network of a model under the conditions of one row: weights of its own, in double, for sums
// over the corners of a box and for all that a distribution is asked (finn/queries).
//
// The network of the conditions is cheap for many rows at once, in the lanes of a tile, and dear
// for one. So rows are told of before they are asked for.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/conditioning/lane_weights.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

// The network of one model under the conditions of one row after the other, in double. Serves one
// thread; the model must live as long, and stay as it is.
template <class T>
class RowNetwork {
 public:
  explicit RowNetwork(const Model<T>& model)
      : model_(model),
        weights_(model.double_weights(), model.double_weights() + model.layout().network_count) {
    if constexpr (std::is_same_v<T, double>) {
      parameters_ = model.parameters();
    } else {
      copy_.assign(model.parameters(), model.parameters() + model.parameter_count());
      parameters_ = copy_.data();
    }
  }
  // It holds a pointer into itself.
  RowNetwork(const RowNetwork&) = delete;
  RowNetwork& operator=(const RowNetwork&) = delete;

  // Rows c + r * stride [conditions], r < count, that under() will be asked for, best in this
  // order. They are copied. What is asked for does not depend on it, but for how long it takes.
  void expect(const double* c, std::int64_t stride, std::int64_t count) {
    rows_.clear();
    tile_ = {};
    for (std::int64_t r = 0; r < count; ++r, c += stride) {
      if (rows_.empty() || !std::equal(c, c + width(), rows_.end() - width())) {
        rows_.insert(rows_.end(), c, c + width());
      }
    }
  }

  // Under conditions c [conditions]; the antiderivative lives until the next call.
  Antiderivative under(const double* c) {
    if (width() > 0) take_lane(lane_of(c));
    return {model_.network(), model_.coordinates(), weights_.data()};
  }

  // tau of each output; null where none is learned.
  const double* tau() const {
    return model_.learns_integral() ? parameters_ + model_.layout().tau() : nullptr;
  }

 private:
  // Rows [first, first + count) of those expected, whose weights are on the tape.
  struct Lanes {
    std::ptrdiff_t first = 0, count = 0;
  };

  std::ptrdiff_t width() const { return model_.conditioning().conditions(); }
  std::ptrdiff_t expected() const { return static_cast<std::ptrdiff_t>(rows_.size()) / width(); }

  // The lane of the tape that has these conditions.
  int lane_of(const double* c) {
    const std::ptrdiff_t count = expected();
    for (std::ptrdiff_t k = 0; k < count; ++k) {
      const std::ptrdiff_t row = (last_ + k) % count;
      if (!std::equal(c, c + width(), rows_.begin() + row * width())) continue;
      last_ = row;
      if (row < tile_.first || row >= tile_.first + tile_.count) find_weights(row);
      return static_cast<int>(row - tile_.first);
    }
    expect(c, 0, 1);
    last_ = 0;
    find_weights(0);
    return 0;
  }

  // Of as many rows from this one on as a tile has lanes.
  void find_weights(std::ptrdiff_t first) {
    const Conditioning& conditioning = model_.conditioning();
    constexpr std::ptrdiff_t kLanes = core::kTileLanes<double>;
    tile_ = {first, std::min(kLanes, expected() - first)};
    tape_.begin(static_cast<int>(tile_.count), core::Mode::evaluate);
    const core::Jet<double> standard = tape_.value(conditioning.conditions());
    for (int i = 0; i < standard.features; ++i) {
      core::fill_lanes(standard.row(0, i), standard.lanes, tape_.samples(), [&](int lane) {
        const std::ptrdiff_t at = (first + lane) * width() + i;
        return conditioning.standard(i, rows_[static_cast<std::size_t>(at)]);
      });
    }
    const double* own = parameters_ + model_.layout().conditioning();
    const auto deltas = conditioning.deltas_of<double>(tape_, standard, own, nullptr);
    lanes_.emplace(tape_, conditioning.kind(), model_.network().shape().positivity,
                   model_.network().blocks(), parameters_, model_.double_weights(), nullptr, deltas,
                   model_.standards().unit.data());
  }

  // Only what conditions change: all other weights are the same for all rows.
  void take_lane(int lane) {
    std::size_t number = 0;
    for (const Block& block : model_.network().blocks()) {
      double* to = weights_.data() + block.begin;
      if (const core::Jet<double> scales = lanes_->row_scales(number); scales.features > 0) {
        const double* from = model_.double_weights() + block.begin;
        for (int row = 0; row < scales.features; ++row) {
          const double scale = scales.row(0, row)[lane];
          for (std::int64_t k = 0; k < block.columns; ++k) *to++ = scale * *from++;
        }
      } else if (!lanes_->is_shared(number, 1)) {
        const core::Jet<double> values = lanes_->values(block, number);
        const double* from = values.value + lane;
        for (int k = 0; k < values.features; ++k, from += values.lanes) to[k] = *from;
      }
      ++number;
    }
  }

  const Model<T>& model_;
  const double* parameters_;
  std::vector<double> copy_;  // of parameters in float
  std::vector<double> weights_;
  std::vector<double> rows_;  // [expected][conditions], each unlike the one before
  std::ptrdiff_t last_ = 0;   // the row that was asked for last
  Lanes tile_;
  core::Tape<double> tape_;
  std::optional<LaneWeights<double>> lanes_;  // of the rows of tile_
};

}  // namespace finn::net
