#include "finn/training/begin_with_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "finn/conditioning/conditioning.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/initialise.hpp"
#include "finn/training/coordinate_values.hpp"

namespace finn::net {
namespace {

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

}  // namespace

template <class T>
void set_standards(Model<T>& model, const Standards& standards, CornerScratch& scratch) {
  write_standards(model.layout().of_standards, standards,
                  model.mutable_parameters() + model.layout().standards());
  model.update(scratch);
}

template <class T>
void begin_with_rows(Model<T>& model, const RowBlock& rows, std::uint64_t seed,
                     CornerScratch& scratch) {
  set_standards(model, standards_of_rows(model, rows), scratch);
  initialise(model, seed, scratch, {rows.x.data(), rows.count});
}

template void set_standards(Model<float>&, const Standards&, CornerScratch&);
template void set_standards(Model<double>&, const Standards&, CornerScratch&);
template void begin_with_rows(Model<float>&, const RowBlock&, std::uint64_t, CornerScratch&);
template void begin_with_rows(Model<double>&, const RowBlock&, std::uint64_t, CornerScratch&);

}  // namespace finn::net
