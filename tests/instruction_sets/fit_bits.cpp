// Trains small models of every kind by the instruction set that FINN_SIMD names and prints all
// parameters, f and an integral, bit by bit. Exits with 77 where the processor lacks that set.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

#include "finn.hpp"

namespace {

void print(const char* what, const std::vector<double>& values) {
  std::printf("%s", what);
  for (const double value : values) std::printf(" %a", value);
  std::printf("\n");
}

finn::ModelOptions options_of(std::int32_t variables, finn_precision precision) {
  const auto n = static_cast<std::size_t>(variables);
  finn::ModelOptions options(std::vector<double>(n, -1), std::vector<double>(n, 2));
  options.fields.precision = precision;
  return options;
}

void fit(const finn::ModelOptions& options, finn_loss loss) {
  const std::size_t n = options.lower.size();
  const auto variables = static_cast<std::int64_t>(n);
  finn::Model model(options);
  finn::Workspace workspace(2);
  finn_training_options training = finn::training_options();
  training.steps = 25;
  training.batch = 150;
  training.loss = loss;
  finn::Trainer trainer(model, training);
  trainer.fit(model, workspace, [&](std::int64_t, std::int64_t batch, double* x, double* y) {
    if (y == nullptr) return;
    for (std::int64_t i = 0; i < batch; ++i) y[i] = x[i * variables] * x[i * variables] / 2;
  });
  std::printf("variables %zu precision %d positivity %d loss %d\n", n, options.fields.precision,
              options.fields.positivity, loss);
  print("losses", trainer.history());
  print("parameters", model.parameters());
  print("f", model.integrand(workspace, std::vector<double>(37 * n, 0.25)));
  print("integral",
        model.integral(workspace, std::vector<double>(n, -0.5), std::vector<double>(n, 1)).value);
}

// The mlp under every positivity.
void fit_layers(std::int32_t variables, finn_precision precision) {
  finn::ModelOptions options = options_of(variables, precision);
  options.widths = {7, 9};
  for (const finn_positivity positivity :
       {FINN_POSITIVITY_NONE, FINN_POSITIVITY_ABS, FINN_POSITIVITY_SOFTPLUS, FINN_POSITIVITY_SQUARE,
        FINN_POSITIVITY_EXP}) {
    options.fields.positivity = positivity;
    fit(options, FINN_LOSS_SQUARED_ERROR);
  }
  options.fields.positivity = FINN_POSITIVITY_ABS;
  fit(options, FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD);
  options.fields.patterns = 2;
  options.fields.read_out = FINN_READ_OUT_DENSE;
  fit(options, FINN_LOSS_SQUARED_ERROR);
  options = options_of(variables, precision);
  options.fields.positivity = FINN_POSITIVITY_NONE;
  for (const finn_activation activation : {FINN_ACTIVATION_SOFTPLUS, FINN_ACTIVATION_SINE}) {
    options.fields.activation = activation;
    fit(options, FINN_LOSS_SQUARED_ERROR);
  }
}

void fit_product(std::int32_t variables, finn_precision precision) {
  finn::ModelOptions options = options_of(variables, precision);
  options.fields.terms = 9;
  fit(options, FINN_LOSS_SQUARED_ERROR);
  fit(options, FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD);
}

}  // namespace

int main() {
  const char* wanted = std::getenv("FINN_SIMD");
  if (wanted == nullptr || std::strcmp(wanted, finn_instruction_set()) != 0) return 77;
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    for (std::int32_t variables = 1; variables <= 4; ++variables) {
      fit_layers(variables, precision);
      fit_product(variables, precision);
    }
    fit_product(12, precision);
  }
}
