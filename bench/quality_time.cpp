// How long the default mixture trains, on one core, until the rows to test with have a given loss:
// a line of JSON with the seconds of processor time and the steps, null where it never happens, and
// with the seconds and the loss of the whole run.
//
//   bench_quality_time FOLDER NAME LOSS f32|f64    FOLDER is that of bench/quality/data_sets.py
//
// The loss is looked at every 50 steps, which the time leaves out, and once the run is over, when
// the model has the parameters that were best on the validation rows.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <optional>
#include <string>

#include "bench/data_set.hpp"
#include "capi/finn.hpp"

namespace {

using finn::bench::DataSet;

constexpr std::int64_t kInterval = 50;

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Processor time that can be stopped.
class StopWatch {
 public:
  double seconds() const { return processor_seconds() - start_; }
  // Leaves out what the function takes.
  template <class Function>
  auto without(Function&& function) {
    const double before = processor_seconds();
    const auto result = function();
    start_ += processor_seconds() - before;
    return result;
  }

 private:
  double start_ = processor_seconds();
};

struct Result {
  std::optional<double> seconds;  // until the loss was reached
  std::int64_t steps = 0;
  double loss = 0, all_seconds = 0;
};

Result run(const DataSet& set, double wanted, finn_precision precision) {
  StopWatch watch;
  finn::Model model(finn::Network::mixture(static_cast<std::int32_t>(set.variables)),
                    box_around(set), {.precision = precision});
  finn::Workspace workspace(1), other(1);
  finn_training_options training = finn::training_options();
  training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  finn::Trainer trainer(model, training);
  trainer.set_validation(set.validation, {});
  Result result;
  const auto look = [&](std::int64_t step) {
    result.loss = watch.without([&] { return test_loss(set, model, other); });
    if (result.seconds || !(result.loss <= wanted)) return;
    result.seconds = watch.seconds();
    result.steps = step;
  };
  trainer.fit(workspace, set.train, {}, {}, [&](const finn_progress& progress) {
    if (progress.step % kInterval == 0) look(progress.step);
    return true;
  });
  look(trainer.steps());
  result.all_seconds = watch.seconds();
  return result;
}

void print(const Result& result) {
  if (result.seconds) {
    std::printf("{\"seconds\": %.4g, \"steps\": %lld, ", *result.seconds,
                static_cast<long long>(result.steps));
  } else {
    std::printf("{\"seconds\": null, \"steps\": null, ");
  }
  std::printf("\"loss\": %.6g, \"all_seconds\": %.4g}\n", result.loss, result.all_seconds);
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) {
    std::fprintf(stderr, "usage: %s FOLDER NAME LOSS f32|f64\n", words[0]);
    return EXIT_FAILURE;
  }
  try {
    const bool is_float = std::strcmp(words[4], "f32") == 0;
    print(run(finn::bench::read_data_set(words[1], words[2]), std::atof(words[3]),
              is_float ? FINN_FLOAT32 : FINN_FLOAT64));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_quality_time: %s\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
