// What the tests of options share: the rows of the table, and each struct with its name.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "finn.h"

namespace finn::test {

constexpr finn_options_kind kKinds[] = {FINN_OPTIONS_MIXTURE,    FINN_OPTIONS_MLP,
                                        FINN_OPTIONS_CONSTRAINT, FINN_OPTIONS_CONDITIONING,
                                        FINN_OPTIONS_TRAINING,   FINN_OPTIONS_CHAIN};

inline std::vector<finn_option> rows_of(finn_options_kind kind) {
  std::vector<finn_option> rows;
  for (std::int32_t i = 0; i < finn_option_count(kind); ++i) {
    finn_option row{};
    row.struct_size = sizeof row;
    EXPECT_EQ(finn_option_row(kind, i, &row, nullptr), FINN_OK);
    rows.push_back(row);
  }
  return rows;
}

inline finn_option row_of(finn_options_kind kind, const std::string& name) {
  for (const finn_option& row : rows_of(kind)) {
    if (name == row.name) return row;
  }
  throw std::runtime_error("no option " + name);
}

// The names of a choice, in their order.
inline std::vector<std::string> choices_of(const finn_option& row) {
  std::vector<std::string> names;
  std::string left = row.choices;
  while (!left.empty()) {
    const std::size_t end = left.find(", ");
    names.push_back(left.substr(0, end));
    left = end == std::string::npos ? "" : left.substr(end + 2);
  }
  return names;
}

// One struct of each kind, with its defaults.
struct AllOptions {
  AllOptions() {
    EXPECT_EQ(finn_mixture_options_init(&mixture, sizeof mixture), FINN_OK);
    EXPECT_EQ(finn_mlp_options_init(&mlp, sizeof mlp), FINN_OK);
    EXPECT_EQ(finn_constraint_options_init(&constraint, sizeof constraint), FINN_OK);
    EXPECT_EQ(finn_conditioning_options_init(&conditioning, sizeof conditioning), FINN_OK);
    EXPECT_EQ(finn_training_options_init(&training, sizeof training), FINN_OK);
    EXPECT_EQ(finn_chain_options_init(&chain, sizeof chain), FINN_OK);
  }
  void* of(finn_options_kind kind) {
    void* const all[] = {&mixture, &mlp, &constraint, &conditioning, &training, &chain};
    return all[kind];
  }

  finn_mixture_options mixture;
  finn_mlp_options mlp;
  finn_constraint_options constraint;
  finn_conditioning_options conditioning;
  finn_training_options training;
  finn_chain_options chain;
};

inline std::string get_option(finn_options_kind kind, const void* options, const char* name) {
  std::int64_t size = 0;
  EXPECT_EQ(finn_option_get(kind, options, name, nullptr, 0, &size, nullptr), FINN_OK) << name;
  std::string text(static_cast<std::size_t>(size), 'z');
  EXPECT_EQ(finn_option_get(kind, options, name, text.data(), size, nullptr, nullptr), FINN_OK);
  EXPECT_EQ(text.back(), '\0');
  text.pop_back();
  return text;
}

// The value that is there after the text was set, as text; "refused" if it was not taken.
inline std::string after_setting(finn_options_kind kind, const char* name,
                                 const std::string& text) {
  AllOptions all;
  if (finn_option_set(kind, all.of(kind), name, text.c_str(), nullptr) != FINN_OK) {
    return "refused";
  }
  return get_option(kind, all.of(kind), name);
}

}  // namespace finn::test
