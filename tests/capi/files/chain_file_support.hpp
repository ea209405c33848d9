// What the tests of chain files share: chains of each form, and what is refused or the same.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/chain_support.hpp"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {

// A chain all of whose links are networks.
inline ChainSpec of_networks(finn_precision precision = FINN_FLOAT64) {
  ChainSpec spec;
  spec.options.linear_components = 0;
  spec.options.precision = precision;
  return spec;
}

// Of one variable, linear by far: rows of a normal that a network of so few steps does not fit.
inline ChainHandle linear_chain() {
  ChainSpec spec{1, 1, {}, {}, short_chain_options(1)};
  ChainHandle chain = make_chain(spec);
  const auto numbers = random_numbers<double>(400, -1, 1, 3);
  std::vector<double> x;
  for (std::size_t k = 0; k < 400; k += 4) {
    x.insert(x.end(), {numbers[k] + numbers[k + 1] + numbers[k + 2] + numbers[k + 3], numbers[k]});
  }
  require_ok([&](finn_error* e) { return fit_chain(chain.get(), x, {}, e); });
  EXPECT_EQ(link_of(chain.get(), 0).first, FINN_LINK_LINEAR);
  return chain;
}

inline void expect_chain_refused(const Bytes& file, const std::string& words) {
  SCOPED_TRACE(words);
  finn_error error = FINN_ERROR_INIT;
  ChainHandle chain;
  EXPECT_STREQ(finn_status_name(load_chain(file, &chain, &error)), "FINN_ERROR_FORMAT");
  EXPECT_NE(std::string(error.message).find(words), std::string::npos) << error.message;
}

inline void expect_same_chain(const finn_chain* a, const finn_chain* b) {
  const auto rows = chain_rows(20);
  ASSERT_EQ(finn_chain_variables(a), finn_chain_variables(b));
  ASSERT_EQ(finn_chain_links(a), finn_chain_links(b));
  if (finn_chain_links(a) == finn_chain_variables(a)) {
    const std::vector<double> some(rows.begin(), rows.begin() + 12);
    EXPECT_TRUE(same_bits(log_densities(a, some), log_densities(b, some)));
  }
  for (std::int32_t link = 0; link < finn_chain_links(a); ++link) {
    const auto [form, log_likelihoods] = link_of(a, link);
    const auto [other_form, others] = link_of(b, link);
    EXPECT_EQ(form, other_form);
    for (std::size_t k = 0; k < 3; ++k) {
      if (std::isnan(log_likelihoods[k])) {
        EXPECT_TRUE(std::isnan(others[k]));
      } else {
        EXPECT_EQ(log_likelihoods[k], others[k]);
      }
    }
  }
}

}  // namespace finn::test
