#include "finn/model/in_double.hpp"

#include <algorithm>

#include "finn/model/model_settings.hpp"

namespace finn::net {

template <class T>
void follow_in_double(const Model<T>& model, Model<double>& copy, CornerScratch& scratch) {
  std::copy_n(model.parameters(), model.parameter_count(), copy.mutable_parameters());
  copy.update(scratch);
}

template <class T>
Model<double> in_double(const Model<T>& model, CornerScratch& scratch) {
  Model<double> copy(settings_of(model));
  follow_in_double(model, copy, scratch);
  return copy;
}

template Model<double> in_double(const Model<float>&, CornerScratch&);
template Model<double> in_double(const Model<double>&, CornerScratch&);
template void follow_in_double(const Model<float>&, Model<double>&, CornerScratch&);
template void follow_in_double(const Model<double>&, Model<double>&, CornerScratch&);

}  // namespace finn::net
