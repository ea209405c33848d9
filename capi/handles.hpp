// What the opaque handles of finn.h hold.
#pragma once

#include <memory>
#include <variant>

#include "capi/finn.h"
#include "finn/chains/chain.hpp"
#include "finn/chains/chain_fit.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/data/table.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/training/trainer.hpp"

using finn_any_model = std::variant<finn::net::Model<double>, finn::net::Model<float>>;
using finn_any_trainer = std::variant<finn::net::Trainer<double>, finn::net::Trainer<float>>;

struct finn_domain {
  static constexpr std::uint64_t kMagic = 0x66696e6e646f6d61u;
  std::uint64_t magic = kMagic;
  finn::net::Box box;               // of u
  finn::net::DomainPointer domain;  // null: the open box
};

// The shape has no conditioning: that is a part of its own.
struct finn_network {
  static constexpr std::uint64_t kMagic = 0x66696e6e6e657477u;
  std::uint64_t magic = kMagic;
  finn::net::NetworkShape shape;
  bool standard_coordinates = true;
};

struct finn_constraint {
  static constexpr std::uint64_t kMagic = 0x66696e6e636f6e73u;
  std::uint64_t magic = kMagic;
  int outputs = 0;  // 0: any number
  bool target_from_row = false;
  finn::net::Constraint constraint;
};

struct finn_conditioning {
  static constexpr std::uint64_t kMagic = 0x66696e6e636f6e64u;
  std::uint64_t magic = kMagic;
  finn::net::ConditioningShape shape;
  finn::net::ConditionRange range;
};

// A trainer holds the model as well, so that either handle may go first.
struct finn_model {
  static constexpr std::uint64_t kMagic = 0x66696e6e6d6f6465u;
  std::uint64_t magic = kMagic;
  std::shared_ptr<finn_any_model> model;
};

struct finn_workspace {
  static constexpr std::uint64_t kMagic = 0x66696e6e776f726bu;
  std::uint64_t magic = kMagic;
  finn::net::Workspace workspace;
};

struct finn_trainer {
  static constexpr std::uint64_t kMagic = 0x66696e6e74726169u;
  std::uint64_t magic = kMagic;
  std::shared_ptr<finn_any_model> model;
  finn_any_trainer trainer;           // in the precision of the model
  finn_loss_callback loss = nullptr;  // of FINN_LOSS_CUSTOM
  std::shared_ptr<void> loss_data{};
  bool is_stopped = false;  // the last fit, by its progress callback
};

struct finn_distribution {
  static constexpr std::uint64_t kMagic = 0x66696e6e64697374u;
  std::uint64_t magic = kMagic;
  std::variant<finn::net::Distribution, finn::net::Chain> distribution;
};

// Of which a fit makes one with links.
struct finn_chain {
  static constexpr std::uint64_t kMagic = 0x66696e6e63686169u;
  std::uint64_t magic = kMagic;
  finn::net::ChainFit fit;
};

struct finn_table {
  static constexpr std::uint64_t kMagic = 0x66696e6e7461626cu;
  std::uint64_t magic = kMagic;
  finn::net::Table table;
};

namespace finn::capi {

// Calls release from a destructor, which nothing may be thrown out of.
inline void release_quietly(finn_release_callback release, void* user_data) noexcept {
  try {
    release(user_data);
  } catch (...) {
  }
}

// The user data of a callback that is kept beyond the call that hands it over: released by the last
// one who holds it, and at once if memory for that is refused.
inline std::shared_ptr<void> owned(void* user_data, finn_release_callback release) {
  return {user_data, [release](void* data) {
            if (release != nullptr) release_quietly(release, data);
          }};
}

template <class Handle>
void destroy(Handle* handle) noexcept {
  if (handle == nullptr || handle->magic != Handle::kMagic) return;
  handle->magic = 0;
  delete handle;
}

}  // namespace finn::capi
