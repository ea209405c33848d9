// Models from one flat description: the parts of finn.h are made of it, put together and released.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "finn.h"
#include "tests/capi/handle_support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {

inline std::vector<double> lower_of(int variables) {
  std::vector<double> lower;
  for (int i = 0; i < variables; ++i) lower.push_back(-1.0 + 0.25 * i);
  return lower;
}

inline std::vector<double> upper_of(int variables) {
  std::vector<double> upper;
  for (int i = 0; i < variables; ++i) upper.push_back(0.5 + 0.375 * i);
  return upper;
}

inline double volume(const std::vector<double>& lower, const std::vector<double>& upper) {
  double product = 1;
  for (std::size_t i = 0; i < lower.size(); ++i) product *= upper[i] - lower[i];
  return product;
}

// One of the integrals of finn_constraint_linear.
struct LinearIntegral {
  std::vector<double> lower{};  // [variables]; empty: the limits of the domain
  std::vector<double> upper{};
  std::vector<std::int32_t> powers{};  // [variables]; empty: all 0
  std::vector<double> value{};         // [outputs]
};

// A model in a few words; the box is uneven so that no two variables can be confused. What a part
// does not have is not looked at: widths of a mixture, or bounds of FINN_CONSTRAINT_EQUAL.
struct ModelSpec {
  finn_network_form network = FINN_NETWORK_MLP;
  int variables = 2;
  int outputs = 1;
  std::vector<std::int32_t> widths{6, 5};
  finn_precision precision = FINN_FLOAT64;
  std::optional<finn_positivity> positivity{};  // none: the default of the form
  finn_activation activation = FINN_ACTIVATION_AUTO;
  std::int32_t output_activation = 0;
  std::optional<finn_constraint_form> constraint{};  // none: EQUAL, or NULL if nothing of it is set
  std::optional<finn_method> method{};  // none: SCALE of a positive network, SHIFT of another
  finn_input_scaling input_scaling = FINN_INPUT_SCALING_STANDARD;
  std::vector<double> target{};  // of EQUAL, start of LEARNED; empty: 1 for each output
  double uniform_share = 0;
  std::uint64_t seed = 7;
  std::vector<double> lower{};  // of the open box; empty: lower_of(variables)
  std::vector<double> upper{};
  const finn_domain* domain = nullptr;  // in place of the open box; its variables are the model's
  std::int32_t orthants = 1;
  std::int32_t axis_units = 0;  // as in the paper
  std::int32_t skip = 0;
  finn_sharing sharing = FINN_SHARING_TRUNK;
  std::int32_t components = 64;
  std::int32_t normals_per_axis = 4;
  std::vector<double> lower_bound{};  // of BOUNDED; empty: NULL
  std::vector<double> upper_bound{};
  finn_bound bound = FINN_BOUND_EQUAL;  // of PER_ROW
  finn_transition transition = FINN_TRANSITION_CLIP;
  double transition_width = 1;
  std::vector<LinearIntegral> integrals{};  // of LINEAR
  finn_conditioning_form conditioning = FINN_CONDITIONING_NONE;
  std::int32_t conditions = 0;
  std::vector<double> condition_lower{};  // empty: NULL
  std::vector<double> condition_upper{};
  std::vector<std::int32_t> condition_widths{32, 32};

  int dimension() const { return domain != nullptr ? finn_domain_variables(domain) : variables; }
  bool is_positive() const { return positivity != FINN_POSITIVITY_NONE; }
  finn_method method_used() const {
    return method.value_or(is_positive() ? FINN_METHOD_SCALE : FINN_METHOD_SHIFT);
  }
  std::vector<double> target_used() const {
    return target.empty() ? std::vector<double>(static_cast<std::size_t>(outputs), 1.0) : target;
  }
};

constexpr finn_positivity kEveryPositivity[] = {FINN_POSITIVITY_NONE, FINN_POSITIVITY_ABS,
                                                FINN_POSITIVITY_SOFTPLUS, FINN_POSITIVITY_SQUARE,
                                                FINN_POSITIVITY_EXP};

// A network of either form with few parameters, for what goes through all of them.
inline ModelSpec small_mixture() {
  ModelSpec spec;
  spec.network = FINN_NETWORK_MIXTURE;
  spec.components = 3;
  spec.normals_per_axis = 2;
  return spec;
}
inline ModelSpec small_mlp() { return {.widths = {3, 2}}; }

// Without a constraint, and with an integral that is held by either method.
inline std::vector<ModelSpec> with_every_constraint(const ModelSpec& spec) {
  std::vector<ModelSpec> all(3, spec);
  all[0].constraint = FINN_CONSTRAINT_NONE;
  all[1].method = FINN_METHOD_SCALE;
  all[2].method = FINN_METHOD_SHIFT;
  return all;
}

// Copies widths into an options struct with room for FINN_MAX_HIDDEN_LAYERS.
template <class Options>
void set_widths(Options& options, const std::vector<std::int32_t>& widths) {
  options.hidden_layers = static_cast<std::int32_t>(widths.size());
  const std::size_t count = std::min<std::size_t>(widths.size(), FINN_MAX_HIDDEN_LAYERS);
  std::copy_n(widths.begin(), count, options.widths);
}

inline finn_mlp_options mlp_options_of(const ModelSpec& spec) {
  finn_mlp_options options;
  finn_mlp_options_init(&options, sizeof options);
  set_widths(options, spec.widths);
  options.positivity = spec.positivity.value_or(options.positivity);
  options.activation = spec.activation;
  options.output_activation = spec.output_activation;
  options.orthants = spec.orthants;
  options.axis_units = spec.axis_units;
  options.skip = spec.skip;
  options.sharing = spec.sharing;
  options.input_scaling = spec.input_scaling;
  return options;
}

inline finn_mixture_options mixture_options_of(const ModelSpec& spec) {
  finn_mixture_options options;
  finn_mixture_options_init(&options, sizeof options);
  options.components = spec.components;
  options.normals_per_axis = spec.normals_per_axis;
  options.positivity = spec.positivity.value_or(options.positivity);
  options.sharing = spec.sharing;
  options.input_scaling = spec.input_scaling;
  return options;
}

inline finn_status create_network(const ModelSpec& spec, finn_network** network,
                                  finn_error* error) {
  if (spec.network == FINN_NETWORK_MIXTURE) {
    const finn_mixture_options options = mixture_options_of(spec);
    return finn_network_mixture(spec.dimension(), spec.outputs, &options, network, error);
  }
  const finn_mlp_options options = mlp_options_of(spec);
  return finn_network_mlp(spec.dimension(), spec.outputs, &options, network, error);
}

inline finn_status create_open_box(const ModelSpec& spec, finn_domain** domain, finn_error* error) {
  const auto lower = spec.lower.empty() ? lower_of(spec.variables) : spec.lower;
  const auto upper = spec.upper.empty() ? upper_of(spec.variables) : spec.upper;
  return finn_domain_open_box(spec.variables, lower.data(), upper.data(), domain, error);
}

// [count][length], where a row that is empty is filled with this value.
template <class T, class Row>
std::vector<T> joined(const std::vector<LinearIntegral>& integrals, std::size_t length, T value,
                      Row&& row) {
  std::vector<T> table;
  for (const LinearIntegral& integral : integrals) {
    const std::vector<T>& given = row(integral);
    if (given.empty()) {
      table.insert(table.end(), length, value);
    } else {
      table.insert(table.end(), given.begin(), given.end());
    }
  }
  return table;
}

inline finn_status create_linear(const ModelSpec& spec, finn_constraint** constraint,
                                 finn_error* error) {
  const auto n = static_cast<std::size_t>(spec.dimension());
  const auto lower = joined(spec.integrals, n, -kInfinity, [](auto& i) { return i.lower; });
  const auto upper = joined(spec.integrals, n, kInfinity, [](auto& i) { return i.upper; });
  const auto powers = joined(spec.integrals, n, std::int32_t{0}, [](auto& i) { return i.powers; });
  const auto value = joined(spec.integrals, 0, 0.0, [](auto& i) { return i.value; });
  return finn_constraint_linear(spec.dimension(), spec.outputs,
                                static_cast<std::int32_t>(spec.integrals.size()), lower.data(),
                                upper.data(), powers.data(), value.data(), constraint, error);
}

inline finn_status create_bounded(const ModelSpec& spec, const finn_constraint_options& options,
                                  finn_constraint** constraint, finn_error* error) {
  const double* lower = spec.lower_bound.empty() ? nullptr : spec.lower_bound.data();
  const double* upper = spec.upper_bound.empty() ? nullptr : spec.upper_bound.data();
  return finn_constraint_bounded(spec.method_used(), spec.outputs, lower, upper, spec.transition,
                                 &options, constraint, error);
}

// *constraint is NULL where nothing of a constraint is set.
inline finn_status create_constraint(const ModelSpec& spec, finn_constraint** constraint,
                                     finn_error* error) {
  *constraint = nullptr;
  const bool something = spec.constraint || spec.method || !spec.target.empty();
  if (!something && spec.uniform_share == 0) return FINN_OK;
  const std::vector<double> target = spec.target_used();
  finn_constraint_options options;
  finn_constraint_options_init(&options, sizeof options);
  options.uniform_share = spec.uniform_share;
  options.transition_width = spec.transition_width;
  switch (spec.constraint.value_or(FINN_CONSTRAINT_EQUAL)) {
    case FINN_CONSTRAINT_NONE:
      return finn_constraint_none(constraint, error);
    case FINN_CONSTRAINT_EQUAL:
      return finn_constraint_equal(spec.method_used(), spec.outputs, target.data(), &options,
                                   constraint, error);
    case FINN_CONSTRAINT_BOUNDED:
      return create_bounded(spec, options, constraint, error);
    case FINN_CONSTRAINT_LEARNED:
      return finn_constraint_learned(spec.method_used(), spec.outputs, target.data(), &options,
                                     constraint, error);
    case FINN_CONSTRAINT_PER_ROW:
      return finn_constraint_per_row(spec.method_used(), spec.bound, spec.outputs, spec.transition,
                                     &options, constraint, error);
    case FINN_CONSTRAINT_LINEAR:
      return create_linear(spec, constraint, error);
  }
  return FINN_ERROR_INTERNAL;
}

// *conditioning is NULL without one.
inline finn_status create_conditioning(const ModelSpec& spec, finn_conditioning** conditioning,
                                       finn_error* error) {
  *conditioning = nullptr;
  const double* lower = spec.condition_lower.empty() ? nullptr : spec.condition_lower.data();
  const double* upper = spec.condition_upper.empty() ? nullptr : spec.condition_upper.data();
  finn_conditioning_options options;
  finn_conditioning_options_init(&options, sizeof options);
  set_widths(options, spec.condition_widths);
  switch (spec.conditioning) {
    case FINN_CONDITIONING_NONE:
      return FINN_OK;
    case FINN_CONDITIONING_FILM:
      return finn_conditioning_film(spec.conditions, lower, upper, &options, conditioning, error);
    case FINN_CONDITIONING_HYPERNETWORK:
      return finn_conditioning_hypernetwork(spec.conditions, lower, upper, &options, conditioning,
                                            error);
    case FINN_CONDITIONING_INPUTS:
      return finn_conditioning_inputs(spec.conditions, lower, upper, conditioning, error);
  }
  return FINN_ERROR_INTERNAL;
}

// A part made by one of the functions above, with *status the first that was not FINN_OK.
template <class T, class Function>
std::unique_ptr<T, Destroy> part(finn_status* status, const Function& create, const ModelSpec& spec,
                                 finn_error* error) {
  T* handle = nullptr;
  if (*status == FINN_OK) *status = create(spec, &handle, error);
  return std::unique_ptr<T, Destroy>(handle);
}

// The parts, and the model of them; the status of the first that cannot be made.
inline finn_status create_model(const ModelSpec& spec, finn_model** model, finn_error* error) {
  finn_status status = FINN_OK;
  *model = nullptr;
  const auto network = part<finn_network>(&status, create_network, spec, error);
  const DomainHandle box = spec.domain == nullptr
                               ? part<finn_domain>(&status, create_open_box, spec, error)
                               : DomainHandle();
  const auto constraint = part<finn_constraint>(&status, create_constraint, spec, error);
  const auto conditioning = part<finn_conditioning>(&status, create_conditioning, spec, error);
  if (status != FINN_OK) return status;
  const finn_domain* domain = spec.domain == nullptr ? box.get() : spec.domain;
  return finn_model_create(network.get(), domain, constraint.get(), conditioning.get(),
                           spec.precision, spec.seed, model, error);
}

inline NetworkHandle make_network(const ModelSpec& spec) {
  return make_handle<finn_network>(
      [&](auto** network, auto* error) { return create_network(spec, network, error); });
}

inline DomainHandle make_open_box(const ModelSpec& spec) {
  return make_handle<finn_domain>(
      [&](auto** domain, auto* error) { return create_open_box(spec, domain, error); });
}

inline ConstraintHandle make_constraint(const ModelSpec& spec) {
  return make_handle<finn_constraint>(
      [&](auto** constraint, auto* error) { return create_constraint(spec, constraint, error); });
}

inline ConditioningHandle make_conditioning(const ModelSpec& spec) {
  return make_handle<finn_conditioning>([&](auto** conditioning, auto* error) {
    return create_conditioning(spec, conditioning, error);
  });
}

inline ModelHandle make_model(const ModelSpec& spec) {
  return make_handle<finn_model>(
      [&](auto** model, auto* error) { return create_model(spec, model, error); });
}

// Rows [count][columns] in the domain of a model, along a diagonal of its box of u; all other
// columns, conditions and targets, are 1.
inline std::vector<double> rows_in(const finn_model* model, std::size_t count) {
  const DomainHandle domain = make_handle<finn_domain>(
      [&](finn_domain** made, finn_error* error) { return finn_model_domain(model, made, error); });
  const std::int32_t n = finn_model_variables(model);
  const auto variables = static_cast<std::size_t>(n);
  const auto columns = static_cast<std::size_t>(finn_model_columns(model));
  std::vector<double> lower(variables), upper(variables), u(variables), rows(count * columns, 1.0);
  require_ok([&](finn_error* e) {
    return finn_domain_limits(domain.get(), lower.data(), upper.data(), n, e);
  });
  for (std::size_t row = 0; row < count; ++row) {
    double* const x = &rows[row * columns];
    const double share = (static_cast<double>(row) + 0.5) / static_cast<double>(count);
    for (std::size_t i = 0; i < variables; ++i) u[i] = lower[i] + share * (upper[i] - lower[i]);
    require_ok(
        [&](finn_error* e) { return finn_domain_to_point(domain.get(), u.data(), 1, x, n, e); });
  }
  return rows;
}

}  // namespace finn::test
