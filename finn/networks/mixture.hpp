// The network mixture: F_o(x) = sum over components j of c_oj prod over variables i of Phi_ij(x_i),
//   Phi_ij(x) = sum over normals k of a_ijk sigma_1(w_ijk x + b_ijk),  w > 0, a = softmax, c >= 0,
//   b_ijk = -w_ijk m_ijk, where w is the map of a parameter and the centre m a parameter itself,
// increasing functions from 0 to 1: a mixture of product densities whose marginals are mixtures of
// normal distributions. Any mixed partial is the same sum with phi_ij = Phi_ij' in place of Phi_ij
// for some i, so that all of them are >= 0, at a cost linear in n. docs/NETWORKS.md.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/lane_integral.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/points.hpp"
#include "finn/networks/shared_weights.hpp"
#include "ops/activation.hpp"
#include "ops/compose.hpp"
#include "ops/groups.hpp"
#include "ops/kernels/table.hpp"
#include "ops/lane_affine.hpp"
#include "ops/line.hpp"
#include "ops/multiply.hpp"
#include "ops/product.hpp"
#include "ops/product_parameters.hpp"
#include "ops/rows.hpp"
#include "ops/seed.hpp"
#include "ops/sum_of_products.hpp"

namespace finn::net {

// Where the numbers of a group of components lie in the flat parameter vector: slopes w, locations,
// whose parameters are m and whose weights are b, and shares a, each
// [variables][components][normals_per_axis], without shares for one normal, then coefficients c
// [outputs][components]. A group is all of the network, or that of one output.
struct ComponentLayout {
  std::int64_t slopes = 0;
  std::int64_t locations = 0;
  std::int64_t shares = 0;
  std::int64_t coefficients = 0;
  int first_output = 0;
  int outputs = 1;
  std::size_t block = 0;  // number of the block of the slopes; the others follow in this order
};

// A group of components as a tile has them, each a value of every lane.
template <class T>
struct LaneComponents {
  core::Jet<T> slopes, locations;  // [variables * components * normals_per_axis]
  core::Jet<T> shares;             // likewise, or without features for one normal
  core::Jet<T> coefficients;       // [outputs * components]
};

class Mixture {
 public:
  explicit Mixture(const NetworkShape& shape);

  const NetworkShape& shape() const noexcept { return shape_; }
  const std::vector<ComponentLayout>& groups() const noexcept { return groups_; }
  std::span<const Block> blocks() const noexcept { return blocks_; }
  std::int64_t parameter_count() const noexcept { return parameter_count_; }
  // A mixed partial makes no jets, however many directions it has.
  int jet_variables(int) const noexcept { return 0; }
  std::int64_t normals_of_variable() const noexcept {
    return std::int64_t{1} * shape_.components * shape_.normals_per_axis;
  }
  std::int64_t normals_of_all() const noexcept { return shape_.variables * normals_of_variable(); }
  bool has_shares() const noexcept { return shape_.normals_per_axis > 1; }

  // The mixed partial of F over the directions of the seed, on a tape: [outputs] plain values; F
  // itself if there are none. weights is a SharedWeights or a LaneWeights.
  template <class T, class Source>
  core::Jet<T> mixed_partial(const ops::Seed<T>& seed, const Source& weights) const {
    const auto of_group = [&](const ComponentLayout& at) {
      const bool has_kernel =
          seed.directions == shape_.variables || weights.is_shared(at.block, blocks_per_group());
      return has_kernel && !seed.has_repeats()
                 ? ops::sum_of_products(weights.tape(), seed, parameters<T>(at, weights))
                 : lane_partial(seed, at, weights);
    };
    if (groups_.size() == 1) return of_group(groups_[0]);
    return for_each_group<T>(weights, of_group);
  }

  // The integral over a region of each lane, [outputs], from a difference for every variable that
  // is integrated. All terms of the sum are >= 0, so that its magnitude is its value.
  template <class T, class Source>
  LaneIntegral<T> lane_integral(core::Tape<T>& tape, const Coordinates& coordinates,
                                const LaneRegion& region, const Source& weights) const {
    const Box& box = region.box;
    const core::Jet<T> x = tape.value(region.points == 0 ? 0 : shape_.variables);
    auto* roles = tape.template array<ops::ProductAxis<T>>(shape_.variables);
    for (int i = 0; i < shape_.variables; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const double scale = coordinates.scale[at], offset = coordinates.offset[at];
      const T lower = static_cast<T>(scale * box.lower[at] + offset);
      if (region.points != 0) std::fill_n(x.row(0, i), x.lanes, lower);
      roles[i] =
          region.is_point(i)
              ? ops::ProductAxis<T>{ops::AxisRole::density, static_cast<T>(scale), {}}
              : ops::ProductAxis<T>{ops::AxisRole::integral,
                                    T(0),
                                    {lower, static_cast<T>(scale * box.upper[at] + offset),
                                     static_cast<T>(scale * (box.upper[at] - box.lower[at]))}};
    }
    const core::Jet<T> value = for_each_group<T>(weights, [&](const ComponentLayout& at) {
      return ops::sum_of_products(tape, x, shape_.variables, roles, parameters<T>(at, weights));
    });
    const double roundoff = 0.5 * static_cast<double>(std::numeric_limits<T>::epsilon());
    return {value, value.value, error_factor() * roundoff};
  }

  // weights [parameter_count], mapped ones, for points in the coordinates of the network. Same
  // draws, same weights on every platform but for the rounding of its kernels.
  void draw_weights(const Points& points, core::Random& random, double* weights) const;

  // The rounding error to expect of such an integral, as a multiple of its unit roundoff: each
  // difference and product contributes a few. Measured in
  // tests/finn/networks/mixture_integral_test.cpp.
  double error_factor() const noexcept { return 16.0 * (shape_.variables + 1); }

 private:
  std::size_t blocks_per_group() const noexcept { return blocks_.size() / groups_.size(); }
  void add_block(Role role, std::int64_t rows, std::int64_t columns, std::int64_t& begin,
                 int first_output = 0);

  // Calls part(group) -> [outputs of the group], and returns all outputs.
  template <class T, class Source, class Part>
  core::Jet<T> for_each_group(const Source& weights, Part&& part) const {
    const core::Jet<T> all = ops::zeros(weights.tape(), shape_.outputs);
    for (const ComponentLayout& at : groups_) {
      ops::add_rows(weights.tape(), T(1), part(at), at.first_output, all);
    }
    return all;
  }

  // The numbers of a block as they are, or as values of each lane where these differ.
  template <class T, class Source>
  ops::NormalOperand<T> operand(std::size_t number, const Source& source) const {
    if (source.is_shared(number, 1)) {
      const std::int64_t begin = blocks_[number].begin;
      T* adjoints = source.adjoints();
      return {source.weights() + begin, adjoints == nullptr ? nullptr : adjoints + begin, false};
    }
    const core::Jet<T> values = source.values(blocks_[number], number);
    return {values.value, values.adjoint, true};
  }

  template <class T, class Source>
  ops::ProductParameters<T> parameters(const ComponentLayout& at, const Source& source) const {
    ops::ProductParameters<T> result;
    result.terms = shape_.components;
    result.normals = shape_.normals_per_axis;
    result.outputs = at.outputs;
    std::size_t number = at.block;
    result.slopes = operand<T>(number++, source);
    result.biases = operand<T>(number++, source);
    if (has_shares()) result.shares = operand<T>(number++, source);
    result.coefficients = operand<T>(number, source);
    return result;
  }

  template <class T, class Source>
  LaneComponents<T> lane_components(const ComponentLayout& at, const Source& weights) const {
    std::size_t block = at.block;
    const auto next = [&] {
      const core::Jet<T> values = weights.values(blocks_[block], block);
      ++block;
      return values;
    };
    LaneComponents<T> components;
    components.slopes = next();
    components.locations = next();
    if (has_shares()) components.shares = next();
    components.coefficients = next();
    return components;
  }

  // How often F is differentiated in one variable, and the product of the rates of these
  // directions.
  template <class T>
  struct AxisOrder {
    int order = 0;
    T rate = T(1);
  };

  // Where lanes have components of their own and F is not differentiated in every variable, and
  // where it is differentiated more than once in one: what ops::sum_of_products does in one
  // operation.
  template <class T, class Source>
  core::Jet<T> lane_partial(const ops::Seed<T>& seed, const ComponentLayout& at,
                            const Source& weights) const {
    std::array<AxisOrder<T>, kMaxBoxVariables> orders{};
    for (int j = 0; j < seed.directions; ++j) {
      const auto direction = static_cast<std::size_t>(j);
      AxisOrder<T>& axis = orders[static_cast<std::size_t>(seed.feature[direction])];
      ++axis.order;
      axis.rate *= seed.rate[direction];
    }
    const auto components = lane_components<T>(at, weights);
    return sum_of_products(weights.tape(), components, [&](int axis) {
      return axis_value(weights.tape(), components, axis, seed.x,
                        orders[static_cast<std::size_t>(axis)]);
    });
  }

  // The sum over components of coefficient times the product over variables of factor(axis), for
  // factors [components].
  template <class T, class Factor>
  core::Jet<T> sum_of_products(core::Tape<T>& tape, const LaneComponents<T>& components,
                               Factor&& factor) const {
    core::Jet<T> product = factor(0);
    for (int axis = 1; axis < shape_.variables; ++axis) {
      product = ops::product(tape, product, factor(axis));
    }
    return ops::lane_affine(tape, product, components.coefficients);
  }

  template <class T>
  core::Jet<T> of_axis(const core::Jet<T>& all, int axis) const {
    const int count = static_cast<int>(normals_of_variable());
    return ops::slice(all, axis * count, count);
  }

  // factor times the sum over normals of share times value, [components].
  template <class T>
  core::Jet<T> weighted_normals(core::Tape<T>& tape, const LaneComponents<T>& components, int axis,
                                core::Jet<T> normals, T factor) const {
    if (has_shares()) normals = ops::multiply(tape, normals, of_axis(components.shares, axis));
    return ops::sum_groups(tape, normals, shape_.normals_per_axis, factor);
  }

  // Phi of one variable, or its derivative of an order; [components].
  template <class T>
  core::Jet<T> axis_value(core::Tape<T>& tape, const LaneComponents<T>& components, int axis,
                          const core::Jet<T>& x, const AxisOrder<T>& of) const {
    const core::Jet<T> slopes = of_axis(components.slopes, axis);
    const core::Jet<T> argument =
        ops::line(tape, ops::slice(x, axis, 1), slopes, of_axis(components.locations, axis));
    core::Jet<T> normals = ops::compose(tape, argument, activation_of<T>(of.order));
    for (int k = 0; k < of.order; ++k) normals = ops::multiply(tape, normals, slopes);
    return weighted_normals(tape, components, axis, normals, of.rate);
  }

  // The derivative of sigma_1 of an order.
  template <class T>
  static ops::Activation<T> activation_of(int order) {
    if (order == 0) return ops::sigma<T>(1);
    return order == 1 ? ops::gaussian<T>() : ops::sigma_derivative<T>(order);
  }

  NetworkShape shape_;
  std::vector<ComponentLayout> groups_;
  std::vector<Block> blocks_;
  std::int64_t parameter_count_ = 0;
};

}  // namespace finn::net
