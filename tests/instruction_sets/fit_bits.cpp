// Trains small models of every kind by the instruction set that FINN_SIMD names and prints all
// parameters, f and an integral, bit by bit, and a hash of the model's file. A model that is loaded
// from its file must give the same f. Where two sets print the same hash, each may load what the
// other has written. Exits with 77 where the processor lacks that set.
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "finn.hpp"

namespace {

void print(const char* what, const std::vector<double>& values) {
  std::printf("%s", what);
  for (const double value : values) std::printf(" %a", value);
  std::printf("\n");
}

// FNV-1a of 64 bits.
std::uint64_t hash_of(const std::vector<unsigned char>& bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const unsigned char byte : bytes) hash = (hash ^ byte) * 0x100000001b3;
  return hash;
}

void print_file(const finn::Model& model, finn::Workspace& workspace,
                const std::vector<double>& x) {
  const std::vector<unsigned char> file = model.to_bytes();
  const finn::Model loaded = finn::Model::from_bytes(file);
  if (loaded.integrand(workspace, x) != model.integrand(workspace, x)) {
    throw std::runtime_error("a loaded model gives another f");
  }
  std::printf("file %016" PRIx64 "\n", hash_of(file));
}

void fit(const finn::Network& network, finn_precision precision, finn_positivity positivity,
         finn_loss loss) {
  const std::size_t n = network.variables();
  const auto variables = static_cast<std::int64_t>(n);
  const auto box = finn::Domain::open_box(std::vector<double>(n, -1), std::vector<double>(n, 2));
  finn::Model model(network, box, {.precision = precision});
  finn::Workspace workspace(2);
  finn_training_options training = finn::training_options();
  training.steps = 25;
  training.batch = 150;
  training.loss = loss;
  finn::Trainer trainer(model, training);
  trainer.fit(workspace, [&](std::int64_t, std::int64_t batch, double* x, double* y) {
    if (y == nullptr) return;
    for (std::int64_t i = 0; i < batch; ++i) y[i] = x[i * variables] * x[i * variables] / 2;
  });
  std::printf("variables %zu precision %d positivity %d loss %d\n", n, precision, positivity, loss);
  print("losses", trainer.history());
  print("parameters", model.parameters());
  const std::vector<double> x(37 * n, 0.25);
  print("f", model.integrand(workspace, x));
  print_file(model, workspace, x);
  print("integral",
        model.integral(workspace, std::vector<double>(n, -0.5), std::vector<double>(n, 1)).value);
}

// The mlp under every positivity.
void fit_layers(std::int32_t variables, finn_precision precision) {
  finn_mlp_options options = finn::mlp_options({7, 9});
  const auto train = [&](finn_loss loss) {
    fit(finn::Network::mlp(variables, 1, options), precision, options.positivity, loss);
  };
  for (const finn_positivity positivity :
       {FINN_POSITIVITY_NONE, FINN_POSITIVITY_ABS, FINN_POSITIVITY_SOFTPLUS, FINN_POSITIVITY_SQUARE,
        FINN_POSITIVITY_EXP}) {
    options.positivity = positivity;
    train(FINN_LOSS_SQUARED_ERROR);
  }
  options.positivity = FINN_POSITIVITY_ABS;
  train(FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD);
  options.orthants = 2;
  options.skip = 1;
  train(FINN_LOSS_SQUARED_ERROR);
  options = finn::mlp_options({7, 9});
  options.positivity = FINN_POSITIVITY_NONE;
  for (const finn_activation activation : {FINN_ACTIVATION_SOFTPLUS, FINN_ACTIVATION_SINE}) {
    options.activation = activation;
    train(FINN_LOSS_SQUARED_ERROR);
  }
}

void fit_mixture(std::int32_t variables, finn_precision precision) {
  finn_mixture_options options = finn::mixture_options();
  options.components = 9;
  const finn::Network network = finn::Network::mixture(variables, 1, options);
  for (const finn_loss loss : {FINN_LOSS_SQUARED_ERROR, FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD}) {
    fit(network, precision, options.positivity, loss);
  }
}

}  // namespace

int main() {
  const char* wanted = std::getenv("FINN_SIMD");
  if (wanted == nullptr || std::strcmp(wanted, finn_instruction_set()) != 0) return 77;
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    for (std::int32_t variables = 1; variables <= 4; ++variables) {
      fit_layers(variables, precision);
      fit_mixture(variables, precision);
    }
    fit_mixture(12, precision);
  }
}
