#include "finn/queries/mixture_mass.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "finn/queries/normal_quantile.hpp"
#include "ops/kernels/table.hpp"

namespace finn::net {
namespace {

constexpr double kRoundoff = 0.5 * std::numeric_limits<double>::epsilon();
// Below it products have lost components to underflow, and logarithms are taken instead.
constexpr double kSmallestSum = 1e-280;

// Eight sums at once, whose additions need not wait for each other.
double sum_of(const std::vector<double>& values) {
  std::array<double, 8> sums{};
  std::size_t i = 0;
  for (; i + 8 <= values.size(); i += 8) {
    for (std::size_t k = 0; k < 8; ++k) sums[k] += values[i + k];
  }
  for (; i < values.size(); ++i) sums[0] += values[i];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

std::ptrdiff_t length_of(const std::vector<double>& values) {
  return static_cast<std::ptrdiff_t>(values.size());
}

// log(exp(a) - exp(b)), a >= b.
double log_difference(double a, double b) { return a + std::log(-std::expm1(b - a)); }

// Whether a normal is that of its middle, where its logarithm is this, all over an interval: where
// the two ends are so near that their difference has lost its digits.
bool is_flat(double log_density, double width) { return width * width * (1 - log_density) < 1e-10; }

// values[i] to exp(values[i] - largest); returns the largest, and the sum in *sum.
double exponentials(std::vector<double>& values, double* sum) {
  const double largest = *std::max_element(values.begin(), values.end());
  *sum = 0;
  for (double& value : values) {
    value = std::isinf(largest) ? 0 : std::exp(value - largest);
    *sum += value;
  }
  return std::isinf(largest) ? 0 : largest;
}

// w x + b of every normal, into arguments.
void find_arguments(const double* slopes, const double* biases, double x,
                    std::vector<double>& arguments) {
  ops::kernels<double>().combine(x, slopes, 1, biases, length_of(arguments), arguments.data());
}

}  // namespace

void MixtureMass::set(const MixtureAntiderivative& F, int output) {
  network_ = &F.network;
  coordinates_ = &F.coordinates;
  weights_ = F.weights;
  for (const ComponentLayout& group : F.network.groups()) {
    if (output < group.first_output || output >= group.first_output + group.outputs) continue;
    group_ = &group;
    output_ = output - group.first_output;
  }
  const std::size_t rows = components() * normals();
  known_.assign(static_cast<std::size_t>(F.network.shape().variables), KnownAxis{});
  for (std::vector<double>* values : {&arguments_, &values_, &more_}) values->resize(rows);
  factors_.resize(components());
  products_.resize(components());
  normal_shares_.resize(normals());
}

const double* MixtureMass::coefficients() const {
  return weights_ + group_->coefficients + output_ * network_->shape().components;
}

MixtureMass::Normal MixtureMass::normal(int axis, int component, int number) const {
  const auto i = static_cast<std::size_t>(axis);
  const std::int64_t at = component * network_->shape().normals_per_axis + number;
  const double slope = of(group_->slopes, axis)[at];
  return {slope * coordinates_->scale[i],
          slope * coordinates_->offset[i] + of(group_->locations, axis)[at]};
}

// factors[j] = sum over normals k of share[j][k] of_normals[j][k].
void MixtureMass::sum_normals(const double* of_normals, int axis, double* factors) const {
  const std::size_t count = normals();
  if (count == 1) {
    std::copy_n(of_normals, components(), factors);
    return;
  }
  const double* shares = of(group_->shares, axis);
  for (std::size_t j = 0; j < components(); ++j) {
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k)
      sum += shares[j * count + k] * of_normals[j * count + k];
    factors[j] = sum;
  }
}

// dPhi/dx = scale w sigma_0(w u + b) of every normal, into values_.
void MixtureMass::point_densities(int axis, double x) {
  const auto i = static_cast<std::size_t>(axis);
  const double* slopes = of(group_->slopes, axis);
  const double scale = coordinates_->scale[i];
  find_arguments(slopes, of(group_->locations, axis), scale * x + coordinates_->offset[i],
                 arguments_);
  ops::kernels<double>().gaussian(arguments_.data(), length_of(arguments_), values_.data(), nullptr,
                                  std::numeric_limits<double>::min());
  for (std::size_t r = 0; r < values_.size(); ++r) values_[r] *= scale * slopes[r];
}

// An interval in the coordinates of the network.
ops::Interval<double> MixtureMass::interval(std::size_t i, const MassQuery& query) const {
  const double scale = coordinates_->scale[i], offset = coordinates_->offset[i];
  return {scale * query.lower[i] + offset, scale * query.upper[i] + offset, scale * query.width[i]};
}

// The difference of Phi of every normal, into values_.
void MixtureMass::interval_differences(int axis, const MassQuery& query) {
  ops::kernels<double>().sigma_difference(interval(static_cast<std::size_t>(axis), query),
                                          of(group_->slopes, axis), of(group_->locations, axis),
                                          length_of(values_), values_.data());
}

const double* MixtureMass::factors(const MassQuery& query, int axis) {
  const auto i = static_cast<std::size_t>(axis);
  if (query.is_point(axis)) {
    point_densities(axis, query.lower[i]);
    sum_normals(values_.data(), axis, factors_.data());
    return factors_.data();
  }
  KnownAxis& known = known_[i];
  if (known.factors.empty() || known.lower != query.lower[i] || known.width != query.width[i]) {
    interval_differences(axis, query);
    known.factors.resize(components());
    sum_normals(values_.data(), axis, known.factors.data());
    known.lower = query.lower[i];
    known.width = query.width[i];
  }
  return known.factors.data();
}

// The terms of the sum, into products_; returns the sum.
double MixtureMass::find_products(const MassQuery& query) {
  std::copy_n(coefficients(), components(), products_.data());
  for (int axis = 0; axis < network_->shape().variables; ++axis) {
    const double* factor = factors(query, axis);
    for (std::size_t j = 0; j < components(); ++j) products_[j] *= factor[j];
  }
  return sum_of(products_);
}

// The logarithms of what point_densities and interval_differences give, into values_. Of an
// interval on the right of a normal those of the mirrored one, whose cdf is small there.
void MixtureMass::log_normals(const MassQuery& query, int axis) {
  const auto i = static_cast<std::size_t>(axis);
  const ops::KernelTable<double>& table = ops::kernels<double>();
  const double* slopes = of(group_->slopes, axis);
  const double* biases = of(group_->locations, axis);
  const double scale = coordinates_->scale[i], offset = coordinates_->offset[i];
  find_arguments(slopes, biases, scale * query.lower[i] + offset, arguments_);
  if (query.is_point(axis)) {
    table.log_sigma(0, arguments_.data(), length_of(arguments_), values_.data(), nullptr);
    for (std::size_t r = 0; r < values_.size(); ++r) values_[r] += std::log(scale * slopes[r]);
    return;
  }
  find_arguments(slopes, biases, scale * query.upper[i] + offset, more_);
  for (std::size_t r = 0; r < arguments_.size(); ++r) {
    values_[r] = 0.5 * arguments_[r] + 0.5 * more_[r];
    if (values_[r] <= 0) continue;
    const double lower = arguments_[r];
    arguments_[r] = -more_[r];
    more_[r] = -lower;
  }
  table.log_sigma(1, arguments_.data(), length_of(arguments_), arguments_.data(), nullptr);
  table.log_sigma(1, more_.data(), length_of(more_), more_.data(), nullptr);
  table.log_sigma(0, values_.data(), length_of(values_), values_.data(), nullptr);
  for (std::size_t r = 0; r < values_.size(); ++r) {
    const double width = scale * query.width[i] * slopes[r];
    if (is_flat(values_[r], width)) {
      values_[r] += std::log(width);
    } else {
      values_[r] = log_difference(more_[r], arguments_[r]);
    }
  }
}

// Adds the logarithm of the factor of each component to products_.
void MixtureMass::add_logs(const MassQuery& query, int axis) {
  log_normals(query, axis);
  const std::size_t count = normals();
  const double* shares = count == 1 ? nullptr : of(group_->shares, axis);
  for (std::size_t j = 0; j < components(); ++j) {
    if (shares == nullptr) {
      products_[j] += values_[j];
      continue;
    }
    std::vector<double>& terms = normal_shares_;
    for (std::size_t k = 0; k < count; ++k) {
      terms[k] = std::log(shares[j * count + k]) + values_[j * count + k];
    }
    double sum = 0;
    const double largest = exponentials(terms, &sum);
    products_[j] += largest + std::log(sum);
  }
}

// The terms of the sum, divided by exp of what it returns, into products_.
double MixtureMass::find_logs(const MassQuery& query) {
  for (std::size_t j = 0; j < components(); ++j) products_[j] = std::log(coefficients()[j]);
  for (int axis = 0; axis < network_->shape().variables; ++axis) add_logs(query, axis);
  double sum = 0;
  return exponentials(products_, &sum);
}

Mass MixtureMass::evaluate(const MassQuery& query) {
  Mass mass;
  mass.value = find_products(query);
  if (mass.value < kSmallestSum) {
    mass.shift = find_logs(query);
    mass.value = 0;
    for (const double product : products_) mass.value += product;
  }
  mass.error = network_->error_factor() * kRoundoff * mass.value;
  return mass;
}

const std::vector<double>& MixtureMass::component_shares(const MassQuery& query) {
  const Mass mass = evaluate(query);
  for (double& product : products_) product /= mass.value;
  return products_;
}

// The arguments of all normals of a variable at a point, into arguments_, and the share that each
// has in the density of its component there, into values_: from logarithms where densities
// underflow.
void MixtureMass::find_point_shares(int axis, double x) {
  point_densities(axis, x);
  const std::size_t count = normals();
  if (count == 1) return values_.assign(values_.size(), 1.0);
  const double* slopes = of(group_->slopes, axis);
  const double* shares = of(group_->shares, axis);
  for (std::size_t j = 0; j < components(); ++j) {
    double sum = 0;
    for (std::size_t r = j * count; r < (j + 1) * count; ++r) sum += values_[r] *= shares[r];
    if (sum < kSmallestSum) {
      for (std::size_t k = 0; k < count; ++k) {
        const std::size_t r = j * count + k;
        normal_shares_[k] = std::log(shares[r] * slopes[r]) - arguments_[r] * arguments_[r];
      }
      exponentials(normal_shares_, &sum);
      std::copy(normal_shares_.begin(), normal_shares_.end(), &values_[j * count]);
    }
    for (std::size_t r = j * count; r < (j + 1) * count; ++r) values_[r] /= sum;
  }
}

// d log sigma_0(z) / dz = -2 z.
void MixtureMass::log_slopes(const MassQuery& query, double* slopes) {
  component_shares_ = component_shares(query);
  for (int axis = 0; axis < network_->shape().variables; ++axis) {
    const auto i = static_cast<std::size_t>(axis);
    slopes[i] = 0;
    if (!query.is_point(axis)) continue;
    find_point_shares(axis, query.lower[i]);
    const double* of_normals = of(group_->slopes, axis);
    for (std::size_t j = 0; j < components(); ++j) {
      if (!(component_shares_[j] > 0)) continue;
      double sum = 0;
      for (std::size_t r = j * normals(); r < (j + 1) * normals(); ++r) {
        sum += values_[r] * arguments_[r] * of_normals[r];
      }
      slopes[i] -= 2 * component_shares_[j] * sum;
    }
    slopes[i] *= coordinates_->scale[i];
  }
}

double MixtureMass::near_quantile(const MassQuery& query, int axis, double share) {
  const std::vector<double>& shares = component_shares(query);
  const double* slopes = of(group_->slopes, axis);
  const double* biases = of(group_->locations, axis);
  const double* of_normals = normals() == 1 ? nullptr : of(group_->shares, axis);
  double mean = 0, square = 0;
  for (std::size_t j = 0; j < components(); ++j) {
    for (std::size_t r = j * normals(); r < (j + 1) * normals(); ++r) {
      const double weight = shares[j] * (of_normals == nullptr ? 1 : of_normals[r]);
      const double centre = -biases[r] / slopes[r];
      mean += weight * centre;
      square += weight * (centre * centre + 0.5 / (slopes[r] * slopes[r]));
    }
  }
  const auto i = static_cast<std::size_t>(axis);
  const double deviation = std::sqrt(std::max(square - mean * mean, 0.0));
  return (mean + deviation * normal_quantile(share) - coordinates_->offset[i]) /
         coordinates_->scale[i];
}

const std::vector<double>& MixtureMass::normal_shares(const MassQuery& query, int axis,
                                                      int component) {
  const auto i = static_cast<std::size_t>(axis);
  const std::size_t count = normals();
  const std::int64_t first = component * network_->shape().normals_per_axis;
  if (count == 1) {
    normal_shares_[0] = 1;
    return normal_shares_;
  }
  ops::kernels<double>().sigma_difference(interval(i, query), of(group_->slopes, axis) + first,
                                          of(group_->locations, axis) + first,
                                          length_of(normal_shares_), normal_shares_.data());
  const double* shares = of(group_->shares, axis) + first;
  double sum = 0;
  for (std::size_t k = 0; k < count; ++k) sum += normal_shares_[k] *= shares[k];
  if (sum > 0) return normal_shares_;
  // Too far out for any of them, but not for their logarithms.
  log_normals(query, axis);
  for (std::size_t k = 0; k < count; ++k) {
    normal_shares_[k] = std::log(shares[k]) + values_[static_cast<std::size_t>(first) + k];
  }
  exponentials(normal_shares_, &sum);
  return normal_shares_;
}

}  // namespace finn::net
