// Products: the variables of the factors one after the other, each mapped by itself.
#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/subset.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/check.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"

namespace finn::net {
namespace {

using core::kMaxVariables;

Box product_box(const std::vector<DomainPointer>& factors) {
  Box box;
  for (const DomainPointer& factor : factors) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(factor->variables()); ++i) {
      const auto at = static_cast<std::size_t>(box.variables++);
      box.lower[at] = factor->box().lower[i];
      box.upper[at] = factor->box().upper[i];
    }
  }
  return box;
}

int largest_depth(const std::vector<DomainPointer>& factors) {
  int largest = 0;
  for (const DomainPointer& factor : factors) largest = std::max(largest, factor->depth());
  return largest;
}

class Product final : public Domain {
 public:
  const char* kind() const noexcept override { return "product"; }
  explicit Product(std::vector<DomainPointer> factors)
      : Domain(product_box(factors), largest_depth(factors)), factors_(std::move(factors)) {}

  DomainRecipe recipe() const override { return {{}, factors_}; }
  Subset unmapped() const override {
    Subset all = 0;
    for_each_factor([&](const Domain& factor, int at) { all |= factor.unmapped() << at; });
    return all;
  }
  bool maps_axes() const override {
    return std::all_of(factors_.begin(), factors_.end(),
                       [](const DomainPointer& factor) { return factor->maps_axes(); });
  }

 private:
  // body(factor, index of its first variable) for one factor after the other.
  template <class Body>
  void for_each_factor(Body&& body) const {
    int first = 0;
    for (const DomainPointer& factor : factors_) {
      body(*factor, first);
      first += factor->variables();
    }
  }

  void map(const double* u, double* x) const override {
    for_each_factor([&](const Domain& factor, int at) { factor.to_point(u + at, x + at); });
  }

  double invert_axis(std::size_t i, double x) const override {
    double u = 0;
    for_each_factor([&](const Domain& factor, int first) {
      const auto at = static_cast<std::size_t>(first);
      const auto end = at + static_cast<std::size_t>(factor.variables());
      if (i >= at && i < end) u = factor.axis_to_box(i - at, x);
    });
    return u;
  }

  double invert(const double* x, double* u) const override {
    return invert_subset(x, core::full_subset(variables()), u);
  }

  double invert_subset(const double* x, Subset subset, double* u) const override {
    double log_weight = 0;
    for_each_factor([&](const Domain& factor, int at) {
      const Subset own = subset >> at & core::full_subset(factor.variables());
      log_weight += factor.locate(x + at, own, u + at);
    });
    return log_weight;
  }

  void differentiate(const double* x, Slopes& slopes) const override {
    differentiate_subset(x, core::full_subset(variables()), slopes);
  }

  void differentiate_subset(const double* x, Subset subset, Slopes& slopes) const override {
    slopes = {};
    for_each_factor([&](const Domain& factor, int first) {
      const auto at = static_cast<std::size_t>(first);
      const auto n = static_cast<std::size_t>(factor.variables());
      Slopes own;
      factor.slopes(x + at, subset >> first & core::full_subset(factor.variables()), own);
      for (std::size_t j = 0; j < n; ++j) {
        std::copy_n(own.u[j].begin(), n, slopes.u[at + j].begin() + first);
      }
      std::copy_n(own.log_weight.begin(), n, slopes.log_weight.begin() + first);
    });
  }

  std::vector<DomainPointer> factors_;
};

}  // namespace

DomainPointer product_domain(std::vector<DomainPointer> factors) {
  int variables = 0;
  for (const DomainPointer& factor : factors) {
    variables += factor->variables();
    if (variables > kMaxVariables) break;
  }
  if (variables < 1 || variables > kMaxVariables) {
    core::fail(core::Status::ERROR_ARGUMENT,
               "factors: a product of %d or more variables given, 1 .. %d expected", variables,
               kMaxVariables);
  }
  for (const DomainPointer& factor : factors) require_depth(*factor, "factors");
  return std::make_shared<Product>(std::move(factors));
}

DomainPointer cylinder_domain(const double* centre, double radius, double bottom, double top) {
  require_coordinates(&bottom, 1, "bottom");
  require_coordinates(&top, 1, "top");
  if (!(bottom < top)) {
    core::fail(core::Status::ERROR_ARGUMENT, "bottom, top: [%g, %g] given, bottom < top expected",
               bottom, top);
  }
  Box height;
  height.variables = 1;
  height.lower[0] = bottom;
  height.upper[0] = top;
  return product_domain({disk_domain(centre, radius), box_domain(height)});
}

}  // namespace finn::net
