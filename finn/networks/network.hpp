// The network: one of several forms of F, behind what they have in common.
//
// A form knows its parameters as a list of blocks with roles, and how to record any mixed partial
// on a tape from a source of weights. docs/NETWORKS.md.
#pragma once

#include <span>
#include <variant>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/lane_integral.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/networks/mlp.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/weight_map.hpp"
#include "ops/seed.hpp"

namespace finn::net {

// One alternative for each NetworkKind.
using NetworkForm = std::variant<Mlp, Mixture>;

class Network {
 public:
  explicit Network(const NetworkShape& shape);

  // Calls body(form) with the form that the network has.
  template <class Body>
  decltype(auto) visit(Body&& body) const {
    return std::visit(std::forward<Body>(body), form_);
  }
  // The form if it is of this kind; null otherwise.
  template <class Form>
  const Form* get() const noexcept {
    return std::get_if<Form>(&form_);
  }

  const NetworkShape& shape() const noexcept {
    return visit([](const auto& form) -> const NetworkShape& { return form.shape(); });
  }
  std::span<const Block> blocks() const noexcept {
    return visit([](const auto& form) { return form.blocks(); });
  }
  std::int64_t parameter_count() const noexcept {
    return visit([](const auto& form) { return form.parameter_count(); });
  }
  // How many variables the jets have that a mixed partial over so many directions makes: what a
  // tile of the batch needs grows with it (core::Tiling).
  int jet_variables(int directions) const noexcept {
    return visit([=](const auto& form) { return form.jet_variables(directions); });
  }

  // The mixed partial of F over the directions of the seed, on a tape: [outputs] plain values; F
  // itself if there are none. weights is a SharedWeights or a LaneWeights.
  template <class T, class Source>
  core::Jet<T> mixed_partial(const ops::Seed<T>& seed, const Source& weights) const {
    return visit([&](const auto& form) { return form.mixed_partial(seed, weights); });
  }
  // The integral over a region of each lane, [outputs], on the tape.
  template <class T, class Source>
  LaneIntegral<T> lane_integral(core::Tape<T>& tape, const Coordinates& coordinates,
                                const LaneRegion& region, const Source& weights) const {
    return visit(
        [&](const auto& form) { return form.lane_integral(tape, coordinates, region, weights); });
  }

  // weights [parameter_count] of parameters [parameter_count], in the type of the result; units
  // [outputs] multiply the read-out of each output, null is 1.
  template <class T, class U>
  void map_parameters(const T* parameters, U* weights, const double* units = nullptr) const {
    net::map_parameters(shape().positivity, blocks(), parameters, weights, units);
  }

 private:
  NetworkForm form_;
};

}  // namespace finn::net
