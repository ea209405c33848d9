#include "finn/queries/axis_root.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "finn/queries/mixture_mass.hpp"

namespace finn::net {
namespace {

// More steps than halvings take to bring an interval down to two neighbouring numbers, but for one
// that begins at 0, where without_slope is faster.
constexpr int kMostSteps = 200;

// A search that is under way.
struct Bracket {
  double lower, upper;
  double at;
  double edge;  // from which shares are counted: none lies there
  bool done = false;

  double middle() const { return 0.5 * lower + 0.5 * upper; }
  // Where no density says where to go. A share that is too large by this much is too far from the
  // edge by about as much, which halvings alone would take a thousand steps to find out where the
  // edge is 0 and the share that is wanted one of 1e-300.
  double without_slope(double too_large) const {
    const double nearer = edge + (at - edge) / too_large;
    const bool gains = too_large > 2 && nearer > lower && nearer < upper;
    return gains ? nearer : middle();
  }
  bool is_closed() const {
    return std::nextafter(lower, upper) >= upper ||
           upper - lower <= std::numeric_limits<double>::min();
  }
};

// The next point, given the share below `at` and the density there, both relative to the whole.
void take_step(const AxisSearch& search, double share, double density, Bracket& bracket) {
  const bool counts_below = search.below <= search.above;
  const double wanted = counts_below ? search.below : search.above;
  if (std::fabs(share - wanted) <= std::numeric_limits<double>::epsilon() * wanted) {
    bracket.done = true;
    return;
  }
  const bool too_far = counts_below == (share > wanted);
  (too_far ? bracket.upper : bracket.lower) = bracket.at;
  if (bracket.is_closed()) {
    bracket.done = true;
    return;
  }
  const double move = std::log(wanted / share) * share / density;
  const double next = bracket.at + (counts_below ? move : -move);
  if (next == bracket.at) {
    bracket.done = true;
  } else if (std::fabs(next - bracket.at) <= search.last_step && next >= bracket.lower &&
             next <= bracket.upper) {
    bracket.at = next;
    bracket.done = true;
  } else if (next > bracket.lower && next < bracket.upper) {
    bracket.at = next;
  } else {
    bracket.at = bracket.without_slope(share / wanted);
  }
}

// The searches that are not done, as rows that a query takes.
class OpenSearches {
 public:
  OpenSearches(RowQueries& queries, int axis, AxisSearch* searches, int count, const double* given,
               std::int64_t stride)
      : queries_(queries), axis_(axis), searches_(searches), given_(given), stride_(stride) {
    for (int r = 0; r < count; ++r) {
      const AxisSearch& search = searches[r];
      Bracket& bracket = brackets_[static_cast<std::size_t>(r)];
      const double lower = search.roles.lower(axis), upper = search.roles.upper(axis);
      const bool counts_below = search.below <= search.above;
      bracket = {lower, upper, search.start, counts_below ? lower : upper};
      bracket.done = search.below <= 0 || search.above <= 0;
      if (bracket.done) bracket.at = search.below <= 0 ? lower : upper;
    }
    count_ = count;
  }

  // Until all are done: in step, or one after the other where each row has conditions of its own,
  // which take long to set.
  void run() {
    if (given_ == nullptr || queries_.evaluator().is_shared()) {
      for (int r = 0; r < count_; ++r) place(r);
      for (int step = 0; step < kMostSteps && step_all(); ++step) {
      }
      return;
    }
    for (int r = 0; r < count_; ++r) {
      const Bracket& bracket = brackets_[static_cast<std::size_t>(r)];
      queries_.set_conditions(given_ + r * stride_);
      place(r);
      for (int step = 0; step < kMostSteps && !bracket.done; ++step) {
        step_together(&r, 1, given_ + r * stride_);
      }
    }
  }
  void finish() {
    for (int r = 0; r < count_; ++r) searches_[r].u = brackets_[static_cast<std::size_t>(r)].at;
  }

 private:
  // At the start, under the conditions of the row.
  void place(int r) {
    const AxisSearch& search = searches_[r];
    Bracket& bracket = brackets_[static_cast<std::size_t>(r)];
    if (bracket.done || !std::isnan(search.start)) return;
    bracket.at = bracket.lower + search.below * (bracket.upper - bracket.lower);
    MixtureMass* mixture = queries_.evaluator().mixture();
    if (mixture == nullptr) return;
    const double near = mixture->near_quantile(search.roles.query(), axis_, search.below);
    if (near > bracket.lower && near < bracket.upper) bracket.at = near;
  }

  // One step of each; false when all are done.
  bool step_all() {
    open_.clear();
    for (int r = 0; r < count_; ++r) {
      if (!brackets_[static_cast<std::size_t>(r)].done) open_.push_back(r);
    }
    if (open_.empty()) return false;
    step_together(open_.data(), static_cast<int>(open_.size()), given_);
    return true;
  }
  void step_together(const int* open, int count, const double* given) {
    for (int k = 0; k < count; ++k) {
      const auto r = static_cast<std::size_t>(open[k]);
      const AxisSearch& search = searches_[r];
      const double at = brackets_[r].at;
      QueryRow& part = rows_[static_cast<std::size_t>(k)];
      part = search.roles;
      if (search.below <= search.above) {
        part.set_interval(axis_, part.lower(axis_), at);
      } else {
        part.set_interval(axis_, at, part.upper(axis_));
      }
    }
    queries_.masses(rows_.data(), count, given, stride_, shares_.data());
    for (int k = 0; k < count; ++k) {
      const auto r = static_cast<std::size_t>(open[k]);
      rows_[static_cast<std::size_t>(k)].set_point(axis_, brackets_[r].at);
    }
    queries_.masses(rows_.data(), count, given, stride_, densities_.data());
    for (int k = 0; k < count; ++k) {
      const auto at = static_cast<std::size_t>(k);
      const auto r = static_cast<std::size_t>(open[k]);
      const Mass& whole = searches_[r].whole;
      take_step(searches_[r], ratio(shares_[at], whole), ratio(densities_[at], whole),
                brackets_[r]);
    }
  }

  RowQueries& queries_;
  int axis_;
  AxisSearch* searches_;
  const double* given_;
  std::int64_t stride_;
  int count_ = 0;
  std::array<Bracket, kRowsAtOnce> brackets_;
  std::vector<int> open_;
  std::array<QueryRow, kRowsAtOnce> rows_;
  std::array<Mass, kRowsAtOnce> shares_, densities_;
};

}  // namespace

void find_roots(RowQueries& queries, int axis, AxisSearch* searches, int count, const double* given,
                std::int64_t stride) {
  OpenSearches open(queries, axis, searches, count, given, stride);
  open.run();
  open.finish();
}

}  // namespace finn::net
