#include "bench/trained_models.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <numbers>
#include <random>

namespace finn::bench {
namespace {

constexpr double kHalfSide = 6;  // of the box
constexpr std::int64_t kRows = 8192;
constexpr int kModes = 8;
// Those that are small as files.
constexpr std::array<TrainedCase, 2> kFiled{TrainedCase{true, Conditions::none, 2, 64},
                                            TrainedCase{false, Conditions::none, 2, 64}};

std::string file_name(const TrainedCase& which) {
  std::string name = which.network() + "-" + which.sizes() + ".safetensors";
  std::replace(name.begin(), name.end(), '/', '-');
  std::erase(name, ':');
  return name;
}

Network network_of(const TrainedCase& which) {
  if (!which.is_mixture) {
    return Network::mlp(which.variables, 1, mlp_options({which.size, which.size}));
  }
  finn_mixture_options options = mixture_options();
  options.components = which.size;
  return Network::mixture(which.variables, 1, options);
}

Model fresh_model(const TrainedCase& which, finn_precision precision) {
  ModelSettings settings{.precision = precision};
  if (which.conditions == Conditions::film) settings.conditioning = Conditioning::film_by_rows(1);
  if (which.conditions == Conditions::hyper) {
    settings.conditioning = Conditioning::hypernetwork_by_rows(1);
  }
  const std::vector<double> side(static_cast<std::size_t>(which.variables), kHalfSide);
  std::vector<double> lower = side;
  for (double& limit : lower) limit = -limit;
  return Model(network_of(which), Domain::open_box(lower, side), settings);
}

// Fewer steps of what is larger: enough for the normals to have moved to the rows.
std::int64_t training_steps(const TrainedCase& which) {
  const std::int64_t size = std::int64_t{1} * which.variables * which.size;
  return which.is_mixture ? std::clamp<std::int64_t>(300 * 2048 / size, 60, 300) : 300;
}

Model fitted_model(const TrainedCase& which) {
  Model model = fresh_model(which, FINN_FLOAT32);
  finn_training_options training = training_options();
  training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  training.steps = training_steps(which);
  training.validation_share = 0;
  Trainer trainer(model, training);
  Workspace workspace(1);
  trainer.fit(workspace, ring_rows(which, kRows, 1), {});
  return model;
}

Model filed_or_fitted_model(const TrainedCase& which) {
  const std::string path = std::string(FINN_TRAINED_MODELS) + "/" + file_name(which);
  return std::filesystem::exists(path) ? Model::load(path) : fitted_model(which);
}

}  // namespace

std::string TrainedCase::network() const {
  const std::string kind = is_mixture ? "mixture" : "mlp";
  if (conditions == Conditions::none) return kind;
  return (conditions == Conditions::film ? "film-" : "hyper-") + kind;
}

std::string TrainedCase::sizes() const {
  return "n:" + std::to_string(variables) + (is_mixture ? "/C:" : "/H:") + std::to_string(size);
}

std::vector<double> ring_rows(const TrainedCase& which, std::int64_t rows, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::uniform_int_distribution<int> mode_of(0, kModes - 1);
  std::uniform_real_distribution<double> condition_of(-1, 1);
  std::normal_distribution<double> noise(0, 0.35);
  std::vector<double> x;
  for (std::int64_t row = 0; row < rows; ++row) {
    const int mode = mode_of(engine);
    const double turn = which.conditions == Conditions::none ? 0 : condition_of(engine);
    for (int pair = 0; 2 * pair < which.variables; ++pair) {
      const double angle = turn + 2 * std::numbers::pi * mode * (2 * pair + 1) / kModes;
      x.push_back(2.8 * std::cos(angle) + noise(engine));
      x.push_back(2.8 * std::sin(angle) + noise(engine));
    }
    if (which.conditions != Conditions::none) x.push_back(turn);
  }
  return x;
}

Model trained_model(const TrainedCase& which, finn_precision precision) {
  static std::map<std::string, Model> kept;
  const std::string name = which.network() + "/" + which.sizes();
  if (!kept.contains(name)) kept.emplace(name, filed_or_fitted_model(which));
  Model model = fresh_model(which, precision);
  model.set_parameters(kept.at(name).parameters());
  return model;
}

void write_trained_models(const std::string& folder) {
  for (const TrainedCase& which : kFiled) fitted_model(which).save(folder + "/" + file_name(which));
}

}  // namespace finn::bench
