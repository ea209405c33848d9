#include "finn/training/row_noise.hpp"

#include <array>
#include <cmath>
#include <cstddef>

#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/networks/mixture.hpp"

namespace finn::net {
namespace {

constexpr double kLeastVariance = 0.01;  // of noise, in h^2

// A value beyond a limit comes back as far inside; what is further out than a side stops there.
double reflected(double value, double lower, double upper) {
  if (value < lower) return std::fmin(2 * lower - value, upper);
  if (value > upper) return std::fmax(2 * upper - value, lower);
  return value;
}

}  // namespace

template <class T>
void RowNoise<T>::begin(const Model<T>& model, RowSource& rows, std::int64_t count,
                        double strength) {
  clear();
  const double variance = strength / static_cast<double>(count);
  if (variance < kLeastVariance || model.network().template get<Mixture>() != nullptr) return;
  widths_ = reference_widths(model, rows, count);
  for (ReferenceWidth& of_variable : widths_) {
    for (double& width : of_variable.width) width *= std::sqrt(variance);
  }
}

template <class T>
void RowNoise<T>::move(const Model<T>& model, core::Random& random, double* x) const {
  if (widths_.empty()) return;
  const Region region = model.region();
  std::array<double, kMaxBoxVariables> u;
  if (region.to_box(x, u.data()) == Domain::kOutside) return;
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    const double scale = model.coordinates().scale[i], offset = model.coordinates().offset[i];
    const double width = widths_[i](scale * u[i] + offset) / scale;
    u[i] = reflected(u[i] + width * random.normal(), region.box.lower[i], region.box.upper[i]);
  }
  region.to_point(u.data(), x);
}

template class RowNoise<float>;
template class RowNoise<double>;

}  // namespace finn::net
