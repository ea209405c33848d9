// A box by itself: the identity.
#include <algorithm>

#include "core/error.hpp"
#include "core/subset.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/check.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"

namespace finn::net {
namespace {

class BoxDomain final : public Domain {
 public:
  const char* kind() const noexcept override { return "box"; }
  using Domain::Domain;
  Subset unmapped() const override { return core::full_subset(variables()); }
  bool maps_axes() const override { return true; }
  DomainRecipe recipe() const override {
    return {{{"lower", {box().lower.begin(), box().lower.begin() + variables()}},
             {"upper", {box().upper.begin(), box().upper.begin() + variables()}}}};
  }

 private:
  void map(const double* u, double* x) const override { std::copy_n(u, variables(), x); }

  double invert_axis(std::size_t, double x) const override { return x; }

  double invert(const double* x, double* u) const override {
    std::copy_n(x, variables(), u);
    for (std::size_t i = 0; i < static_cast<std::size_t>(variables()); ++i) {
      const double slack = kEdge * (box().upper[i] - box().lower[i]);
      if (!(x[i] >= box().lower[i] - slack && x[i] <= box().upper[i] + slack)) return kOutside;
    }
    return 0;
  }

  void differentiate(const double*, Slopes& slopes) const override {
    slopes = {};
    for (std::size_t i = 0; i < static_cast<std::size_t>(variables()); ++i) slopes.u[i][i] = 1;
  }
};

}  // namespace

DomainPointer box_domain(const Box& box) {
  require_coordinates(box.lower.data(), box.variables, "lower");
  require_coordinates(box.upper.data(), box.variables, "upper");
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    if (box.lower[i] < box.upper[i]) continue;
    core::fail(core::Status::ERROR_ARGUMENT,
               "lower, upper: limits [%g, %g] of variable %zu given, lower < upper expected",
               box.lower[i], box.upper[i], i);
  }
  const double volume = box.volume();
  if (!(volume > 0) || !std::isfinite(volume)) {
    core::fail(core::Status::ERROR_ARGUMENT, "lower, upper: a domain of volume %g given", volume);
  }
  return std::make_shared<BoxDomain>(box);
}

}  // namespace finn::net
