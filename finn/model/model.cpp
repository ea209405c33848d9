#include "finn/model/model.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"

namespace finn::net {
namespace {

// Of the network, then of that of the conditions, then tau where J is learned.
std::int64_t parameter_count_of(const Network& network, const Conditioning& conditioning,
                                const Constraint& constraint) {
  const int learned = constraint.approach == Approach::learned ? network.shape().outputs : 0;
  return network.parameter_count() + conditioning.parameter_count() + learned;
}

std::shared_ptr<const Projection> projection_of(const ModelSettings& settings) {
  if (settings.constraint.kind != ConstraintKind::projection) return nullptr;
  return std::make_shared<const Projection>(settings.box, settings.constraint.linear);
}

}  // namespace

template <class T>
Model<T>::Model(const ModelSettings& settings)
    : network_(settings.network),
      conditioning_(network_, settings.conditions),
      box_(settings.box),
      domain_(settings.domain),
      constraint_(settings.constraint),
      coordinates_(settings.standard_coordinates ? Coordinates::standard(settings.box)
                                                 : Coordinates::raw()),
      parameters_(core::Shape{parameter_count_of(network_, conditioning_, constraint_)}),
      weights_(core::Shape{network_.parameter_count()}),
      double_weights_(weights_.shape()),
      arguments_(settings.constraint.epsilon),
      projection_(projection_of(settings)) {}

template <class T>
void Model<T>::update(CornerScratch& scratch) {
  network_.map_parameters(parameters_.data(), weights_.data());
  network_.map_parameters(parameters_.data(), double_weights_.data());
  if (conditioning_.shape().is_by_sample()) return;
  corner_sums(antiderivative(), box_, scratch, integrals_);
  if (learns_integral()) {
    std::copy_n(parameters_.data() + network_.parameter_count(), outputs(), arguments_.begin());
  }
  if (projection_ != nullptr) projection_->solve(antiderivative(), scratch, lambda_);
  // Parameters that cannot be normalised may be set, looked at and changed; only a query fails.
  try {
    normalise(output_map_);
    normalised_ = true;
  } catch (const core::Error&) {
    normalised_ = false;
  }
}

template <class T>
void Model<T>::normalise(OutputMap& map) const {
  update_output_map(constraint_, integrals_, box_.volume(), map, arguments_.data());
  for (std::size_t i = 0; i < lambda_.size(); ++i) {
    if (std::isfinite(lambda_[i])) continue;
    core::fail(core::Status::ERROR_INTEGRAL,
               "integral: output %zu of the network has moments that are not finite",
               i / static_cast<std::size_t>(projection_->count()));
  }
}

template <class T>
const OutputMap& Model<T>::output_map() const {
  if (!normalised_) {
    OutputMap unused;
    normalise(unused);
    core::fail(core::Status::ERROR_INTERNAL, "model: used before its parameters were set");
  }
  return output_map_;
}

template <class T>
const double* Model<T>::projection_coefficients(int output) const {
  output_map();
  return lambda_.data() + std::ptrdiff_t{output} * projection_->count();
}

template <class T>
Target Model<T>::domain_integral(int output) const {
  const auto j = static_cast<std::size_t>(output);
  const OutputMap& map = output_map();
  const double value = map.scale[j] * integrals_[j].value + map.shift[j] * box_.volume();
  if (constraint_.kind == ConstraintKind::none) return {value, 1, 0};
  if (projection_ != nullptr) {
    return {value + projection_->integral(projection_coefficients(output), box_), 0, 0};
  }
  const Target target = integral_target(constraint_, j, integrals_[j].value, arguments_[j]);
  return {value, target.by_integral, target.by_argument};
}

template class Model<float>;
template class Model<double>;

}  // namespace finn::net
