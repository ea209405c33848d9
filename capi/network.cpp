// finn_network: the forms of F and their sizes.
#include "finn/networks/network.hpp"

#include <algorithm>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/options.hpp"
#include "finn/networks/network_options.hpp"
#include "finn/networks/network_shape.hpp"
#include "ops/activation.hpp"
#include "ops/positivity.hpp"

static_assert(FINN_MAX_HIDDEN_LAYERS == finn::net::kMaxHiddenLayers);

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_handle;
using finn::capi::Status;

// sigma_n for a positive network, tanh otherwise.
net::ActivationKind activation_of(const finn_mlp_options& options) {
  if (options.activation != FINN_ACTIVATION_AUTO) {
    return static_cast<net::ActivationKind>(options.activation - FINN_ACTIVATION_SIGMA);
  }
  return options.positivity == FINN_POSITIVITY_NONE ? net::ActivationKind::tanh
                                                    : net::ActivationKind::sigma;
}

net::NetworkShape shape_of(const finn_mixture_options& options) {
  net::NetworkShape shape;
  shape.kind = net::NetworkKind::mixture;
  shape.components = options.components;
  shape.normals_per_axis = options.normals_per_axis;
  shape.positivity = static_cast<finn::ops::Positivity>(options.positivity);
  shape.separate_outputs = options.sharing == FINN_SHARING_NONE;
  return shape;
}

net::NetworkShape shape_of(const finn_mlp_options& options) {
  net::NetworkShape shape;
  shape.kind = net::NetworkKind::mlp;
  shape.widths.assign(options.widths, options.widths + options.hidden_layers);
  shape.positivity = static_cast<finn::ops::Positivity>(options.positivity);
  shape.activation = activation_of(options);
  shape.last_activation = options.output_activation != 0;
  shape.orthants = options.orthants;
  shape.skip_read_out = options.skip != 0;
  shape.separate_outputs = options.sharing == FINN_SHARING_NONE;
  return shape;
}

finn_sharing sharing_of(const net::NetworkShape& shape) {
  return shape.separate_outputs ? FINN_SHARING_NONE : FINN_SHARING_TRUNK;
}

finn_input_scaling input_scaling_of(const finn_network& network) {
  return network.standard_coordinates ? FINN_INPUT_SCALING_STANDARD : FINN_INPUT_SCALING_NONE;
}

finn_mixture_options mixture_options_of(const finn_network& network) {
  auto options = finn::capi::defaults<finn_mixture_options>();
  options.components = network.shape.components;
  options.normals_per_axis = network.shape.normals_per_axis;
  options.positivity = static_cast<finn_positivity>(network.shape.positivity);
  options.sharing = sharing_of(network.shape);
  options.input_scaling = input_scaling_of(network);
  return options;
}

finn_mlp_options mlp_options_of(const finn_network& network) {
  const net::NetworkShape& shape = network.shape;
  auto options = finn::capi::defaults<finn_mlp_options>();
  options.hidden_layers = static_cast<int32_t>(shape.widths.size());
  std::copy(shape.widths.begin(), shape.widths.end(), options.widths);
  options.positivity = static_cast<finn_positivity>(shape.positivity);
  options.activation =
      static_cast<finn_activation>(static_cast<int>(shape.activation) + FINN_ACTIVATION_SIGMA);
  options.output_activation = shape.last_activation ? 1 : 0;
  options.orthants = shape.orthants;
  options.skip = shape.skip_read_out ? 1 : 0;
  options.sharing = sharing_of(shape);
  options.input_scaling = input_scaling_of(network);
  return options;
}

template <class Options>
finn_status make_network(int32_t variables, int32_t outputs, const Options* given,
                         finn_network** network, finn_error* error) {
  return call(error, [&] {
    require(network, "network");
    *network = nullptr;
    const Options options = finn::capi::checked(given, "options");
    net::NetworkShape shape = shape_of(options);
    shape.variables = variables;
    shape.outputs = outputs;
    net::require_valid(shape);
    // Counts the parameters, of which there may be too many.
    static_cast<void>(net::Network(shape));
    *network = new finn_network{finn_network::kMagic, std::move(shape),
                                options.input_scaling == FINN_INPUT_SCALING_STANDARD};
  });
}

void require_form(const finn_network* network, net::NetworkKind form) {
  require_handle(network, "network");
  if (network->shape.kind == form) return;
  fail(Status::ERROR_ARGUMENT, "network: %s given, %s expected",
       form == net::NetworkKind::mixture ? "an mlp" : "a mixture",
       form == net::NetworkKind::mixture ? "a mixture" : "an mlp");
}

}  // namespace

extern "C" {

finn_status finn_network_mixture(int32_t variables, int32_t outputs,
                                 const finn_mixture_options* options, finn_network** network,
                                 finn_error* error) {
  return make_network(variables, outputs, options, network, error);
}

finn_status finn_network_mlp(int32_t variables, int32_t outputs, const finn_mlp_options* options,
                             finn_network** network, finn_error* error) {
  return make_network(variables, outputs, options, network, error);
}

void finn_network_destroy(finn_network* network) { finn::capi::destroy(network); }

finn_network_form finn_network_get_form(const finn_network* network) {
  const bool is_mlp = network != nullptr && network->shape.kind == net::NetworkKind::mlp;
  return is_mlp ? FINN_NETWORK_MLP : FINN_NETWORK_MIXTURE;
}

int32_t finn_network_variables(const finn_network* network) {
  return network == nullptr ? 0 : network->shape.variables;
}

int32_t finn_network_outputs(const finn_network* network) {
  return network == nullptr ? 0 : network->shape.outputs;
}

finn_status finn_network_get_mixture(const finn_network* network, finn_mixture_options* options,
                                     finn_error* error) {
  return call(error, [&] {
    require_form(network, net::NetworkKind::mixture);
    require(options, "options");
    finn::capi::copy_out(mixture_options_of(*network), options, "options");
  });
}

finn_status finn_network_get_mlp(const finn_network* network, finn_mlp_options* options,
                                 finn_error* error) {
  return call(error, [&] {
    require_form(network, net::NetworkKind::mlp);
    require(options, "options");
    finn::capi::copy_out(mlp_options_of(*network), options, "options");
  });
}

}  // extern "C"
