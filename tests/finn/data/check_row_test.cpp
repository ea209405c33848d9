#include "finn/data/check_row.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::net {
namespace {

using test::kNaN;

// Status and message for a row; OK and "" when it obeys the rules.
template <class U>
std::pair<core::Status, std::string> refusal(const RowRules& rules, const std::vector<U>& row,
                                             const RowPlace& place = {"x", "row", 3}) {
  try {
    require_row(rules, row.data(), place);
    return {core::Status::OK, ""};
  } catch (const core::Error& error) {
    return {error.status(), error.what()};
  }
}

using Refusal = std::pair<core::Status, std::string>;
const Refusal kNone{core::Status::OK, ""};

// Rows x_1, x_2, target, weight in [-1, 1] x [0, 2].
TEST(CheckRow, namesRowColumnValueAndLimit) {
  const Box box = test::box_of({-1, 0}, {1, 2});
  const Region region{box, nullptr};
  const RowRules rules{4, {2, 3}, &region, 3};
  EXPECT_EQ(refusal<double>(rules, {-1, 2, 1e-300, 0}), kNone) << "edges belong to a box";
  EXPECT_EQ(refusal<double>(rules, {0, kNaN, 1, 0}),
            Refusal(core::Status::ERROR_NOT_FINITE,
                    "x: row 3, column 1: nan given, a finite number expected"));
  EXPECT_EQ(refusal<double>(rules, {0, 2.5, 1, 0}),
            Refusal(core::Status::ERROR_ARGUMENT,
                    "x: row 3, column 1: 2.5 lies outside the domain, 0 .. 2 expected"));
  EXPECT_EQ(refusal<double>(rules, {0, 1, 0, 0}),
            Refusal(core::Status::ERROR_ARGUMENT,
                    "x: row 3, column 2: a target of 0 given, above 0 expected"));
  EXPECT_EQ(refusal<double>(rules, {0, 1, 1, -2}),
            Refusal(core::Status::ERROR_ARGUMENT,
                    "x: row 3, column 3: a weight of -2 given, 0 or more expected"));
}

TEST(CheckRow, namesAFileAndCountsAsItDoes) {
  EXPECT_EQ(refusal<double>({2}, {1, kNaN}, {"a.csv", "line", 1, 1}).second,
            "a.csv: line 1, column 2: nan given, a finite number expected");
}

TEST(CheckRow, callsColumnsByTheirLabels) {
  const std::string labels[] = {"3 (x)", "1 (y)"};
  const RowPlace place{"a.csv", "line", 7, 1, labels};
  EXPECT_EQ(refusal<double>({2}, {1, kNaN}, place).second,
            "a.csv: line 7, column 1 (y): nan given, a finite number expected");
  const double centre[] = {0, 0};
  const DomainPointer disk = polar_domain(centre, 1);
  const Region region{disk->box(), disk.get()};
  EXPECT_EQ(refusal<double>({2, {}, &region}, {1, 1}, place).second,
            "a.csv: line 7, column 3 (x), 1 (y): x = (1, 1) lies outside the domain");
}

TEST(CheckRow, asksTheDomainForThePoint) {
  const double centre[] = {0, 0};
  const DomainPointer disk = polar_domain(centre, 1);
  const Region region{disk->box(), disk.get()};
  EXPECT_EQ(refusal<double>({3, {}, &region}, {0.6, 0.8 - 1e-15, 7}), kNone);
  EXPECT_EQ(refusal<double>({3, {}, &region}, {0.75, 1, 7}),
            Refusal(core::Status::ERROR_ARGUMENT,
                    "x: row 3, column 0 .. 1: x = (0.75, 1) lies outside the domain"));
}

TEST(CheckRow, takesRowsOfFloat) {
  EXPECT_EQ(refusal<float>({2, {1, 2}}, {-3.0f, 0.5f}), kNone);
  EXPECT_EQ(refusal<float>({2, {1, 2}}, {-3.0f, -0.5f}).first, core::Status::ERROR_ARGUMENT);
  EXPECT_EQ(refusal<float>({1}, {std::numeric_limits<float>::infinity()}).first,
            core::Status::ERROR_NOT_FINITE);
}

TEST(CheckRow, goesThroughAllRows) {
  std::vector<double> rows = {1, 2, 3, 4, 5, 6};
  EXPECT_NO_THROW(require_rows({2}, rows.data(), 3, "y"));
  rows[5] = kNaN;
  EXPECT_NO_THROW(require_rows({2}, rows.data(), 2, "y"));
  EXPECT_THROW(require_rows({2}, rows.data(), 3, "y"), core::Error);
}

// Columns a, b, condition, to a, to b.
TEST(CheckRow, leavesTheEndsOfIntervalsToOthers) {
  const RowRules rules{5, {}, nullptr, -1, 2, 3};
  const double endless = std::numeric_limits<double>::infinity();
  EXPECT_EQ(refusal<double>(rules, {-endless, 1, 0, 2, endless}), kNone);
  EXPECT_EQ(refusal<double>(rules, {-endless, 1, endless, 2, endless}),
            Refusal(core::Status::ERROR_NOT_FINITE,
                    "x: row 3, column 2: inf given, a finite number expected"));
}

}  // namespace
}  // namespace finn::net
