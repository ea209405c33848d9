#include "finn/chains/linear_link.hpp"

#include <algorithm>
#include <deque>

#include "core/parallel.hpp"
#include "core/random.hpp"

namespace finn::net {
namespace {

// Rows that a thread takes at a time.
constexpr std::int64_t kRowsOfTile = 64;

// Calls body(row, conditional) for each row, with the conditional of its z.
template <class Body>
void for_each_conditional(const LinearLink& link, Workspace& workspace, const double* rows,
                          std::int64_t count, Body&& body) {
  const std::int64_t tiles = (count + kRowsOfTile - 1) / kRowsOfTile;
  const int team = workspace.team_size(tiles);
  std::deque<LinearConditional> conditionals;
  for (int thread = 0; thread < team; ++thread) conditionals.emplace_back(*link.chains);
  core::parallel_for(workspace.team(), team, tiles, [&](int thread, std::int64_t tile) {
    LinearConditional& conditional = conditionals[static_cast<std::size_t>(thread)];
    const std::int64_t end = std::min(count, (tile + 1) * kRowsOfTile);
    for (std::int64_t r = tile * kRowsOfTile; r < end; ++r) {
      conditional.set(link.variable, rows + r * (1 + link.variable) + 1);
      body(r, conditional);
    }
  });
}

}  // namespace

MeanAndDeviation LinearLink::mean_and_deviation(const double* z) const {
  LinearConditional conditional(*chains);
  conditional.set(variable, z);
  return {conditional.mean(), conditional.deviation()};
}

void LinearLink::log_density(Workspace& workspace, const double* rows, std::int64_t count,
                             double* logs) const {
  for_each_conditional(*this, workspace, rows, count,
                       [&](std::int64_t r, const LinearConditional& conditional) {
                         logs[r] = conditional.log_density(rows[r * (1 + variable)]);
                       });
}

void LinearLink::share(Workspace& workspace, Side side, const double* rows, std::int64_t count,
                       double* shares) const {
  for_each_conditional(
      *this, workspace, rows, count, [&](std::int64_t r, const LinearConditional& conditional) {
        const double x = rows[r * (1 + variable)];
        shares[r] = side == Side::below ? conditional.cdf(x) : conditional.survival(x);
      });
}

void LinearLink::quantile(Workspace& workspace, const double* shares, std::int64_t count,
                          double* rows) const {
  for_each_conditional(*this, workspace, rows, count,
                       [&](std::int64_t r, const LinearConditional& conditional) {
                         rows[r * (1 + variable)] = conditional.quantile(shares[r]);
                       });
}

void LinearLink::sample(Workspace& workspace, std::uint64_t seed, std::int64_t first,
                        std::int64_t count, double* rows) const {
  for_each_conditional(*this, workspace, rows, count,
                       [&](std::int64_t r, const LinearConditional& conditional) {
                         const auto stream = static_cast<std::uint64_t>(first + r);
                         core::Random random(core::stream_seed(seed, stream));
                         rows[r * (1 + variable)] = conditional.sample(random);
                       });
}

}  // namespace finn::net
