#include "finn/model.hpp"

#include "core/error.hpp"

namespace finn::net {

template <class T>
Model<T>::Model(const ModelSettings& settings)
    : network_(settings.network),
      conditioning_(network_, settings.conditions),
      box_(settings.box),
      domain_(settings.domain),
      constraint_(settings.constraint),
      coordinates_(settings.standard_coordinates ? Coordinates::standard(settings.box)
                                                 : Coordinates::raw()),
      parameters_(core::Shape{network_.parameter_count() + conditioning_.parameter_count()}),
      weights_(core::Shape{network_.parameter_count()}),
      double_weights_(weights_.shape()) {}

template <class T>
void Model<T>::update(CornerScratch& scratch) {
  network_.map_parameters(parameters_.data(), weights_.data());
  network_.map_parameters(parameters_.data(), double_weights_.data());
  if (conditioning_.shape().is_by_sample()) return;
  corner_sums(antiderivative(), box_, scratch, integrals_);
  // Parameters that cannot be normalised may be set, looked at and changed; only a query fails.
  try {
    update_output_map(constraint_, integrals_, box_.volume(), output_map_);
    normalised_ = true;
  } catch (const core::Error&) {
    normalised_ = false;
  }
}

template <class T>
const OutputMap& Model<T>::output_map() const {
  if (!normalised_) {
    OutputMap unused;
    update_output_map(constraint_, integrals_, box_.volume(), unused);
    core::fail(core::Status::ERROR_INTERNAL, "model: used before its parameters were set");
  }
  return output_map_;
}

template <class T>
double Model<T>::domain_integral(int output) const {
  const auto j = static_cast<std::size_t>(output);
  const OutputMap& map = output_map();
  return map.scale[j] * integrals_[j].value + map.shift[j] * box_.volume();
}

template <class T>
double Model<T>::domain_integral_slope(int output) const {
  if (constraint_.kind != ConstraintKind::none) return 0;  // the constraint fixes it
  const auto j = static_cast<std::size_t>(output);
  return output_map().scale[j];
}

template class Model<float>;
template class Model<double>;

}  // namespace finn::net
