// What the tests of distributions share: models far from their first parameters, on every kind of
// domain that maps one variable at a time, and masses by a quadrature that knows nothing of F.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/evaluation/integrate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/queries/mass.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::test {

// With parameters moved as training would move them, and away from the kink of |w|.
template <class T = double>
net::Model<T> moved_model(const net::ModelSettings& settings, double size = 0.3) {
  net::Model<T> model = model_of<T>(settings);
  core::Random random(17);
  for (std::int64_t k = 0; k < model.layout().trained_count(); ++k) {
    T& parameter = model.mutable_parameters()[k];
    parameter += static_cast<T>(random.uniform(-size, size));
    parameter += std::copysign(static_cast<T>(0.02), parameter);
  }
  net::CornerScratch scratch;
  model.update(scratch);
  return model;
}

// A mixture all of whose normals lie about -0.4, the narrower the larger the slope: from 60 on the
// density on the other side of the box is no number any more.
inline net::Model<double> narrow_mixture(int n, double slope) {
  net::Model<double> model = model_of<double>(mixture_settings_of(n));
  const net::Mixture& network = *model.network().get<net::Mixture>();
  const net::ComponentLayout& at = network.groups()[0];
  for (std::int64_t r = 0; r < network.normals_of_all(); ++r) {
    const auto turn = static_cast<double>(r % 5);
    model.mutable_parameters()[at.slopes + r] = std::log(slope * (1 + 0.1 * turn));
    model.mutable_parameters()[at.locations + r] = -0.33 - 0.01 * turn;
  }
  net::CornerScratch scratch;
  model.update(scratch);
  return model;
}

struct QueryCase {
  std::string name;
  net::ModelSettings settings;
  int output = 0;
};

// With two outputs, a uniform share and integrals other than 1.
inline net::ModelSettings shared_out(net::ModelSettings settings) {
  settings.network.outputs = 2;
  settings.constraint.target = {1, 3};
  settings.constraint.uniform_share = 0.2;
  return settings;
}

inline net::ModelSettings on_domain(net::ModelSettings settings, net::DomainPointer domain) {
  settings.network.variables = domain->variables();
  settings.box = domain->box();
  settings.domain = std::move(domain);
  return settings;
}

inline net::ModelSettings conditioned_by_film(net::ModelSettings settings) {
  settings.network.conditioning = {net::ConditioningKind::film, 2, {4}, false};
  settings.conditions = {{0, -1}, {4, 3}};
  return settings;
}

// x = scale y in each variable of another domain.
inline net::DomainPointer scaled_domain(net::DomainPointer inner, std::vector<double> scale) {
  const std::size_t n = scale.size();
  std::vector<double> matrix(n * n), offset(n, 0.25);
  for (std::size_t i = 0; i < n; ++i) matrix[i * n + i] = scale[i];
  return net::affine_domain(std::move(inner), matrix.data(), offset.data());
}

// Every network in n variables in a box.
inline std::vector<QueryCase> query_networks(int n) {
  net::ModelSettings orthants = settings_of(n);
  orthants.network.orthants = 2;
  orthants.network.axis_units = 2;
  net::ModelSettings free = settings_of(n);
  free.constraint = {};
  free.constraint.kind = net::ConstraintKind::none;
  net::ModelSettings separate = shared_out(mixture_settings_of(n));
  separate.network.separate_outputs = true;
  return {{"mlp", settings_of(n)},
          {"mlp that shares out, second output", shared_out(settings_of(n)), 1},
          {"mlp of orthants with axis units", orthants},
          {"mlp without a constraint", free},
          {"mixture", mixture_settings_of(n)},
          {"mixture that shares out, second output", separate, 1}};
}

// Domains with a map for each variable, some of which fall.
inline std::vector<std::pair<std::string, net::DomainPointer>> mapped_domains(int n) {
  using net::Tail;
  std::vector<std::pair<std::string, net::DomainPointer>> all;
  for (const Tail tail : {Tail::gaussian, Tail::exponential, Tail::rational}) {
    const std::string name = ", tail " + std::to_string(static_cast<int>(tail));
    const auto line = net::line_domain(0.5, 2, tail);
    if (n == 1) {
      all.push_back({"line" + name, line});
      all.push_back({"half-line" + name, net::half_line_domain(-1, false, 2, tail)});
      all.push_back({"half-line down" + name, net::half_line_domain(1, true, 2, tail)});
      all.push_back({"falling line" + name, scaled_domain(line, {-0.5})});
    } else {
      const auto side = net::box_domain(skew_box(n - 1));
      const auto product = net::product_domain({line, side});
      std::vector<double> scale(static_cast<std::size_t>(n), -2);
      scale.back() = 0.5;
      all.push_back({"product" + name, product});
      all.push_back({"falling product" + name, scaled_domain(product, scale)});
    }
  }
  return all;
}

inline std::vector<QueryCase> query_cases(int n) {
  std::vector<QueryCase> cases = query_networks(n);
  for (const auto& [name, domain] : mapped_domains(n)) {
    cases.push_back({"mlp, " + name, on_domain(settings_of(n), domain)});
    cases.push_back({"mixture, " + name, on_domain(shared_out(mixture_settings_of(n)), domain), 1});
  }
  return cases;
}

// f_u of an output over its integral at points u [count][variables]: by what the model gives for f.
template <class T>
std::vector<double> reference_densities(const net::Model<T>& model, int output,
                                        const std::vector<double>& u,
                                        const std::vector<double>& conditions = {}) {
  const auto n = static_cast<std::size_t>(model.variables());
  const auto m = static_cast<std::size_t>(model.outputs());
  const std::size_t count = u.size() / n;
  std::vector<double> rows, log_weights, values(count * m), integral(m, 1.0);
  std::array<double, net::kMaxBoxVariables> x{}, again{};
  for (std::size_t r = 0; r < count; ++r) {
    model.region().to_point(&u[r * n], x.data());
    log_weights.push_back(model.region().to_box(x.data(), again.data()));
    rows.insert(rows.end(), x.begin(), x.begin() + static_cast<std::ptrdiff_t>(n));
    rows.insert(rows.end(), conditions.begin(), conditions.end());
  }
  net::Workspace workspace(1);
  net::mixed_partial(model, workspace, net::all_variables(model.variables()), rows.data(),
                     static_cast<std::int64_t>(count), values.data());
  if (!model.normalises_per_sample()) {
    net::integrate(model, workspace, model.box(), integral.data(), nullptr, nullptr);
  }
  std::vector<double> densities;
  const auto j = static_cast<std::size_t>(output);
  for (std::size_t r = 0; r < count; ++r) {
    densities.push_back(values[r * m + j] / integral[j] / std::exp(log_weights[r]));
  }
  return densities;
}

// What a query asks, by Gauss-Legendre quadrature over the intervals.
template <class T>
double reference_mass(const net::Model<T>& model, int output, const net::MassQuery& query,
                      int count, int pieces, const std::vector<double>& conditions = {}) {
  const int n = model.variables();
  const auto intervals = static_cast<std::size_t>(n - __builtin_popcountll(query.points));
  const std::vector<double> zeros(intervals, 0.0), ones(intervals, 1.0);
  std::vector<double> points, weights;
  // Nodes of the unit cube, so that the digits of narrow widths are kept.
  for_each_node(count, pieces, zeros, ones, [&](const double* node, double weight) {
    for (int i = 0; i < n; ++i) {
      points.push_back(query.lower[i]);
      if (query.is_point(i)) continue;
      points.back() += query.width[i] * *node++;
      weight *= query.width[i];
    }
    weights.push_back(weight);
  });
  const auto densities = reference_densities(model, output, points, conditions);
  double sum = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) sum += weights[k] * densities[k];
  return sum;
}

// How many nodes, in how many pieces, give 1e-10 or so of the models above.
inline int nodes_for(int variables) {
  return std::array{1, 24, 20, 14, 12}[static_cast<std::size_t>(variables)];
}
inline int pieces_for(int variables) {
  return std::array{1, 4, 2, 1, 1}[static_cast<std::size_t>(variables)];
}

inline std::vector<double> random_in(std::size_t count, double lower, double upper,
                                     std::uint64_t seed) {
  core::Random random(seed);
  std::vector<double> numbers(count);
  for (double& number : numbers) number = random.uniform(lower, upper);
  return numbers;
}

}  // namespace finn::test
