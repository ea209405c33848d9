#include "finn/training/validation.hpp"

#include <algorithm>
#include <cinttypes>

#include "core/error.hpp"
#include "finn/training/loss.hpp"

namespace finn::net {
namespace {

std::int64_t automatic_rows(std::int64_t rows, std::int64_t batch) {
  constexpr std::int64_t fewest = 50, most = 4096;
  if (rows < fewest) return 0;
  return std::min(std::min(rows / 10, most), std::max<std::int64_t>(0, rows - batch));
}

}  // namespace

std::int64_t rows_to_hold_out(const TrainingOptions& options, bool has_conditions,
                              std::int64_t rows) {
  const double share = options.validation.share;
  if (share == 0) return 0;
  if (share < 0) {
    const bool learns_by_heart = has_conditions && needs_density(options.loss.kind);
    return learns_by_heart ? automatic_rows(rows, options.batch) : 0;
  }
  const std::int64_t count =
      std::max<std::int64_t>(1, std::llround(share * static_cast<double>(rows)));
  if (count < rows) return count;
  core::fail(core::Status::ERROR_ARGUMENT,
             "validation_share: %g of %" PRId64 " rows given, which leaves none to train on", share,
             rows);
}

}  // namespace finn::net
