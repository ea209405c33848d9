// What a fresh model learns from the first rows of a fit before its first step: where they lie and
// how far they spread, first parameters in these coordinates, and the size of f
// (docs/INITIALISATION.md).
#pragma once

#include <cstdint>

#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/training/loss.hpp"

namespace finn::net {

// Makes a fresh model one for rows like these. events is the integral of f that a Poisson process
// is expected to have. Where the new parameters have no integral that can be normalised, or
// anything fails, the model is what it was.
template <class T>
void first_fit(Model<T>& model, Workspace& workspace, const RowBlock& rows, const LossOptions& loss,
               double events);

extern template void first_fit(Model<float>&, Workspace&, const RowBlock&, const LossOptions&,
                               double);
extern template void first_fit(Model<double>&, Workspace&, const RowBlock&, const LossOptions&,
                               double);

}  // namespace finn::net
