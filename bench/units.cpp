// Whether the unit of x or y matters to a fit: the same one in units from 1e-6 to 1e6, for every
// constraint and both networks, as the table of docs/QUALITY.md. A fit that fails is told.
//
//   bench_units [SEED]
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "bench/unit_cases.hpp"
#include "capi/finn.hpp"

namespace {

using finn::bench::Task;
using finn::bench::UnitCase;
using finn::bench::Units;

constexpr double kAgreement = 1.5;

// Units of x alone, of y alone, of both in the same direction and in opposite ones.
std::vector<Units> units_of(Task task) {
  if (task != Task::kRegression) return {{1e-6, 1}, {1e-3, 1}, {1e3, 1}, {1e6, 1}};
  return {{1e-6, 1},    {1e6, 1},   {1, 1e-6},   {1, 1e6},
          {1e-6, 1e-6}, {1e6, 1e6}, {1e-3, 1e3}, {1e3, 1e-3}};
}

std::string text(const Units& units) {
  char text[64];
  std::snprintf(text, sizeof text, "x %g, y %g", units.x, units.y);
  return text;
}

const char* name_of(Task task) {
  return task == Task::kRegression ? "regression"
         : task == Task::kDensity  ? "density"
                                   : "intensity";
}

struct Row {
  double error = 0;               // in units 1
  double least = 1, largest = 1;  // of the others, over that
  Units worst = {1, 1};           // where
  std::vector<std::string> failures{};
};

Row compare(const UnitCase& unit_case, const finn::Network& network, std::uint64_t seed) {
  Row row;
  row.error = finn::bench::error_in_units(unit_case, network, {1, 1}, seed);
  for (const Units& units : units_of(unit_case.task)) {
    try {
      const double ratio = finn::bench::error_in_units(unit_case, network, units, seed) / row.error;
      if (ratio > row.largest || !(ratio == ratio)) row.worst = units;
      row.least = std::min(row.least, ratio);
      row.largest = std::max(row.largest, ratio);
    } catch (const finn::Error& error) {
      row.failures.push_back(text(units) + ": " + error.what());
    }
  }
  return row;
}

// A line of the table; returns whether all units agree.
bool print(const UnitCase& unit_case, const char* network_name, const Row& row) {
  const bool agrees =
      row.failures.empty() && row.largest <= kAgreement && row.least >= 1 / kAgreement;
  std::printf("| %s | %s | %s | %.2g | %.2f .. %.2f | ", name_of(unit_case.task),
              unit_case.constraint.c_str(), network_name, row.error, row.least, row.largest);
  if (!row.failures.empty()) {
    std::printf("%zu fail: %s |\n", row.failures.size(), row.failures[0].c_str());
  } else {
    std::printf("%s |\n", agrees ? "" : text(row.worst).c_str());
  }
  std::fflush(stdout);
  return agrees;
}

}  // namespace

int main(int count, char** words) {
  const auto seed = static_cast<std::uint64_t>(count > 1 ? std::atoll(words[1]) : 0);
  std::printf("| fit | constraint | network | error | other units | beyond 1.5 at |\n");
  std::printf("|---|---|---|---|---|---|\n");
  const std::pair<const char*, finn::Network> networks[] = {{"mixture", finn::Network::mixture(2)},
                                                            {"mlp", finn::Network::mlp(2)}};
  bool agree = true;
  for (const UnitCase& unit_case : finn::bench::unit_cases()) {
    for (const auto& [name, network] : networks) {
      try {
        agree = print(unit_case, name, compare(unit_case, network, seed)) && agree;
      } catch (const finn::Error& error) {
        std::printf("| %s | %s | %s | fails: %s | | |\n", name_of(unit_case.task),
                    unit_case.constraint.c_str(), name, error.what());
        agree = false;
      }
    }
  }
  return agree ? EXIT_SUCCESS : EXIT_FAILURE;
}
