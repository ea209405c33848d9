// Some rows of a data set, which a trainer keeps beyond a fit: so that the summary of a run can say
// how f lies on the data, of which nothing else is kept.
#pragma once

#include <cstdint>

#include "finn/data/rows.hpp"

namespace finn::net {

// The most rows that are kept.
inline constexpr std::int64_t kKnownRows = 2048;

// Rows of the order, evenly spread over it; all of them where there are no more than kKnownRows.
// Weights are those of the source.
RowBlock known_rows(RowSource& source, const RowOrder& order, int columns, int outputs);

}  // namespace finn::net
