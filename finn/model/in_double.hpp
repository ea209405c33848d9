// A model in double with the parameters of one of either precision: for what float is too coarse.
#pragma once

#include "finn/model/model.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

template <class T>
Model<double> in_double(const Model<T>& model, CornerScratch& scratch);

// Gives a model that in_double made of this one the parameters that it has now. Takes no memory.
template <class T>
void follow_in_double(const Model<T>& model, Model<double>& copy, CornerScratch& scratch);

extern template Model<double> in_double(const Model<float>&, CornerScratch&);
extern template Model<double> in_double(const Model<double>&, CornerScratch&);
extern template void follow_in_double(const Model<float>&, Model<double>&, CornerScratch&);
extern template void follow_in_double(const Model<double>&, Model<double>&, CornerScratch&);

}  // namespace finn::net
