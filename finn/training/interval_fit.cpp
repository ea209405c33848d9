#include "finn/training/interval_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "finn/data/stand_in_rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/training/first_rows.hpp"
#include "finn/training/random_place.hpp"

namespace finn::net {

template <class T>
void IntervalFit<T>::begin(const Model<T>& model, Loss loss) {
  reader_.reset();
  if (loss == Loss::interval_likelihood) reader_.emplace(model.region());
}

template <class T>
RowBlock IntervalFit<T>::first_points(const Model<T>& model, RowSource& rows, const RowOrder& order,
                                      std::uint64_t seed) const {
  StandInRows points(rows, *reader_, model.variables());
  return first_rows(points, order, seed, model.columns(), model.variables());
}

template <class T>
RowBlock IntervalFit<T>::points_of(const Model<T>& model, const RowBlock& batch) const {
  ArrayRows rows({batch.x.data(), batch.targets(), batch.count}, model.columns(),
                 model.variables());
  StandInRows points(rows, *reader_, model.variables());
  return read_rows(points, RowOrder(batch.count).rows, model.columns(), model.variables());
}

template <class T>
void IntervalFit<T>::move(const Model<T>& model, const RowNoise<T>& noise, core::Random& random,
                          double* lower, double* upper) const {
  const int n = model.variables();
  std::array<double, kMaxBoxVariables> point;
  reader_->stand_in(lower, upper, point.data());
  noise.move(model, random, point.data());
  const VariableSet known = known_variables(lower, upper, n);
  for (int i = 0; i < n; ++i) {
    if ((known >> i & 1) != 0) lower[i] = upper[i] = point[static_cast<std::size_t>(i)];
  }
  take_random_place(*reader_, n, random, lower, upper);
}

std::int64_t counted_rows(const RowSource& rows, std::int64_t count) {
  constexpr double most = 1e15;
  const double counted =
      std::fmin(static_cast<double>(count) * std::fmax(rows.mean_weight(), 1.0), most);
  return std::max(count, static_cast<std::int64_t>(counted));
}

template class IntervalFit<float>;
template class IntervalFit<double>;

}  // namespace finn::net
