#include "capi/model_options.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>

#include "capi/check.hpp"
#include "capi/conditioning_options.hpp"
#include "capi/constraint_options.hpp"
#include "capi/handles.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/networks/network_shape.hpp"
#include "ops/activation.hpp"
#include "ops/positivity.hpp"

namespace finn::capi {
namespace {

constexpr int kDefaultWidths[] = {32, 32};
constexpr int kMaxLayers = 64;
constexpr int kMaxWidth = 1 << 16;
constexpr int kMaxSteps = 64;

net::Box checked_box(const finn_model_options& options) {
  require(options.lower, "lower");
  require(options.upper, "upper");
  net::Box box;
  box.variables = options.variables;
  for (int i = 0; i < options.variables; ++i) {
    const double lower = options.lower[i];
    const double upper = options.upper[i];
    if (!std::isfinite(lower) || !std::isfinite(upper)) {
      fail(Status::ERROR_NOT_FINITE,
           "lower, upper: limits [%g, %g] of variable %d given, finite "
           "ones expected",
           lower, upper, i);
    }
    if (!(lower < upper) || !std::isfinite(upper - lower)) {
      fail(Status::ERROR_ARGUMENT,
           "lower, upper: limits [%g, %g] of variable %d given, lower < "
           "upper expected",
           lower, upper, i);
    }
    box.lower[static_cast<std::size_t>(i)] = lower;
    box.upper[static_cast<std::size_t>(i)] = upper;
  }
  const double volume = box.volume();
  if (!(volume > 0) || !std::isfinite(volume)) {
    fail(Status::ERROR_ARGUMENT, "lower, upper: a domain of volume %g given", volume);
  }
  return box;
}

// The domain of the options, or null; it takes the place of the limits.
net::DomainPointer checked_domain(const finn_model_options& options) {
  if (options.domain == nullptr) return nullptr;
  require_handle(options.domain, "domain");
  const net::DomainPointer& domain = options.domain->domain;
  require_range(options.variables, domain->variables(), domain->variables(), "variables");
  if (options.lower != nullptr || options.upper != nullptr) {
    fail(Status::ERROR_ARGUMENT, "lower, upper: given beside a domain, NULL expected");
  }
  return domain;
}

// What a head has no use for is refused rather than ignored.
void refuse(bool given, const char* field, const char* head) {
  if (!given) return;
  fail(Status::ERROR_ARGUMENT, "%s: given with FINN_HEAD_%s, which has none", field, head);
}

// What only layers have, of a head without any.
void refuse_layers(const finn_model_options& options, const char* head) {
  refuse(options.widths != nullptr, "widths", head);
  refuse(options.activation != FINN_ACTIVATION_AUTO, "activation", head);
  refuse(options.last_layer != FINN_LAST_LAYER_LINEAR, "last_layer", head);
  refuse(options.patterns != 0, "patterns", head);
  refuse(options.read_out != FINN_READ_OUT_LAST, "read_out", head);
}

std::vector<int> checked_widths(const finn_model_options& options) {
  if (options.widths == nullptr) return {std::begin(kDefaultWidths), std::end(kDefaultWidths)};
  require_range(options.hidden_layers, 0, kMaxLayers, "hidden_layers");
  std::vector<int> widths(options.widths, options.widths + options.hidden_layers);
  for (const int width : widths) require_range(width, 1, kMaxWidth, "widths");
  return widths;
}

struct Activation {
  finn_activation value;
  net::ActivationKind kind;
};
constexpr Activation kActivations[] = {{FINN_ACTIVATION_SIGMA, net::ActivationKind::sigma},
                                       {FINN_ACTIVATION_TANH, net::ActivationKind::tanh},
                                       {FINN_ACTIVATION_SOFTPLUS, net::ActivationKind::softplus},
                                       {FINN_ACTIVATION_SINE, net::ActivationKind::sine}};

net::ActivationKind checked_activation(const finn_model_options& options) {
  const bool positive = options.positivity != FINN_POSITIVITY_NONE;
  if (options.activation == FINN_ACTIVATION_AUTO) {
    return positive ? net::ActivationKind::sigma : net::ActivationKind::tanh;
  }
  const auto* found =
      std::find_if(std::begin(kActivations), std::end(kActivations),
                   [&](const Activation& each) { return each.value == options.activation; });
  if (found == std::end(kActivations)) {
    fail(Status::ERROR_ARGUMENT, "activation: %d given, one of finn_activation expected",
         options.activation);
  }
  if (positive && !finn::ops::properties(found->kind).non_negative) {
    fail(Status::ERROR_ARGUMENT,
         "activation: %s given with positivity; a derivative of it "
         "changes sign, use FINN_ACTIVATION_SIGMA or FINN_POSITIVITY_NONE",
         finn::ops::properties(found->kind).name);
  }
  return found->kind;
}

void set_mlp(const finn_model_options& options, net::NetworkShape& shape) {
  refuse(options.terms != 0, "terms", "MLP");
  refuse(options.steps != 0, "steps", "MLP");
  require_range(options.read_out, FINN_READ_OUT_LAST, FINN_READ_OUT_DENSE, "read_out");
  require_range(options.patterns, 0, 1 << options.variables, "patterns");
  if (options.patterns > 1 && options.positivity == FINN_POSITIVITY_NONE) {
    fail(Status::ERROR_ARGUMENT, "patterns: %d given without positivity, 0 or 1 expected",
         options.patterns);
  }
  if (options.read_out == FINN_READ_OUT_DENSE && options.last_layer == FINN_LAST_LAYER_SIGMA) {
    fail(Status::ERROR_ARGUMENT, "read_out: FINN_READ_OUT_DENSE given with FINN_LAST_LAYER_SIGMA");
  }
  shape.widths = checked_widths(options);
  shape.activation = checked_activation(options);
  shape.last_activation = options.last_layer == FINN_LAST_LAYER_SIGMA;
  shape.orthants = std::max(1, options.patterns);
  shape.skip_read_out = options.read_out == FINN_READ_OUT_DENSE;
}

void set_product(const finn_model_options& options, net::NetworkShape& shape) {
  refuse_layers(options, "PRODUCT");
  require_range(options.terms, 0, kMaxWidth, "terms");
  require_range(options.steps, 0, kMaxSteps, "steps");
  if (options.positivity == FINN_POSITIVITY_NONE) {
    fail(Status::ERROR_ARGUMENT, "positivity: FINN_POSITIVITY_NONE given with FINN_HEAD_PRODUCT");
  }
  if (options.terms > 0) shape.components = options.terms;
  if (options.steps > 0) shape.normals_per_axis = options.steps;
}

// What a head is, the most variables that it takes, the positivity that AUTO stands for, and what
// checks and translates the options of its own.
struct Head {
  finn_head value;
  net::NetworkKind kind;
  int max_variables;
  finn_positivity positivity;
  void (*set)(const finn_model_options& options, net::NetworkShape& shape);
};
// In the order of finn_head, without AUTO.
constexpr Head kHeads[] = {
    {FINN_HEAD_MLP, net::NetworkKind::mlp, FINN_MAX_VARIABLES, FINN_POSITIVITY_ABS, set_mlp},
    {FINN_HEAD_PRODUCT, net::NetworkKind::mixture, FINN_MAX_PRODUCT_VARIABLES, FINN_POSITIVITY_EXP,
     set_product}};

// The head that AUTO stands for: the product, unless something is asked for that it does not have.
finn_head checked_head(const finn_model_options& options) {
  require_range(options.head, FINN_HEAD_AUTO, std::rbegin(kHeads)->value, "head");
  if (options.head != FINN_HEAD_AUTO) return options.head;
  const bool has_layers = options.widths != nullptr || options.patterns != 0 ||
                          options.activation != FINN_ACTIVATION_AUTO ||
                          options.last_layer != FINN_LAST_LAYER_LINEAR ||
                          options.read_out != FINN_READ_OUT_LAST;
  return has_layers || options.positivity == FINN_POSITIVITY_NONE ? FINN_HEAD_MLP
                                                                  : FINN_HEAD_PRODUCT;
}

finn_positivity checked_positivity(const finn_model_options& options, const Head& head) {
  require_range(options.positivity, FINN_POSITIVITY_NONE, FINN_POSITIVITY_AUTO, "positivity");
  return options.positivity == FINN_POSITIVITY_AUTO ? head.positivity : options.positivity;
}

// The options of any version of the header: fields that the caller's does not have yet are 0.
finn_model_options completed(const finn_model_options& given) {
  if (given.struct_size < kFirstModelOptions || given.struct_size > sizeof given) {
    fail(Status::ERROR_ARGUMENT,
         "struct_size: %llu given, %zu .. %zu expected; use the init "
         "function",
         static_cast<unsigned long long>(given.struct_size), kFirstModelOptions, sizeof given);
  }
  finn_model_options options{};
  std::memcpy(&options, &given, static_cast<std::size_t>(given.struct_size));
  if (given.struct_size < kFirstModelOptions + sizeof options.head) options.head = FINN_HEAD_MLP;
  return options;
}

}  // namespace

net::ModelSettings checked_settings(const finn_model_options& given) {
  finn_model_options options = completed(given);
  options.head = checked_head(options);
  const Head& head = kHeads[options.head - FINN_HEAD_MLP];
  options.positivity = checked_positivity(options, head);
  net::ModelSettings settings;
  settings.network.kind = head.kind;
  require_range(options.variables, 1, head.max_variables, "variables");
  require_range(options.outputs, 1, kMaxWidth, "outputs");
  require_range(options.precision, FINN_FLOAT64, FINN_FLOAT32, "precision");
  require_range(options.last_layer, FINN_LAST_LAYER_LINEAR, FINN_LAST_LAYER_SIGMA, "last_layer");
  require_range(options.coordinates, FINN_COORDINATES_STANDARD, FINN_COORDINATES_RAW,
                "coordinates");
  require_range(options.reserved, 0, 0, "reserved");
  require_range(options.sharing, FINN_SHARING_TRUNK, FINN_SHARING_NONE, "sharing");
  settings.domain = checked_domain(options);
  settings.box = settings.domain ? settings.domain->box() : checked_box(options);
  settings.constraint = checked_constraint(options, settings.box);
  settings.standard_coordinates = options.coordinates == FINN_COORDINATES_STANDARD;
  settings.network.variables = options.variables;
  settings.network.outputs = options.outputs;
  settings.network.positivity = static_cast<ops::Positivity>(options.positivity);
  settings.network.separate_outputs = options.sharing == FINN_SHARING_NONE;
  head.set(options, settings.network);
  set_conditioning(options, settings);
  return settings;
}

}  // namespace finn::capi
