#include "finn/training/width_prior.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "core/shape.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/weight_map.hpp"
#include "ops/kernels/table.hpp"
#include "ops/positivity.hpp"

namespace finn::net {
namespace {

// The side of the box in a variable, in the coordinates of the network.
template <class T>
ops::Interval<double> interval_of(const Model<T>& model, int variable) {
  const auto i = static_cast<std::size_t>(variable);
  const double scale = model.coordinates().scale[i], offset = model.coordinates().offset[i];
  const double lower = model.box().lower[i], upper = model.box().upper[i];
  return {scale * lower + offset, scale * upper + offset, scale * (upper - lower)};
}

}  // namespace

template <class T>
void WidthPrior<T>::begin(const Model<T>& model, RowSource& rows, std::int64_t count,
                          double strength) {
  clear();
  const auto* mixture = model.network().template get<Mixture>();
  if (mixture == nullptr || strength == 0) return;
  widths_ = reference_widths(model, rows, count);
  factor_ = strength / static_cast<double>(count);
  adjoints_ = core::Tensor<T>(core::Shape{mixture->normals_of_all()});
  shares_.resize(static_cast<std::size_t>(mixture->normals_of_all()));
  sizes_.resize(static_cast<std::size_t>(mixture->shape().components));
}

// What every normal of a group has of the integral over the box of all of them, into shares_: not
// of the coefficients, of which those may have most that hardly reach into the box.
template <class T>
void WidthPrior<T>::find_shares(const Model<T>& model, const Mixture& mixture,
                                const ComponentLayout& at) {
  const double* w = model.double_weights();
  const std::int64_t rows = mixture.normals_of_variable();
  const std::int64_t normals = mixture.shape().normals_per_axis;
  const std::int64_t components = mixture.shape().components;
  std::fill(sizes_.begin(), sizes_.end(), 0.0);
  for (std::int64_t k = 0; k < at.outputs * components; ++k) {
    sizes_[static_cast<std::size_t>(k % components)] += w[at.coefficients + k];
  }
  for (int i = 0; i < mixture.shape().variables; ++i) {
    double* share = shares_.data() + i * rows;
    ops::kernels<double>().sigma_difference(interval_of(model, i), w + at.slopes + i * rows,
                                            w + at.locations + i * rows, rows, share);
    for (std::int64_t r = 0; mixture.has_shares() && r < rows; ++r) {
      share[r] *= w[at.shares + i * rows + r];
    }
    for (std::int64_t j = 0; j < components; ++j) {
      const double sum = std::accumulate(share + j * normals, share + (j + 1) * normals, 0.0);
      for (std::int64_t r = j * normals; sum > 0 && r < (j + 1) * normals; ++r) share[r] /= sum;
      sizes_[static_cast<std::size_t>(j)] *= sum;
    }
  }
  const double whole = std::accumulate(sizes_.begin(), sizes_.end(), 0.0);
  for (std::int64_t r = 0; r < mixture.normals_of_all(); ++r) {
    const auto j = static_cast<std::size_t>(r / normals % components);
    shares_[static_cast<std::size_t>(r)] *= whole > 0 ? sizes_[j] / whole : 0;
  }
}

// With sigma = 1 / (sqrt(2) w), the loss that has this minimum over the width of a normal with the
// share p of the rows is -log likelihood + p factor (h / sigma)^2 / 2 = .. + p factor (h w)^2. p
// and h are constants of a step: could the loss fall by way of them, it would, for three variables
// and more without bound, in normals of hardly any share and no width.
template <class T>
void WidthPrior<T>::find_slope_adjoints(const Model<T>& model, const Mixture& mixture,
                                        const ComponentLayout& at) {
  find_shares(model, mixture, at);
  const double factor = factor_ * at.outputs / mixture.shape().outputs;
  for (std::int64_t r = 0; r < mixture.normals_of_all(); ++r) {
    const auto variable = static_cast<std::size_t>(r / mixture.normals_of_variable());
    const double h = widths_[variable](model.parameters()[at.locations + r]);
    const double share = factor * shares_[static_cast<std::size_t>(r)];
    adjoints_[r] = static_cast<T>(2 * share * h * h * model.double_weights()[at.slopes + r]);
  }
}

template <class T>
void WidthPrior<T>::add_gradient(const Model<T>& model, T* gradient) {
  if (widths_.empty()) return;
  const Mixture& mixture = *model.network().template get<Mixture>();
  for (const ComponentLayout& at : mixture.groups()) {
    find_slope_adjoints(model, mixture, at);
    ops::pull_back_weights(positivity_of(mixture.shape().positivity, Role::slope),
                           model.parameters() + at.slopes, adjoints_.size(), adjoints_.data());
    for (std::int64_t r = 0; r < adjoints_.size(); ++r) gradient[at.slopes + r] += adjoints_[r];
  }
}

template class WidthPrior<float>;
template class WidthPrior<double>;

}  // namespace finn::net
