#include "finn/training/known_rows.hpp"

#include <algorithm>
#include <vector>

namespace finn::net {

RowBlock known_rows(RowSource& source, const RowOrder& order, int columns, int outputs) {
  const auto total = static_cast<std::int64_t>(order.rows.size());
  std::vector<std::int64_t> chosen(static_cast<std::size_t>(std::min(total, kKnownRows)));
  const auto count = static_cast<std::int64_t>(chosen.size());
  // i total / count, which may overflow, in two parts.
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t place = i * (total / count) + i * (total % count) / count;
    chosen[static_cast<std::size_t>(i)] = order.rows[static_cast<std::size_t>(place)];
  }
  std::sort(chosen.begin(), chosen.end());  // as they lie in a file
  RowBlock block;
  block.resize(count, columns, outputs, source.has_targets(), source.has_weights());
  for (std::int64_t i = 0; i < count; ++i) {
    block.read(source, chosen[static_cast<std::size_t>(i)], i, columns, outputs);
  }
  return block;
}

}  // namespace finn::net
