// What the networks are worth on tables of real data: densities by default settings, in double and
// in float, several seeds each, as lines and as JSON.
//
//   bench_files FOLDER SEEDS OUTPUT    FOLDER is that of bench/quality/data_sets.py
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <string>
#include <vector>

#include "bench/data_set.hpp"
#include "capi/finn.hpp"

namespace {

using finn::bench::DataSet;

// The most variables of a set that the mlp is fitted to, whose cost grows like 2^n.
constexpr std::size_t kMostOfMlp = 4;

enum class Form { MIXTURE, MLP, CHAIN };

// What is compared, by its name in docs/QUALITY.md.
struct Option {
  std::string name;
  Form form;
  finn_precision precision;
};

finn::Network network(const Option& option, std::size_t variables) {
  const auto n = static_cast<std::int32_t>(variables);
  if (option.form == Form::MIXTURE) return finn::Network::mixture(n);
  finn_mlp_options layers = finn::mlp_options();
  layers.orthants = n == 1 ? 1 : 2;
  return finn::Network::mlp(n, 1, layers);
}

// That of the rows to test with, after a fit of a chain, which takes as many rows to validate with
// as the set has, but other ones.
double chain_loss(const DataSet& set, const Option& option, std::uint64_t seed) {
  std::vector<double> rows = set.train;
  rows.insert(rows.end(), set.validation.begin(), set.validation.end());
  finn_chain_options options = finn::chain_options();
  options.precision = option.precision;
  options.seed = seed;
  options.validation_share =
      static_cast<double>(set.validation.size()) / static_cast<double>(rows.size());
  finn::Chain chain(static_cast<std::int32_t>(set.variables), 0, {}, {}, options);
  finn::Workspace workspace(1);
  chain.fit(workspace, rows);
  double sum = 0;
  const std::vector<double> logs = chain.distribution().log_density(workspace, set.test);
  for (const double log : logs) sum -= log;
  return sum / static_cast<double>(logs.size());
}

// That of the rows to test with, after a fit.
double loss(const DataSet& set, const Option& option, std::uint64_t seed) {
  if (option.form == Form::CHAIN) return chain_loss(set, option, seed);
  finn::Model model(network(option, set.variables), box_around(set),
                    {.precision = option.precision, .seed = seed});
  finn::Workspace workspace(1);
  finn_training_options training = finn::training_options();
  training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  training.seed = seed;
  finn::Trainer trainer(model, training);
  trainer.set_validation(set.validation, {});
  trainer.fit(workspace, set.train, {});
  return test_loss(set, model, workspace);
}

// One line, and one object of the JSON.
void run(const DataSet& set, const Option& option, int seeds, std::FILE* json) {
  std::vector<double> losses;
  const std::clock_t start = std::clock();
  for (int seed = 0; seed < seeds; ++seed) {
    losses.push_back(loss(set, option, static_cast<std::uint64_t>(seed)));
  }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / seeds;
  std::fprintf(json, "%s{\"name\": \"%s\", \"n\": %zu, \"rows\": %zu, \"option\": \"%s\", ",
               std::ftell(json) > 2 ? ",\n" : "", set.name.c_str(), set.variables,
               set.train.size() / set.variables, option.name.c_str());
  std::fprintf(json, "\"seconds\": %.3f, \"losses\": [", seconds);
  for (std::size_t i = 0; i < losses.size(); ++i) {
    std::fprintf(json, "%s%.8g", i > 0 ? ", " : "", losses[i]);
  }
  std::fprintf(json, "]}");
  std::sort(losses.begin(), losses.end());
  std::printf("%-11s %-13s %8.4f .. %8.4f .. %8.4f nats  %6.1f s\n", set.name.c_str(),
              option.name.c_str(), losses.front(), losses[losses.size() / 2], losses.back(),
              seconds);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** words) {
  const int seeds = count == 4 ? std::atoi(words[2]) : 0;
  std::FILE* json = seeds > 0 ? std::fopen(words[3], "w") : nullptr;
  if (json == nullptr) {
    std::fprintf(stderr, "usage: %s FOLDER SEEDS OUTPUT\n", words[0]);
    return EXIT_FAILURE;
  }
  try {
    std::fprintf(json, "[\n");
    for (const char* name : {"faithful2", "wavesurge2", "NOx3", "flchain3", "penguins4", "quakes4",
                             "weather5", "diamonds6", "bcancer10"}) {
      const DataSet set = finn::bench::read_data_set(words[1], name);
      for (const Option& option :
           {Option{"default", Form::MIXTURE, FINN_FLOAT64},
            Option{"default/float", Form::MIXTURE, FINN_FLOAT32},
            Option{"mlp", Form::MLP, FINN_FLOAT64}, Option{"mlp/float", Form::MLP, FINN_FLOAT32},
            Option{"chain", Form::CHAIN, FINN_FLOAT64},
            Option{"chain/float", Form::CHAIN, FINN_FLOAT32}}) {
        if (option.form == Form::MLP && set.variables > kMostOfMlp) continue;
        run(set, option, seeds, json);
      }
    }
    std::fprintf(json, "\n]\n");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_files: %s\n", error.what());
    std::fclose(json);
    return EXIT_FAILURE;
  }
  std::fclose(json);
  return EXIT_SUCCESS;
}
