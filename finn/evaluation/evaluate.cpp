#include "finn/evaluation/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace finn::net {

double condition(const CornerSum& sum) {
  return sum.magnitude == 0 ? 1.0 : sum.magnitude / std::fabs(sum.value);
}

Box within_domain(const Domain* domain, Box box) {
  if (domain == nullptr) return box;
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    const double lower = domain->box().lower[i];
    const double upper = domain->box().upper[i];
    box.lower[i] = std::clamp(box.lower[i], lower, upper);
    box.upper[i] = std::clamp(box.upper[i], lower, upper);
  }
  return box;
}

template <class T>
void integrate(const Model<T>& model, Workspace& workspace, const Box& wanted, double* value,
               double* kappa, double* error_estimate) {
  const Box box = within_domain(model.domain(), wanted);
  const OutputMap& map = model.output_map();
  CornerScratch& scratch = workspace.corners();
  corner_sums(model.antiderivative(), box, scratch, scratch.sums);
  for (std::size_t j = 0; j < scratch.sums.size(); ++j) {
    const CornerSum& sum = scratch.sums[j];
    double added = map.shift[j] * box.volume();
    if (const Projection* projection = model.projection(); projection != nullptr) {
      added += projection->integral(model.projection_coefficients(static_cast<int>(j)), box);
    }
    value[j] = map.scale[j] * sum.value + added;
    if (kappa != nullptr) kappa[j] = condition(sum);
    if (error_estimate != nullptr) {
      error_estimate[j] =
          std::fabs(map.scale[j]) * sum.error_estimate +
          (std::fabs(value[j]) + std::fabs(added)) * std::numeric_limits<double>::epsilon();
    }
  }
}

template void integrate(const Model<float>&, Workspace&, const Box&, double*, double*, double*);
template void integrate(const Model<double>&, Workspace&, const Box&, double*, double*, double*);

}  // namespace finn::net
