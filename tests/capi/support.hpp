// What the tests of the C ABI share: owned handles, models from a short description, points, the
// queries with vectors, and the assertion that a call is refused as finn.h says.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include "finn.h"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/refusal_support.hpp"

namespace finn::test {

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
std::int64_t length_of(const std::vector<T>& values) {
  return static_cast<std::int64_t>(values.size());
}

template <class T>
std::vector<T> parameters_of(const finn_model* model) {
  std::vector<T> values(static_cast<std::size_t>(finn_model_parameter_count(model)));
  require_ok([&](finn_error* e) {
    return Api<T>::get_parameters(model, values.data(), finn_model_parameter_count(model), e);
  });
  return values;
}

// How many of the parameters an optimiser moves: all but the standards at the end.
inline std::size_t trained_count(const finn_model* model) {
  finn_conditioning* conditioning = nullptr;
  require_ok([&](finn_error* e) { return finn_model_conditioning(model, &conditioning, e); });
  const int conditions = finn_conditioning_conditions(conditioning);
  finn_conditioning_destroy(conditioning);
  const int inputs = finn_model_variables(model) + conditions;
  return static_cast<std::size_t>(finn_model_parameter_count(model) - 2 * inputs -
                                  finn_model_outputs(model));
}

// Standards that are not given are 0.
template <class T>
void set_parameters(finn_model* model, std::vector<T> values) {
  if (values.size() == trained_count(model)) {
    values.resize(static_cast<std::size_t>(finn_model_parameter_count(model)));
  }
  require_ok([&](finn_error* e) {
    return Api<T>::set_parameters(model, values.data(), length_of(values), e);
  });
}

template <class T>
std::int64_t batch_of(const finn_model* model, const std::vector<T>& x) {
  return static_cast<std::int64_t>(x.size()) / finn_model_columns(model);
}

template <class T>
std::vector<T> mixed_partial(const finn_model* model, finn_workspace* workspace,
                             std::uint64_t subset, const std::vector<T>& x) {
  const std::int64_t batch = batch_of(model, x);
  std::vector<T> values(static_cast<std::size_t>(batch * finn_model_outputs(model)));
  require_ok([&](finn_error* e) {
    return Api<T>::mixed_partial(model, workspace, subset, x.data(), batch, values.data(),
                                 length_of(values), e);
  });
  return values;
}

template <class T>
std::vector<T> integrand(const finn_model* model, finn_workspace* workspace,
                         const std::vector<T>& x) {
  const std::int64_t batch = batch_of(model, x);
  std::vector<T> f(static_cast<std::size_t>(batch * finn_model_outputs(model)));
  require_ok([&](finn_error* e) {
    return Api<T>::integrand(model, workspace, x.data(), batch, f.data(), length_of(f), e);
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
                                 result.f.data(), length_of(result.f), result.parameters.data(),
                                 length_of(result.parameters), result.x.data(), length_of(result.x),
                                 e);
  });
  return result;
}

struct IntegralResult {
  std::vector<double> value, condition_number, error_estimate;
};

inline IntegralResult integral(const finn_model* model, finn_workspace* workspace,
                               const std::vector<double>& lower, const std::vector<double>& upper,
                               finn_limits limits = FINN_LIMITS_X) {
  const std::vector<double> zeros(static_cast<std::size_t>(finn_model_outputs(model)));
  IntegralResult result{zeros, zeros, zeros};
  require_ok([&](finn_error* e) {
    return finn_integral(model, workspace, limits, lower.data(), upper.data(), result.value.data(),
                         result.condition_number.data(), result.error_estimate.data(),
                         length_of(zeros), e);
  });
  return result;
}

// Equality of every bit, which also tells 0 from -0.
template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

}  // namespace finn::test
