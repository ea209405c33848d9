// The units in which an optimiser counts the parameters of a model, so that its steps depend
// neither on the origin nor on the unit of x: the centre of a normal is counted in widths of that
// normal, a weight of x behind axis units in what x is at the end of the box, every other
// parameter, which has no unit, as it is. docs/NETWORKS.md derives it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "core/shape.hpp"
#include "core/tensor.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/weight_map.hpp"

namespace finn::net {

// Whether a unit of the model is other than 1.
template <class T>
bool has_step_units(const Model<T>& model) {
  const auto blocks = model.network().blocks();
  return std::any_of(blocks.begin(), blocks.end(),
                     [](const Block& block) { return block.role == Role::location; });
}

// The units of a block of locations, into units [parameter_count]: 1 / w of each normal, but no
// more than the side of the box, as a normal wider than the box may have no width at all.
template <class T>
void location_units(const Model<T>& model, const Block& block, T* units) {
  const std::int64_t of_variable = block.size() / model.variables();
  const T* slopes = model.weights() + slopes_of(block);
  for (int i = 0; i < model.variables(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    const Box& box = model.box();
    const double side = model.coordinates().scale[at] * (box.upper[at] - box.lower[at]);
    for (std::int64_t k = i * of_variable; k < (i + 1) * of_variable; ++k) {
      const double width = 1 / static_cast<double>(slopes[k]);
      units[block.begin + k] = static_cast<T>(std::fmin(width, side));
    }
  }
}

// The units of the weights of the first layer behind axis units, [out][variables + axis units]:
// such that a step moves no pre-activation by much at the far end of a box that is much larger than
// where the data lie. The axis units see what is narrow.
template <class T>
void first_weight_units(const Model<T>& model, const Block& block, T* units) {
  constexpr double far = 10;  // in standard coordinates
  for (int i = 0; i < model.variables(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double scale = model.coordinates().scale[at], offset = model.coordinates().offset[at];
    const double end = std::fmax(std::fabs(scale * model.box().lower[at] + offset),
                                 std::fabs(scale * model.box().upper[at] + offset));
    for (std::int64_t row = 0; row < block.rows; ++row) {
      units[block.begin + row * block.columns + i] = static_cast<T>(std::fmin(1, far / end));
    }
  }
}

template <class T>
class StepUnits {
 public:
  // Takes the memory that of() needs for models like this one.
  void begin(const Model<T>& model) {
    if (!has_step_units(model)) {
      units_ = core::Tensor<T>();
    } else if (units_.size() != model.parameter_count()) {
      units_ = core::Tensor<T>(core::Shape{model.parameter_count()});
      units_.fill(1);
    }
  }

  // The units [parameter_count] at the weights that the model has now, until the next call; null
  // where all are 1.
  const T* of(const Model<T>& model) {
    if (units_.size() == 0) return nullptr;
    const auto blocks = model.network().blocks();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (blocks[i].role != Role::location) continue;
      location_units(model, blocks[i], units_.data());
      const bool is_before_layers =
          i + 1 < blocks.size() && blocks[i + 1].role == Role::hidden_weight;
      if (is_before_layers) first_weight_units(model, blocks[i + 1], units_.data());
    }
    return units_.data();
  }

 private:
  core::Tensor<T> units_;
};

}  // namespace finn::net
