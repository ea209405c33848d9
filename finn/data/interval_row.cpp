#include "finn/data/interval_row.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/error.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

}  // namespace

IntervalReader::IntervalReader(const Region& region)
    : region_(region), maps_(region.box, region.domain) {
  if (!maps_.separate()) return;
  for (int i = 0; i < region.box.variables; ++i) {
    const auto at = static_cast<std::size_t>(i);
    lower_[at] = maps_.limit(i, region.box.lower[at]);
    upper_[at] = maps_.limit(i, region.box.upper[at]);
    if (maps_.falls(i)) std::swap(lower_[at], upper_[at]);
  }
}

void IntervalReader::require_interval(int i, double lower, double upper,
                                      const RowPlace& place) const {
  const auto where = [&] { return place_text(place, i, i); };
  if (std::isnan(lower) || std::isnan(upper)) {
    fail(Status::ERROR_NOT_FINITE, "%s: the ends %g and %g given, numbers expected",
         where().c_str(), lower, upper);
  }
  if (lower > upper) {
    fail(Status::ERROR_ARGUMENT,
         "%s: an interval from %.17g to %.17g given, which ends below its "
         "beginning",
         where().c_str(), lower, upper);
  }
  if (lower == upper) {
    if (!std::isfinite(lower)) {
      fail(Status::ERROR_NOT_FINITE, "%s: both ends %g given, a finite one expected",
           where().c_str(), lower);
    }
    if (!maps_.separate() || maps_.contains(i, lower)) return;
    fail(Status::ERROR_ARGUMENT, "%s: %.17g lies outside the domain, %.17g .. %.17g expected",
         where().c_str(), lower, lower_[static_cast<std::size_t>(i)],
         upper_[static_cast<std::size_t>(i)]);
  }
  if (!maps_.separate()) {
    fail(Status::ERROR_ARGUMENT,
         "%s: an interval given on a %s, whose map does not take one variable at a time: equal "
         "ends expected",
         where().c_str(), maps_.kind());
  }
  if (maps_.to_box(i, lower) != maps_.to_box(i, upper)) return;
  fail(Status::ERROR_ARGUMENT,
       "%s: the interval from %.17g to %.17g has no part in the domain, %.17g .. %.17g",
       where().c_str(), lower, upper, lower_[static_cast<std::size_t>(i)],
       upper_[static_cast<std::size_t>(i)]);
}

void IntervalReader::require(const double* lower, const double* upper,
                             const RowPlace& place) const {
  const int n = region_.box.variables;
  for (int i = 0; i < n; ++i) require_interval(i, lower[i], upper[i], place);
  const VariableSet known = known_variables(lower, upper, n);
  const int intervals = n - __builtin_popcountll(known);
  if (intervals > kMostIntervals) {
    fail(Status::ERROR_ARGUMENT, "%s: %d intervals given, at most %d expected",
         place_text(place, 0, n - 1).c_str(), intervals, kMostIntervals);
  }
  if (intervals == 0 && !region_.contains(lower)) fail_outside_domain(place, lower, n);
}

IntervalRow IntervalReader::read(const double* lower, const double* upper) const {
  const int n = region_.box.variables;
  IntervalRow row;
  row.points = known_variables(lower, upper, n);
  if (row.points == all_variables(n)) {
    row.log_weight = region_.to_box(lower, row.lower.data());
    return row;
  }
  for (int i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    row.lower[at] = maps_.to_box(i, lower[i]);
    row.upper[at] = maps_.to_box(i, upper[i]);
    if (maps_.falls(i)) std::swap(row.lower[at], row.upper[at]);
  }
  if (row.points != 0) row.log_weight = maps_.log_weight(row.points, lower);
  return row;
}

double IntervalReader::middle(int i, double lower, double upper) const {
  const auto at = static_cast<std::size_t>(i);
  if (std::isinf(upper) && lower > lower_[at]) return lower;
  if (std::isinf(lower) && upper < upper_[at]) return upper;
  const double first = std::fmax(lower, lower_[at]), last = std::fmin(upper, upper_[at]);
  if (std::isfinite(first) && std::isfinite(last)) return 0.5 * first + 0.5 * last;
  if (std::isfinite(first) && first > lower_[at]) return first;
  if (std::isfinite(last) && last < upper_[at]) return last;
  return maps_.to_point(i, 0.5 * region_.box.lower[at] + 0.5 * region_.box.upper[at]);
}

void IntervalReader::stand_in(const double* lower, const double* upper, double* x) const {
  for (int i = 0; i < region_.box.variables; ++i) {
    x[i] = lower[i] == upper[i] ? lower[i] : middle(i, lower[i], upper[i]);
  }
}

}  // namespace finn::net
