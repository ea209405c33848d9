#include "finn/chains/chain_link.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "finn/chains/linear_shift.hpp"

namespace finn::net {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Calls body(row, conditional) for each row, with the conditional of its z.
template <class Body>
void for_each_conditional(const LinearLink& link, const double* rows, std::int64_t count,
                          Body&& body) {
  LinearConditional conditional(*link.chains);
  for (std::int64_t r = 0; r < count; ++r) {
    conditional.set(link.variable, rows + r * (1 + link.variable) + 1);
    body(r, conditional);
  }
}

// What quantiles of the form take for 0 and 1: the nearest numbers within, as the form may have no
// ends.
double inner(double share) {
  return std::clamp(share, std::numeric_limits<double>::min(), 1 - 0x1p-53);
}

}  // namespace

ChainLink::ChainLink(Form form, double lower, double upper)
    : form_(std::move(form)), lower_(lower), upper_(upper) {}

int ChainLink::conditions() const {
  if (const auto* linear = std::get_if<LinearLink>(&form_)) return linear->variable;
  return static_cast<int>(std::get<NetworkLink>(form_).shift().slopes.size());
}

bool ChainLink::is_cut() const { return lower_ > -kInfinity || upper_ < kInfinity; }

void ChainLink::whole_share(Workspace& workspace, Side side, const double* rows, std::int64_t count,
                            double* shares) const {
  if (const auto* network = std::get_if<NetworkLink>(&form_)) {
    return network->share(workspace, side, rows, count, shares);
  }
  for_each_conditional(std::get<LinearLink>(form_), rows, count,
                       [&](std::int64_t r, const LinearConditional& conditional) {
                         const double x = rows[r * (1 + conditions())];
                         shares[r] =
                             side == Side::below ? conditional.cdf(x) : conditional.survival(x);
                       });
}

std::vector<double> ChainLink::whole_shares_at(Workspace& workspace, Side side, double x,
                                               const double* rows, std::int64_t count) const {
  const auto width = static_cast<std::int64_t>(1 + conditions());
  std::vector<double> shares(static_cast<std::size_t>(count),
                             (x > 0) == (side == Side::below) ? 1 : 0);
  if (!std::isfinite(x)) return shares;
  std::vector<double> at(rows, rows + count * width);
  for (std::size_t i = 0; i < at.size(); i += static_cast<std::size_t>(width)) at[i] = x;
  whole_share(workspace, side, at.data(), count, shares.data());
  return shares;
}

ChainLink::Limits ChainLink::limits_of(Workspace& workspace, const double* rows,
                                       std::int64_t count) const {
  return {whole_shares_at(workspace, Side::below, lower_, rows, count),
          whole_shares_at(workspace, Side::below, upper_, rows, count)};
}

EndLaw ChainLink::end_law(const double* row) const {
  if (const auto* network = std::get_if<NetworkLink>(&form_)) {
    const LinearShift& shift = network->shift();
    return EndLaw::of_normal(lower_, upper_, shift.mean(row + 1), shift.scale);
  }
  const auto& linear = std::get<LinearLink>(form_);
  LinearConditional conditional(*linear.chains);
  conditional.set(linear.variable, row + 1);
  return EndLaw::of_normal(lower_, upper_, conditional.mean(), conditional.deviation());
}

void ChainLink::log_density(Workspace& workspace, const double* rows, std::int64_t count,
                            double* logs) const {
  if (const auto* network = std::get_if<NetworkLink>(&form_)) {
    network->log_density(workspace, rows, count, logs);
  } else {
    for_each_conditional(std::get<LinearLink>(form_), rows, count,
                         [&](std::int64_t r, const LinearConditional& conditional) {
                           logs[r] = conditional.log_density(rows[r * (1 + conditions())]);
                         });
  }
  if (!is_cut()) return;
  const Limits limits = limits_of(workspace, rows, count);
  for (std::int64_t r = 0; r < count; ++r) {
    const auto at = static_cast<std::size_t>(r);
    const double* row = rows + r * (1 + conditions());
    if (!limits.leave(at)) {
      logs[r] = end_law(row).log_density(row[0]);
    } else if (row[0] >= lower_ && row[0] <= upper_) {
      logs[r] -= std::log(limits.within(at));
    } else {
      logs[r] = -kInfinity;
    }
  }
}

void ChainLink::share(Workspace& workspace, Side side, const double* rows, std::int64_t count,
                      double* shares) const {
  whole_share(workspace, side, rows, count, shares);
  if (!is_cut()) return;
  const Limits limits = limits_of(workspace, rows, count);
  const bool is_below = side == Side::below;
  const std::vector<double> beyond =
      is_below ? limits.below : whole_shares_at(workspace, side, upper_, rows, count);
  for (std::size_t r = 0; r < beyond.size(); ++r) {
    const double* row = rows + r * static_cast<std::size_t>(1 + conditions());
    const double x = row[0];
    if (!limits.leave(r)) {
      shares[r] = end_law(row).share(x, is_below);
      continue;
    }
    const bool has_all = is_below ? x >= upper_ : x <= lower_;
    shares[r] = has_all ? 1 : std::clamp((shares[r] - beyond[r]) / limits.within(r), 0.0, 1.0);
  }
}

void ChainLink::quantile(Workspace& workspace, const double* shares, std::int64_t count,
                         double* rows) const {
  std::vector<double> whole(shares, shares + count);
  Limits limits;
  if (is_cut()) {
    limits = limits_of(workspace, rows, count);
    for (std::size_t r = 0; r < whole.size(); ++r) {
      whole[r] = limits.below[r] + whole[r] * limits.within(r);
    }
  }
  for (double& share : whole) share = inner(share);
  if (const auto* network = std::get_if<NetworkLink>(&form_)) {
    network->quantile(workspace, whole.data(), count, rows);
  } else {
    for_each_conditional(std::get<LinearLink>(form_), rows, count,
                         [&](std::int64_t r, const LinearConditional& conditional) {
                           rows[r * (1 + conditions())] =
                               conditional.quantile(whole[static_cast<std::size_t>(r)]);
                         });
  }
  for (std::int64_t r = 0; r < count; ++r) {
    double& x = rows[r * (1 + conditions())];
    if (is_cut() && !limits.leave(static_cast<std::size_t>(r))) x = end_law(&x).quantile(shares[r]);
    x = std::clamp(x, lower_, upper_);
    if (shares[r] == 0 && std::isfinite(lower_)) x = lower_;
    if (shares[r] == 1 && std::isfinite(upper_)) x = upper_;
  }
}

}  // namespace finn::net
