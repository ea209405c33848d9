#include "finn/queries/sampler.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/random.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/mixture_mass.hpp"
#include "finn/queries/normal_quantile.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/rosenblatt.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {
namespace {

// Strictly between 0 and 1: an end of it would be the end of a distribution.
double inner_uniform(core::Random& random) {
  return (static_cast<double>(random.bits() >> 12) + 0.5) * 0x1p-52;
}

// Which share a uniform number u falls into, given the sums of the shares up to each.
int choice(const std::vector<double>& sums, double u) {
  const auto found = std::upper_bound(sums.begin(), sums.end(), u * sums.back());
  return static_cast<int>(std::min(found - sums.begin(), std::ptrdiff_t(sums.size()) - 1));
}

void add_up(const std::vector<double>& shares, std::vector<double>& sums) {
  sums.resize(shares.size());
  double sum = 0;
  for (std::size_t j = 0; j < shares.size(); ++j) sums[j] = sum += shares[j];
}

// The components of a mixture under what a row leaves of it.
class ComponentSampler {
 public:
  ComponentSampler(RowQueries& queries, MixtureMass& mixture)
      : queries_(queries), mixture_(mixture) {}

  // Into x [variables], in u.
  void draw(const double* given, std::int64_t row, core::Random& random, double* x) {
    prepare(given, row);
    const Distribution& distribution = queries_.distribution();
    const bool evenly = uniform_share_ > 0 && inner_uniform(random) < uniform_share_;
    const int component = evenly ? 0 : choice(sums_, inner_uniform(random));
    for (int k = 0; k < distribution.variables(); ++k) {
      const int i = distribution.model_variable(k);
      const double lower = roles_.lower(i), upper = roles_.upper(i);
      if (evenly) {
        x[k] = lower + inner_uniform(random) * (upper - lower);
        continue;
      }
      const auto [slope, bias] = choose_normal(i, component, random);
      const double z = truncated_normal_quantile(slope * lower + bias, slope * upper + bias,
                                                 inner_uniform(random));
      x[k] = std::clamp((z - bias) / slope, lower, upper);
    }
  }

 private:
  // Once where all rows have the same components.
  void prepare(const double* given, std::int64_t row) {
    const bool is_one = queries_.evaluator().is_shared() && queries_.distribution().given().empty();
    if (is_one && !sums_.empty()) return;
    roles_ = queries_.begin(given, row);
    const Mass& whole = queries_.whole(roles_, row);
    uniform_share_ = queries_.evaluator().uniform_mass(roles_.query()) / whole.value;
    add_up(mixture_.component_shares(roles_.query()), sums_);
  }

  MixtureMass::Normal choose_normal(int axis, int component, core::Random& random) {
    const std::vector<double>& shares = mixture_.normal_shares(roles_.query(), axis, component);
    if (shares.size() == 1) return mixture_.normal(axis, component, 0);
    add_up(shares, normal_sums_);
    return mixture_.normal(axis, component, choice(normal_sums_, inner_uniform(random)));
  }

  RowQueries& queries_;
  MixtureMass& mixture_;
  QueryRow roles_;
  double uniform_share_ = 0;
  std::vector<double> sums_, normal_sums_;
};

}  // namespace

void sample(const Distribution& distribution, Workspace& workspace, std::uint64_t seed,
            std::int64_t first, const double* given, std::int64_t rows, double* x) {
  const int n = distribution.variables();
  const std::int64_t stride = distribution.given_columns();
  const auto of_row = [=](std::int64_t row) {
    return core::Random(core::stream_seed(seed, static_cast<std::uint64_t>(first + row)));
  };
  for_each_rows(
      distribution, workspace, rows, [&](RowQueries& queries, std::int64_t begin, int count) {
        const double* of_tile = given == nullptr ? nullptr : given + begin * stride;
        double* to = x + begin * n;
        if (MixtureMass* mixture = queries.evaluator().mixture()) {
          ComponentSampler sampler(queries, *mixture);
          queries.expect(of_tile, stride, count);
          for (int r = 0; r < count; ++r) {
            core::Random random = of_row(begin + r);
            sampler.draw(of_tile == nullptr ? nullptr : of_tile + r * stride, begin + r, random,
                         to + r * n);
          }
        } else {
          std::vector<double> u(static_cast<std::size_t>(count * n));
          for (int r = 0; r < count; ++r) {
            core::Random random = of_row(begin + r);
            for (int k = 0; k < n; ++k) {
              u[static_cast<std::size_t>(r * n + k)] = inner_uniform(random);
            }
          }
          invert_rows(queries, u.data(), of_tile, begin, count, Precision::of_samples, to);
        }
        distribution.to_points(count, to);
      });
}

}  // namespace finn::net
