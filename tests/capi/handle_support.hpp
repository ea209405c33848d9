// Handles of finn.h that destroy themselves, and calls that have to succeed.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "finn.h"

namespace finn::test {

struct Destroy {
  void operator()(finn_network* network) const { finn_network_destroy(network); }
  void operator()(finn_domain* domain) const { finn_domain_destroy(domain); }
  void operator()(finn_constraint* constraint) const { finn_constraint_destroy(constraint); }
  void operator()(finn_conditioning* conditioning) const {
    finn_conditioning_destroy(conditioning);
  }
  void operator()(finn_model* model) const { finn_model_destroy(model); }
  void operator()(finn_workspace* workspace) const { finn_workspace_destroy(workspace); }
  void operator()(finn_trainer* trainer) const { finn_trainer_destroy(trainer); }
  void operator()(finn_table* table) const { finn_table_destroy(table); }
  void operator()(finn_chain* chain) const { finn_chain_destroy(chain); }
};
using NetworkHandle = std::unique_ptr<finn_network, Destroy>;
using DomainHandle = std::unique_ptr<finn_domain, Destroy>;
using ConstraintHandle = std::unique_ptr<finn_constraint, Destroy>;
using ConditioningHandle = std::unique_ptr<finn_conditioning, Destroy>;
using ModelHandle = std::unique_ptr<finn_model, Destroy>;
using WorkspaceHandle = std::unique_ptr<finn_workspace, Destroy>;
using TrainerHandle = std::unique_ptr<finn_trainer, Destroy>;
using TableHandle = std::unique_ptr<finn_table, Destroy>;
using ChainHandle = std::unique_ptr<finn_chain, Destroy>;

// Ends the test with the message of the library when a call that has to succeed does not.
inline void require(finn_status status, const finn_error& error) {
  if (status == FINN_OK) return;
  throw std::runtime_error(std::string(finn_status_name(status)) + ": " + error.message);
}

template <class Function>
void require_ok(Function&& function) {
  finn_error error = FINN_ERROR_INIT;
  require(function(&error), error);
}

// The handle that make(handle, error) writes.
template <class T, class Function>
std::unique_ptr<T, Destroy> make_handle(Function&& make) {
  T* handle = nullptr;
  require_ok([&](finn_error* error) { return make(&handle, error); });
  return std::unique_ptr<T, Destroy>(handle);
}

inline WorkspaceHandle make_workspace(int threads = 1) {
  return make_handle<finn_workspace>([&](finn_workspace** workspace, finn_error* error) {
    return finn_workspace_create(threads, workspace, error);
  });
}

}  // namespace finn::test
