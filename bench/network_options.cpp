#include "bench/network_options.hpp"

namespace finn::bench {
namespace {

// The paper's network, or that with axis units.
NetworkOption mlp(const std::string& name, std::vector<std::int32_t> widths, std::int32_t orthants,
                  bool skip, std::int32_t axis_units = 0) {
  const auto network = [=](std::int32_t variables) {
    finn_mlp_options options = mlp_options(widths);
    options.orthants = orthants;
    options.skip = skip ? 1 : 0;
    options.axis_units = axis_units;
    return Network::mlp(variables, 1, options);
  };
  return {name, network};
}

NetworkOption mixture(const std::string& name, std::int32_t components,
                      std::int32_t normals_per_axis,
                      finn_positivity positivity = FINN_POSITIVITY_EXP, bool from_data = true) {
  const auto network = [=](std::int32_t variables) {
    finn_mixture_options options = mixture_options();
    options.components = components;
    options.normals_per_axis = normals_per_axis;
    options.positivity = positivity;
    return Network::mixture(variables, 1, options);
  };
  return {name, network, from_data};
}

NetworkOption for_rows(NetworkOption option) {
  option.for_rows = true;
  return option;
}

}  // namespace

std::vector<NetworkOption> network_options() {
  return {for_rows({"default", [](std::int32_t variables) { return Network::mixture(variables); }}),
          mlp("mlp-32-32", {32, 32}, 1, false),
          mlp("mlp-32-32-skip", {32, 32}, 1, true),
          mlp("mlp-2x16-16", {16, 16}, 2, false),
          mlp("mlp-2x32-32", {32, 32}, 2, false),
          mlp("mlp-2x32-32-skip", {32, 32}, 2, true),
          mlp("mlp-4x16-16", {16, 16}, 4, false),
          mlp("mlp-32-32-32", {32, 32, 32}, 1, false),
          mlp("mlp-32-32-32-skip", {32, 32, 32}, 1, true),
          mlp("mlp-2x32-32-32-skip", {32, 32, 32}, 2, true),
          for_rows(mlp("mlp-32-32-axes8", {32, 32}, 1, false, 8)),
          mlp("mlp-2x32-32-axes8", {32, 32}, 2, false, 8),
          mlp("mlp-32-32-32-axes8", {32, 32, 32}, 1, false, 8),
          mixture("mixture-16x4", 16, 4),
          mixture("mixture-64x4", 64, 4),
          mixture("mixture-64x4-domain", 64, 4, FINN_POSITIVITY_EXP, false),
          mixture("mixture-64x4-abs", 64, 4, FINN_POSITIVITY_ABS),
          mixture("mixture-64x4-softplus", 64, 4, FINN_POSITIVITY_SOFTPLUS),
          mixture("mixture-64x1", 64, 1),
          mixture("mixture-128x2", 128, 2),
          mixture("mixture-128x4", 128, 4),
          mixture("mixture-256x1", 256, 1),
          mixture("mixture-256x4", 256, 4)};
}

}  // namespace finn::bench
