#include "finn/chains/network_link.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "finn/queries/density.hpp"
#include "finn/queries/rosenblatt.hpp"
#include "finn/queries/sampler.hpp"

namespace finn::net {
namespace {

Distribution distribution_of(const ChainModel& model) {
  return std::visit([](const auto& m) { return Distribution::of(m, 0); }, model);
}

}  // namespace

NetworkLink::NetworkLink(LinearShift shift, ChainModel model)
    : shift_(std::move(shift)), model_(std::move(model)), distribution_(distribution_of(model_)) {}

// As the distribution of the residual takes them, [count][columns].
std::vector<double> NetworkLink::residual_rows(const double* rows, std::int64_t count) const {
  const int given = distribution_.given_columns();
  std::vector<double> residuals;
  residuals.reserve(static_cast<std::size_t>(count * (1 + given)));
  for (std::int64_t r = 0; r < count; ++r, rows += 1 + conditions()) {
    residuals.push_back(shift_.residual(rows[0], rows + 1));
    residuals.insert(residuals.end(), rows + 1, rows + 1 + given);
  }
  return residuals;
}

std::vector<double> NetworkLink::given_rows(const double* rows, std::int64_t count) const {
  const int width = distribution_.given_columns();
  std::vector<double> given;
  given.reserve(static_cast<std::size_t>(count * width));
  for (std::int64_t r = 0; r < count; ++r, rows += 1 + conditions()) {
    given.insert(given.end(), rows + 1, rows + 1 + width);
  }
  return given;
}

void NetworkLink::shift_rows(const std::vector<double>& residuals, double* rows) const {
  for (const double residual : residuals) {
    rows[0] = shift_.value(residual, rows + 1);
    rows += 1 + conditions();
  }
}

void NetworkLink::log_density(Workspace& workspace, const double* rows, std::int64_t count,
                              double* logs) const {
  const std::vector<double> residuals = residual_rows(rows, count);
  density(distribution_, workspace, residuals.data(), count, nullptr, logs);
  const double log_scale = std::log(shift_.scale);
  for (std::int64_t r = 0; r < count; ++r) logs[r] -= log_scale;
}

void NetworkLink::share(Workspace& workspace, Side side, const double* rows, std::int64_t count,
                        double* shares) const {
  const std::vector<double> residuals = residual_rows(rows, count);
  orthant_probability(distribution_, workspace, side, residuals.data(), count, shares);
}

void NetworkLink::quantile(Workspace& workspace, const double* shares, std::int64_t count,
                           double* rows) const {
  const std::vector<double> given = given_rows(rows, count);
  std::vector<double> residuals(static_cast<std::size_t>(count));
  inverse_rosenblatt(distribution_, workspace, shares, given.empty() ? nullptr : given.data(),
                     count, residuals.data());
  shift_rows(residuals, rows);
}

void NetworkLink::sample(Workspace& workspace, std::uint64_t seed, std::int64_t first,
                         std::int64_t count, double* rows) const {
  const std::vector<double> given = given_rows(rows, count);
  std::vector<double> residuals(static_cast<std::size_t>(count));
  net::sample(distribution_, workspace, seed, first, given.empty() ? nullptr : given.data(), count,
              residuals.data());
  shift_rows(residuals, rows);
}

}  // namespace finn::net
