// The network: one of the heads, behind what they have in common.
//
// A head knows its flat vector of free parameters, the map from them to its weights, and how to
// record any mixed partial on a tape. docs/HEADS.md.
#pragma once

#include <variant>

#include "finn/mlp.hpp"
#include "finn/product_head.hpp"

namespace finn::net {

class Network {
 public:
  explicit Network(const NetworkShape& shape);

  const NetworkShape& shape() const noexcept {
    return std::visit([](const auto& head) -> const NetworkShape& { return head.shape(); }, head_);
  }
  std::int64_t parameter_count() const noexcept {
    return std::visit([](const auto& head) { return head.parameter_count(); }, head_);
  }
  // The head if it is of this kind; null otherwise.
  const Mlp* mlp() const noexcept { return std::get_if<Mlp>(&head_); }
  const ProductHead* product() const noexcept { return std::get_if<ProductHead>(&head_); }

  // How many variables the jets have that a mixed partial over so many directions makes: what a
  // tile of the batch needs grows with it (core::Tiling).
  int jet_variables(int directions) const noexcept { return mlp() != nullptr ? directions : 0; }

  // See finn/mlp.hpp.
  template <class T>
  core::Jet<T> mixed_partial(core::Tape<T>& tape, const ops::Seed<T>& seed, const T* weights,
                             T* adjoints) const {
    return std::visit(
        [&](const auto& head) { return head.mixed_partial(tape, seed, weights, adjoints); }, head_);
  }
  template <class T, class U>
  void map_parameters(const T* parameters, U* weights) const {
    std::visit([&](const auto& head) { head.map_parameters(parameters, weights); }, head_);
  }
  template <class T>
  void pull_back(const T* parameters, T* adjoints) const {
    std::visit([&](const auto& head) { head.pull_back(parameters, adjoints); }, head_);
  }

 private:
  std::variant<Mlp, ProductHead> head_;
};

}  // namespace finn::net
