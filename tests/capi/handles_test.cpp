// Handles: what a function that makes one leaves behind when it fails, and what is no handle.
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/allocations.hpp"

namespace finn::test {
namespace {

TEST(Destroy, acceptsNull) {
  finn_model_destroy(nullptr);
  finn_workspace_destroy(nullptr);
  finn_trainer_destroy(nullptr);
  finn_domain_destroy(nullptr);
  EXPECT_EQ(finn_model_variables(nullptr), 0);
  EXPECT_EQ(finn_model_outputs(nullptr), 0);
  EXPECT_EQ(finn_model_parameter_count(nullptr), 0);
  EXPECT_EQ(finn_trainer_steps(nullptr), 0);
  EXPECT_EQ(finn_domain_variables(nullptr), 0);
}

void destroy(finn_domain* domain) { finn_domain_destroy(domain); }
void destroy(finn_model* model) { finn_model_destroy(model); }
void destroy(finn_workspace* workspace) { finn_workspace_destroy(workspace); }
void destroy(finn_trainer* trainer) { finn_trainer_destroy(trainer); }

// Makes a handle again and again, each time with another allocation refused, until it succeeds.
// Each failure has to set the handle to NULL, whatever was in it before.
template <class Handle, class Make>
void expect_null_without_memory(const std::string& what, Make&& make) {
  SCOPED_TRACE(what);
  for (std::int64_t k = 0;; ++k) {
    ASSERT_LT(k, 10000);
    alignas(std::uint64_t) char before[64] = {};
    auto* handle = reinterpret_cast<Handle*>(before);
    finn_error error = FINN_ERROR_INIT;
    finn_status status = FINN_OK;
    bool called = true;
    with_refused_memory(k, 1, [&] {
      try {
        status = make(&handle, &error);
      } catch (const std::exception&) {
        called = false;  // the test's own memory was refused on the way to the call
      }
    });
    if (!called) continue;
    if (status == FINN_OK) return destroy(handle);
    EXPECT_STREQ(finn_status_name(status), "FINN_ERROR_MEMORY") << error.message;
    EXPECT_EQ(handle, nullptr) << "without allocation " << k;
  }
}

TEST(EveryHandle, isNullWhereMemoryIsRefused) {
  for (const Region& region : regions()) {
    expect_null_without_memory<finn_domain>(region.name, region.make);
  }
  const ModelHandle model = make_model({});
  expect_null_without_memory<finn_model>("clone", [&](finn_model** copy, finn_error* e) {
    return finn_model_clone(model.get(), copy, e);
  });
  const DomainHandle disk = unit_disk();
  const finn_model_options options = options_on(disk.get());
  expect_null_without_memory<finn_model>("model", [&](finn_model** made, finn_error* e) {
    return finn_model_create(&options, made, e);
  });
  expect_null_without_memory<finn_workspace>("workspace", [](finn_workspace** made, finn_error* e) {
    return finn_workspace_create(1, made, e);
  });
  const finn_training_options training = short_training();
  expect_null_without_memory<finn_trainer>("trainer", [&](finn_trainer** made, finn_error* e) {
    return finn_trainer_create(model.get(), &training, made, e);
  });
}

TEST(EveryHandle, isNullWhereTheArgumentsAreRefused) {
  const ModelHandle model = make_model({});
  const auto expect_null = [](const char* what, auto* before, auto&& make) {
    auto* handle = before;
    EXPECT_NE(make(&handle), FINN_OK) << what;
    EXPECT_EQ(handle, nullptr) << what;
  };
  const DomainHandle disk = unit_disk();
  const WorkspaceHandle workspace = make_workspace();
  const TrainerHandle trainer = make_trainer(model.get(), short_training());
  expect_null("star", disk.get(), [](finn_domain** made) {
    return finn_domain_star(2, nullptr, nullptr, nullptr, nullptr, made, nullptr);
  });
  expect_null("map", disk.get(),
              [](finn_domain** made) { return finn_domain_map(nullptr, made, nullptr); });
  expect_null("product", disk.get(),
              [](finn_domain** made) { return finn_domain_product(nullptr, 1, made, nullptr); });
  expect_null("model", model.get(),
              [](finn_model** made) { return finn_model_create(nullptr, made, nullptr); });
  expect_null("clone", model.get(),
              [](finn_model** made) { return finn_model_clone(nullptr, made, nullptr); });
  expect_null("workspace", workspace.get(),
              [](finn_workspace** made) { return finn_workspace_create(-1, made, nullptr); });
  expect_null("trainer", trainer.get(), [](finn_trainer** made) {
    return finn_trainer_create(nullptr, nullptr, made, nullptr);
  });
  expect_null("loaded trainer", trainer.get(), [](finn_trainer** made) {
    return finn_trainer_load(nullptr, nullptr, 0, made, nullptr);
  });
  expect_null("trainer of a file", trainer.get(), [](finn_trainer** made) {
    return finn_trainer_load_file(nullptr, nullptr, made, nullptr);
  });
}

TEST(EveryHandle, ofAnotherTypeIsRefused) {
  const ModelHandle model = make_model({});
  double lower[2], upper[2];
  expect_refused({"a model for a domain", FINN_ERROR_ARGUMENT, "domain", [&](finn_error* e) {
                    const auto* domain = reinterpret_cast<const finn_domain*>(model.get());
                    return finn_domain_limits(domain, lower, upper, e);
                  }});
  const DomainHandle disk = unit_disk();
  expect_refused({"a domain for a model", FINN_ERROR_ARGUMENT, "model", [&](finn_error* e) {
                    finn_model* copy = nullptr;
                    const auto* other = reinterpret_cast<const finn_model*>(disk.get());
                    return finn_model_clone(other, &copy, e);
                  }});
}

}  // namespace
}  // namespace finn::test
