#include "finn/chains/chain_link.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/random.hpp"
#include "finn/chains/stacked_link.hpp"

namespace finn::net {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Calls body(link) with the form of a link, whichever it has.
template <class Body>
decltype(auto) visit_form(const ChainLink::Form& form, Body&& body) {
  return std::visit(
      [&]<class Link>(const Link& link) -> decltype(auto) {
        if constexpr (requires { link->shares(); }) {
          return body(*link);
        } else {
          return body(link);
        }
      },
      form);
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
  return visit_form(form_, [](const auto& link) { return link.conditions(); });
}

bool ChainLink::is_cut() const { return lower_ > -kInfinity || upper_ < kInfinity; }

std::vector<double> ChainLink::whole_shares_at(Workspace& workspace, Side side, double x,
                                               const double* rows, std::int64_t count) const {
  const auto width = static_cast<std::int64_t>(1 + conditions());
  std::vector<double> shares(static_cast<std::size_t>(count),
                             (x > 0) == (side == Side::below) ? 1 : 0);
  if (!std::isfinite(x)) return shares;
  std::vector<double> at(rows, rows + count * width);
  for (std::size_t i = 0; i < at.size(); i += static_cast<std::size_t>(width)) at[i] = x;
  visit_form(form_, [&](const auto& link) {
    link.share(workspace, side, at.data(), count, shares.data());
  });
  return shares;
}

ChainLink::Limits ChainLink::limits_of(Workspace& workspace, const double* rows,
                                       std::int64_t count) const {
  return {whole_shares_at(workspace, Side::below, lower_, rows, count),
          whole_shares_at(workspace, Side::below, upper_, rows, count)};
}

MeanAndDeviation ChainLink::mean_and_deviation(const double* z) const {
  return visit_form(form_, [&](const auto& link) { return link.mean_and_deviation(z); });
}

EndLaw ChainLink::end_law(const double* row) const {
  const MeanAndDeviation normal = mean_and_deviation(row + 1);
  return EndLaw::of_normal(lower_, upper_, normal.mean, normal.deviation);
}

void ChainLink::log_density(Workspace& workspace, const double* rows, std::int64_t count,
                            double* logs) const {
  visit_form(form_, [&](const auto& link) { link.log_density(workspace, rows, count, logs); });
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
  visit_form(form_, [&](const auto& link) { link.share(workspace, side, rows, count, shares); });
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
  visit_form(form_, [&](const auto& link) { link.quantile(workspace, whole.data(), count, rows); });
  for (std::int64_t r = 0; r < count; ++r) {
    double& x = rows[r * (1 + conditions())];
    if (is_cut() && !limits.leave(static_cast<std::size_t>(r))) x = end_law(&x).quantile(shares[r]);
    x = std::clamp(x, lower_, upper_);
    if (shares[r] == 0 && std::isfinite(lower_)) x = lower_;
    if (shares[r] == 1 && std::isfinite(upper_)) x = upper_;
  }
}

// What falls within the limits is a sample of what they leave. For any other row such a sample is
// the quantile of a uniform, which takes longer.
void ChainLink::sample(Workspace& workspace, std::uint64_t seed, std::int64_t first,
                       std::int64_t count, double* rows) const {
  visit_form(form_, [&](const auto& link) {
    link.sample(workspace, core::stream_seed(seed, 0), first, count, rows);
  });
  if (!is_cut()) return;
  const std::int64_t width = 1 + conditions();
  std::vector<std::int64_t> outside;
  std::vector<double> rows_outside, shares;
  for (std::int64_t r = 0; r < count; ++r) {
    const double* row = rows + r * width;
    if (row[0] >= lower_ && row[0] <= upper_) continue;
    outside.push_back(first + r);
    rows_outside.insert(rows_outside.end(), row, row + width);
    const auto stream = static_cast<std::uint64_t>(first + r);
    shares.push_back(core::Random(core::stream_seed(core::stream_seed(seed, 1), stream)).uniform());
  }
  if (outside.empty()) return;
  quantile(workspace, shares.data(), std::ssize(outside), rows_outside.data());
  for (std::size_t k = 0; k < outside.size(); ++k) {
    rows[(outside[k] - first) * width] = rows_outside[k * static_cast<std::size_t>(width)];
  }
}

}  // namespace finn::net
