#include "finn/conditioning/conditioning.hpp"

#include <cmath>

#include "core/check.hpp"
#include "core/error.hpp"
#include "core/option.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/weight_map.hpp"
#include "ops/activation.hpp"
#include "ops/positivity.hpp"

namespace finn::net {
namespace {

std::int64_t count_deltas(ConditioningKind form, const Network& network) {
  std::int64_t count = 0;
  for (const Block& block : network.blocks()) {
    count += delta_count(delta_of(form, block.role), block);
  }
  return count;
}

// The form of g. Its weights are free, and its activation does not depend on its variables.
NetworkShape shape_of_g(const ConditioningShape& shape, std::int64_t deltas) {
  NetworkShape g;
  g.variables = shape.conditions;
  g.outputs = static_cast<int>(deltas);
  g.widths = shape.widths;
  g.positivity = ops::Positivity::none;
  g.activation = ActivationKind::tanh;
  return g;
}

// Applies one delta to a block of weights [parameter_count], and returns the next ones.
const double* add_delta(Delta delta, ops::Positivity positivity, const Block& block,
                        const double* deltas, const double* parameters, double* weights,
                        const double* units) {
  const std::int64_t end = block.begin + block.size();
  if (delta == Delta::offset) {
    for (std::int64_t i = block.begin; i < end; ++i) weights[i] = parameters[i] + *deltas++;
    map_block(positivity, block, weights, weights, units);
  } else if (delta == Delta::scale) {
    for (std::int64_t i = block.begin; i < end; ++i) weights[i] *= scale_of(*deltas++);
  } else if (delta == Delta::row_scale) {
    for (std::int64_t row = 0; row < block.rows; ++row) {
      const double scale = scale_of(*deltas++);
      double* begin = weights + block.begin + row * block.columns;
      for (std::int64_t k = 0; k < block.columns; ++k) begin[k] *= scale;
    }
  }
  return deltas;
}

void require_range_of_conditions(const ConditionRange& range, int conditions) {
  const auto count = static_cast<std::size_t>(conditions);
  if (range.lower.size() != count || range.upper.size() != count) {
    core::fail(core::Status::ERROR_SIZE,
               "lower, upper: %zu and %zu limits given, one of each for %d conditions expected",
               range.lower.size(), range.upper.size(), conditions);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const double lower = range.lower[i], upper = range.upper[i];
    core::require_number(lower, true, "lower", "");
    core::require_number(upper, true, "upper", "");
    if (lower < upper && std::isfinite(upper - lower)) continue;
    core::fail(core::Status::ERROR_ARGUMENT,
               "lower, upper: limits [%g, %g] of condition %zu given, lower < upper expected",
               lower, upper, i);
  }
}

}  // namespace

void require_valid(const ConditioningShape& shape, const ConditionRange& range) {
  core::require_enumerator(shape.kind, ConditioningKind::inputs, "form");
  const bool is_there = shape.kind != ConditioningKind::none;
  core::require_range(shape.conditions, is_there ? 1 : 0, is_there ? kMaxWidth : 0, "conditions");
  require_range_of_conditions(range, shape.conditions);
#define FINN_REQUIRE_OPTION(path, name, row, applies_to, sentence) \
  core::require_valid((row).described(#name, applies_to, sentence), "", shape.path);
  FINN_CONDITIONING_OPTIONS(FINN_REQUIRE_OPTION)
#undef FINN_REQUIRE_OPTION
  if (is_there && shape.kind != ConditioningKind::inputs) return;
  core::require_range(static_cast<std::int64_t>(shape.widths.size()), 0, 0, "hidden_layers");
}

Conditioning::Conditioning(const Network& network, const ConditionRange& range)
    : shape_(network.shape().conditioning),
      range_(range),
      mean_(range.lower.size(), 0.0),
      spread_(range.lower.size(), 1.0) {
  if (shape_.kind == ConditioningKind::none) return;
  g_.emplace(shape_of_g(shape_, count_deltas(shape_.kind, network)));
  std::int64_t total = network.parameter_count();
  take_parameters(g_->parameter_count(), total);
}

void Conditioning::add_deltas(const Network& network, const double* deltas,
                              const double* parameters, double* weights,
                              const double* units) const {
  for (const Block& block : network.blocks()) {
    deltas = add_delta(delta_of(kind(), block.role), network.shape().positivity, block, deltas,
                       parameters, weights, units);
  }
}

}  // namespace finn::net
