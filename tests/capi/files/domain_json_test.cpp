#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/refusal_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

ModelSpec small_on(const finn_domain* domain) {
  ModelSpec spec = spec_on(domain);
  spec.components = 3;
  spec.normals_per_axis = 2;
  spec.seed = 7;
  return spec;
}

// Points of the image of the box of u, and further ones about them.
std::vector<double> points_of(const finn_domain* domain) {
  const auto n = static_cast<std::size_t>(finn_domain_variables(domain));
  std::vector<double> lower(n), upper(n);
  require_ok([&](finn_error* e) {
    return finn_domain_limits(domain, lower.data(), upper.data(), length_of(lower), e);
  });
  std::vector<double> u = random_numbers<double>(13 * n, 0.01, 0.99, 5);
  for (std::size_t k = 0; k < u.size(); ++k) {
    u[k] = lower[k % n] + u[k] * (upper[k % n] - lower[k % n]);
  }
  std::vector<double> x = to_point(domain, u);
  const std::vector<double> moved = random_numbers<double>(x.size(), -2, 2, 6);
  for (std::size_t k = 0; k < moved.size(); ++k) x.push_back(x[k] + moved[k]);
  return x;
}

DomainHandle star(const char* name, double size = 1) {
  static double sizes[2];
  double* const kept = &sizes[size == 1 ? 0 : 1];
  *kept = size;
  const auto radius = [](const double* d, double* r, void* of) -> std::int32_t {
    *r = *static_cast<double*>(of) * (d[0] > 0 ? 2 : 1);
    return 0;
  };
  return make_domain([&](finn_domain** d, finn_error* e) {
    return finn_domain_star(name, 2, kCentre, radius, kept, nullptr, d, e);
  });
}

DomainHandle product_of(const finn_domain* a, const finn_domain* b) {
  return make_domain([&](finn_domain** d, finn_error* e) {
    const finn_domain* factors[] = {a, b};
    return finn_domain_product(factors, 2, d, e);
  });
}

DomainHandle twice(const finn_domain* inner) {
  return make_domain([&](finn_domain** d, finn_error* e) {
    const double matrix[] = {2, 0.5, 0, 2}, offset[] = {0.25, -1};
    return finn_domain_affine(inner, matrix, offset, d, e);
  });
}

void expect_same_on(const finn_domain* domain, const Domains& known, finn_precision precision) {
  ModelSpec spec = small_on(domain);
  spec.precision = precision;
  const ModelHandle model = make_model(spec);
  const ModelHandle loaded = load_model(save_model(model.get()), known);
  EXPECT_EQ(describe(loaded.get()), describe(model.get()));
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> x = points_of(domain);
  EXPECT_TRUE(same_bits(integrand(loaded.get(), workspace.get(), x),
                        integrand(model.get(), workspace.get(), x)));
  EXPECT_TRUE(same_bits(mixed_partial(loaded.get(), workspace.get(), 0, x),
                        mixed_partial(model.get(), workspace.get(), 0, x)));
  EXPECT_TRUE(same_bits(parameters_of<double>(loaded.get()), parameters_of<double>(model.get())));
}

TEST(DomainJson, ofEveryKindIsTheSameAgain) {
  for (const Region& region : regions()) {
    SCOPED_TRACE(region.name);
    if (region.name == std::string("map")) continue;  // it has no name
    const DomainHandle domain = make_domain(region.make);
    for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
      expect_same_on(domain.get(), {domain.get()}, precision);
    }
  }
}

TEST(DomainJson, ofDomainsOfDomainsIsTheSameAgain) {
  const DomainHandle disk = unit_disk(), named = star("a star");
  const DomainHandle image = twice(disk.get()), images = twice(named.get());
  const DomainHandle product = product_of(image.get(), disk.get());
  const DomainHandle of_a_star = product_of(images.get(), named.get());
  expect_same_on(product.get(), {}, FINN_FLOAT64);
  expect_same_on(of_a_star.get(), {named.get()}, FINN_FLOAT64);
}

// The disk stands in it once, though two others are made of it.
TEST(DomainJson, namesPartsByTheirPlaces) {
  const DomainHandle disk = unit_disk();
  const DomainHandle product = product_of(disk.get(), disk.get());
  const std::string text = describe(make_model(small_on(product.get())).get());
  EXPECT_NE(text.find(R"({"kind":"product","parts":[0,0]}])"), std::string::npos) << text;
}

TEST(DomainJson, thatIsNotAmongTheKnownOnesIsRefusedByItsName) {
  const DomainHandle saved = star("a star"), other_name = star("another star");
  const DomainHandle larger = star("a star", 1.5), no_name = star(nullptr), disk = unit_disk();
  const Bytes file = save_model(make_model(small_on(saved.get())).get());
  const auto refused = [&](const char* what, const Domains& known, const char* words) {
    finn_error error = FINN_ERROR_INIT;
    ModelHandle model;
    EXPECT_EQ(load_model(file, known, &model, &error), FINN_ERROR_ARGUMENT) << what;
    EXPECT_NE(std::string(error.message).find("\"a star\""), std::string::npos) << error.message;
    EXPECT_NE(std::string(error.message).find(words), std::string::npos) << error.message;
  };
  refused("none", {}, "domains: 0 given, none of them");
  refused("others", {other_name.get(), no_name.get(), disk.get()}, "domains: 3 given");
  refused("another map", {larger.get()}, "another map");
  load_model(file, {disk.get(), other_name.get(), saved.get(), no_name.get()});
}

// A map of one variable u in [0, upper], x = scale u, by the name "a map".
DomainHandle stretch(double upper, double* scale) {
  const double lower = 0;
  finn_map_options map;
  finn_map_options_init(&map, sizeof map);
  map.name = "a map";
  map.variables = 1;
  map.lower = &lower;
  map.upper = &upper;
  map.to_point = [](const double* u, double* x, void* by) -> std::int32_t {
    *x = *static_cast<double*>(by) * *u;
    return 0;
  };
  map.user_data = scale;
  return make_domain([&](finn_domain** d, finn_error* e) { return finn_domain_map(&map, d, e); });
}

TEST(DomainJson, ofAMapIsFoundByItsNameBoxAndImages) {
  double two = 2, nearly_two = 2 + 1e-12, more = 2 + 1e-6;
  const DomainHandle saved = stretch(1, &two), near = stretch(1, &nearly_two);
  const DomainHandle other_box = stretch(1.5, &two), other_map = stretch(1, &more);
  const DomainHandle same_name = make_domain([](finn_domain** d, finn_error* e) {
    const auto radius = [](const double*, double* r, void*) -> std::int32_t {
      *r = 1;
      return 0;
    };
    return finn_domain_star("a map", 2, kCentre, radius, nullptr, nullptr, d, e);
  });
  expect_same_on(saved.get(), {saved.get()}, FINN_FLOAT64);
  const Bytes file = save_model(make_model(small_on(saved.get())).get());
  load_model(file, {near.get()});
  const auto refused = [&](const finn_domain* known, const char* words) {
    finn_error error = FINN_ERROR_INIT;
    ModelHandle model;
    EXPECT_EQ(load_model(file, {known}, &model, &error), FINN_ERROR_ARGUMENT);
    EXPECT_NE(std::string(error.message).find(words), std::string::npos) << error.message;
  };
  refused(other_box.get(), "upper limits of u");
  refused(other_map.get(), "another map");
  refused(same_name.get(), "another kind");
}

TEST(DomainJson, withoutANameIsDescribedButNotSaved) {
  const DomainHandle no_name = star(nullptr);
  const ModelHandle model = make_model(small_on(no_name.get()));
  const std::string text = describe(model.get());
  EXPECT_NE(text.find(R"({"kind":"star","name":null,)"), std::string::npos) << text;
  finn_error error = FINN_ERROR_INIT;
  Bytes bytes;
  EXPECT_EQ(save_model(model.get(), &bytes, &error), FINN_ERROR_ARGUMENT);
  EXPECT_TRUE(mentions(error.message, "star")) << error.message;
  EXPECT_TRUE(mentions(error.message, "name")) << error.message;
}

TEST(DomainJson, ofAnotherShapeIsRefused) {
  const DomainHandle disk = unit_disk();
  const DomainHandle product = product_of(disk.get(), disk.get());
  const Bytes file = save_model(make_model(small_on(product.get())).get());
  expect_edit_refused(file, R"("parts":[0,0])", R"("parts":[0,1])", "domains before it");
  expect_edit_refused(file, R"("parts":[0,0])", R"("parts":[0,-1])", "domains before it");
  expect_edit_refused(file, R"("parts":[0,0])", R"("parts":[])", "parts");
  expect_edit_refused(file, R"("parts":[0,0])", R"("parts":[0,0,0,0,0])", "variables");
  expect_edit_refused(file, R"("kind":"product")", R"("kind":"union")", "union");
  expect_edit_refused(file, R"("kind":"product",)", "", "kind");
  expect_edit_refused(file, R"("kind":"product")", R"("kind":"open box")", "open box");
  const Bytes open = save_model(make_model({.widths = {2}}).get());
  const std::string box = R"({"kind":"open box","lower":[-1,-0.75],"upper":[0.5,0.875]})";
  expect_edit_refused(open, box, "", "ends in a domain");
  expect_edit_refused(open, box, box + "," + box, "behind an open box");
  expect_edit_refused(open, R"("upper":[0.5,0.875])", R"("upper":[0.5])", "limits");
  expect_edit_refused(open, R"("upper":[0.5,0.875])", R"("upper":[0.5,-1])", "upper");
  expect_edit_refused(open, R"("upper":[0.5,0.875])", R"("upper":[0.5,"inf"])", "a number");
}

}  // namespace
}  // namespace finn::test
