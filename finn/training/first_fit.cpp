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
#include "finn/training/coordinate_values.hpp"

namespace finn::net {
namespace {

// As many rows as there are, each as often as its weight says.
void resample(RowBlock& block, int columns, int outputs, core::Random& random) {
  double total = 0;
  for (const double weight : block.weights) total += weight;
  const RowBlock given = std::move(block);
  block = {};
  block.resize(total > 0 ? given.count : 0, columns, outputs, !given.y.empty(), false);
  const double step = total / static_cast<double>(given.count);
  double left = random.uniform(0, step);
  std::int64_t from = 0;
  for (std::int64_t i = 0; i < block.count; ++i, left += step) {
    while (from + 1 < given.count && left > given.weights[static_cast<std::size_t>(from)]) {
      left -= given.weights[static_cast<std::size_t>(from++)];
    }
    std::copy_n(given.x.data() + from * columns, columns, block.x.data() + i * columns);
    if (block.y.empty()) continue;
    std::copy_n(given.y.data() + from * outputs, outputs, block.y.data() + i * outputs);
  }
}

struct Spread {
  double mean = 0, spread = 1;
};

// The mean, no further out than the quartiles, and the smaller of the standard deviation and the
// quartiles' distance in units of a normal distribution's: a few values far out say nothing about
// where the others lie.
Spread robust_spread(std::vector<double> values) {
  double sum = 0, squares = 0;
  const auto count = static_cast<double>(values.size());
  for (const double value : values) sum += value;
  const double mean = sum / count;
  for (const double value : values) squares += (value - mean) * (value - mean);
  std::sort(values.begin(), values.end());
  const double first = values[values.size() / 4], third = values[(3 * values.size()) / 4];
  constexpr double normal = 1.349;
  const double deviation = std::sqrt(squares / count), between = (third - first) / normal;
  return {std::clamp(mean, first, third), between > 0 ? std::fmin(between, deviation) : deviation};
}

// What has hardly any spread has that of the box or range.
bool is_spread(const Spread& found) {
  constexpr double least = 1e-9;
  return std::isfinite(found.mean) && std::isfinite(found.spread) && found.spread > least;
}

// The conditions keep a range that the caller gave.
template <class T>
void standardise_conditions(const Model<T>& model, const RowBlock& rows, Standards& standards) {
  const Conditioning& conditioning = model.conditioning();
  if (conditioning.range().is_given) return;
  for (int i = 0; i < conditioning.conditions(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    double mean = 0, squares = 0;
    const auto value = [&](std::int64_t row) {
      const double* x = rows.x.data() + row * model.columns() + model.variables();
      return conditioning.standard(i, x[i]);
    };
    for (std::int64_t row = 0; row < rows.count; ++row) mean += value(row);
    mean /= static_cast<double>(rows.count);
    for (std::int64_t row = 0; row < rows.count; ++row) {
      squares += (value(row) - mean) * (value(row) - mean);
    }
    const Spread found{mean, std::sqrt(squares / static_cast<double>(rows.count))};
    if (!is_spread(found)) continue;
    standards.condition_mean[at] = found.mean;
    standards.condition_spread[at] = found.spread;
  }
}

template <class T>
Standards standards_of_rows(const Model<T>& model, const RowBlock& rows) {
  Standards standards = model.standards();
  if (model.has_standard_coordinates()) {
    const auto values = coordinate_values(model.region(), Coordinates::standard(model.box()),
                                          rows.x.data(), rows.count, model.columns());
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Spread found = values[i].empty() ? Spread{} : robust_spread(values[i]);
      if (!is_spread(found)) continue;
      standards.mean[i] = found.mean;
      standards.spread[i] = found.spread;
    }
  }
  standardise_conditions(model, rows, standards);
  return standards;
}

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
void measure_units(const Model<T>& model, Workspace& workspace, const RowBlock& rows, Loss loss,
                   double events, std::vector<double>& units) {
  const int m = model.outputs();
  if (model.network().shape().last_activation) return;
  const bool is_regression = !rows.y.empty() && takes_targets(loss);
  if (!is_regression && loss != Loss::poisson_process) return;
  const Model<double> free = without_constraint(model, workspace.corners());
  std::vector<double> f;
  if (is_regression) {
    f.resize(static_cast<std::size_t>(rows.count * m));
    mixed_partial(free, workspace, all_variables(free.variables()), rows.x.data(), rows.count,
                  f.data());
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

RowBlock first_rows(RowSource& source, const RowOrder& order, std::uint64_t seed, int columns,
                    int outputs) {
  core::Random random(seed);
  const auto total = static_cast<std::int64_t>(order.rows.size());
  std::vector<std::int64_t> chosen = order.rows;
  if (total > kFirstRows) {
    chosen.resize(static_cast<std::size_t>(kFirstRows));
    for (std::int64_t& row : chosen) {
      row = order.rows[random.below(static_cast<std::uint64_t>(total))];
    }
  }
  std::sort(chosen.begin(), chosen.end());  // as they lie in a file
  RowBlock block;
  block.resize(static_cast<std::int64_t>(chosen.size()), columns, outputs, source.has_targets(),
               source.has_weights());
  for (std::int64_t i = 0; i < block.count; ++i) {
    block.read(source, chosen[static_cast<std::size_t>(i)], i, columns, outputs);
  }
  if (source.has_weights()) resample(block, columns, outputs, random);
  return block;
}

template <class T>
void first_fit(Model<T>& model, Workspace& workspace, const RowBlock& rows, Loss loss,
               double events) {
  if (!model.seed() || rows.count == 0) return;
  CornerScratch& scratch = workspace.corners();
  Model<T> fitted = model;
  Standards standards = standards_of_rows(fitted, rows);
  const StandardsLayout& layout = fitted.layout().of_standards;
  const auto write = [&] {
    write_standards(layout, standards, fitted.mutable_parameters() + fitted.layout().standards());
    fitted.update(scratch);
  };
  try {
    write();
    initialise(fitted, *model.seed(), scratch, {rows.x.data(), rows.count});
    measure_units(fitted, workspace, rows, loss, events, standards.unit);
    write();
    begin_learned_integral(fitted, scratch);
    fitted.update(scratch);
    if (!fitted.normalises_per_sample()) fitted.normalisation();
  } catch (const core::Error& error) {
    if (error.status() != core::Status::ERROR_INTEGRAL) throw;
    return;
  }
  model = std::move(fitted);
}

template void first_fit(Model<float>&, Workspace&, const RowBlock&, Loss, double);
template void first_fit(Model<double>&, Workspace&, const RowBlock&, Loss, double);

}  // namespace finn::net
