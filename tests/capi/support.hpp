// What the tests of the C ABI share: owned handles, models from a short description, points, and
// the assertion that a call is refused as finn.h says.
#pragma once

#include <gtest/gtest.h>

#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "finn.h"

namespace finn::test {

struct Destroy {
  void operator()(finn_model* model) const { finn_model_destroy(model); }
  void operator()(finn_workspace* workspace) const { finn_workspace_destroy(workspace); }
  void operator()(finn_trainer* trainer) const { finn_trainer_destroy(trainer); }
};
using ModelHandle = std::unique_ptr<finn_model, Destroy>;
using WorkspaceHandle = std::unique_ptr<finn_workspace, Destroy>;
using TrainerHandle = std::unique_ptr<finn_trainer, Destroy>;

// Ends the test with the message of the library when a call that has to succeed does not.
inline void require(finn_status status, const finn_error& error) {
  if (status == FINN_OK) return;
  throw std::runtime_error(std::string(finn_status_name(status)) + ": " + error.message);
}

template <class Function>
void require_ok(Function&& function) {
  finn_error error = FINN_ERROR_INIT;
  require(function(&error), error);
}

// The functions that exist for both types of the caller's arrays.
template <class T>
struct Api;

template <>
struct Api<double> {
  static constexpr auto get_parameters = finn_model_get_parameters_f64;
  static constexpr auto set_parameters = finn_model_set_parameters_f64;
  static constexpr auto integrand = finn_integrand_f64;
  static constexpr auto antiderivative = finn_antiderivative_f64;
  static constexpr auto mixed_partial = finn_mixed_partial_f64;
  static constexpr auto integrand_vjp = finn_integrand_vjp_f64;
  static constexpr auto sigma = finn_sigma_f64;
  static constexpr auto log_sigma = finn_log_sigma_f64;
  static constexpr auto repeated_erfc = finn_repeated_erfc_f64;
};

template <>
struct Api<float> {
  static constexpr auto get_parameters = finn_model_get_parameters_f32;
  static constexpr auto set_parameters = finn_model_set_parameters_f32;
  static constexpr auto integrand = finn_integrand_f32;
  static constexpr auto antiderivative = finn_antiderivative_f32;
  static constexpr auto mixed_partial = finn_mixed_partial_f32;
  static constexpr auto integrand_vjp = finn_integrand_vjp_f32;
  static constexpr auto sigma = finn_sigma_f32;
  static constexpr auto log_sigma = finn_log_sigma_f32;
  static constexpr auto repeated_erfc = finn_repeated_erfc_f32;
};

// A model in a few words; the box is uneven so that no two variables can be confused.
struct ModelSpec {
  int variables = 2;
  int outputs = 1;
  std::vector<std::int32_t> widths{6, 5};
  finn_precision precision = FINN_FLOAT64;
  finn_positivity positivity = FINN_POSITIVITY_ABS;
  finn_activation activation = FINN_ACTIVATION_AUTO;
  finn_last_layer last_layer = FINN_LAST_LAYER_LINEAR;
  finn_constraint constraint = FINN_CONSTRAINT_AUTO;
  finn_coordinates coordinates = FINN_COORDINATES_STANDARD;
  std::vector<double> epsilon{};  // empty: the default
  double floor = 0;
  std::uint64_t seed = 7;
  std::vector<double> lower{};  // empty: lower_of(variables)
  std::vector<double> upper{};
};

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

inline ModelHandle make_model(const ModelSpec& spec) {
  const auto lower = spec.lower.empty() ? lower_of(spec.variables) : spec.lower;
  const auto upper = spec.upper.empty() ? upper_of(spec.variables) : spec.upper;
  finn_model_options options;
  finn_model_options_init(&options);
  options.variables = spec.variables;
  options.outputs = spec.outputs;
  options.lower = lower.data();
  options.upper = upper.data();
  options.widths = spec.widths.data();
  options.hidden_layers = static_cast<std::int32_t>(spec.widths.size());
  options.precision = spec.precision;
  options.positivity = spec.positivity;
  options.activation = spec.activation;
  options.last_layer = spec.last_layer;
  options.constraint = spec.constraint;
  options.coordinates = spec.coordinates;
  options.epsilon = spec.epsilon.empty() ? nullptr : spec.epsilon.data();
  options.floor = spec.floor;
  options.seed = spec.seed;
  finn_model* model = nullptr;
  require_ok([&](finn_error* e) { return finn_model_create(&options, &model, e); });
  return ModelHandle(model);
}

inline WorkspaceHandle make_workspace(int threads = 1) {
  finn_workspace* workspace = nullptr;
  require_ok([&](finn_error* e) { return finn_workspace_create(threads, &workspace, e); });
  return WorkspaceHandle(workspace);
}

// Numbers that depend on the seed alone, on every platform: std::uniform_real_distribution does
// not.
template <class T>
std::vector<T> random_numbers(std::size_t count, double lower, double upper, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::vector<T> numbers(count);
  for (T& number : numbers) {
    const double unit = static_cast<double>(engine() >> 11) * 0x1p-53;
    number = static_cast<T>(lower + (upper - lower) * unit);
  }
  return numbers;
}

// Points [rows][variables] of the default box, stretched about its centre.
template <class T>
std::vector<T> random_points(int variables, std::size_t rows, std::uint64_t seed,
                             double stretch = 1.0) {
  const auto lower = lower_of(variables);
  const auto upper = upper_of(variables);
  std::vector<T> x = random_numbers<T>(rows * lower.size(), -0.5, 0.5, seed);
  for (std::size_t k = 0; k < x.size(); ++k) {
    const std::size_t i = k % lower.size();
    const double centre = 0.5 * (lower[i] + upper[i]);
    x[k] = static_cast<T>(centre + stretch * (upper[i] - lower[i]) * static_cast<double>(x[k]));
  }
  return x;
}

template <class T>
std::vector<T> parameters_of(const finn_model* model) {
  std::vector<T> values(static_cast<std::size_t>(finn_model_parameter_count(model)));
  require_ok([&](finn_error* e) {
    return Api<T>::get_parameters(model, values.data(), finn_model_parameter_count(model), e);
  });
  return values;
}

template <class T>
void set_parameters(finn_model* model, const std::vector<T>& values) {
  require_ok([&](finn_error* e) {
    return Api<T>::set_parameters(model, values.data(), static_cast<std::int64_t>(values.size()),
                                  e);
  });
}

template <class T>
std::int64_t batch_of(const finn_model* model, const std::vector<T>& x) {
  return static_cast<std::int64_t>(x.size()) / finn_model_columns(model);
}

template <class T>
std::vector<T> mixed_partial(const finn_model* model, finn_workspace* workspace,
                             std::uint32_t subset, const std::vector<T>& x) {
  const std::int64_t batch = batch_of(model, x);
  std::vector<T> values(static_cast<std::size_t>(batch * finn_model_outputs(model)));
  require_ok([&](finn_error* e) {
    return Api<T>::mixed_partial(model, workspace, subset, x.data(), batch, values.data(), e);
  });
  return values;
}

template <class T>
std::vector<T> integrand(const finn_model* model, finn_workspace* workspace,
                         const std::vector<T>& x) {
  const std::int64_t batch = batch_of(model, x);
  std::vector<T> f(static_cast<std::size_t>(batch * finn_model_outputs(model)));
  require_ok([&](finn_error* e) {
    return Api<T>::integrand(model, workspace, x.data(), batch, f.data(), e);
  });
  return f;
}

template <class T>
struct Adjoints {
  std::vector<T> f, parameters, x;
};

template <class T>
Adjoints<T> integrand_vjp(const finn_model* model, finn_workspace* workspace,
                          const std::vector<T>& x, const std::vector<T>& f_adjoint) {
  Adjoints<T> result;
  result.f.resize(f_adjoint.size());
  result.parameters.resize(static_cast<std::size_t>(finn_model_parameter_count(model)));
  result.x.resize(x.size());
  require_ok([&](finn_error* e) {
    return Api<T>::integrand_vjp(model, workspace, x.data(), batch_of(model, x), f_adjoint.data(),
                                 result.f.data(), result.parameters.data(), result.x.data(), e);
  });
  return result;
}

struct IntegralResult {
  std::vector<double> value, kappa, error_estimate;
};

inline IntegralResult integral(const finn_model* model, finn_workspace* workspace,
                               const std::vector<double>& lower, const std::vector<double>& upper) {
  const std::vector<double> zeros(static_cast<std::size_t>(finn_model_outputs(model)));
  IntegralResult result{zeros, zeros, zeros};
  require_ok([&](finn_error* e) {
    return finn_integral(model, workspace, lower.data(), upper.data(), result.value.data(),
                         result.kappa.data(), result.error_estimate.data(), e);
  });
  return result;
}

// Equality of every bit, which also tells 0 from -0.
template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

// Whether name stands in the message as a word of its own: "x" is not found in "expected".
inline bool mentions(const std::string& message, const std::string& name) {
  const auto in_word = [&](std::size_t at) {
    return at < message.size() &&
           (std::isalnum(static_cast<unsigned char>(message[at])) != 0 || message[at] == '_');
  };
  for (std::size_t at = message.find(name); at != std::string::npos;
       at = message.find(name, at + 1)) {
    if (!(at > 0 && in_word(at - 1)) && !in_word(at + name.size())) return true;
  }
  return false;
}

// One field of an options struct spoiled, and the refusal that has to name it.
template <class Options>
struct SpoiledOption {
  const char* what;
  finn_status status;
  const char* name;
  void (*spoil)(Options&);
};

// A call that finn.h refuses: with which status, and which argument the message names.
struct BadCall {
  std::string what;
  finn_status status;
  std::string name;
  std::function<finn_status(finn_error*)> call;
};

inline void expect_refused(const BadCall& bad) {
  SCOPED_TRACE(bad.what);
  finn_error error = FINN_ERROR_INIT;
  EXPECT_STREQ(finn_status_name(bad.call(&error)), finn_status_name(bad.status));
  EXPECT_STREQ(finn_status_name(error.status), finn_status_name(bad.status));
  EXPECT_TRUE(mentions(error.message, bad.name)) << bad.name << " not in: " << error.message;
  EXPECT_STREQ(finn_status_name(bad.call(nullptr)), finn_status_name(bad.status));
}

}  // namespace finn::test
