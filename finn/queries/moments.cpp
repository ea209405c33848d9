#include "finn/queries/moments.hpp"

#include <algorithm>
#include <vector>

#include "finn/queries/component_moments.hpp"
#include "finn/queries/marginal_moments.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/mixture_mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_moments.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {
namespace {

void copy_if(const std::vector<double>& from, std::int64_t row, double* to) {
  if (to == nullptr) return;
  std::copy(from.begin(), from.end(), to + row * static_cast<std::int64_t>(from.size()));
}

bool is_unmapped(const Distribution& distribution) {
  return std::all_of(distribution.free().begin(), distribution.free().end(),
                     [&](int i) { return distribution.maps().is_identity(i); });
}

}  // namespace

void moments(const Distribution& distribution, Workspace& workspace, const double* given,
             std::int64_t rows, double* mean, double* covariance, double* mean_error,
             double* covariance_error) {
  distribution.require_separate("moments");
  const std::int64_t stride = distribution.given_columns();
  const bool wants_covariance = covariance != nullptr || covariance_error != nullptr;
  for_each_rows(
      distribution, workspace, rows, [&](RowQueries& queries, std::int64_t first, int count) {
        queries.expect(given == nullptr ? nullptr : given + first * stride, stride, count);
        for (std::int64_t row = first; row < first + count; ++row) {
          const double* of_row = given == nullptr ? nullptr : given + row * stride;
          const QueryRow roles = queries.begin(of_row, row);
          const Mass whole = queries.whole(roles, row);
          MixtureMass* mixture = queries.evaluator().mixture();
          const RowMoments found =
              mixture != nullptr && is_unmapped(distribution)
                  ? component_moments(queries, *mixture, roles, whole)
                  : marginal_moments(queries, roles, of_row, whole, wants_covariance);
          copy_if(found.mean, row, mean);
          copy_if(found.covariance, row, covariance);
          copy_if(found.mean_error, row, mean_error);
          copy_if(found.covariance_error, row, covariance_error);
        }
      });
}

}  // namespace finn::net
