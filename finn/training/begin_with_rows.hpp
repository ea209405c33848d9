// Coordinates and first parameters of a model from rows (docs/INITIALISATION.md).
#pragma once

#include <cstdint>

#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"
#include "finn/model/standards.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

// Makes standards those of the model, whose other parameters keep their values.
template <class T>
void set_standards(Model<T>& model, const Standards& standards, CornerScratch& scratch);

// The model sees its variables and conditions where these rows lie, and its parameters are drawn
// from them by the seed. Conditions whose limits were given keep them; coordinates that are raw
// stay so. The size of f stays what it is.
template <class T>
void begin_with_rows(Model<T>& model, const RowBlock& rows, std::uint64_t seed,
                     CornerScratch& scratch);

extern template void set_standards(Model<float>&, const Standards&, CornerScratch&);
extern template void set_standards(Model<double>&, const Standards&, CornerScratch&);
extern template void begin_with_rows(Model<float>&, const RowBlock&, std::uint64_t, CornerScratch&);
extern template void begin_with_rows(Model<double>&, const RowBlock&, std::uint64_t,
                                     CornerScratch&);

}  // namespace finn::net
