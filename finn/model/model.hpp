// A model: network, domain, constraint and parameters. It is immutable while it is evaluated, so
// any number of threads may read it; changing parameters and update() need it alone.
#pragma once

#include <optional>

#include "core/error.hpp"
#include "core/tensor.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/model/density_unit.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/parameter_layout.hpp"
#include "finn/model/positive_columns.hpp"
#include "finn/model/standards.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/network.hpp"
#include "finn/networks/network_shape.hpp"

namespace finn::net {

template <class T>
class Model {
 public:
  // All parameters are 0 until they are set. Fails with ERROR_ARGUMENT for settings that contradict
  // each other.
  explicit Model(const ModelSettings& settings);

  const Network& network() const noexcept { return network_; }
  // The box in which F lives.
  const Box& box() const noexcept { return box_; }
  // Null: the box itself. Copies of a model share it.
  const Domain* domain() const noexcept { return domain_.get(); }
  const DomainPointer& shared_domain() const noexcept { return domain_; }
  Region region() const noexcept { return {box_, domain_.get()}; }
  const Constraint& constraint() const noexcept { return constraint_; }
  const Coordinates& coordinates() const noexcept { return coordinates_; }
  const Standards& standards() const noexcept { return standards_; }
  // In what a log likelihood counts f.
  const DensityUnit& density_unit() const noexcept { return density_unit_; }
  bool has_standard_coordinates() const noexcept { return has_standard_coordinates_; }
  int variables() const noexcept { return box_.variables; }
  const Conditioning& conditioning() const noexcept { return conditioning_; }
  // Whether every sample has an integral of its own, and so a normalisation of its own.
  bool normalises_per_sample() const noexcept {
    return conditioning_.shape().normalises_per_sample();
  }
  // Of a row of points: variables, conditions, and the target of each output if rows have it.
  int columns() const noexcept {
    const ConditioningShape& shape = conditioning_.shape();
    return variables() + shape.conditions + (shape.target_from_row ? outputs() : 0);
  }
  PositiveColumns positive_columns() const noexcept;
  int outputs() const noexcept { return network_.shape().outputs; }
  const ParameterLayout& layout() const noexcept { return layout_; }
  std::int64_t parameter_count() const noexcept { return layout_.count(); }
  bool learns_integral() const noexcept { return layout_.tau_count > 0; }

  const T* parameters() const noexcept { return parameters_.data(); }
  // To be changed in place, with update() afterwards. The model is no fresh one from then on.
  T* mutable_parameters() noexcept {
    seed_.reset();
    return parameters_.data();
  }
  // The seed of the parameters of a fresh model: first ones, drawn without any data and never
  // touched since. None for any other model.
  const std::optional<std::uint64_t>& seed() const noexcept { return seed_; }
  // To be told by what has drawn first parameters without data.
  void set_seed(std::uint64_t seed) noexcept { seed_ = seed; }
  // Recomputes what follows from the parameters: coordinates, mapped weights and the integral over
  // the domain. Fails with ERROR_ARGUMENT, and changes nothing, where the standards are none.
  void update(CornerScratch& scratch);

  const T* weights() const noexcept { return weights_.data(); }
  const double* double_weights() const noexcept { return double_weights_.data(); }
  // What tau of an output is multiplied by before it enters J: where it is added to an integral, it
  // has to have the size of one.
  double tau_unit(int output) const noexcept {
    const bool is_added =
        constraint_.kind == ConstraintKind::shift && constraint_.bound != Bound::between;
    return is_added ? standards_.unit[static_cast<std::size_t>(output)] : 1;
  }
  // Turns adjoints of what a tile takes for parameters into those of the parameters, in place.
  void pull_back(T* adjoints) const;
  Antiderivative antiderivative() const noexcept {
    return {network_, coordinates_, double_weights_.data()};
  }

  const Normaliser& normaliser() const noexcept { return *normaliser_; }
  // The numbers of the normaliser, of a model that does not normalise per sample. Fails with
  // ERROR_INTEGRAL when the network's integral over the domain cannot be normalised.
  const Normalisation& normalisation() const;
  // s [outputs] and then lambda [outputs][functions] of normalisation(), in the precision of the
  // model.
  const T* normalisation_values() const noexcept { return normalisation_values_.data(); }
  // J, the integral of f over the domain, with its derivatives by that of the network alone and by
  // tau. Fails as normalisation does.
  IntegralTarget domain_integral(int output) const {
    return normaliser_->domain_integral(normalisation(), static_cast<std::size_t>(output));
  }

 private:
  void standardise();
  void normalise(CornerScratch& scratch);

  Network network_;
  Conditioning conditioning_;
  Box box_;
  DomainPointer domain_;
  Constraint constraint_;
  bool has_standard_coordinates_;
  std::vector<T> section_;  // of parameters, of which the standards were made; empty: of none
  Standards standards_;
  Coordinates coordinates_;
  DensityUnit density_unit_;
  ParameterLayout layout_;
  std::optional<std::uint64_t> seed_;
  core::Tensor<T> parameters_;
  core::Tensor<T> weights_;              // mapped parameters
  core::Tensor<double> double_weights_;  // mapped parameters in double, for the corners
  std::vector<double> arguments_;        // of J beside I: tau or the target, [outputs]
  std::shared_ptr<const Normaliser> normaliser_;
  Normalisation normalisation_;
  core::Tensor<T> normalisation_values_;
  std::optional<core::Error> failure_;  // why there is no normalisation
};

// What a model was made of.
template <class T>
ModelSettings settings_of(const Model<T>& model);

// A copy in double of a model as it is now.
template <class T>
Model<double> in_double(const Model<T>& model);

extern template class Model<float>;
extern template class Model<double>;
extern template ModelSettings settings_of(const Model<float>&);
extern template ModelSettings settings_of(const Model<double>&);
extern template Model<double> in_double(const Model<float>&);
extern template Model<double> in_double(const Model<double>&);

}  // namespace finn::net
