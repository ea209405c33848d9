// Some rows of a data set, which say what it is like before all of it is read.
#pragma once

#include <cstdint>

#include "finn/data/rows.hpp"

namespace finn::net {

// The most rows that are looked at.
inline constexpr std::int64_t kFirstRows = 1024;

// Some of the rows of a source that the order has, chosen by the seed; all of them where there are
// no more than kFirstRows. Rows with weights are repeated or left out as their weights say, and the
// block has no weights.
RowBlock first_rows(RowSource& source, const RowOrder& order, std::uint64_t seed, int columns,
                    int outputs);

}  // namespace finn::net
