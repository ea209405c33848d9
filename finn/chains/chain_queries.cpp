#include "finn/chains/chain_queries.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/random.hpp"

namespace finn::net {
namespace {

// The rows of one link after the other: (x, z), where z is all that is known before x and grows by
// one variable with each link.
class LinkRows {
 public:
  LinkRows(const Chain& chain, const double* given, std::int64_t stride, std::int64_t count)
      : width_(chain.given_columns()), count_(count), known_(chain.known(given, stride, count)) {}

  // (x, z) with x at values[r * stride], [count][1 + width]; x stays as it is where values is null.
  double* with(const double* values, std::int64_t stride) {
    rows_.resize(static_cast<std::size_t>(count_ * (1 + width_)));
    for (std::int64_t r = 0; r < count_; ++r) {
      double* row = rows_.data() + r * (1 + width_);
      row[0] = values == nullptr ? 0 : values[r * stride];
      std::copy_n(known_.data() + r * width_, width_, row + 1);
    }
    return rows_.data();
  }
  // The first column of the rows is known from now on.
  void take() {
    std::vector<double> longer(static_cast<std::size_t>(count_ * (width_ + 1)));
    for (std::int64_t r = 0; r < count_; ++r) {
      double* row = longer.data() + r * (width_ + 1);
      std::copy_n(known_.data() + r * width_, width_, row);
      row[width_] = rows_[static_cast<std::size_t>(r * (1 + width_))];
    }
    known_ = std::move(longer);
    ++width_;
  }

 private:
  std::int64_t width_, count_;
  std::vector<double> known_, rows_;
};

}  // namespace

void density(const Chain& chain, Workspace& workspace, const double* x, std::int64_t rows,
             double* density, double* log_density) {
  const int n = chain.variables(), columns = chain.columns();
  LinkRows link_rows(chain, x + n, columns, rows);
  std::vector<double> logs(static_cast<std::size_t>(rows)), sums(logs.size());
  for (int i = 0; i < n; ++i) {
    const double* of_link = link_rows.with(x + i, columns);
    chain.link(i).log_density(workspace, of_link, rows, logs.data());
    for (std::size_t r = 0; r < logs.size(); ++r) sums[r] += logs[r];
    link_rows.take();
  }
  for (std::int64_t r = 0; r < rows; ++r) {
    const double log = sums[static_cast<std::size_t>(r)];
    if (density != nullptr) density[r] = std::exp(log);
    if (log_density != nullptr) log_density[r] = log;
  }
}

void rosenblatt(const Chain& chain, Workspace& workspace, const double* x, std::int64_t rows,
                double* u) {
  const int n = chain.variables(), columns = chain.columns();
  LinkRows link_rows(chain, x + n, columns, rows);
  std::vector<double> shares(static_cast<std::size_t>(rows));
  for (int i = 0; i < n; ++i) {
    chain.link(i).cdf(workspace, link_rows.with(x + i, columns), rows, shares.data());
    for (std::int64_t r = 0; r < rows; ++r) u[r * n + i] = shares[static_cast<std::size_t>(r)];
    link_rows.take();
  }
}

void inverse_rosenblatt(const Chain& chain, Workspace& workspace, const double* u,
                        const double* given, std::int64_t rows, double* x) {
  const int n = chain.variables();
  LinkRows link_rows(chain, given, chain.given_columns(), rows);
  std::vector<double> shares(static_cast<std::size_t>(rows));
  for (int i = 0; i < n; ++i) {
    for (std::int64_t r = 0; r < rows; ++r) shares[static_cast<std::size_t>(r)] = u[r * n + i];
    double* of_link = link_rows.with(nullptr, 0);
    const std::int64_t width = 1 + chain.link(i).conditions();
    chain.link(i).quantile(workspace, shares.data(), rows, of_link);
    for (std::int64_t r = 0; r < rows; ++r) x[r * n + i] = of_link[r * width];
    link_rows.take();
  }
}

void sample(const Chain& chain, Workspace& workspace, std::uint64_t seed, std::int64_t first,
            const double* given, std::int64_t rows, double* x) {
  std::vector<double> u;
  for (std::int64_t r = 0; r < rows; ++r) {
    core::Random random(core::stream_seed(seed, static_cast<std::uint64_t>(first + r)));
    for (int i = 0; i < chain.variables(); ++i) u.push_back(random.uniform());
  }
  inverse_rosenblatt(chain, workspace, u.data(), given, rows, x);
}

}  // namespace finn::net
