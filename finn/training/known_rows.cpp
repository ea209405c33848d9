#include "finn/training/known_rows.hpp"

#include <algorithm>
#include <vector>

namespace finn::net {

RowBlock known_rows(RowSource& source, const RowOrder& order, int columns, int outputs) {
  std::vector<std::int64_t> chosen =
      spread_places(static_cast<std::int64_t>(order.rows.size()), kKnownRows);
  for (std::int64_t& row : chosen) row = order.rows[static_cast<std::size_t>(row)];
  std::sort(chosen.begin(), chosen.end());  // as they lie in a file
  return read_rows(source, chosen, columns, outputs);
}

}  // namespace finn::net
