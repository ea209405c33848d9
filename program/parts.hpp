#pragma once

#include <finn.hpp>
#include <optional>
#include <vector>

#include "program/arguments.hpp"
#include "program/option_sets.hpp"
#include "program/rows.hpp"

namespace program {

// The parts of the model that `finn fit` makes, from its arguments and from the rows. Each throws
// UsageError for arguments that do not fit the rows, and finn::Error as finn.h does.
struct FitArguments {
  const Arguments& arguments;
  const OptionSets& options;
  const Rows& rows;
};

// Whether --network is an mlp, or a chain; else it is a mixture.
bool is_mlp(const Arguments& arguments);
bool is_chain(const Arguments& arguments);

finn::Network network_of(const FitArguments& fit);
// The box of --lower and --upper; where these are not given or auto, the range of the rows, wider
// by 10 % of it on either side.
finn::Domain domain_of(const FitArguments& fit);
// What --constraint and its values say. Without: none for a regression, a learned integral for the
// intensity of a Poisson process, and otherwise that of finn.h, an integral of 1.
std::optional<finn::Constraint> constraint_of(const FitArguments& fit);
std::optional<finn::Conditioning> conditioning_of(const FitArguments& fit);

}  // namespace program
