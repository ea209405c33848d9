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

// Rows that go from link to link together: enough to be shared out among threads.
constexpr std::int64_t kRowsOfBlock = 4096;

// Calls body(first, count) for rows [first, first + count) of all.
template <class Body>
void for_each_block(std::int64_t rows, Body&& body) {
  for (std::int64_t first = 0; first < rows; first += kRowsOfBlock) {
    body(first, std::min(kRowsOfBlock, rows - first));
  }
}

// given [rows][given columns] from a row on; null where there are none.
const double* given_from(const Chain& chain, const double* given, std::int64_t row) {
  return given == nullptr ? nullptr : given + row * chain.given_columns();
}

// x in place of the first column of the rows of each link, by find(link, rows), into x
// [count][variables].
template <class Find>
void find_variables(const Chain& chain, const double* given, std::int64_t count, double* x,
                    Find&& find) {
  const int n = chain.variables();
  LinkRows link_rows(chain, given, chain.given_columns(), count);
  for (int i = 0; i < n; ++i) {
    double* of_link = link_rows.with(nullptr, 0);
    const std::int64_t width = 1 + chain.link(i).conditions();
    find(i, of_link);
    for (std::int64_t r = 0; r < count; ++r) x[r * n + i] = of_link[r * width];
    link_rows.take();
  }
}

}  // namespace

void density(const Chain& chain, Workspace& workspace, const double* x, std::int64_t rows,
             double* density, double* log_density) {
  const int n = chain.variables(), columns = chain.columns();
  for_each_block(rows, [&](std::int64_t first, std::int64_t count) {
    const double* of_block = x + first * columns;
    LinkRows link_rows(chain, of_block + n, columns, count);
    std::vector<double> logs(static_cast<std::size_t>(count)), sums(logs.size());
    for (int i = 0; i < n; ++i) {
      const double* of_link = link_rows.with(of_block + i, columns);
      chain.link(i).log_density(workspace, of_link, count, logs.data());
      for (std::size_t r = 0; r < logs.size(); ++r) sums[r] += logs[r];
      link_rows.take();
    }
    for (std::int64_t r = 0; r < count; ++r) {
      const double log = sums[static_cast<std::size_t>(r)];
      if (density != nullptr) density[first + r] = std::exp(log);
      if (log_density != nullptr) log_density[first + r] = log;
    }
  });
}

void rosenblatt(const Chain& chain, Workspace& workspace, const double* x, std::int64_t rows,
                double* u) {
  const int n = chain.variables(), columns = chain.columns();
  for_each_block(rows, [&](std::int64_t first, std::int64_t count) {
    const double* of_block = x + first * columns;
    LinkRows link_rows(chain, of_block + n, columns, count);
    std::vector<double> shares(static_cast<std::size_t>(count));
    for (int i = 0; i < n; ++i) {
      const double* of_link = link_rows.with(of_block + i, columns);
      chain.link(i).cdf(workspace, of_link, count, shares.data());
      for (std::int64_t r = 0; r < count; ++r) {
        u[(first + r) * n + i] = shares[static_cast<std::size_t>(r)];
      }
      link_rows.take();
    }
  });
}

void inverse_rosenblatt(const Chain& chain, Workspace& workspace, const double* u,
                        const double* given, std::int64_t rows, double* x) {
  const int n = chain.variables();
  for_each_block(rows, [&](std::int64_t first, std::int64_t count) {
    std::vector<double> shares(static_cast<std::size_t>(count));
    const auto find = [&](int i, double* of_link) {
      for (std::int64_t r = 0; r < count; ++r) {
        shares[static_cast<std::size_t>(r)] = u[(first + r) * n + i];
      }
      chain.link(i).quantile(workspace, shares.data(), count, of_link);
    };
    find_variables(chain, given_from(chain, given, first), count, x + first * n, find);
  });
}

void sample(const Chain& chain, Workspace& workspace, std::uint64_t seed, std::int64_t first,
            const double* given, std::int64_t rows, double* x) {
  for_each_block(rows, [&](std::int64_t begin, std::int64_t count) {
    const auto find = [&](int i, double* of_link) {
      const std::uint64_t of_variable = core::stream_seed(seed, static_cast<std::uint64_t>(i));
      chain.link(i).sample(workspace, of_variable, first + begin, count, of_link);
    };
    find_variables(chain, given_from(chain, given, begin), count, x + begin * chain.variables(),
                   find);
  });
}

}  // namespace finn::net
