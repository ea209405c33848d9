// finn_model: creation, copies, sizes and parameters.
#include "finn/model/model.hpp"

#include <memory>
#include <utility>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/parts.hpp"
#include "capi/rows.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/integral.hpp"
#include "finn/training/begin_with_rows.hpp"
#include "finn/training/first_rows.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::require;
using finn::capi::require_finite;
using finn::capi::require_handle;
using finn::capi::require_length;

template <class T>
finn_model* make_model(const net::ModelSettings& settings, std::uint64_t seed) {
  net::Model<T> model(settings);
  net::CornerScratch scratch;
  net::initialise(model, seed, scratch);
  return new finn_model{finn_model::kMagic, std::make_shared<finn_any_model>(std::move(model))};
}

// On a copy, so that a failure leaves the model as it was.
template <class T>
void initialise_from_data(net::Model<T>& model, const double* x, int64_t rows, std::uint64_t seed) {
  for (int64_t row = 0; row < rows; ++row) {
    if (model.region().contains(x + row * model.columns())) continue;
    finn::capi::fail(finn::capi::Status::ERROR_ARGUMENT, "x: row %lld lies outside the domain",
                     static_cast<long long>(row));
  }
  net::ArrayRows source({x, nullptr, rows}, model.columns(), model.outputs());
  const net::RowBlock some =
      net::first_rows(source, net::RowOrder(rows), seed, model.columns(), model.outputs());
  net::Model<T> changed = model;
  net::CornerScratch scratch;
  net::begin_with_rows(changed, some, seed, scratch);
  model = std::move(changed);
}

template <class U>
finn_status get_parameters(const finn_model* model, U* parameters, int64_t length,
                           finn_error* error) {
  return call(error, [&] {
    require_handle(model, "model");
    require(parameters, "parameters");
    require_length(length, finn_model_parameter_count(model), "parameters [parameter_count]");
    std::visit(
        [&](const auto& m) {
          for (int64_t i = 0; i < length; ++i) parameters[i] = static_cast<U>(m.parameters()[i]);
        },
        *model->model);
  });
}

// On a copy, so that a failure leaves the model as it was.
template <class T, class U>
void assign_parameters(net::Model<T>& model, const U* parameters) {
  net::Model<T> changed = model;
  for (int64_t i = 0; i < model.parameter_count(); ++i) {
    changed.mutable_parameters()[i] = static_cast<T>(parameters[i]);
  }
  require_finite(changed.parameters(), 1, model.parameter_count(), "parameters");
  net::CornerScratch scratch;
  changed.update(scratch);
  model = std::move(changed);
}

template <class U>
finn_status set_parameters(finn_model* model, const U* parameters, int64_t length,
                           finn_error* error) {
  return call(error, [&] {
    require_handle(model, "model");
    require(parameters, "parameters");
    require_length(length, finn_model_parameter_count(model), "parameters [parameter_count]");
    std::visit([&](auto& m) { assign_parameters(m, parameters); }, *model->model);
  });
}

}  // namespace

extern "C" {

finn_status finn_model_create(const finn_network* network, const finn_domain* domain,
                              const finn_constraint* constraint,
                              const finn_conditioning* conditioning, finn_precision precision,
                              uint64_t seed, finn_model** model, finn_error* error) {
  return call(error, [&] {
    require(model, "model");
    *model = nullptr;
    finn::capi::require_enumerator(precision, FINN_FLOAT32, "precision");
    const net::ModelSettings settings =
        finn::capi::checked_settings(network, domain, constraint, conditioning);
    *model = precision == FINN_FLOAT32 ? make_model<float>(settings, seed)
                                       : make_model<double>(settings, seed);
  });
}

finn_status finn_model_clone(const finn_model* model, finn_model** copy, finn_error* error) {
  return call(error, [&] {
    require(copy, "copy");
    *copy = nullptr;
    require_handle(model, "model");
    *copy = new finn_model{finn_model::kMagic, std::make_shared<finn_any_model>(*model->model)};
  });
}

finn_status finn_model_initialise_from_data(finn_model* model, const double* x, int64_t rows,
                                            uint64_t seed, finn_error* error) {
  return call(error, [&] {
    require_handle(model, "model");
    require(x, "x");
    finn::capi::require_rows(rows, finn_model_columns(model), "rows");
    std::visit(
        [&](auto& m) {
          finn::capi::require_model_rows(m, x, rows, "x");
          initialise_from_data(m, x, rows, seed);
        },
        *model->model);
  });
}

void finn_model_destroy(finn_model* model) { finn::capi::destroy(model); }

int32_t finn_model_variables(const finn_model* model) {
  if (model == nullptr) return 0;
  return std::visit([](const auto& m) { return m.variables(); }, *model->model);
}

int32_t finn_model_outputs(const finn_model* model) {
  if (model == nullptr) return 0;
  return std::visit([](const auto& m) { return m.outputs(); }, *model->model);
}

finn_precision finn_model_precision(const finn_model* model) {
  const bool is_float =
      model != nullptr && std::holds_alternative<net::Model<float>>(*model->model);
  return is_float ? FINN_FLOAT32 : FINN_FLOAT64;
}

int32_t finn_model_columns(const finn_model* model) {
  if (model == nullptr) return 0;
  return std::visit([](const auto& m) { return m.columns(); }, *model->model);
}

int64_t finn_model_parameter_count(const finn_model* model) {
  if (model == nullptr) return 0;
  return std::visit([](const auto& m) { return m.parameter_count(); }, *model->model);
}

finn_status finn_model_get_parameters_f64(const finn_model* model, double* parameters,
                                          int64_t length, finn_error* error) {
  return get_parameters(model, parameters, length, error);
}

finn_status finn_model_get_parameters_f32(const finn_model* model, float* parameters,
                                          int64_t length, finn_error* error) {
  return get_parameters(model, parameters, length, error);
}

finn_status finn_model_set_parameters_f64(finn_model* model, const double* parameters,
                                          int64_t length, finn_error* error) {
  return set_parameters(model, parameters, length, error);
}

finn_status finn_model_set_parameters_f32(finn_model* model, const float* parameters,
                                          int64_t length, finn_error* error) {
  return set_parameters(model, parameters, length, error);
}

}  // extern "C"
