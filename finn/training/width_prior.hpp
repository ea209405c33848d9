// The prior of the widths of a mixture: what keeps a log likelihood of few rows from making its
// normals as narrow as rows lie apart. docs/TRAINING.md says why it has this form.
//
// Under it a normal that is fitted to rows whose mean square distance from its centre is s^2 has
//   sigma^2 = s^2 + strength / N h^2
// with N the rows of the fit and h the distance by which a kernel density estimate of as many rows
// would smooth the variable around the centre.
#pragma once

#include <cstdint>
#include <vector>

#include "core/tensor.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/training/reference_width.hpp"

namespace finn::net {

template <class T>
class WidthPrior {
 public:
  // From up to kFirstRows rows of a source, evenly spread, for a fit to count of them. There is
  // none for other networks than a mixture, and none of strength 0.
  void begin(const Model<T>& model, RowSource& rows, std::int64_t count, double strength);
  // There is none.
  void clear() noexcept { widths_.clear(); }

  // Adds its gradient to that of a loss that is a mean over rows, gradient [parameter_count], at
  // the parameters that the model has. Takes no memory.
  void add_gradient(const Model<T>& model, T* gradient);

 private:
  void find_shares(const Model<T>& model, const Mixture& mixture, const ComponentLayout& at);
  void find_slope_adjoints(const Model<T>& model, const Mixture& mixture,
                           const ComponentLayout& at);

  std::vector<ReferenceWidth> widths_;  // [variables], empty without a prior
  double factor_ = 0;                   // strength / N
  core::Tensor<T> adjoints_;            // of the slopes of a group
  std::vector<double> shares_;          // of its normals in its integral
  std::vector<double> sizes_;           // of its components, likewise
};

extern template class WidthPrior<float>;
extern template class WidthPrior<double>;

}  // namespace finn::net
