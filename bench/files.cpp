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

// What is compared, by its name in docs/QUALITY.md.
struct Option {
  std::string name;
  bool is_mixture;
  finn_precision precision;
};

finn::Network network(const Option& option, std::size_t variables) {
  const auto n = static_cast<std::int32_t>(variables);
  if (option.is_mixture) return finn::Network::mixture(n);
  finn_mlp_options layers = finn::mlp_options();
  layers.orthants = n == 1 ? 1 : 2;
  return finn::Network::mlp(n, 1, layers);
}

// That of the rows to test with, after a fit.
double loss(const DataSet& set, const Option& option, std::uint64_t seed) {
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
    for (const char* name :
         {"faithful2", "wavesurge2", "NOx3", "flchain3", "penguins4", "quakes4"}) {
      const DataSet set = finn::bench::read_data_set(words[1], name);
      for (const Option& option :
           {Option{"default", true, FINN_FLOAT64}, Option{"default/float", true, FINN_FLOAT32},
            Option{"mlp", false, FINN_FLOAT64}, Option{"mlp/float", false, FINN_FLOAT32}}) {
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
