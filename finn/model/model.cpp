#include "finn/model/model.hpp"

#include <algorithm>
#include <span>

#include "core/shape.hpp"
#include "finn/conditioning/delta.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/weight_map.hpp"
#include "ops/positivity.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

ParameterLayout layout_of(const Network& network, const Conditioning& conditioning,
                          const Constraint& constraint) {
  const NetworkShape& shape = network.shape();
  const int learned = constraint.learns_integral() ? shape.outputs : 0;
  return {network.parameter_count(),
          conditioning.parameter_count(),
          learned,
          {shape.variables, conditioning.conditions(), shape.outputs}};
}

// What cannot be normalised sample by sample.
void require_lane_form(const ConditioningShape& shape, const Constraint& constraint,
                       const Normaliser& normaliser) {
  if (!shape.normalises_per_sample()) return;
  if (!normaliser.has_lane_form()) {
    fail(Status::ERROR_ARGUMENT,
         "constraint: it has no form for samples that are normalised one by one");
  }
  if (shape.target_from_row && constraint.learns_integral()) {
    fail(Status::ERROR_ARGUMENT,
         "target_from_row: a target of each row given with a learned integral, one of both "
         "expected");
  }
}

}  // namespace

template <class T>
Model<T>::Model(const ModelSettings& settings)
    : network_(settings.network),
      conditioning_(network_, settings.conditions),
      box_(settings.box),
      domain_(settings.domain),
      constraint_(settings.constraint),
      has_standard_coordinates_(settings.standard_coordinates),
      coordinates_(settings.standard_coordinates ? Coordinates::standard(settings.box)
                                                 : Coordinates::raw()),
      layout_(layout_of(network_, conditioning_, constraint_)),
      parameters_(core::Shape{layout_.count()}),
      weights_(core::Shape{network_.parameter_count()}),
      double_weights_(weights_.shape()),
      arguments_(settings.constraint.target),
      normaliser_(make_normaliser(constraint_, box_)),
      normalisation_values_(core::Shape{outputs(), 1 + normaliser_->functions()}),
      failure_(core::Error(Status::ERROR_INTERNAL, "model: used before its parameters were set")) {
  require_lane_form(conditioning_.shape(), constraint_, *normaliser_);
  arguments_.resize(static_cast<std::size_t>(outputs()));
}

template <class T>
PositiveColumns Model<T>::positive_columns() const noexcept {
  const bool scales_positive =
      constraint_.scales() && network_.shape().positivity != ops::Positivity::none;
  if (!conditioning_.shape().target_from_row || !scales_positive) return {};
  return {columns() - outputs(), columns()};
}

template <class T>
void Model<T>::standardise() {
  const T* section = parameters_.data() + layout_.standards();
  const T* end = section + layout_.of_standards.count();
  if (std::equal(section_.begin(), section_.end(), section, end)) return;
  standards_ = standards_of(layout_.of_standards, section);
  section_.assign(section, end);
  const Coordinates of_box = Coordinates::standard(box_);
  coordinates_ = standardised(has_standard_coordinates_ ? of_box : Coordinates::raw(), standards_);
  density_unit_ =
      DensityUnit::of(coordinates_, has_standard_coordinates_ ? coordinates_ : of_box, variables());
  conditioning_.set_standards(standards_.condition_mean, standards_.condition_spread);
}

template <class T>
void Model<T>::update(CornerScratch& scratch) {
  standardise();
  network_.map_parameters(parameters_.data(), weights_.data(), standards_.unit.data());
  network_.map_parameters(parameters_.data(), double_weights_.data(), standards_.unit.data());
  if (normalises_per_sample()) return;
  for (int j = 0; j < layout_.tau_count; ++j) {
    const auto tau = static_cast<double>(parameters_[layout_.tau() + j]);
    arguments_[static_cast<std::size_t>(j)] = tau_unit(j) * tau;
  }
  // Parameters that cannot be normalised may be set, looked at and changed; only a query fails.
  try {
    normalise(scratch);
    failure_.reset();
  } catch (const core::Error& error) {
    failure_ = error;
  }
}

template <class T>
void Model<T>::normalise(CornerScratch& scratch) {
  normaliser_->solve(antiderivative(), arguments_.data(), scratch, normalisation_);
  const auto to_T = [](double number) { return static_cast<T>(number); };
  T* next = std::transform(normalisation_.scale.begin(), normalisation_.scale.end(),
                           normalisation_values_.data(), to_T);
  std::transform(normalisation_.coefficients.begin(), normalisation_.coefficients.end(), next,
                 to_T);
}

template <class T>
void Model<T>::pull_back(T* adjoints) const {
  const ops::Positivity positivity = network_.shape().positivity;
  const std::span<const Block> blocks = network_.blocks();
  // The last block first: locations before their slopes.
  for (std::size_t i = blocks.size(); i-- > 0;) {
    // A block with offsets has taken part as parameters already (finn/conditioning/delta.hpp).
    if (delta_of(conditioning_.kind(), blocks[i].role) == Delta::offset) continue;
    pull_back_block(positivity, blocks[i], parameters_.data(), weights_.data(), adjoints,
                    standards_.unit.data());
  }
}

template <class T>
const Normalisation& Model<T>::normalisation() const {
  if (failure_) throw core::Error(*failure_);
  return normalisation_;
}

template <class T>
ModelSettings settings_of(const Model<T>& model) {
  return {model.network().shape(),
          model.box(),
          model.shared_domain(),
          model.constraint(),
          model.has_standard_coordinates(),
          model.conditioning().range()};
}

template <class T>
Model<double> in_double(const Model<T>& model) {
  Model<double> copy(settings_of(model));
  std::copy_n(model.parameters(), model.parameter_count(), copy.mutable_parameters());
  CornerScratch scratch;
  copy.update(scratch);
  return copy;
}

template class Model<float>;
template class Model<double>;
template ModelSettings settings_of(const Model<float>&);
template ModelSettings settings_of(const Model<double>&);
template Model<double> in_double(const Model<float>&);
template Model<double> in_double(const Model<double>&);

}  // namespace finn::net
