#pragma once

#include <finn.hpp>

#include "program/arguments.hpp"
#include "program/parts.hpp"

namespace program {

// Throws UsageError for a flag that a chain has no use for.
void check_chain_flags(const Arguments& arguments);

// Fits a chain to the rows, saves it and prints what became of its links. Throws UsageError, and
// finn::Error as finn.h does.
void fit_chain(const FitArguments& fit, finn::Workspace& workspace);

}  // namespace program
