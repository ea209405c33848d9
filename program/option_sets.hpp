#pragma once

#include <finn.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace program {

// The options structs of finn.h, by the names that stand before the dot in training.seed.
struct OptionSets {
  finn_mixture_options mixture = finn::mixture_options();
  finn_mlp_options mlp = finn::mlp_options();
  finn_constraint_options constraint = finn::constraint_options();
  finn_conditioning_options conditioning = finn::conditioning_options();
  finn_training_options training = finn::training_options();
  finn_chain_options chain = finn::chain_options();
};

// A struct by its name, with its rows of the table.
struct OptionSet {
  std::string name;
  std::vector<finn_option> rows;
};
const std::vector<OptionSet>& option_sets();

// Whether a struct has an option of this name, which may have the struct in front: training.seed.
bool is_option(const std::string& name);
// Whether all options of this name are flags, which are set by their name alone.
bool is_switch(const std::string& name);
std::vector<std::string> option_names();

// Sets the options of these names. used: the names of the structs that are looked at; a name that
// two of them have needs the struct in front. Throws UsageError with what finn.h says of the value.
void set_options(OptionSets& sets, const std::vector<std::string>& used,
                 const std::vector<std::pair<std::string, std::string>>& options);

}  // namespace program
