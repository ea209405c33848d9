// Measures the errors of the functions of the kernels and prints them: order, precision,
// instruction set. docs/ACCURACY.md holds its output and says what the columns are.
//   accuracy [--exhaustive] [--only TITLE] [--json FILE]
//     --exhaustive   every float (every 16th for log sigma), on one set with fused multiply-adds
//     and
//                    one without, and ten million doubles, which takes an hour, instead of every
//                    1009th and 200,000
//     --only         one of the tables: "sigma, float", say
// Exits with 1 if a bound is broken.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/parallel.hpp"
#include "core/thread_count.hpp"
#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"
#include "tests/accuracy/arguments.hpp"
#include "tests/accuracy/functions.hpp"
#include "tests/accuracy/quad_sigma.hpp"
#include "tests/accuracy/worst.hpp"

namespace {

using namespace finn;
using accuracy::Group;
using accuracy::Reference;
using accuracy::Row;
using accuracy::Worst;

// The sets of this processor; of those that give the same bits only the first if asked.
std::vector<ops::InstructionSet> available_sets(bool one_of_a_kind) {
  std::vector<ops::InstructionSet> sets;
  for (const ops::InstructionSet& set : ops::instruction_sets()) {
    const bool has_kind = std::any_of(sets.begin(), sets.end(),
                                      [&](const auto& other) { return other.fused == set.fused; });
    if (set.is_available() && !(one_of_a_kind && has_kind)) sets.push_back(set);
  }
  return sets;
}

// results[set][row] of one thread.
template <class T>
using Results = std::vector<std::vector<Worst<T>>>;

template <class T>
void measure_block(const Group<T>& group, const std::vector<ops::InstructionSet>& sets,
                   const std::vector<T>& x, bool neighbours, Results<T>& results) {
  std::vector<Reference> expected(group.rows.size() * x.size());
  std::vector<T> got(expected.size());
  group.refer(x, expected.data());
  for (std::size_t s = 0; s < sets.size(); ++s) {
    group.evaluate(sets[s].kernels<T>(), x, got.data());
    for (std::size_t row = 0; row < group.rows.size(); ++row) {
      Worst<T>& worst = results[s][row];
      const T* values = got.data() + row * x.size();
      const Reference* references = expected.data() + row * x.size();
      for (std::size_t i = 0; i < x.size(); ++i) {
        worst.add(x[i], values[i], references[i], group.rows[row].floor, group.rows[row].vanishes);
        if (neighbours && i > 0) worst.add_step(values[i - 1], values[i]);
      }
    }
  }
}

template <class T, class Blocks>
Results<T> measure(const Group<T>& group, const std::vector<ops::InstructionSet>& sets,
                   const Blocks& blocks, bool neighbours) {
  const Results<T> none(sets.size(), std::vector<Worst<T>>(group.rows.size()));
  core::Team team;
  const int threads = team.grow(core::thread_count(0));
  std::vector<Results<T>> of_thread(static_cast<std::size_t>(threads), none);
  core::parallel_for(team, threads, blocks.count(), [&](int thread, std::int64_t block) {
    measure_block(group, sets, blocks(block), neighbours,
                  of_thread[static_cast<std::size_t>(thread)]);
  });
  Results<T> all = none;
  for (const Results<T>& part : of_thread) {
    for (std::size_t s = 0; s < sets.size(); ++s) {
      for (std::size_t row = 0; row < group.rows.size(); ++row) all[s][row].merge(part[s][row]);
    }
  }
  return all;
}

class Report {
 public:
  // Of all tables, or of the one with this title.
  Report(std::string only, bool exhaustive) : only_(std::move(only)), exhaustive_(exhaustive) {}

  template <class T, class Blocks>
  void add(const char* title, const Group<T>& group, const Blocks& blocks) {
    const bool is_float = sizeof(T) == sizeof(float);
    const std::string full_title = std::string(title) + (is_float ? ", float" : ", double");
    if (!only_.empty() && only_ != full_title) return;
    std::printf("\n## %s, %lld arguments\n\n", full_title.c_str(),
                static_cast<long long>(blocks.total()));
    std::printf("| | instruction sets | unit roundoffs | ulp | at | subnormal | least | down |\n");
    std::printf("|---|---|---|---|---|---|---|---|\n");
    const auto sets = available_sets(exhaustive_ && is_float);
    const Results<T> results = measure(group, sets, blocks, is_float);
    for (std::size_t row = 0; row < group.rows.size(); ++row) {
      for (std::size_t s = 0; s < sets.size(); ++s) {
        if (is_alike(results, row, s)) continue;
        print(group.rows[row], is_float, alike(results, sets, row, s), results[s][row]);
      }
    }
  }

  bool good() const { return good_; }
  void write(const char* path) const { std::ofstream(path) << json_.dump(1) << '\n'; }

 private:
  // Whether a set before this one has the same worst results.
  template <class T>
  static bool is_alike(const Results<T>& results, std::size_t row, std::size_t set) {
    for (std::size_t s = 0; s < set; ++s) {
      if (results[s][row] == results[set][row]) return true;
    }
    return false;
  }

  // The names of all sets with the worst results of this one.
  template <class T>
  static std::string alike(const Results<T>& results, const std::vector<ops::InstructionSet>& sets,
                           std::size_t row, std::size_t set) {
    std::string names;
    for (std::size_t s = set; s < sets.size(); ++s) {
      if (!(results[s][row] == results[set][row])) continue;
      if (!names.empty()) names += ", ";
      names += sets[s].name;
    }
    return names;
  }

  template <class T>
  void print(const Row& row, bool is_float, const std::string& sets, const Worst<T>& worst) {
    const bool good = row.holds(worst);
    std::printf("| %s | %s | %.2f | %.2f | %.9g | %.2f | %g | ", row.name.c_str(), sets.c_str(),
                worst.units, worst.ulps, static_cast<double>(worst.argument), worst.subnormal,
                static_cast<double>(worst.smallest));
    if (is_float && row.rises) std::printf("%d ", static_cast<int>(worst.decrease));
    std::printf("|%s\n", good ? "" : " **bound broken**");
    std::fflush(stdout);
    good_ = good_ && good;
    json_.push_back({{"function", row.name},
                     {"precision", is_float ? "float" : "double"},
                     {"sets", sets},
                     {"unit_roundoffs", worst.units},
                     {"ulp", worst.ulps},
                     {"argument", static_cast<double>(worst.argument)},
                     {"subnormal_spacings", worst.subnormal},
                     {"least", static_cast<double>(worst.smallest)},
                     {"steps_down", static_cast<std::int64_t>(worst.decrease)}});
  }

  std::string only_;
  bool exhaustive_;
  bool good_ = true;
  nlohmann::json json_ = nlohmann::json::array();
};

// The orders at the special arguments, by the set in use.
void print_special_values() {
  const std::vector<double> x{-INFINITY, -1e300, -0.0, 0.0, 1e300, INFINITY, NAN};
  std::vector<double> sigma((accuracy::kTop + 1) * x.size());
  accuracy::evaluate_sigma(ops::kernels<double>(), x, sigma.data());
  std::printf("\n## sigma, double, special values\n\n|");
  for (const double argument : x) std::printf(" | %g", argument);
  std::printf(" |\n|---|---|---|---|---|---|---|---|\n");
  for (std::size_t m = 0; m <= accuracy::kTop; ++m) {
    std::printf("| sigma_%zu", m);
    for (std::size_t i = 0; i < x.size(); ++i) std::printf(" | %.17g", sigma[m * x.size() + i]);
    std::printf(" |\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  bool exhaustive = false, coarse = false;
  const char* json = nullptr;
  std::string only;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--exhaustive") == 0) {
      exhaustive = true;
    } else if (std::strcmp(argv[i], "--coarse") == 0) {
      coarse = true;
    } else if (std::strcmp(argv[i], "--json") == 0 && i + 1 < argc) {
      json = argv[++i];
    } else if (std::strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
      only = argv[++i];
    } else {
      std::fprintf(stderr,
                   "usage: accuracy [--exhaustive | --coarse] [--only TITLE] [--json FILE]\n");
      return 2;
    }
  }
  const int stride = coarse ? 5003 : 1009;
  const accuracy::FloatBlocks floats(exhaustive ? 1 : stride);
  const accuracy::FloatBlocks some_floats(exhaustive ? 16 : stride);
  const accuracy::DoubleBlocks doubles(exhaustive ? 10'000'000 : coarse ? 40'000 : 200'000);
  Report report(only, exhaustive);
  if (only.empty()) print_special_values();
  report.add("sigma", accuracy::sigma_group<double>(), doubles);
  report.add("sigma", accuracy::sigma_group<float>(), floats);
  report.add("log sigma", accuracy::log_sigma_group<double>(), doubles);
  report.add("log sigma", accuracy::log_sigma_group<float>(), some_floats);
  report.add("elementwise", accuracy::elementwise_group<double>(), doubles);
  report.add("elementwise", accuracy::elementwise_group<float>(), floats);
  if (json != nullptr) report.write(json);
  if (!report.good()) std::fprintf(stderr, "accuracy: a bound is broken\n");
  return report.good() ? 0 : 1;
}
