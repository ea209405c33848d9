// Rows of distributions for the tests of their gradients, and gradients by differences.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "finn/model/model.hpp"
#include "finn/queries/distribution.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/central_differences.hpp"

namespace finn::test {

struct GradientCase {
  std::string name;
  net::Distribution distribution;
};

// Of every model of two and of three variables the whole, a marginal, that with a variable given,
// and a truncated one of these; conditioned ones last.
inline std::vector<GradientCase> gradient_cases() {
  std::vector<GradientCase> cases;
  std::vector<QueryCase> models = query_cases(2);
  models.push_back({"mlp of three", settings_of(3)});
  models.push_back({"mixture of three", shared_out(mixture_settings_of(3)), 1});
  models.push_back({"conditioned mlp", conditioned_by_film(shared_out(settings_of(2))), 1});
  models.push_back({"conditioned mixture", conditioned_by_film(mixture_settings_of(2))});
  models.push_back(
      {"conditioned mixture of two", conditioned_by_film(shared_out(mixture_settings_of(2)))});
  for (const QueryCase& of : models) {
    const auto whole = net::Distribution::of(moved_model(of.settings), of.output);
    const int last = whole.variables() - 1;
    const int first[] = {0}, turned[] = {last, 0};
    std::vector<double> lower(2), upper(2);
    const auto both = whole.marginal(turned);
    for (int k = 0; k < 2; ++k) {
      double least = 0, most = 0;
      both.limits(k, &least, &most);
      lower[static_cast<std::size_t>(k)] = std::max(least, -3.0) + 0.1;
      upper[static_cast<std::size_t>(k)] = std::min(most, 3.0);
    }
    cases.push_back({of.name, whole});
    cases.push_back({of.name + ", marginal", whole.marginal(first)});
    cases.push_back({of.name + ", given", whole.given(first)});
    const auto cut = both.truncated(lower.data(), upper.data());
    cases.push_back({of.name + ", turned, truncated and given", cut.given(first)});
  }
  return cases;
}

// Rows [count][columns] inside of a distribution, with conditions of the middle of their range.
inline std::vector<double> rows_of(const net::Distribution& of, std::size_t count,
                                   std::uint64_t seed = 3) {
  std::vector<double> rows;
  const auto columns = static_cast<std::size_t>(of.columns());
  const std::vector<double> shares = random_in(count * columns, 0.15, 0.85, seed);
  for (std::size_t at = 0; at < shares.size(); ++at) {
    const auto column = static_cast<int>(at % columns);
    const int given = column - of.variables();
    const int condition = given - static_cast<int>(of.given().size());
    if (condition >= 0) {
      rows.push_back(condition == 0 ? 4 * shares[at] : 4 * shares[at] - 1);
      continue;
    }
    const int i =
        given < 0 ? of.model_variable(column) : of.given()[static_cast<std::size_t>(given)];
    const auto variable = static_cast<std::size_t>(i);
    const double lower = of.box().lower[variable], upper = of.box().upper[variable];
    rows.push_back(of.maps().to_point(i, lower + shares[at] * (upper - lower)));
  }
  return rows;
}

// The derivatives of answers(rows) by a column of all rows.
template <class Answers>
std::vector<double> by_column(const std::vector<double>& rows, int columns, int column,
                              Answers&& answers) {
  return central_differences(1e-4, [&](double offset) {
    std::vector<double> moved = rows;
    for (auto at = static_cast<std::size_t>(column); at < moved.size();
         at += static_cast<std::size_t>(columns)) {
      moved[at] += offset;
    }
    return answers(moved);
  });
}

}  // namespace finn::test
