#include "program/option_sets.hpp"

#include <algorithm>

#include "program/arguments.hpp"
#include "program/text.hpp"

namespace program {
namespace {

struct Name {
  std::string set;  // "" without one
  std::string option;
};

Name parsed(const std::string& name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return {"", name};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

// The structs that a name may mean, each with the row that it has of it.
std::vector<std::pair<std::string, finn_option>> meanings(const std::string& name) {
  const Name wanted = parsed(name);
  std::vector<std::pair<std::string, finn_option>> found;
  for (const OptionSet& set : option_sets()) {
    if (!wanted.set.empty() && set.name != wanted.set) continue;
    for (const finn_option& row : set.rows) {
      if (wanted.option == row.name) found.emplace_back(set.name, row);
    }
  }
  return found;
}

void set_in(OptionSets& sets, const std::string& set, const std::string& option,
            const std::string& value) {
  if (set == "mixture") finn::set_option(sets.mixture, option, value);
  if (set == "mlp") finn::set_option(sets.mlp, option, value);
  if (set == "constraint") finn::set_option(sets.constraint, option, value);
  if (set == "conditioning") finn::set_option(sets.conditioning, option, value);
  if (set == "training") finn::set_option(sets.training, option, value);
  if (set == "chain") finn::set_option(sets.chain, option, value);
}

// The one struct in use that a name means.
std::string set_of(const std::string& name, const std::vector<std::string>& used) {
  std::vector<std::string> all, candidates;
  for (const auto& [set, row] : meanings(name)) {
    all.push_back(set);
    if (std::find(used.begin(), used.end(), set) != used.end()) candidates.push_back(set);
  }
  const std::string option = parsed(name).option;
  if (candidates.empty()) {
    throw UsageError("fit: --" + name + " given, an option of " + joined(all) +
                     ", but this model has options of " + joined(used) + " only");
  }
  if (candidates.size() > 1) {
    throw UsageError("fit: --" + name + " given, which is an option of " + joined(candidates) +
                     ": --" + candidates[0] + "." + option + " or --" + candidates[1] + "." +
                     option + " expected");
  }
  return candidates.front();
}

}  // namespace

const std::vector<OptionSet>& option_sets() {
  static const std::vector<OptionSet> sets = {
      {"mixture", finn::option_rows<finn_mixture_options>()},
      {"mlp", finn::option_rows<finn_mlp_options>()},
      {"constraint", finn::option_rows<finn_constraint_options>()},
      {"conditioning", finn::option_rows<finn_conditioning_options>()},
      {"training", finn::option_rows<finn_training_options>()},
      {"chain", finn::option_rows<finn_chain_options>()}};
  return sets;
}

bool is_option(const std::string& name) { return !meanings(name).empty(); }

bool is_switch(const std::string& name) {
  const auto found = meanings(name);
  return !found.empty() && std::all_of(found.begin(), found.end(), [](const auto& meaning) {
    return meaning.second.type == FINN_OPTION_FLAG;
  });
}

std::vector<std::string> option_names() {
  std::vector<std::string> names;
  for (const OptionSet& set : option_sets()) {
    for (const finn_option& row : set.rows) names.emplace_back(row.name);
  }
  return names;
}

void set_options(OptionSets& sets, const std::vector<std::string>& used,
                 const std::vector<std::pair<std::string, std::string>>& options) {
  for (const auto& [name, value] : options) {
    const std::string set = set_of(name, used);
    try {
      set_in(sets, set, parsed(name).option, value);
    } catch (const finn::Error& error) {
      throw UsageError(std::string("fit: --") + error.what());
    }
  }
}

}  // namespace program
