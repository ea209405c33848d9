#include "finn/queries/row_queries.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "core/error.hpp"
#include "finn/domains/domains.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/rosenblatt.hpp"
#include "finn/queries/sampler.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

TEST(RowQueries, putsWhatIsGivenAtPoints) {
  const auto domain = test::scaled_domain(box_domain(test::skew_box(3)), {-2, 1, 1});
  const Distribution whole =
      Distribution::of(test::moved_model(test::on_domain(test::settings_of(3), domain)), 0);
  const Distribution given = whole.given(std::vector{2, 0});
  RowQueries queries(given);
  const double row[] = {0.3, 1.05};
  const QueryRow roles = queries.begin(row, 0);
  EXPECT_EQ(roles.query().points, 5u);
  EXPECT_NEAR(roles.lower(2), whole.maps().to_box(2, 0.3), 1e-15);
  EXPECT_NEAR(roles.lower(0), whole.maps().to_box(0, 1.05), 1e-15);
  EXPECT_EQ(roles.lower(1), given.box().lower[1]);
}

TEST(RowQueries, namesTheRowWhoseValueIsOutside) {
  const Distribution whole = Distribution::of(test::moved_model(test::settings_of(2)), 0);
  const double lower[] = {-0.5, -0.5}, upper[] = {0.25, 0.25};
  for (const Distribution& given :
       {whole.given(std::vector{1}), whole.truncated(lower, upper).given(std::vector{1}),
        whole.given(std::vector{1}).truncated(lower, upper)}) {
    RowQueries queries(given);
    const double inside = 0.2, outside = 3;
    queries.begin(&inside, 6);
    test::expect_refused([&] { queries.begin(&outside, 7); }, "row 7: 3 given for a variable");
  }
  const Distribution cut = whole.truncated(lower, upper).given(std::vector{1});
  RowQueries queries(cut);
  const double between = 0.3;
  test::expect_refused([&] { queries.begin(&between, 8); }, "row 8: 0.3 given for a variable");
}

// A mixture of which nothing reaches the point given.
TEST(RowQueries, namesTheRowThatLeavesNothing) {
  ModelSettings settings = test::settings_of(2);
  settings.network.positivity = ops::Positivity::exp;
  Model<double> model = test::moved_model(settings);
  const Distribution given = Distribution::of(model, 0).given(std::vector{0});
  RowQueries queries(given);
  const double at = 0;
  const QueryRow roles = queries.begin(&at, 3);
  EXPECT_GT(queries.whole(roles, 3).value, 0);
  QueryRow nothing = roles;
  nothing.set_interval(1, 0.1, 0.1, 0);
  test::expect_refused([&] { queries.whole(nothing, 4); }, "row 4: the distribution has no mass",
                       core::Status::ERROR_INTEGRAL);
}

TEST(RowQueries, remembersTheWholeOnlyWhereItIsOneForAllRows) {
  const Distribution whole = Distribution::of(test::moved_model(test::settings_of(2)), 0);
  RowQueries queries(whole);
  EXPECT_NEAR(queries.whole(queries.begin(nullptr, 0), 0).value, 1, 1e-13);
  const Distribution given = whole.given(std::vector{0});
  RowQueries of_rows(given);
  const double a = -0.5, b = 0.25;
  const double first = of_rows.whole(of_rows.begin(&a, 0), 0).value;
  EXPECT_NE(of_rows.whole(of_rows.begin(&b, 1), 1).value, first);
  EXPECT_EQ(of_rows.whole(of_rows.begin(&a, 2), 2).value, first);
}

TEST(RowQueries, takesTheConditionsOfEachRow) {
  const Model<double> model =
      test::moved_model(test::conditioned_by_film(test::settings_of(2)), 0.2);
  const Distribution given = Distribution::of(model, 0).given(std::vector{1});
  RowQueries queries(given);
  const std::vector<double> rows{0.1, 1, 2, 0.1, 3, 0, 0.1, 1, 2};
  std::vector<QueryRow> asked;
  for (int r = 0; r < 3; ++r) {
    asked.push_back(queries.begin(&rows[static_cast<std::size_t>(3 * r)], r));
    asked.back().set_interval(0, -0.5, 0.1);
  }
  std::vector<Mass> masses(3);
  queries.masses(asked.data(), 3, rows.data(), 3, masses.data());
  EXPECT_EQ(masses[0].value, masses[2].value);
  EXPECT_NE(masses[0].value, masses[1].value);
  EXPECT_NEAR(masses[1].value / test::reference_mass(model, 0, asked[1].query(), 24, 4, {3, 0}), 1,
              1e-8);
}

// The network of the conditions takes as many rows at once as it can.
TEST(RowQueries, ofManyConditionsGiveTheBitsOfOneRowAtATime) {
  constexpr std::int64_t kRows = kRowsAtOnce + 41;
  for (const ModelSettings& settings : {test::settings_of(1), test::mixture_settings_of(1)}) {
    const Distribution of =
        Distribution::of(test::moved_model(test::conditioned_by_film(settings), 0.2), 0);
    const std::vector<double> x = test::random_in(3 * kRows, -0.9, 0.4, 7);
    std::vector<double> given;
    for (std::size_t r = 0; r < x.size(); r += 3) given.insert(given.end(), {x[r + 1], x[r + 2]});
    Workspace workspace(2);
    const auto answers = [&](std::int64_t first, std::int64_t count) {
      const double* rows = x.data() + 3 * first;
      const double* of_given = given.data() + 2 * first;
      std::vector<std::vector<double>> all(5, std::vector<double>(static_cast<std::size_t>(count)));
      density(of, workspace, rows, count, all[0].data(), nullptr);
      orthant_probability(of, workspace, Side::below, rows, count, all[1].data());
      rosenblatt(of, workspace, rows, count, all[2].data());
      inverse_rosenblatt(of, workspace, all[2].data(), of_given, count, all[3].data());
      sample(of, workspace, 3, first, of_given, count, all[4].data());
      return all;
    };
    const auto together = answers(0, kRows);
    for (std::int64_t r = 0; r < kRows; ++r) {
      const auto alone = answers(r, 1);
      for (std::size_t k = 0; k < alone.size(); ++k) {
        EXPECT_EQ(alone[k][0], together[k][static_cast<std::size_t>(r)]) << k << ", row " << r;
      }
    }
  }
}

TEST(ForEachRows, visitsEachRowOnce) {
  const Distribution whole = Distribution::of(test::moved_model(test::settings_of(1)), 0);
  for (const int threads : {1, 3}) {
    Workspace workspace(threads);
    std::vector<int> visits(3 * kRowsAtOnce + 5);
    for_each_rows(whole, workspace, static_cast<std::int64_t>(visits.size()),
                  [&](RowQueries&, std::int64_t first, int count) {
                    EXPECT_LE(count, kRowsAtOnce);
                    for (int r = 0; r < count; ++r) ++visits[static_cast<std::size_t>(first + r)];
                  });
    EXPECT_EQ(visits, std::vector<int>(visits.size(), 1));
  }
}

}  // namespace
}  // namespace finn::net
