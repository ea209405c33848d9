// Small chains for the tests of finn.h: made, fitted, saved and loaded in a few words.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/distribution_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {

inline finn_chain_options short_chain_options(std::int64_t steps = 4) {
  finn_chain_options options;
  finn_chain_options_init(&options, sizeof options);
  options.steps = steps;
  options.batch = 16;
  options.components = 3;
  options.linear_components = 2;
  options.hidden_layers = 1;
  options.widths[0] = 3;
  return options;
}

// Two variables, the second of which is a sine of the first, and a condition that moves both.
inline std::vector<double> chain_rows(int count) {
  const auto numbers = random_numbers<double>(static_cast<std::size_t>(3 * count), -1, 1, 7);
  std::vector<double> rows;
  for (std::size_t r = 0; r < numbers.size(); r += 3) {
    const double condition = numbers[r + 2], first = 3 * numbers[r] + condition;
    rows.insert(rows.end(), {first, std::sin(2 * first) + 0.1 * numbers[r + 1], condition});
  }
  return rows;
}

struct ChainSpec {
  std::int32_t variables = 2, conditions = 1;
  std::vector<double> lower, upper;  // empty: no limits
  finn_chain_options options = short_chain_options();
};

inline ChainHandle make_chain(const ChainSpec& spec = {}) {
  return make_handle<finn_chain>([&](finn_chain** chain, finn_error* error) {
    return finn_chain_create(
        spec.variables, spec.conditions, spec.lower.empty() ? nullptr : spec.lower.data(),
        spec.upper.empty() ? nullptr : spec.upper.data(), &spec.options, chain, error);
  });
}

inline finn_status fit_chain(finn_chain* chain, const std::vector<double>& x,
                             Callbacks callbacks = {}, finn_error* error = nullptr) {
  const WorkspaceHandle workspace = make_workspace(1);
  const int columns = finn_chain_variables(chain) + finn_chain_conditions(chain);
  return finn_chain_fit_data(chain, workspace.get(), x.data(), nullptr, length_of(x) / columns,
                             callbacks.progress_function(), &callbacks, error);
}

inline ChainHandle fitted_chain(const ChainSpec& spec = {}, int rows = 60) {
  ChainHandle chain = make_chain(spec);
  require_ok([&](finn_error* e) { return fit_chain(chain.get(), chain_rows(rows), {}, e); });
  return chain;
}

// Of which the links after this one are missing.
inline ChainHandle chain_of_links(std::int64_t links, const ChainSpec& spec = {}) {
  ChainHandle chain = make_chain(spec);
  const Callbacks stop = stop_after(links * spec.options.steps + 1);
  require_ok([&](finn_error* e) { return fit_chain(chain.get(), chain_rows(60), stop, e); });
  EXPECT_EQ(finn_chain_links(chain.get()), links);
  return chain;
}

inline DistributionHandle distribution_of(const finn_chain* chain) {
  return make_distribution([&](finn_distribution** made, finn_error* error) {
    return finn_chain_distribution(chain, made, error);
  });
}

inline std::vector<double> log_densities(const finn_distribution* distribution,
                                         const std::vector<double>& rows) {
  const WorkspaceHandle workspace = make_workspace(1);
  const std::int64_t count = length_of(rows) / finn_distribution_columns(distribution);
  std::vector<double> logs(static_cast<std::size_t>(count));
  require_ok([&](finn_error* e) {
    return finn_distribution_log_density(distribution, workspace.get(), rows.data(), count,
                                         logs.data(), count, e);
  });
  return logs;
}

inline std::vector<double> log_densities(const finn_chain* chain, const std::vector<double>& rows) {
  return log_densities(distribution_of(chain).get(), rows);
}

inline std::pair<finn_link_form, std::vector<double>> link_of(const finn_chain* chain,
                                                              std::int32_t link) {
  finn_link_form form = FINN_LINK_LINEAR;
  std::vector<double> log_likelihoods(3);
  require_ok([&](finn_error* e) {
    return finn_chain_link(chain, link, &form, log_likelihoods.data(), e);
  });
  return {form, log_likelihoods};
}

inline Bytes save_chain(const finn_chain* chain) {
  std::int64_t size = 0;
  require_ok([&](finn_error* e) { return finn_chain_save_bytes(chain, nullptr, 0, &size, e); });
  Bytes bytes(static_cast<std::size_t>(size));
  require_ok(
      [&](finn_error* e) { return finn_chain_save_bytes(chain, bytes.data(), size, &size, e); });
  EXPECT_EQ(length_of(bytes), size);
  return bytes;
}

inline finn_status load_chain(const Bytes& bytes, ChainHandle* chain, finn_error* error = nullptr) {
  finn_chain* made = nullptr;
  const finn_status status = finn_chain_load_bytes(bytes.data(), length_of(bytes), &made, error);
  chain->reset(made);
  EXPECT_EQ(made != nullptr, status == FINN_OK);
  return status;
}

inline ChainHandle load_chain(const Bytes& bytes) {
  ChainHandle chain;
  require_ok([&](finn_error* e) { return load_chain(bytes, &chain, e); });
  return chain;
}

}  // namespace finn::test
