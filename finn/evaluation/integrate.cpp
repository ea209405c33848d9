#include "finn/evaluation/integrate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "finn/networks/integral.hpp"

namespace finn::net {

BoxIntegral normalised_integral(const Normaliser& normaliser, double scale, const double* lambda,
                                const CornerSum& sum, const Box& box) {
  const double added = normaliser.integral(lambda, box);
  const double value = scale * sum.value + added;
  const double rounding =
      (std::fabs(value) + std::fabs(added)) * std::numeric_limits<double>::epsilon();
  return {value, sum.condition_number(), std::fabs(scale) * sum.error_estimate + rounding};
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
               double* condition_number, double* error_estimate) {
  const Box box = within_domain(model.domain(), wanted);
  const Normalisation& numbers = model.normalisation();
  CornerScratch& scratch = workspace.corners();
  corner_sums(model.antiderivative(), box, scratch, scratch.sums);
  const auto functions = static_cast<std::size_t>(model.normaliser().functions());
  for (std::size_t j = 0; j < scratch.sums.size(); ++j) {
    const double* lambda = numbers.coefficients.data() + j * functions;
    const BoxIntegral integral =
        normalised_integral(model.normaliser(), numbers.scale[j], lambda, scratch.sums[j], box);
    value[j] = integral.value;
    if (condition_number != nullptr) condition_number[j] = integral.condition_number;
    if (error_estimate != nullptr) error_estimate[j] = integral.error_estimate;
  }
}

template void integrate(const Model<float>&, Workspace&, const Box&, double*, double*, double*);
template void integrate(const Model<double>&, Workspace&, const Box&, double*, double*, double*);

}  // namespace finn::net
