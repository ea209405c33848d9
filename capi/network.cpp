// finn_network: the forms of F and their sizes.
#include "finn/networks/network.hpp"

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/options.hpp"
#include "capi/translate.hpp"
#include "finn/networks/conditioning_shape.hpp"
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
using finn::capi::translate;

// sigma_n for a positive network, tanh otherwise.
net::ActivationKind activation_of(const finn_mlp_options& options) {
  if (options.activation != FINN_ACTIVATION_AUTO) {
    return static_cast<net::ActivationKind>(options.activation - FINN_ACTIVATION_SIGMA);
  }
  return options.positivity == FINN_POSITIVITY_NONE ? net::ActivationKind::tanh
                                                    : net::ActivationKind::sigma;
}

#define FINN_TO_SHAPE(path, name, ...) translate(options.name, shape.path);
#define FINN_FROM_SHAPE(path, name, ...) translate(shape.path, options.name);
#define FINN_BY_HAND(...)

net::NetworkShape shape_of(const finn_mixture_options& options) {
  net::NetworkShape shape;
  shape.kind = net::NetworkKind::mixture;
  FINN_MIXTURE_OPTIONS(FINN_TO_SHAPE, FINN_BY_HAND)
  return shape;
}

net::NetworkShape shape_of(const finn_mlp_options& options) {
  net::NetworkShape shape;
  shape.kind = net::NetworkKind::mlp;
  shape.activation = activation_of(options);
  FINN_MLP_OPTIONS(FINN_TO_SHAPE, FINN_BY_HAND)
  return shape;
}

finn_input_scaling input_scaling_of(const finn_network& network) {
  return network.standard_coordinates ? FINN_INPUT_SCALING_STANDARD : FINN_INPUT_SCALING_NONE;
}

finn_mixture_options mixture_options_of(const finn_network& network) {
  const net::NetworkShape& shape = network.shape;
  auto options = finn::capi::defaults<finn_mixture_options>();
  options.input_scaling = input_scaling_of(network);
  FINN_MIXTURE_OPTIONS(FINN_FROM_SHAPE, FINN_BY_HAND)
  return options;
}

finn_mlp_options mlp_options_of(const finn_network& network) {
  const net::NetworkShape& shape = network.shape;
  auto options = finn::capi::defaults<finn_mlp_options>();
  options.activation =
      static_cast<finn_activation>(static_cast<int>(shape.activation) + FINN_ACTIVATION_SIGMA);
  options.input_scaling = input_scaling_of(network);
  FINN_MLP_OPTIONS(FINN_FROM_SHAPE, FINN_BY_HAND)
  return options;
}

#undef FINN_TO_SHAPE
#undef FINN_FROM_SHAPE
#undef FINN_BY_HAND

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
