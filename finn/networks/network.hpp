// The network: one of the heads, behind what they have in common.
//
// A head knows its flat vector of free parameters, the map from them to its weights, and how to
// record any mixed partial on a tape. docs/HEADS.md.
#pragma once

#include <variant>

#include "finn/networks/mixture.hpp"
#include "finn/networks/mlp.hpp"

namespace finn::net {

class Network {
 public:
  explicit Network(const NetworkShape& shape);

  const NetworkShape& shape() const noexcept {
    return std::visit([](const auto& form) -> const NetworkShape& { return form.shape(); }, form_);
  }
  std::int64_t parameter_count() const noexcept {
    return std::visit([](const auto& form) { return form.parameter_count(); }, form_);
  }
  // The head if it is of this kind; null otherwise.
  const Mlp* mlp() const noexcept { return std::get_if<Mlp>(&form_); }
  const Mixture* mixture() const noexcept { return std::get_if<Mixture>(&form_); }

  // How many variables the jets have that a mixed partial over so many directions makes: what a
  // tile of the batch needs grows with it (core::Tiling).
  int jet_variables(int directions) const noexcept { return mlp() != nullptr ? directions : 0; }

  // See finn/networks/mlp.hpp.
  template <class T>
  core::Jet<T> mixed_partial(core::Tape<T>& tape, const ops::Seed<T>& seed, const T* weights,
                             T* adjoints) const {
    return std::visit(
        [&](const auto& form) { return form.mixed_partial(tape, seed, weights, adjoints); }, form_);
  }
  template <class T, class U>
  void map_parameters(const T* parameters, U* weights) const {
    std::visit([&](const auto& form) { form.map_parameters(parameters, weights); }, form_);
  }
  template <class T>
  void pull_back(const T* parameters, T* adjoints) const {
    std::visit([&](const auto& form) { form.pull_back(parameters, adjoints); }, form_);
  }

 private:
  std::variant<Mlp, Mixture> form_;
};

}  // namespace finn::net
