#pragma once

#include <finn.hpp>

#include "program/parts.hpp"

namespace program {

// Prints what came out of a fit: as JSON where the arguments say so, as lines otherwise.
void report(const FitArguments& fit, const finn::Model& model, const finn::Trainer& trainer,
            finn::Workspace& workspace);

}  // namespace program
