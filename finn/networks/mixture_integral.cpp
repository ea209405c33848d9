#include "finn/networks/mixture_integral.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ops/kernels/table.hpp"

namespace finn::net {
namespace {

// One block of components over one box.
class BlockIntegral {
 public:
  BlockIntegral(const MixtureAntiderivative& F, const ComponentLayout& block, const Box& box,
                MixtureScratch& scratch)
      : F_(F), block_(block), box_(box), scratch_(scratch) {
    const auto rows = static_cast<std::size_t>(F.network.normals_of_variable());
    const auto n = static_cast<std::size_t>(box.variables);
    const auto components = static_cast<std::size_t>(F.network.shape().components);
    scratch_.above.resize(rows);
    scratch_.differences.resize(n * rows);
    scratch_.sums.resize(n * components);
    scratch_.products.assign((n + 1) * components, 1.0);
    scratch_.running.resize(components);
    for (std::size_t axis = 0; axis < n; ++axis) add_axis(axis);
  }

  // The product over all variables, by component.
  const double* products() const { return &scratch_.products[axes() * components()]; }
  double coefficient(int output, std::size_t component) const {
    return F_.weights[block_.coefficients +
                      at(static_cast<std::size_t>(output) * components() + component)];
  }

  // Given the adjoint of each output of the block.
  void add_adjoint(const double* output_adjoint, double* weight_adjoint) {
    for (std::size_t j = 0; j < components(); ++j) {
      scratch_.running[j] = 0;
      for (int o = 0; o < block_.outputs; ++o) {
        weight_adjoint[block_.coefficients + at(static_cast<std::size_t>(o) * components() + j)] +=
            output_adjoint[o] * products()[j];
        scratch_.running[j] += output_adjoint[o] * coefficient(o, j);
      }
    }
    for (std::size_t axis = axes(); axis-- > 0;) add_axis_adjoint(axis, weight_adjoint);
  }

 private:
  static std::ptrdiff_t at(std::size_t i) { return static_cast<std::ptrdiff_t>(i); }
  std::size_t axes() const { return static_cast<std::size_t>(box_.variables); }
  std::size_t components() const { return static_cast<std::size_t>(F_.network.shape().components); }
  std::size_t normals() const {
    return static_cast<std::size_t>(F_.network.shape().normals_per_axis);
  }
  std::size_t rows() const { return components() * normals(); }
  const double* of(std::int64_t layout, std::size_t axis) const {
    return F_.weights + layout + at(axis * rows());
  }
  double share(std::size_t axis, std::size_t row) const {
    return F_.network.has_shares() ? of(block_.shares, axis)[row] : 1.0;
  }
  ops::Interval<double> interval(std::size_t axis) const {
    const double scale = F_.coordinates.scale[axis], offset = F_.coordinates.offset[axis];
    const double lower = box_.lower[axis], upper = box_.upper[axis];
    return {scale * lower + offset, scale * upper + offset, scale * (upper - lower)};
  }

  void add_axis(std::size_t axis) {
    ops::kernels<double>().sigma_difference(interval(axis), of(block_.slopes, axis),
                                            of(block_.locations, axis), at(rows()),
                                            &scratch_.differences[axis * rows()]);
    for (std::size_t j = 0; j < components(); ++j) {
      double sum = 0;
      for (std::size_t r = j * normals(); r < (j + 1) * normals(); ++r) {
        sum += share(axis, r) * scratch_.differences[axis * rows() + r];
      }
      scratch_.sums[axis * components() + j] = sum;
      scratch_.products[(axis + 1) * components() + j] =
          scratch_.products[axis * components() + j] * sum;
    }
  }

  void add_axis_adjoint(std::size_t axis, double* weight_adjoint) {
    auto& [above, differences, sums, products, running] = scratch_;
    const std::ptrdiff_t first = at(axis * rows());
    for (std::size_t r = 0; r < rows(); ++r) {
      const std::size_t j = r / normals();
      const double of_normal = running[j] * products[axis * components() + j];
      above[r] = of_normal * share(axis, r);
      if (!F_.network.has_shares()) continue;
      weight_adjoint[block_.shares + first + at(r)] += of_normal * differences[axis * rows() + r];
    }
    ops::kernels<double>().sigma_difference_transpose(
        interval(axis), of(block_.slopes, axis), of(block_.locations, axis), above.data(),
        at(rows()), weight_adjoint + block_.slopes + first,
        weight_adjoint + block_.locations + first);
    for (std::size_t j = 0; j < components(); ++j) running[j] *= sums[axis * components() + j];
  }

  const MixtureAntiderivative& F_;
  const ComponentLayout& block_;
  const Box& box_;
  MixtureScratch& scratch_;
};

}  // namespace

void mixture_sums(const MixtureAntiderivative& F, const Box& box, MixtureScratch& scratch,
                  std::vector<CornerSum>& sums) {
  constexpr double roundoff = 0.5 * std::numeric_limits<double>::epsilon();
  sums.assign(static_cast<std::size_t>(F.network.shape().outputs), CornerSum{});
  for (const ComponentLayout& block : F.network.groups()) {
    const BlockIntegral integral(F, block, box, scratch);
    for (int o = 0; o < block.outputs; ++o) {
      CornerSum& sum = sums[static_cast<std::size_t>(block.first_output + o)];
      for (std::size_t j = 0; j < static_cast<std::size_t>(F.network.shape().components); ++j) {
        sum.value += integral.coefficient(o, j) * integral.products()[j];
      }
      sum.magnitude = sum.value;
      sum.error_estimate = F.network.error_factor() * roundoff * sum.value;
    }
  }
}

void add_mixture_sum_adjoint(const MixtureAntiderivative& F, const Box& box, const double* adjoint,
                             MixtureScratch& scratch, double* weight_adjoint) {
  for (const ComponentLayout& block : F.network.groups()) {
    BlockIntegral(F, block, box, scratch).add_adjoint(adjoint + block.first_output, weight_adjoint);
  }
}

}  // namespace finn::net
