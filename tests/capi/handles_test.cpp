// Handles: what a function that makes one leaves behind when it fails, and what is no handle.
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/constraint_support.hpp"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/allocations.hpp"

namespace finn::test {
namespace {

TEST(Destroy, acceptsNull) {
  finn_network_destroy(nullptr);
  finn_domain_destroy(nullptr);
  finn_constraint_destroy(nullptr);
  finn_conditioning_destroy(nullptr);
  finn_model_destroy(nullptr);
  finn_workspace_destroy(nullptr);
  finn_trainer_destroy(nullptr);
  EXPECT_EQ(finn_model_variables(nullptr), 0);
  EXPECT_EQ(finn_model_outputs(nullptr), 0);
  EXPECT_EQ(finn_model_columns(nullptr), 0);
  EXPECT_EQ(finn_model_parameter_count(nullptr), 0);
  EXPECT_EQ(finn_trainer_steps(nullptr), 0);
  EXPECT_EQ(finn_domain_variables(nullptr), 0);
}

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
    if (status == FINN_OK) return Destroy()(handle);
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
  expect_null_without_memory<finn_workspace>("workspace", [](finn_workspace** made, finn_error* e) {
    return finn_workspace_create(1, made, e);
  });
  const finn_training_options training = short_training();
  expect_null_without_memory<finn_trainer>("trainer", [&](finn_trainer** made, finn_error* e) {
    return finn_trainer_create(model.get(), &training, made, e);
  });
}

TEST(EveryPart, isNullWhereMemoryIsRefused) {
  ModelSpec spec = constrained_spec();
  spec.conditioning = FINN_CONDITIONING_FILM;
  spec.conditions = 2;
  for (const finn_network_form form : {FINN_NETWORK_MLP, FINN_NETWORK_MIXTURE}) {
    spec.network = form;
    expect_null_without_memory<finn_network>(
        "network", [&](auto** made, auto* e) { return create_network(spec, made, e); });
  }
  spec.integrals = {{{-0.5, 0}, {0, 0.25}, {1, 0}, {1, 2}}};
  for (const finn_constraint_form form :
       {FINN_CONSTRAINT_NONE, FINN_CONSTRAINT_EQUAL, FINN_CONSTRAINT_LEARNED,
        FINN_CONSTRAINT_PER_ROW, FINN_CONSTRAINT_LINEAR}) {
    spec.constraint = form;
    expect_null_without_memory<finn_constraint>(
        "constraint " + std::to_string(form),
        [&](auto** made, auto* e) { return create_constraint(spec, made, e); });
  }
  expect_null_without_memory<finn_conditioning>(
      "conditioning", [&](auto** made, auto* e) { return create_conditioning(spec, made, e); });
  spec.constraint = FINN_CONSTRAINT_EQUAL;
  const NetworkHandle network = make_network(spec);
  const DomainHandle box = make_open_box(spec);
  const ConstraintHandle constraint = make_constraint(spec);
  const ConditioningHandle conditioning = make_conditioning(spec);
  expect_null_without_memory<finn_model>("model", [&](auto** made, auto* e) {
    return finn_model_create(network.get(), box.get(), constraint.get(), conditioning.get(),
                             FINN_FLOAT64, 0, made, e);
  });
  const ModelHandle model = make_model(spec);
  expect_null_without_memory<finn_network>("network of a model", [&](auto** made, auto* e) {
    return finn_model_network(model.get(), made, e);
  });
  expect_null_without_memory<finn_domain>("domain of a model", [&](auto** made, auto* e) {
    return finn_model_domain(model.get(), made, e);
  });
  expect_null_without_memory<finn_constraint>("constraint of a model", [&](auto** made, auto* e) {
    return finn_model_constraint(model.get(), made, e);
  });
  expect_null_without_memory<finn_conditioning>(
      "conditioning of a model",
      [&](auto** made, auto* e) { return finn_model_conditioning(model.get(), made, e); });
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
    return finn_domain_star(nullptr, 2, nullptr, nullptr, nullptr, nullptr, made, nullptr);
  });
  expect_null("map", disk.get(),
              [](finn_domain** made) { return finn_domain_map(nullptr, made, nullptr); });
  expect_null("product", disk.get(),
              [](finn_domain** made) { return finn_domain_product(nullptr, 1, made, nullptr); });
  expect_null("model", model.get(), [](finn_model** made) {
    return finn_model_create(nullptr, nullptr, nullptr, nullptr, FINN_FLOAT64, 0, made, nullptr);
  });
  expect_null("clone", model.get(),
              [](finn_model** made) { return finn_model_clone(nullptr, made, nullptr); });
  expect_null("workspace", workspace.get(),
              [](finn_workspace** made) { return finn_workspace_create(-1, made, nullptr); });
  expect_null("trainer", trainer.get(), [](finn_trainer** made) {
    return finn_trainer_create(nullptr, nullptr, made, nullptr);
  });
  expect_null("loaded trainer", trainer.get(), [](finn_trainer** made) {
    return finn_trainer_load_bytes(nullptr, nullptr, 0, made, nullptr);
  });
  expect_null("trainer of a file", trainer.get(), [](finn_trainer** made) {
    return finn_trainer_load(nullptr, nullptr, made, nullptr);
  });
  expect_null("loaded model", model.get(), [](finn_model** made) {
    return finn_model_load_bytes(nullptr, 0, nullptr, 0, made, nullptr);
  });
  expect_null("model of a file", model.get(), [](finn_model** made) {
    return finn_model_load(nullptr, nullptr, 0, made, nullptr);
  });
}

TEST(EveryHandle, ofAnotherTypeIsRefused) {
  const ModelHandle model = make_model({});
  double lower[2], upper[2];
  expect_refused({"a model for a domain", FINN_ERROR_ARGUMENT, "domain", [&](finn_error* e) {
                    const auto* domain = reinterpret_cast<const finn_domain*>(model.get());
                    return finn_domain_limits(domain, lower, upper, 2, e);
                  }});
  const DomainHandle disk = unit_disk();
  expect_refused({"a domain for a model", FINN_ERROR_ARGUMENT, "model", [&](finn_error* e) {
                    finn_model* copy = nullptr;
                    const auto* other = reinterpret_cast<const finn_model*>(disk.get());
                    return finn_model_clone(other, &copy, e);
                  }});
  const NetworkHandle network = make_network({});
  std::vector<std::uint64_t> foreign(64);
  const auto create = [&](const void* n, const void* d, const void* c, const void* q) {
    return [=](finn_error* e) {
      finn_model* made = nullptr;
      return finn_model_create(static_cast<const finn_network*>(n),
                               static_cast<const finn_domain*>(d),
                               static_cast<const finn_constraint*>(c),
                               static_cast<const finn_conditioning*>(q), FINN_FLOAT64, 0, &made, e);
    };
  };
  const void *n = network.get(), *d = disk.get(), *none = foreign.data();
  const auto refused = FINN_ERROR_ARGUMENT;
  expect_refused({"a domain for a network", refused, "network", create(d, d, nullptr, nullptr)});
  expect_refused({"a network for a domain", refused, "domain", create(n, n, nullptr, nullptr)});
  expect_refused({"a network for a constraint", refused, "constraint", create(n, d, n, nullptr)});
  expect_refused(
      {"a network for a conditioning", refused, "conditioning", create(n, d, nullptr, n)});
  expect_refused({"no handle at all", refused, "domain", create(n, none, nullptr, nullptr)});
}

}  // namespace
}  // namespace finn::test
