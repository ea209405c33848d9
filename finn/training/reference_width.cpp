#include "finn/training/reference_width.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "finn/training/coordinate_values.hpp"
#include "finn/training/first_rows.hpp"

namespace finn::net {
namespace {

constexpr std::size_t kKnots = 64;
constexpr std::size_t kNeighbours = 5;  // one of so many values is a neighbour
// Half the width of the middle fifth of a normal distribution of deviation 1.
constexpr double kMiddleFifth = 0.2533471031357997;

// Half of the shortest interval that has `count` of the sorted values, value `one` among them.
double half_interval(const std::vector<double>& values, std::size_t one, std::size_t count) {
  const std::size_t first = one + 1 > count ? one + 1 - count : 0;
  const std::size_t last = std::min(one, values.size() - count);
  double least = HUGE_VAL;
  for (std::size_t k = first; k <= last; ++k) {
    least = std::fmin(least, 0.5 * (values[k + count - 1] - values[k]));
  }
  return least;
}

}  // namespace

double ReferenceWidth::operator()(double coordinate) const {
  const auto above = std::upper_bound(at.begin(), at.end(), coordinate);
  if (above == at.begin()) return width.front();
  if (above == at.end()) return width.back();
  const auto k = static_cast<std::size_t>(above - at.begin());
  const double share = (coordinate - at[k - 1]) / (at[k] - at[k - 1]);
  return width[k - 1] + share * (width[k] - width[k - 1]);
}

ReferenceWidth reference_width(std::vector<double> values, std::int64_t rows, int variables) {
  std::sort(values.begin(), values.end());
  const std::size_t size = values.size();
  const std::size_t count = std::min(size, std::max<std::size_t>(2, size / kNeighbours));
  const double smoothing = 1.06 * std::pow(static_cast<double>(rows), -1.0 / (variables + 4));
  const std::size_t knots = std::min(size, kKnots);
  ReferenceWidth result;
  for (std::size_t k = 0; k < knots; ++k) {
    const std::size_t one = knots == 1 ? 0 : k * (size - 1) / (knots - 1);
    if (!result.at.empty() && !(values[one] > result.at.back())) continue;
    result.at.push_back(values[one]);
    result.width.push_back(smoothing * half_interval(values, one, count) / kMiddleFifth);
  }
  return result;
}

template <class T>
std::vector<ReferenceWidth> reference_widths(const Model<T>& model, RowSource& rows,
                                             std::int64_t count) {
  const RowBlock spread =
      read_rows(rows, spread_places(rows.count(), kFirstRows), model.columns(), model.outputs());
  auto values = coordinate_values(model.region(), model.coordinates(), spread.x.data(),
                                  spread.count, model.columns());
  std::vector<ReferenceWidth> widths;
  for (std::vector<double>& of_variable : values) {
    if (of_variable.empty()) return {};
    widths.push_back(reference_width(std::move(of_variable), count, model.variables()));
  }
  return widths;
}

template std::vector<ReferenceWidth> reference_widths(const Model<float>&, RowSource&,
                                                      std::int64_t);
template std::vector<ReferenceWidth> reference_widths(const Model<double>&, RowSource&,
                                                      std::int64_t);

}  // namespace finn::net
