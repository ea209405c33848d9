// Times what a distribution is asked, row by row on one thread: a mixture of 64 components, which
// one pass over the components answers, and an mlp 32-32, by corners and searches; a mixture of one
// variable under conditions, which are others in each row; and a chain of such mixtures.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "capi/finn.hpp"

namespace {

constexpr std::int64_t kRows = 4096;

// A fresh model on the unit box, which a distribution has to answer for like any other.
finn::Distribution distribution_of(bool is_mixture, int variables) {
  const auto n = static_cast<std::size_t>(variables);
  const finn::Network network = is_mixture
                                    ? finn::Network::mixture(variables)
                                    : finn::Network::mlp(variables, 1, finn::mlp_options({32, 32}));
  const finn::Domain box =
      finn::Domain::open_box(std::vector<double>(n, 0.0), std::vector<double>(n, 1.0));
  return finn::Distribution(finn::Model(network, box));
}

// Each variable of a row is a bent function of the one before, with noise that depends on it too.
std::vector<double> bent_rows(std::int64_t rows, int variables) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  std::vector<double> x;
  for (std::int64_t r = 0; r < rows; ++r) {
    for (int i = 0; i < variables; ++i) {
      const double before = i == 0 ? 0 : x.back();
      const double mean = i == 0 ? 0 : 1.5 * std::sin(2 * before);
      x.push_back(mean + (i == 0 ? 1 : 0.3 + 0.2 * std::cos(before)) * normal(random));
    }
  }
  return x;
}

// Of one variable, the first column of rows, under the others by FiLM.
finn::Distribution conditioned_distribution(int conditions) {
  finn::ModelSettings settings;
  settings.conditioning = finn::Conditioning::film_by_rows(conditions);
  const std::vector<double> lower{-8}, upper{8};
  finn_mixture_options options = finn::mixture_options();
  options.normals_per_axis = 1;
  finn::Model model(finn::Network::mixture(1, 1, options), finn::Domain::open_box(lower, upper),
                    settings);
  finn_training_options training = finn::training_options();
  training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  training.steps = 200;
  finn::Trainer trainer(model, training);
  finn::Workspace workspace(1);
  std::vector<double> rows = bent_rows(kRows, conditions + 1);
  for (auto row = rows.begin(); row != rows.end(); row += conditions + 1) {
    std::reverse(row, row + conditions + 1);
  }
  trainer.fit(workspace, rows, {});
  return finn::Distribution(model);
}

// All links are networks of what stands before, but the first.
finn::Distribution chain_distribution(int variables) {
  finn_chain_options options;
  finn_chain_options_init(&options, sizeof options);
  options.steps = 200;
  options.linear_components = 0;
  const std::unique_ptr<finn_chain, void (*)(finn_chain*)> chain(
      finn::detail::made_by<finn_chain>([&](finn_chain** made, finn_error* e) {
        return finn_chain_create(variables, 0, nullptr, nullptr, &options, made, e);
      }),
      finn_chain_destroy);
  finn::Workspace workspace(1);
  const std::vector<double> rows = bent_rows(kRows, variables);
  finn::detail::call([&](finn_error* e) {
    return finn_chain_fit_data(chain.get(), workspace.get(), rows.data(), nullptr, kRows, nullptr,
                               nullptr, e);
  });
  return finn::Distribution(
      finn::detail::made_by<finn_distribution>([&](finn_distribution** made, finn_error* e) {
        return finn_chain_distribution(chain.get(), made, e);
      }));
}

// Rows of the distribution, and what is given in them.
struct Rows {
  std::vector<double> x;       // [kRows][columns]
  std::vector<double> given;   // [kRows][given columns]
  std::vector<double> shares;  // [kRows][variables], for the inverse transform
};

Rows rows_of(const finn::Distribution& distribution) {
  finn::Workspace workspace(1);
  const std::size_t n = distribution.variables(), given = distribution.given_columns();
  const auto rows = static_cast<std::size_t>(kRows);
  Rows result;
  if (given > 0) result.given = bent_rows(kRows, static_cast<int>(given));
  const std::vector<double> drawn = distribution.sample(workspace, kRows, 2, result.given);
  for (std::size_t r = 0; r < rows; ++r) {
    result.x.insert(result.x.end(), &drawn[r * n], &drawn[r * n] + n);
    if (given == 0) continue;
    result.x.insert(result.x.end(), &result.given[r * given], &result.given[r * given] + given);
  }
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> uniform;
  for (std::size_t i = 0; i < rows * n; ++i) result.shares.push_back(uniform(random));
  return result;
}

using Ask = void (*)(const finn::Distribution&, finn::Workspace&, const Rows& rows);

void density(const finn::Distribution& d, finn::Workspace& workspace, const Rows& rows) {
  benchmark::DoNotOptimize(d.density(workspace, rows.x));
}
void log_density(const finn::Distribution& d, finn::Workspace& workspace, const Rows& rows) {
  benchmark::DoNotOptimize(d.log_density(workspace, rows.x));
}
void cdf(const finn::Distribution& d, finn::Workspace& workspace, const Rows& rows) {
  benchmark::DoNotOptimize(d.cdf(workspace, rows.x));
}
void rosenblatt(const finn::Distribution& d, finn::Workspace& workspace, const Rows& rows) {
  benchmark::DoNotOptimize(d.rosenblatt(workspace, rows.x));
}
void inverse_rosenblatt(const finn::Distribution& d, finn::Workspace& workspace, const Rows& rows) {
  benchmark::DoNotOptimize(d.inverse_rosenblatt(workspace, rows.shares, rows.given));
}
void score(const finn::Distribution& d, finn::Workspace& workspace, const Rows& rows) {
  benchmark::DoNotOptimize(d.log_density_gradient(workspace, rows.x));
}
void cdf_gradient(const finn::Distribution& d, finn::Workspace& workspace, const Rows& rows) {
  benchmark::DoNotOptimize(d.cdf_gradient(workspace, rows.x));
}
void rosenblatt_jacobian(const finn::Distribution& d, finn::Workspace& workspace,
                         const Rows& rows) {
  benchmark::DoNotOptimize(d.rosenblatt_jacobian(workspace, rows.x));
}
void sample(const finn::Distribution& d, finn::Workspace& workspace, const Rows& rows) {
  benchmark::DoNotOptimize(d.sample(workspace, kRows, 1, rows.given));
}

void measure(benchmark::State& state, Ask ask, const finn::Distribution& distribution) {
  finn::Workspace workspace(1);
  const Rows rows = rows_of(distribution);
  for (auto _ : state) ask(distribution, workspace, rows);
  state.SetItemsProcessed(state.iterations() * kRows);
  state.counters["us_per_row"] =
      benchmark::Counter(static_cast<double>(state.iterations() * kRows) / 1e6,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// Each distribution is made when it is first measured, and kept for the next question.
std::map<std::string, finn::Distribution>& kept() {
  static std::map<std::string, finn::Distribution> distributions;
  return distributions;
}

template <class Make>
void add(const char* question, Ask ask, const std::string& of, Make&& make) {
  const auto run = [=](benchmark::State& state) {
    auto found = kept().find(of);
    if (found == kept().end()) found = kept().emplace(of, make()).first;
    measure(state, ask, found->second);
  };
  benchmark::RegisterBenchmark(("distribution/" + std::string(question) + of).c_str(), run)
      ->Unit(benchmark::kMillisecond);
}

struct Question {
  const char* name;
  Ask ask;
};

constexpr Question kOfAll[] = {{"density", density},
                               {"log_density", log_density},
                               {"rosenblatt", rosenblatt},
                               {"inverse_rosenblatt", inverse_rosenblatt},
                               {"sample", sample}};
constexpr Question kOfModels[] = {{"cdf", cdf},
                                  {"score", score},
                                  {"cdf_gradient", cdf_gradient},
                                  {"rosenblatt_jacobian", rosenblatt_jacobian}};

void add_models(const Question& question) {
  for (const bool is_mixture : {true, false}) {
    for (const int variables : {1, 2, 3}) {
      add(question.name, question.ask,
          (is_mixture ? "/mixture/C:64/n:" : "/mlp/H:32/L:2/n:") + std::to_string(variables),
          [=] { return distribution_of(is_mixture, variables); });
    }
  }
  for (const int conditions : {1, 7}) {
    add(question.name, question.ask, "/film-mixture/C:64/n:1/c:" + std::to_string(conditions),
        [=] { return conditioned_distribution(conditions); });
  }
}

}  // namespace

int main(int argc, char** argv) {
  for (const Question& question : kOfAll) {
    add_models(question);
    for (const int variables : {4, 8}) {
      add(question.name, question.ask, "/chain/n:" + std::to_string(variables),
          [=] { return chain_distribution(variables); });
    }
  }
  for (const Question& question : kOfModels) add_models(question);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
