// What the opaque handles of finn.h hold.
#pragma once

#include <variant>

#include "capi/finn.h"
#include "finn/domains/domain.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/training/trainer.hpp"

using finn_any_model = std::variant<finn::net::Model<double>, finn::net::Model<float>>;
using finn_any_trainer = std::variant<finn::net::Trainer<double>, finn::net::Trainer<float>>;

struct finn_model {
  static constexpr std::uint64_t kMagic = 0x66696e6e6d6f6465u;
  std::uint64_t magic = kMagic;
  finn_any_model model;
};

struct finn_workspace {
  static constexpr std::uint64_t kMagic = 0x66696e6e776f726bu;
  std::uint64_t magic = kMagic;
  finn::net::Workspace workspace;
};

struct finn_trainer {
  static constexpr std::uint64_t kMagic = 0x66696e6e74726169u;
  std::uint64_t magic = kMagic;
  finn_any_trainer trainer;
  finn_loss_callback loss = nullptr;  // of FINN_LOSS_CUSTOM
  void* loss_user_data = nullptr;
};

struct finn_domain {
  static constexpr std::uint64_t kMagic = 0x66696e6e646f6d61u;
  std::uint64_t magic = kMagic;
  finn::net::DomainPointer domain;
};

namespace finn::capi {

template <class Handle>
void destroy(Handle* handle) noexcept {
  if (handle == nullptr || handle->magic != Handle::kMagic) return;
  handle->magic = 0;
  delete handle;
}

}  // namespace finn::capi
