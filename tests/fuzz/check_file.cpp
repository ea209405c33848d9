#include "tests/fuzz/check_file.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/fuzz/named_domains.hpp"

namespace finn::fuzz {
namespace {

using test::ChainHandle;
using test::ModelHandle;
using test::TrainerHandle;
using Bytes = std::vector<unsigned char>;

// Larger models are loaded, too, but not evaluated.
constexpr std::int64_t kMostParameters = 4096;
constexpr std::int32_t kMostVariables = 4;
constexpr std::size_t kMostChainBytes = std::size_t{1} << 16;
constexpr std::int64_t kRows = 8;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

void require_one_of(finn_status status, std::initializer_list<finn_status> allowed,
                    const char* function, const finn_error& error) {
  const bool is_message = std::memchr(error.message, 0, sizeof error.message) != nullptr;
  require(is_message, "a message that ends");
  if (std::find(allowed.begin(), allowed.end(), status) != allowed.end()) return;
  std::fprintf(stderr, "%s: %s: %s\n", function, finn_status_name(status), error.message);
  std::abort();
}

// What save(buffer, capacity, size, error) writes.
template <class Save>
Bytes saved(Save&& save, const char* function) {
  finn_error error = FINN_ERROR_INIT;
  Bytes bytes(std::size_t{1} << 14);
  auto size = static_cast<std::int64_t>(bytes.size());
  finn_status status = save(bytes.data(), size, &size, &error);
  if (status == FINN_ERROR_SIZE) {
    bytes.resize(static_cast<std::size_t>(size));
    status = save(bytes.data(), size, &size, &error);
  }
  require_one_of(status, {FINN_OK}, function, error);
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
}

Bytes saved(const finn_model* model) {
  return saved([&](auto... to) { return finn_model_save_bytes(model, to...); }, "save a model");
}

Bytes saved(const finn_trainer* trainer) {
  return saved([&](auto... to) { return finn_trainer_save_bytes(trainer, to...); },
               "save a trainer");
}

Bytes saved(const finn_chain* chain) {
  return saved([&](auto... to) { return finn_chain_save_bytes(chain, to...); }, "save a chain");
}

finn_status load(File bytes, ChainHandle& chain, finn_error* error) {
  finn_chain* made = nullptr;
  const finn_status status =
      finn_chain_load_bytes(bytes.data(), static_cast<std::int64_t>(bytes.size()), &made, error);
  chain.reset(made);
  require((status == FINN_OK) == (made != nullptr), "a chain, or an error");
  return status;
}

finn_status load(File bytes, std::span<const finn_domain* const> domains, ModelHandle& model,
                 finn_error* error) {
  finn_model* made = nullptr;
  const finn_status status =
      finn_model_load_bytes(bytes.data(), static_cast<std::int64_t>(bytes.size()), domains.data(),
                            static_cast<std::int32_t>(domains.size()), &made, error);
  model.reset(made);
  require((status == FINN_OK) == (made != nullptr), "a model, or an error");
  return status;
}

finn_status load(File bytes, finn_model* model, TrainerHandle& trainer, finn_error* error) {
  finn_trainer* made = nullptr;
  const finn_status status = finn_trainer_load_bytes(
      model, bytes.data(), static_cast<std::int64_t>(bytes.size()), &made, error);
  trainer.reset(made);
  require((status == FINN_OK) == (made != nullptr), "a trainer, or an error");
  return status;
}

std::vector<double> parameters_of(const finn_model* model) {
  std::vector<double> parameters(static_cast<std::size_t>(finn_model_parameter_count(model)));
  finn_model_get_parameters_f64(model, parameters.data(),
                                static_cast<std::int64_t>(parameters.size()), nullptr);
  return parameters;
}

bool is_small(const finn_model* model) {
  return finn_model_parameter_count(model) <= kMostParameters &&
         finn_model_variables(model) <= kMostVariables;
}

// The status, then the bits of f; parameters that nobody trained may give no finite f.
Bytes values_of(const finn_model* model, finn_workspace* workspace) {
  const std::vector<double> rows = test::rows_in(model, kRows);
  std::vector<double> f(static_cast<std::size_t>(kRows * finn_model_outputs(model)));
  finn_error error = FINN_ERROR_INIT;
  const finn_status status = finn_integrand_f64(model, workspace, rows.data(), kRows, f.data(),
                                                static_cast<std::int64_t>(f.size()), &error);
  require_one_of(status, {FINN_OK, FINN_ERROR_INTEGRAL, FINN_ERROR_NOT_FINITE}, "f of a model",
                 error);
  Bytes values(1 + f.size() * sizeof(double));
  values[0] = static_cast<unsigned char>(status);
  if (status == FINN_OK) std::memcpy(values.data() + 1, f.data(), f.size() * sizeof(double));
  return values;
}

// The status, then the bits of the log densities and of medians of a chain: numbers that nobody
// fitted may give none, but no chain may end the process or go on for ever.
Bytes values_of(const finn_chain* chain, finn_workspace* workspace) {
  finn_error error = FINN_ERROR_INIT;
  finn_distribution* distribution = nullptr;
  const finn_status made = finn_chain_distribution(chain, &distribution, &error);
  require_one_of(made, {FINN_OK, FINN_ERROR_ARGUMENT}, "the distribution of a chain", error);
  if (made != FINN_OK) return {};
  const auto n = static_cast<std::size_t>(finn_distribution_variables(distribution));
  const auto columns = static_cast<std::size_t>(finn_distribution_columns(distribution));
  std::vector<double> rows(kRows * columns), halves(kRows * n, 0.5), x(kRows * n), logs(kRows);
  for (std::size_t k = 0; k < rows.size(); ++k) rows[k] = 0.1 * static_cast<double>(k % 17) - 0.5;
  const finn_status status = finn_distribution_log_density(distribution, workspace, rows.data(),
                                                           kRows, logs.data(), kRows, &error);
  require(status != FINN_ERROR_INTERNAL, "no internal error of a density");
  const finn_status inverted = finn_distribution_inverse_rosenblatt(
      distribution, workspace, halves.data(), rows.data(), kRows, x.data(),
      static_cast<std::int64_t>(x.size()), &error);
  require(inverted != FINN_ERROR_INTERNAL, "no internal error of quantiles");
  finn_distribution_destroy(distribution);
  Bytes values(1 + logs.size() * sizeof(double));
  values[0] = static_cast<unsigned char>(status);
  if (status == FINN_OK) std::memcpy(values.data() + 1, logs.data(), logs.size() * sizeof(double));
  return values;
}

std::int32_t stop(const finn_progress*, void*) { return 1; }

// One step, on rows that suit some losses and not others: it may fail, but only with a status.
void train(finn_trainer* trainer, finn_model* model, finn_workspace* workspace) {
  const std::vector<double> x = test::rows_in(model, kRows);
  const std::vector<double> y(static_cast<std::size_t>(kRows * finn_model_outputs(model)), 0.5);
  for (const double* targets : {y.data(), static_cast<const double*>(nullptr)}) {
    finn_error error = FINN_ERROR_INIT;
    const finn_status status = finn_trainer_fit_data(trainer, workspace, x.data(), targets, nullptr,
                                                     kRows, stop, nullptr, &error);
    require(status != FINN_ERROR_INTERNAL, "no internal error of a fit");
    if (status == FINN_OK) return;
  }
}

}  // namespace

FileChecker::FileChecker()
    : star_(named_star()),
      map_(named_map()),
      small_model_(test::make_model({.widths = {2}})),
      workspace_(test::make_workspace(1)) {}

Verdict FileChecker::check(File bytes) const {
  Verdict verdict;
  ModelHandle model;
  verdict.is_model = check_model(bytes, model);
  finn_model* host = verdict.is_model ? model.get() : small_model_.get();
  verdict.is_checkpoint = check_checkpoint(bytes, host);
  verdict.is_chain = check_chain(bytes);
  return verdict;
}

bool FileChecker::check_model(File bytes, ModelHandle& model) const {
  const finn_domain* const domains[] = {star_.get(), map_.get()};
  finn_error error = FINN_ERROR_INIT;
  const finn_status status = load(bytes, domains, model, &error);
  require_one_of(status, {FINN_OK, FINN_ERROR_FORMAT, FINN_ERROR_ARGUMENT}, "load a model", error);
  if (status != FINN_OK) return false;
  const Bytes again = saved(model.get());
  ModelHandle second;
  require_one_of(load(again, domains, second, &error), {FINN_OK}, "load what was saved", error);
  require(saved(second.get()) == again, "the same bytes of a model that was loaded again");
  if (is_small(model.get())) {
    const Bytes values = values_of(model.get(), workspace_.get());
    require(values_of(second.get(), workspace_.get()) == values, "the same bits of f");
  }
  return true;
}

bool FileChecker::check_checkpoint(File bytes, finn_model* model) const {
  const std::vector<double> before = parameters_of(model);
  TrainerHandle trainer;
  finn_error error = FINN_ERROR_INIT;
  const finn_status status = load(bytes, model, trainer, &error);
  require_one_of(status, {FINN_OK, FINN_ERROR_FORMAT, FINN_ERROR_SIZE, FINN_ERROR_ARGUMENT},
                 "load a checkpoint", error);
  if (status != FINN_OK) {
    require(parameters_of(model) == before, "a model as it was when its checkpoint is refused");
    return false;
  }
  const Bytes again = saved(trainer.get());
  TrainerHandle second;
  require_one_of(load(again, model, second, &error), {FINN_OK}, "load what was saved", error);
  require(saved(second.get()) == again, "the same bytes of a trainer that was loaded again");
  if (is_small(model)) train(trainer.get(), model, workspace_.get());
  return true;
}

bool FileChecker::check_chain(File bytes) const {
  finn_error error = FINN_ERROR_INIT;
  ChainHandle chain, second;
  const finn_status status = load(bytes, chain, &error);
  require_one_of(status, {FINN_OK, FINN_ERROR_FORMAT}, "load a chain", error);
  if (status != FINN_OK) return false;
  const Bytes again = saved(chain.get());
  require_one_of(load(again, second, &error), {FINN_OK}, "load what was saved", error);
  require(saved(second.get()) == again, "the same bytes of a chain that was loaded again");
  if (finn_chain_variables(chain.get()) <= kMostVariables && again.size() < kMostChainBytes) {
    const Bytes values = values_of(chain.get(), workspace_.get());
    require(values_of(second.get(), workspace_.get()) == values, "the same bits of f of a chain");
  }
  return true;
}

}  // namespace finn::fuzz
