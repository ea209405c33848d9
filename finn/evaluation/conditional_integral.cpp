#include "finn/evaluation/conditional_integral.hpp"

#include <cinttypes>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "finn/evaluation/evaluate.hpp"

namespace finn::net {
namespace {

// The network of one model as each of its samples has it, in double.
template <class T>
class SampleNetwork {
 public:
  explicit SampleNetwork(const Model<T>& model)
      : model_(model),
        parameters_(model.parameters(), model.parameters() + model.parameter_count()),
        weights_(static_cast<std::size_t>(model.network().parameter_count())) {}

  // Under conditions c [conditions]; the antiderivative lives until the next call.
  Antiderivative under(const double* c, core::Tape<double>& tape) {
    const Conditioning& conditioning = model_.conditioning();
    std::copy_n(model_.double_weights(), weights_.size(), weights_.data());
    if (conditioning.kind() != ConditioningKind::none) {
      changes_.resize(static_cast<std::size_t>(conditioning.changes()));
      find_changes(c, tape);
      conditioning.change_weights(model_.network(), changes_.data(), parameters_.data(),
                                  weights_.data());
    }
    return {model_.network(), model_.coordinates(), weights_.data()};
  }

 private:
  void find_changes(const double* c, core::Tape<double>& tape) {
    const Conditioning& conditioning = model_.conditioning();
    tape.begin(1, core::Mode::evaluate);
    const core::Jet<double> standard = tape.value(conditioning.conditions());
    for (int i = 0; i < standard.features; ++i) {
      std::fill_n(standard.row(0, i), standard.lanes, conditioning.standard(i, c[i]));
    }
    const double* parameters = parameters_.data() + weights_.size();
    const auto changes = conditioning.changes_of<double>(tape, standard, parameters, nullptr);
    core::scatter(changes.value, changes.features, changes.lanes, 1, changes_.data());
  }

  const Model<T>& model_;
  std::vector<double> parameters_, weights_, changes_;
};

// scale and shift of one output under conditions; epsilon is null where the sample has none.
template <class T>
AffineMap sample_map(const Model<T>& model, const CornerSum& integral, std::size_t output,
                     const double* epsilon, std::int64_t row) {
  const Constraint& constraint = model.constraint();
  const double argument = epsilon != nullptr ? epsilon[output] : constraint.epsilon[output];
  try {
    return affine_map(constraint, output, integral, argument, model.box().volume());
  } catch (const core::Error& error) {
    core::fail(error.status(), "row %" PRId64 ": %s", row, error.what());
  }
}

}  // namespace

template <class T>
void integrate_given(const Model<T>& model, Workspace& workspace, const Box& wanted,
                     const double* given, std::int64_t count, double* value, double* kappa,
                     double* error_estimate) {
  const Box box = within_domain(model.domain(), wanted);
  CornerScratch& scratch = workspace.corners();
  SampleNetwork<T> network(model);
  std::vector<CornerSum> over_domain;
  const int m = model.outputs();
  const int conditions = model.conditioning().conditions();
  for (std::int64_t row = 0; row < count; ++row, given += model.columns() - model.variables()) {
    const Antiderivative F = network.under(given, scratch.tape);
    corner_sums(F, model.box(), scratch, over_domain);
    corner_sums(F, box, scratch, scratch.sums);
    const bool has_epsilon = model.conditioning().shape().sample_epsilon;
    for (std::int64_t j = 0; j < m; ++j) {
      const auto output = static_cast<std::size_t>(j);
      const AffineMap map = sample_map(model, over_domain[output], output,
                                       has_epsilon ? given + conditions : nullptr, row);
      const CornerSum& sum = scratch.sums[output];
      const std::int64_t at = row * m + j;
      value[at] = map.scale.value * sum.value + map.shift.value * box.volume();
      if (kappa != nullptr) kappa[at] = condition(sum);
      if (error_estimate != nullptr) {
        error_estimate[at] = std::fabs(map.scale.value) * sum.error_estimate +
                             std::fabs(value[at]) * std::numeric_limits<double>::epsilon();
      }
    }
  }
}

template void integrate_given(const Model<float>&, Workspace&, const Box&, const double*,
                              std::int64_t, double*, double*, double*);
template void integrate_given(const Model<double>&, Workspace&, const Box&, const double*,
                              std::int64_t, double*, double*, double*);

}  // namespace finn::net
