// What has to hold for any bytes that are handed to the library as a model file, a checkpoint or a
// chain.
#pragma once

#include <cstdint>
#include <span>

#include "capi/finn.h"
#include "tests/capi/handle_support.hpp"

namespace finn::fuzz {

using File = std::span<const unsigned char>;

// What the library made of the bytes.
struct Verdict {
  bool is_model = false;
  bool is_checkpoint = false;
  bool is_chain = false;
};

class FileChecker {
 public:
  FileChecker();

  // Loads the bytes as a model, a checkpoint and a chain, and ends the process with a message when
  // something does not hold: a refusal by another status than finn.h says, a model or trainer that
  // does not come back from its own file, or that gives other values of f then.
  Verdict check(File bytes) const;

 private:
  bool check_model(File bytes, test::ModelHandle& model) const;
  bool check_checkpoint(File bytes, finn_model* model) const;
  bool check_chain(File bytes) const;

  test::DomainHandle star_, map_;
  test::ModelHandle small_model_;
  test::WorkspaceHandle workspace_;
};

}  // namespace finn::fuzz
