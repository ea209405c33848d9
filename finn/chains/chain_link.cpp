#include "finn/chains/chain_link.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.hpp"

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
  const Limits limits{whole_shares_at(workspace, Side::below, lower_, rows, count),
                      whole_shares_at(workspace, Side::below, upper_, rows, count)};
  for (std::size_t r = 0; r < limits.below.size(); ++r) {
    if (limits.within(r) > 0) continue;
    core::fail(core::Status::ERROR_INTEGRAL,
               "row %zu: what stands before a variable leaves it no probability within its limits, "
               "%g .. %g",
               r, lower_, upper_);
  }
  return limits;
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
    const double x = rows[r * (1 + conditions())];
    const bool is_within = x >= lower_ && x <= upper_;
    logs[r] =
        is_within ? logs[r] - std::log(limits.within(static_cast<std::size_t>(r))) : -kInfinity;
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
    const double x = rows[r * static_cast<std::size_t>(1 + conditions())];
    const bool has_all = is_below ? x >= upper_ : x <= lower_;
    shares[r] = has_all ? 1 : std::clamp((shares[r] - beyond[r]) / limits.within(r), 0.0, 1.0);
  }
}

void ChainLink::quantile(Workspace& workspace, const double* shares, std::int64_t count,
                         double* rows) const {
  std::vector<double> whole(shares, shares + count);
  if (is_cut()) {
    const Limits limits = limits_of(workspace, rows, count);
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
    x = std::clamp(x, lower_, upper_);
    if (shares[r] == 0 && std::isfinite(lower_)) x = lower_;
    if (shares[r] == 1 && std::isfinite(upper_)) x = upper_;
  }
}

}  // namespace finn::net
