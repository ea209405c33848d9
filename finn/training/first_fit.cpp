#include "finn/training/first_fit.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/standards.hpp"
#include "finn/networks/integral.hpp"
#include "finn/training/begin_with_rows.hpp"

namespace finn::net {
namespace {

// The network of a model by itself, in double.
template <class T>
Model<double> without_constraint(const Model<T>& model, CornerScratch& scratch) {
  ModelSettings settings = settings_of(model);
  settings.constraint = {};
  settings.constraint.kind = ConstraintKind::none;
  Model<double> free(settings);
  double* parameters = free.mutable_parameters();
  std::copy_n(model.parameters(), model.layout().tau(), parameters);
  std::copy_n(model.parameters() + model.layout().standards(), model.layout().of_standards.count(),
              parameters + free.layout().standards());
  free.update(scratch);
  return free;
}

double root_mean_square(const std::vector<double>& values, int output, int outputs) {
  double squares = 0, largest = 0;
  for (std::size_t k = static_cast<std::size_t>(output); k < values.size();
       k += static_cast<std::size_t>(outputs)) {
    largest = std::fmax(largest, std::fabs(values[k]));
  }
  if (!(largest > 0) || !std::isfinite(largest)) return 0;
  for (std::size_t k = static_cast<std::size_t>(output); k < values.size();
       k += static_cast<std::size_t>(outputs)) {
    squares += std::pow(values[k] / largest, 2);
  }
  return largest * std::sqrt(squares * outputs / static_cast<double>(values.size()));
}

// Which multiple of the network, output by output, has the size of f.
template <class T>
void measure_units(const Model<T>& model, Workspace& workspace, const RowBlock& rows,
                   const LossOptions& options, double events, std::vector<double>& units) {
  const int m = model.outputs();
  const Loss loss = options.kind;
  if (model.network().shape().last_activation) return;
  const bool is_regression = !rows.y.empty() && takes_targets(loss);
  if (!is_regression && loss != Loss::poisson_process) return;
  const Model<double> free = without_constraint(model, workspace.corners());
  std::vector<double> f;
  if (is_regression) {
    f.resize(static_cast<std::size_t>(rows.count * m));
    mixed_partial(free, workspace, directions_of(options.of, free.variables()), rows.x.data(),
                  rows.count, f.data());
  }
  for (int j = 0; j < m; ++j) {
    const double unit = loss == Loss::poisson_process
                            ? events / free.domain_integral(j).value
                            : root_mean_square(rows.y, j, m) / root_mean_square(f, j, m);
    if (unit > 0 && std::isfinite(unit)) units[static_cast<std::size_t>(j)] = unit;
  }
}

// Where a learned integral begins: at that of the network. Rows that are normalised one by one
// have no integral to learn.
template <class T>
void begin_learned_integral(Model<T>& model, CornerScratch& scratch) {
  if (!model.learns_integral() || model.normalises_per_sample()) return;
  const Model<double> free = without_constraint(model, scratch);
  std::vector<double> arguments;
  for (int j = 0; j < model.outputs(); ++j) {
    arguments.push_back(learned_argument(model.constraint(), static_cast<std::size_t>(j),
                                         free.domain_integral(j).value));
  }
  T* tau = model.mutable_parameters() + model.layout().tau();
  for (int j = 0; j < model.outputs(); ++j) {
    tau[j] = static_cast<T>(arguments[static_cast<std::size_t>(j)] / model.tau_unit(j));
  }
}

}  // namespace

template <class T>
void first_fit(Model<T>& model, Workspace& workspace, const RowBlock& rows, const LossOptions& loss,
               double events) {
  if (!model.seed() || rows.count == 0) return;
  CornerScratch& scratch = workspace.corners();
  Model<T> fitted = model;
  try {
    begin_with_rows(fitted, rows, *model.seed(), scratch);
    Standards standards = fitted.standards();
    measure_units(fitted, workspace, rows, loss, events, standards.unit);
    set_standards(fitted, standards, scratch);
    begin_learned_integral(fitted, scratch);
    fitted.update(scratch);
    if (!fitted.normalises_per_sample()) fitted.normalisation();
  } catch (const core::Error& error) {
    if (error.status() != core::Status::ERROR_INTEGRAL) throw;
    return;
  }
  model = std::move(fitted);
}

template void first_fit(Model<float>&, Workspace&, const RowBlock&, const LossOptions&, double);
template void first_fit(Model<double>&, Workspace&, const RowBlock&, const LossOptions&, double);

}  // namespace finn::net
