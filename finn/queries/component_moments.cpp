#include "finn/queries/component_moments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "finn/queries/distribution.hpp"
#include "finn/queries/truncated_normal.hpp"

namespace finn::net {
namespace {

// Mean and variance of each variable under one component of a sum, and its share of the mass.
struct Component {
  double share;
  std::vector<double> mean, variance;  // [variables]
};

Component uniform_component(const Distribution& distribution, const QueryRow& roles, double share) {
  Component uniform{share, {}, {}};
  for (const int i : distribution.free()) {
    const double width = roles.upper(i) - roles.lower(i);
    uniform.mean.push_back(0.5 * roles.lower(i) + 0.5 * roles.upper(i));
    uniform.variance.push_back(width * width / 12);
  }
  return uniform;
}

// Mean and variance of a sum of normals on an interval.
NormalMoments variable_moments(MixtureMass& mixture, const QueryRow& roles, int i, int component) {
  const std::vector<double> shares = mixture.normal_shares(roles.query(), i, component);
  double total = 0, mean = 0, second = 0;
  std::vector<NormalMoments> normals;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const auto [slope, bias] = mixture.normal(i, component, static_cast<int>(k));
    const NormalMoments z =
        truncated_normal_moments(slope * roles.lower(i) + bias, slope * roles.upper(i) + bias);
    normals.push_back({(z.mean - bias) / slope, z.variance / (slope * slope)});
    total += shares[k];
    mean += shares[k] * normals.back().mean;
  }
  mean /= total;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const double off = normals[k].mean - mean;
    second += shares[k] / total * (normals[k].variance + off * off);
  }
  return {mean, second};
}

// The law of total covariance over components whose variables are independent.
void add_components(const std::vector<Component>& components, RowMoments& to) {
  const std::size_t n = to.mean.size();
  for (const Component& component : components) {
    for (std::size_t k = 0; k < n; ++k) to.mean[k] += component.share * component.mean[k];
  }
  for (const Component& component : components) {
    for (std::size_t k = 0; k < n; ++k) {
      const double off = component.mean[k] - to.mean[k];
      to.covariance[k * n + k] += component.share * component.variance[k];
      for (std::size_t l = 0; l < n; ++l) {
        const double other = component.mean[l] - to.mean[l];
        to.covariance[k * n + l] += component.share * (off * other);
      }
    }
  }
}

}  // namespace

RowMoments component_moments(RowQueries& queries, MixtureMass& mixture, const QueryRow& roles,
                             const Mass& whole) {
  const Distribution& distribution = queries.distribution();
  RowMoments moments(distribution.variables());
  // Where there is a uniform share no mass is so small that it has a shift.
  const double uniform = queries.evaluator().uniform_mass(roles.query()) / whole.value;
  const std::vector<double> shares = mixture.component_shares(roles.query());
  std::vector<Component> components;
  if (uniform > 0) components.push_back(uniform_component(distribution, roles, uniform));
  for (std::size_t j = 0; j < shares.size(); ++j) {
    if (shares[j] <= 0) continue;
    Component component{(1 - uniform) * shares[j], {}, {}};
    for (const int i : distribution.free()) {
      const NormalMoments of = variable_moments(mixture, roles, i, static_cast<int>(j));
      component.mean.push_back(of.mean);
      component.variance.push_back(of.variance);
    }
    components.push_back(std::move(component));
  }
  add_components(components, moments);
  for (std::size_t k = 0; k < moments.mean.size(); ++k) {
    const int i = distribution.free()[k];
    const double size = std::max(std::fabs(roles.lower(i)), std::fabs(roles.upper(i)));
    moments.mean_error[k] = 64 * std::numeric_limits<double>::epsilon() * size;
  }
  for (std::size_t at = 0; at < moments.covariance.size(); ++at) {
    const std::size_t n = moments.mean.size(), k = at / n, l = at % n;
    moments.covariance_error[at] =
        64 * std::numeric_limits<double>::epsilon() *
        std::sqrt(moments.covariance[k * n + k] * moments.covariance[l * n + l]);
  }
  return moments;
}

}  // namespace finn::net
