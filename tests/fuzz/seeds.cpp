#include "tests/fuzz/seeds.hpp"

#include <cstdint>
#include <limits>
#include <utility>

#include "capi/finn.h"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/fuzz/named_domains.hpp"

namespace finn::fuzz {
namespace {

using test::DomainHandle;
using test::ModelHandle;
using test::ModelSpec;
using test::small_mixture;
using test::small_mlp;

// What save(buffer, capacity, size, error) writes.
template <class Save>
Bytes saved(Save&& save) {
  std::int64_t size = 0;
  test::require_ok([&](finn_error* error) { return save(nullptr, 0, &size, error); });
  Bytes bytes(static_cast<std::size_t>(size));
  test::require_ok([&](finn_error* error) { return save(bytes.data(), size, &size, error); });
  return bytes;
}

Bytes model_file(const ModelSpec& spec) {
  const ModelHandle model = test::make_model(spec);
  return saved([&](auto... to) { return finn_model_save_bytes(model.get(), to...); });
}

template <class Make>
Bytes mixture_on(Make&& make) {
  const DomainHandle domain = test::make_handle<finn_domain>(make);
  ModelSpec spec = small_mixture();
  spec.domain = domain.get();
  return model_file(spec);
}

std::vector<Bytes> on_domains() {
  constexpr double centre[] = {1, 2, 3};
  const auto product = [&](finn_domain** domain, finn_error* error) {
    const DomainHandle line = test::make_handle<finn_domain>([](auto** made, auto* e) {
      return finn_domain_line(1, 2, FINN_TAIL_EXPONENTIAL, made, e);
    });
    const DomainHandle half_line = test::make_handle<finn_domain>([](auto** made, auto* e) {
      return finn_domain_half_line(1, FINN_UPWARD, 2, FINN_TAIL_RATIONAL, made, e);
    });
    const DomainHandle map = named_map();
    const finn_domain* factors[] = {line.get(), half_line.get(), map.get()};
    return finn_domain_product(factors, 3, domain, error);
  };
  const auto affine = [&](finn_domain** domain, finn_error* error) {
    const DomainHandle star = named_star();
    const double matrix[] = {2, 0.5, 0, 1};
    return finn_domain_affine(star.get(), matrix, centre, domain, error);
  };
  const auto polygon = [](finn_domain** domain, finn_error* error) {
    const double vertices[] = {0, 0, 2, 0, 2, 2, 0, 2};
    return finn_domain_polygon(vertices, 4, domain, error);
  };
  const auto simplex = [](finn_domain** domain, finn_error* error) {
    const double vertices[] = {0, 0, 2, 0, 0, 1};
    return finn_domain_simplex(2, vertices, domain, error);
  };
  return {mixture_on(product),
          mixture_on(affine),
          mixture_on(polygon),
          mixture_on(simplex),
          mixture_on([&](auto** d, auto* e) { return finn_domain_ball(centre, 2, d, e); }),
          mixture_on([&](auto** d, auto* e) { return finn_domain_polar(centre, 2, d, e); }),
          mixture_on([&](auto** d, auto* e) {
            return finn_domain_sector(centre, 0.5, 2, -0.5, 0.5, d, e);
          })};
}

std::vector<Bytes> of_parts() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<ModelSpec> specs(11, small_mixture());
  specs[0].precision = FINN_FLOAT32;
  specs[1].constraint = FINN_CONSTRAINT_NONE;
  specs[2].outputs = 2;
  specs[2].constraint = FINN_CONSTRAINT_LEARNED;
  specs[3].constraint = FINN_CONSTRAINT_BOUNDED;
  specs[3].lower_bound = {0.5};
  specs[3].upper_bound = {2};
  specs[4].constraint = FINN_CONSTRAINT_LINEAR;
  specs[4].integrals = {{{-0.5, 0}, {0, 0.25}, {}, {0.5}},
                        {{-infinity, -infinity}, {}, {1, 0}, {0.5}}};
  specs[5] = small_mlp();
  specs[5].constraint = FINN_CONSTRAINT_PER_ROW;
  specs[6] = small_mlp();
  specs[6].positivity = FINN_POSITIVITY_NONE;
  specs[6].method = FINN_METHOD_SHIFT;
  specs[7] = small_mlp();
  specs[7].orthants = 2;
  specs[7].skip = 1;
  for (int form = 0; form < 3; ++form) {
    ModelSpec& spec = specs[static_cast<std::size_t>(8 + form)];
    if (form == 2) spec = small_mlp();
    constexpr finn_conditioning_form kForms[] = {
        FINN_CONDITIONING_FILM, FINN_CONDITIONING_HYPERNETWORK, FINN_CONDITIONING_INPUTS};
    spec.conditioning = kForms[form];
    spec.conditions = 1;
    spec.condition_widths = {2};
    spec.condition_lower = {0};
    spec.condition_upper = {2};
  }
  std::vector<Bytes> files;
  for (const ModelSpec& spec : specs) files.push_back(model_file(spec));
  return files;
}

std::int32_t stop_after_three(const finn_progress* progress, void*) { return progress->step >= 3; }

// A run in its middle, with validation rows.
Bytes checkpoint(finn_optimiser optimiser) {
  const ModelHandle model = test::make_model({.widths = {2}});
  finn_training_options options;
  finn_training_options_init(&options, sizeof options);
  options.steps = 6;
  options.batch = 4;
  options.optimiser = optimiser;
  options.lbfgs_memory = 2;
  options.validation_share = 0.25;
  options.validation_interval = 1;
  const auto trainer = test::make_handle<finn_trainer>([&](auto** made, auto* error) {
    return finn_trainer_create(model.get(), &options, made, error);
  });
  std::vector<double> x, y;
  for (int row = 0; row < 8; ++row) {
    x.insert(x.end(), {-0.9 + 0.17 * row, -0.7 + 0.19 * row});
    y.push_back(0.1 * row);
  }
  const auto workspace = test::make_workspace(1);
  test::require_ok([&](finn_error* error) {
    return finn_trainer_fit_data(trainer.get(), workspace.get(), x.data(), y.data(), nullptr, 8,
                                 stop_after_three, nullptr, error);
  });
  return saved([&](auto... to) { return finn_trainer_save_bytes(trainer.get(), to...); });
}

// Of two variables, whose links are linear or networks; of the second one only where `whole`.
Bytes chain_file(std::int32_t linear_components, finn_precision precision, bool whole) {
  finn_chain_options options;
  finn_chain_options_init(&options, sizeof options);
  options.steps = 4;
  options.batch = 8;
  options.components = 2;
  options.linear_components = linear_components;
  options.hidden_layers = 1;
  options.widths[0] = 2;
  options.precision = precision;
  const double lower[] = {-2, -std::numeric_limits<double>::infinity()}, upper[] = {3, 4};
  const auto chain = test::make_handle<finn_chain>([&](finn_chain** made, finn_error* error) {
    return finn_chain_create(2, 1, lower, upper, &options, made, error);
  });
  std::vector<double> x;
  for (int row = 0; row < 20; ++row) {
    const double first = -1 + 0.1 * row;
    x.insert(x.end(), {first, 0.5 * first * first + 0.05 * (row % 3), 0.2 * (row % 4)});
  }
  const auto workspace = test::make_workspace(1);
  // The steps of progress are those of both links.
  const auto stop_in_second = [](const finn_progress* progress, void*) -> std::int32_t {
    return progress->step > 4;
  };
  test::require_ok([&](finn_error* error) {
    return finn_chain_fit_data(chain.get(), workspace.get(), x.data(), nullptr, 20,
                               whole ? nullptr : +stop_in_second, nullptr, error);
  });
  return saved([&](auto... to) { return finn_chain_save_bytes(chain.get(), to...); });
}

void append(std::vector<Bytes>& all, std::vector<Bytes>&& more) {
  for (Bytes& each : more) all.push_back(std::move(each));
}

}  // namespace

std::vector<Bytes> seeds() {
  std::vector<Bytes> all = of_parts();
  append(all, on_domains());
  append(all, {checkpoint(FINN_OPTIMISER_ADAM), checkpoint(FINN_OPTIMISER_SGD),
               checkpoint(FINN_OPTIMISER_LBFGS)});
  append(all, {chain_file(2, FINN_FLOAT64, true), chain_file(0, FINN_FLOAT32, true),
               chain_file(0, FINN_FLOAT64, false)});
  return all;
}

}  // namespace finn::fuzz
