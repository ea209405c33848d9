#include "finn/evaluation/conditional_integral.hpp"

#include <algorithm>
#include <deque>
#include <vector>

#include "core/parallel.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/constraints/lane_normaliser.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/evaluation/integrate.hpp"
#include "finn/evaluation/row_network.hpp"
#include "finn/networks/corner_sum.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {
namespace {

// The integrals of rows, one after the other, on one thread.
template <class T>
class RowIntegrator {
 public:
  RowIntegrator(const Model<T>& model, CornerScratch& scratch)
      : model_(model), network_(model), scratch_(scratch) {}

  // Rows that are asked for next.
  void expect(const double* c, std::int64_t stride, std::int64_t count) {
    network_.expect(c, stride, count);
  }
  // Those of the outputs over box, under the columns c of a row of this number, to each(j,
  // integral).
  template <class Each>
  void integrate(const double* c, std::int64_t row, const Box& box, Each&& each) {
    const Antiderivative F = network_.under(c);
    corner_sums(F, model_.box(), scratch_, over_domain_);
    corner_sums(F, box, scratch_, scratch_.sums);
    const double* argument = argument_of(c);
    const Normaliser& normaliser = model_.normaliser();
    for (int j = 0; j < model_.outputs(); ++j) {
      const auto output = static_cast<std::size_t>(j);
      const double free = argument == nullptr ? 0 : argument[j];
      const AffineMap map = map_of_row(normaliser, j, over_domain_[output], free, row);
      each(j, normalised_integral(normaliser, map.scale.value, &map.shift.value,
                                  scratch_.sums[output], box));
    }
  }

 private:
  // tau or the target of each output; null where there is neither.
  const double* argument_of(const double* c) const {
    if (model_.conditioning().shape().target_from_row) {
      return c + model_.conditioning().conditions();
    }
    const std::vector<double>& targets = model_.constraint().target;
    if (network_.tau() == nullptr && !targets.empty()) return targets.data();
    return network_.tau();
  }

  const Model<T>& model_;
  RowNetwork<T> network_;
  CornerScratch& scratch_;
  std::vector<CornerSum> over_domain_;
};

// So many rows that taking them costs nothing, and few, as a row may take long.
constexpr std::int64_t kRowsOfTile = 4;

// The first of `count` rows [outputs] in all others; values may be null.
void repeat(double* values, int outputs, std::int64_t count) {
  for (std::int64_t at = outputs; values != nullptr && at < count * outputs; ++at) {
    values[at] = values[at - outputs];
  }
}

}  // namespace

template <class T>
void integrate_conditional(const Model<T>& model, Workspace& workspace, const Box& wanted,
                           const double* condition_rows, std::int64_t count, double* value,
                           double* condition_number, double* error_estimate) {
  if (!model.normalises_per_sample()) {
    integrate(model, workspace, wanted, value, condition_number, error_estimate);
    for (double* values : {value, condition_number, error_estimate}) {
      repeat(values, model.outputs(), count);
    }
    return;
  }
  const Box box = within_domain(model.domain(), wanted);
  const int columns = model.columns() - model.variables();
  const std::int64_t tiles = (count + kRowsOfTile - 1) / kRowsOfTile;
  const int team = workspace.team_size(tiles);
  std::deque<RowIntegrator<T>> integrators;
  for (int thread = 0; thread < team; ++thread) {
    integrators.emplace_back(model, workspace.corners(thread));
  }
  core::parallel_for(workspace.team(), team, tiles, [&](int thread, std::int64_t tile) {
    const std::int64_t end = std::min(count, (tile + 1) * kRowsOfTile);
    RowIntegrator<T>& integrator = integrators[static_cast<std::size_t>(thread)];
    const std::int64_t first = tile * kRowsOfTile;
    integrator.expect(condition_rows + first * columns, columns, end - first);
    for (std::int64_t row = first; row < end; ++row) {
      const auto keep = [&](int j, const BoxIntegral& integral) {
        const std::int64_t at = row * model.outputs() + j;
        value[at] = integral.value;
        if (condition_number != nullptr) condition_number[at] = integral.condition_number;
        if (error_estimate != nullptr) error_estimate[at] = integral.error_estimate;
      };
      integrator.integrate(condition_rows + row * columns, row, box, keep);
    }
  });
}

template void integrate_conditional(const Model<float>&, Workspace&, const Box&, const double*,
                                    std::int64_t, double*, double*, double*);
template void integrate_conditional(const Model<double>&, Workspace&, const Box&, const double*,
                                    std::int64_t, double*, double*, double*);

}  // namespace finn::net
