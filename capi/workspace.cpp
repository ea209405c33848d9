// finn_workspace: scratch memory of evaluations.
#include "finn/model/workspace.hpp"

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "core/thread_count.hpp"

extern "C" {

finn_status finn_workspace_create(int32_t threads, finn_workspace** workspace, finn_error* error) {
  return finn::capi::call(error, [&] {
    finn::capi::require(workspace, "workspace");
    *workspace = nullptr;
    finn::capi::require_range(threads, 0, finn::core::kMaxThreads, "threads");
    *workspace = new finn_workspace{finn_workspace::kMagic, finn::net::Workspace(threads)};
  });
}

void finn_workspace_destroy(finn_workspace* workspace) { finn::capi::destroy(workspace); }

}  // extern "C"
