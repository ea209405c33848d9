#include "finn/training/first_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/random.hpp"

namespace finn::net {
namespace {

// As many rows as there are, each as often as its weight says.
void resample(RowBlock& block, int columns, int outputs, core::Random& random) {
  double total = 0;
  for (const double weight : block.weights) total += weight;
  const RowBlock given = std::move(block);
  block = {};
  block.resize(total > 0 ? given.count : 0, columns, outputs, !given.y.empty(), false);
  const double step = total / static_cast<double>(given.count);
  double left = random.uniform(0, step);
  std::int64_t from = 0;
  for (std::int64_t i = 0; i < block.count; ++i, left += step) {
    while (from + 1 < given.count && left > given.weights[static_cast<std::size_t>(from)]) {
      left -= given.weights[static_cast<std::size_t>(from++)];
    }
    std::copy_n(given.x.data() + from * columns, columns, block.x.data() + i * columns);
    if (block.y.empty()) continue;
    std::copy_n(given.y.data() + from * outputs, outputs, block.y.data() + i * outputs);
  }
}

}  // namespace

RowBlock first_rows(RowSource& source, const RowOrder& order, std::uint64_t seed, int columns,
                    int outputs) {
  core::Random random(seed);
  const auto total = static_cast<std::int64_t>(order.rows.size());
  std::vector<std::int64_t> chosen = order.rows;
  if (total > kFirstRows) {
    chosen.resize(static_cast<std::size_t>(kFirstRows));
    for (std::int64_t& row : chosen) {
      row = order.rows[random.below(static_cast<std::uint64_t>(total))];
    }
  }
  std::sort(chosen.begin(), chosen.end());  // as they lie in a file
  RowBlock block = read_rows(source, chosen, columns, outputs);
  if (source.has_weights()) resample(block, columns, outputs, random);
  return block;
}

}  // namespace finn::net
