#include "finn/chains/chain_masses.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/random.hpp"
#include "finn/chains/chain_queries.hpp"
#include "finn/chains/lattice.hpp"

namespace finn::net {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// A difference of cdfs that is smaller has too few digits where they are near 1.
constexpr double kFewDigits = 1e-4;
constexpr auto kPoints = static_cast<std::int64_t>(MovedLattice::kPoints);

// Points that are drawn one variable after the other under the same values given.
class Walk {
 public:
  Walk(const Chain& chain, Workspace& workspace, const double* given, std::int64_t count)
      : chain_(chain),
        workspace_(workspace),
        count_(count),
        width_(chain.given_columns()),
        weights_(static_cast<std::size_t>(count), 1.0) {
    const std::vector<double> z = chain.known(given, 0, 1);
    for (std::int64_t r = 0; r < count; ++r) {
      rows_.push_back(0);
      rows_.insert(rows_.end(), z.begin(), z.end());
    }
  }

  // Multiplies the weights by the probability of [lower, upper] for the next variable.
  void weigh(int variable, double lower, double upper) {
    lower_ = lower;
    upper_ = upper;
    below_ = share_at(variable, Side::below, lower);
    above_ = share_at(variable, Side::below, upper);
    const auto has_few_digits = [&](std::size_t r) {
      return below_[r] > 0.5 && above_[r] - below_[r] < kFewDigits;
    };
    std::vector<double> from, to;  // survivals, where one is needed
    for (std::size_t r = 0; r < weights_.size(); ++r) {
      if (has_few_digits(r) && from.empty()) {
        from = share_at(variable, Side::above, lower);
        to = share_at(variable, Side::above, upper);
      }
      const double share = has_few_digits(r) ? from[r] - to[r] : above_[r] - below_[r];
      weights_[r] *= std::max(share, 0.0);
    }
  }
  // Draws that variable within the interval, by shares(row) of it.
  template <class Shares>
  void draw(int variable, Shares&& shares) {
    std::vector<double> wanted(weights_.size());
    for (std::size_t r = 0; r < wanted.size(); ++r) {
      wanted[r] = below_[r] + shares(static_cast<int>(r)) * (above_[r] - below_[r]);
    }
    chain_.link(variable).quantile(workspace_, wanted.data(), count_, rows_.data());
    std::vector<double> longer;
    longer.reserve(rows_.size() + weights_.size());
    for (std::int64_t r = 0; r < count_; ++r) {
      const double* row = rows_.data() + r * (1 + width_);
      longer.push_back(0);
      longer.insert(longer.end(), row + 1, row + 1 + width_);
      // Far out quantiles have too few digits to stay within; where nothing is left any will do.
      const bool is_left = weights_[static_cast<std::size_t>(r)] > 0;
      longer.push_back(is_left ? std::clamp(row[0], lower_, upper_) : row[0]);
    }
    rows_ = std::move(longer);
    ++width_;
  }
  const std::vector<double>& weights() const { return weights_; }

 private:
  std::vector<double> share_at(int variable, Side side, double x) {
    std::vector<double> shares(weights_.size(), (x > 0) == (side == Side::below) ? 1 : 0);
    if (!std::isfinite(x)) return shares;
    for (std::int64_t r = 0; r < count_; ++r) {
      rows_[static_cast<std::size_t>(r * (1 + width_))] = x;
    }
    chain_.link(variable).share(workspace_, side, rows_.data(), count_, shares.data());
    return shares;
  }

  const Chain& chain_;
  Workspace& workspace_;
  std::int64_t count_, width_;
  std::vector<double> rows_;  // [count][1 + width], the next variable before what is known
  std::vector<double> weights_, below_, above_;
  double lower_ = 0, upper_ = 0;  // of the interval
};

MovedMean box_probability(const Chain& chain, Workspace& workspace, const MovedLattice& lattice,
                          const double* lower, const double* upper, const double* given) {
  const int n = chain.variables();
  Walk walk(chain, workspace, given, n == 1 ? 1 : kPoints);
  for (int i = 0; i < n; ++i) {
    walk.weigh(i, lower[i], upper[i]);
    if (i + 1 < n) walk.draw(i, [&](int point) { return lattice(point, i); });
  }
  if (n > 1) return moved_mean(walk.weights());
  return {walk.weights()[0], 2 * std::numeric_limits<double>::epsilon()};
}

// Of a chain of one variable, all rows at once: x [rows][columns].
void single_shares(const Chain& chain, Workspace& workspace, Side side, const double* x,
                   std::int64_t rows, double* value) {
  const int given = chain.given_columns();
  const std::vector<double> z = chain.known(x + 1, chain.columns(), rows);
  std::vector<double> of_link;
  of_link.reserve(static_cast<std::size_t>(rows * (1 + given)));
  for (std::int64_t r = 0; r < rows; ++r) {
    of_link.push_back(x[r * chain.columns()]);
    of_link.insert(of_link.end(), z.begin() + r * given, z.begin() + (r + 1) * given);
  }
  chain.link(0).share(workspace, side, of_link.data(), rows, value);
}

// Sums over the points of one row, from which its moments come.
class RowMoments {
 public:
  RowMoments(int variables, std::vector<double> points)
      : n_(static_cast<std::size_t>(variables)), x_(std::move(points)) {
    for (std::size_t i = 0; i < n_; ++i) {
      means_.push_back(moved_mean(terms([&](const double* x) { return x[i]; })));
    }
  }

  const MovedMean& mean(std::size_t i) const { return means_[i]; }
  MovedMean covariance(std::size_t i, std::size_t j) const {
    const double mean_i = mean(i).value, mean_j = mean(j).value;
    return moved_mean(terms([&](const double* x) { return (x[i] - mean_i) * (x[j] - mean_j); }));
  }

 private:
  template <class Term>
  std::vector<double> terms(Term&& term) const {
    std::vector<double> all;
    for (std::size_t at = 0; at < x_.size(); at += n_) all.push_back(term(x_.data() + at));
    return all;
  }

  std::size_t n_;
  std::vector<double> x_;         // [kPoints][variables]
  std::vector<MovedMean> means_;  // [variables]
};

// The points of the chain at those of the lattice, [kPoints][variables].
std::vector<double> points_of(const Chain& chain, Workspace& workspace, const MovedLattice& lattice,
                              const double* given) {
  std::vector<double> u, conditions;
  for (int point = 0; point < MovedLattice::kPoints; ++point) {
    for (int i = 0; i < chain.variables(); ++i) u.push_back(lattice(point, i));
    conditions.insert(conditions.end(), given, given + chain.given_columns());
  }
  std::vector<double> x(u.size());
  inverse_rosenblatt(chain, workspace, u.data(), conditions.data(), kPoints, x.data());
  return x;
}

void write(const MovedMean& from, std::int64_t at, double* value, double* error) {
  if (value != nullptr) value[at] = from.value;
  if (error != nullptr) error[at] = from.error;
}

}  // namespace

void box_probability(const Chain& chain, Workspace& workspace, const Boxes& boxes,
                     const double* given, std::int64_t rows, double* value, double* error) {
  const int n = chain.variables();
  const MovedLattice lattice(n);
  std::vector<double> upper(static_cast<std::size_t>(n));
  for (std::int64_t r = 0; r < rows; ++r) {
    const double* lower = boxes.lower + r * n;
    for (int i = 0; i < n; ++i) {
      upper[static_cast<std::size_t>(i)] =
          boxes.width == nullptr ? boxes.upper[r * n + i] : lower[i] + boxes.width[r * n + i];
    }
    const double* of_row = given == nullptr ? nullptr : given + r * chain.given_columns();
    write(box_probability(chain, workspace, lattice, lower, upper.data(), of_row), r, value, error);
  }
}

void orthant_probability(const Chain& chain, Workspace& workspace, Side side, const double* x,
                         std::int64_t rows, double* value) {
  const int n = chain.variables();
  if (n == 1) return single_shares(chain, workspace, side, x, rows, value);
  const MovedLattice lattice(n);
  const std::vector<double> ends(static_cast<std::size_t>(n),
                                 side == Side::below ? -kInfinity : kInfinity);
  for (std::int64_t r = 0; r < rows; ++r, x += chain.columns()) {
    const bool is_below = side == Side::below;
    value[r] = box_probability(chain, workspace, lattice, is_below ? ends.data() : x,
                               is_below ? x : ends.data(), x + n)
                   .value;
  }
}

void moments(const Chain& chain, Workspace& workspace, const double* given, std::int64_t rows,
             double* mean, double* covariance, double* mean_error, double* covariance_error) {
  const auto n = static_cast<std::size_t>(chain.variables());
  const MovedLattice lattice(chain.variables());
  for (std::int64_t r = 0; r < rows; ++r) {
    const double* of_row = given == nullptr ? nullptr : given + r * chain.given_columns();
    const RowMoments sums(chain.variables(), points_of(chain, workspace, lattice, of_row));
    const auto first = static_cast<std::size_t>(r) * n;
    for (std::size_t i = 0; i < n; ++i) {
      write(sums.mean(i), static_cast<std::int64_t>(first + i), mean, mean_error);
      if (covariance == nullptr && covariance_error == nullptr) continue;
      for (std::size_t j = 0; j <= i; ++j) {
        const MovedMean found = sums.covariance(i, j);
        for (const std::size_t at : {(first + i) * n + j, (first + j) * n + i}) {
          write(found, static_cast<std::int64_t>(at), covariance, covariance_error);
        }
      }
    }
  }
}

}  // namespace finn::net
