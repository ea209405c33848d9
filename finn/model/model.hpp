// A model: network, domain, constraint and parameters. It is immutable while it is evaluated, so
// any number of threads may read it; changing parameters and update() need it alone.
#pragma once

#include "core/tensor.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/constraints/projection.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/model/positive_columns.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/network.hpp"

namespace finn::net {

struct ModelSettings {
  NetworkShape network;
  Box box;  // of the domain, if there is one
  DomainPointer domain;
  Constraint constraint;
  bool standard_coordinates = true;
  ConditionRange conditions;
};

template <class T>
class Model {
 public:
  // All parameters are 0 until they are set. They are those of the network, those of the network of
  // the conditions and, if the integral is learned, tau [outputs].
  explicit Model(const ModelSettings& settings);

  const Network& network() const noexcept { return network_; }
  // Where F lives.
  const Box& box() const noexcept { return box_; }
  // Null: the box itself. Copies of a model share it.
  const Domain* domain() const noexcept { return domain_.get(); }
  Region region() const noexcept { return {box_, domain_.get()}; }
  const Constraint& constraint() const noexcept { return constraint_; }
  const Coordinates& coordinates() const noexcept { return coordinates_; }
  int variables() const noexcept { return box_.variables; }
  const Conditioning& conditioning() const noexcept { return conditioning_; }
  // Of a row of points: variables, conditions, and epsilon of each output if the sample has it.
  int columns() const noexcept {
    const ConditioningShape& shape = conditioning_.shape();
    return variables() + shape.conditions + (shape.sample_epsilon ? outputs() : 0);
  }
  PositiveColumns positive_columns() const noexcept {
    const bool scales_positive = constraint_.kind == ConstraintKind::scale &&
                                 network_.shape().positivity != ops::Positivity::none;
    if (!conditioning_.shape().sample_epsilon || !scales_positive) return {};
    return {columns() - outputs(), columns()};
  }
  int outputs() const noexcept { return network_.shape().outputs; }
  std::int64_t parameter_count() const noexcept { return parameters_.size(); }
  bool learns_integral() const noexcept { return constraint_.approach == Approach::learned; }

  const T* parameters() const noexcept { return parameters_.data(); }
  // To be changed in place, with update() afterwards.
  T* mutable_parameters() noexcept { return parameters_.data(); }
  // Recomputes what follows from the parameters: mapped weights and the integral over the domain.
  void update(CornerScratch& scratch);

  const T* weights() const noexcept { return weights_.data(); }
  const double* double_weights() const noexcept { return double_weights_.data(); }
  // Turns adjoints of what a tile takes for parameters into those of the parameters, in place.
  void pull_back(T* adjoints) const {
    if (conditioning_.kind() == ConditioningKind::hypernetwork) return;
    network_.pull_back(parameters_.data(), adjoints);
  }
  Antiderivative antiderivative() const noexcept {
    return {network_, coordinates_, double_weights_.data()};
  }
  // The constraint's scale and shift, 1 and 0 for a projection, of a model that is not normalised
  // by sample. Fails with ERROR_INTEGRAL when the network's integral over the domain cannot be
  // normalised.
  const OutputMap& output_map() const;
  // What a projection adds to f': sum_k lambda_k h_k with coefficients [outputs][count]. Null, and
  // without a meaning, for any other constraint. Fails as output_map does.
  const Projection* projection() const noexcept { return projection_.get(); }
  const double* projection_coefficients(int output) const;
  // J, the integral of f over the domain, with its derivatives by that of the network alone and by
  // tau. Fails as output_map does.
  Target domain_integral(int output) const;

 private:
  void normalise(OutputMap& map) const;

  Network network_;
  Conditioning conditioning_;
  Box box_;
  DomainPointer domain_;
  Constraint constraint_;
  Coordinates coordinates_;
  core::Tensor<T> parameters_;
  core::Tensor<T> weights_;              // mapped parameters
  core::Tensor<double> double_weights_;  // the same in double, for the corners
  std::vector<CornerSum> integrals_;     // of the network alone, over the domain
  std::vector<double> arguments_;        // of J beside I: tau or epsilon, [outputs]
  OutputMap output_map_;
  std::shared_ptr<const Projection> projection_;
  std::vector<double> lambda_;  // [outputs][projection_->count()]
  bool normalised_ = false;
};

extern template class Model<float>;
extern template class Model<double>;

}  // namespace finn::net
