// Domains of the user's own, a star or a map: what they refuse by name, what they are called, and
// when their user data is released.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/allocations.hpp"

namespace finn::test {
namespace {

using Map = finn_map_options;

std::int32_t round_radius(const double*, double* radius, void*) {
  *radius = 1;
  return 0;
}
std::int32_t no_radius(const double*, double* radius, void*) {
  *radius = std::nan("");
  return 0;
}
std::int32_t failing_radius(const double*, double*, void*) { return 7; }
void count_release(void* count) { ++*static_cast<int*>(count); }

DomainHandle make_map(const Map& map) {
  return make_domain([&](finn_domain** d, finn_error* e) { return finn_domain_map(&map, d, e); });
}

TEST(MapOptions, beginWithNothingButTheirSize) {
  Map map;
  std::memset(static_cast<void*>(&map), 0x5a, sizeof map);
  ASSERT_EQ(finn_map_options_init(&map, sizeof map), FINN_OK);
  EXPECT_EQ(map.struct_size, sizeof map);
  EXPECT_EQ(map.name, nullptr);
  EXPECT_EQ(map.variables, 0);
  EXPECT_EQ(map.reserved, 0);
  EXPECT_TRUE(map.lower == nullptr && map.upper == nullptr && map.user_data == nullptr);
  EXPECT_TRUE(map.to_point == nullptr && map.to_box == nullptr);
  EXPECT_TRUE(map.determinant == nullptr && map.release == nullptr);
}

TEST(MapOptions, ofASizeThatIsNotKnownAreNotWritten) {
  EXPECT_EQ(finn_map_options_init(nullptr, sizeof(Map)), FINN_ERROR_NULL);
  for (const std::uint64_t size :
       {std::uint64_t{0}, std::uint64_t{8}, sizeof(Map) - 4, sizeof(Map) + 8, UINT64_MAX}) {
    Map map, before;
    std::memset(static_cast<void*>(&map), 0x5a, sizeof map);
    std::memcpy(static_cast<void*>(&before), &map, sizeof map);
    EXPECT_EQ(finn_map_options_init(&map, size), FINN_ERROR_SIZE) << size;
    EXPECT_EQ(std::memcmp(&map, &before, sizeof map), 0) << size;
  }
}

TEST(UserDomain, ofBadMapOptionsIsRefusedByName) {
  static int released;
  const SpoiledOption<Map> spoiled[] = {
      {"no size", FINN_ERROR_SIZE, "struct_size", [](Map& m) { m.struct_size = 0; }},
      {"size of another header", FINN_ERROR_SIZE, "struct_size",
       [](Map& m) { m.struct_size += 8; }},
      {"empty name", FINN_ERROR_ARGUMENT, "name", [](Map& m) { m.name = ""; }},
      {"reserved", FINN_ERROR_ARGUMENT, "reserved", [](Map& m) { m.reserved = 1; }},
      {"no variables", FINN_ERROR_ARGUMENT, "variables", [](Map& m) { m.variables = 0; }},
      {"too many variables", FINN_ERROR_ARGUMENT, "variables",
       [](Map& m) { m.variables = FINN_MAX_VARIABLES + 1; }},
      {"no lower", FINN_ERROR_NULL, "lower", [](Map& m) { m.lower = nullptr; }},
      {"no upper", FINN_ERROR_NULL, "upper", [](Map& m) { m.upper = nullptr; }},
      {"reversed", FINN_ERROR_ARGUMENT, "upper", [](Map& m) { std::swap(m.lower, m.upper); }},
      {"no map", FINN_ERROR_NULL, "to_point", [](Map& m) { m.to_point = nullptr; }},
      {"wrong inverse", FINN_ERROR_ARGUMENT, "to_box",
       [](Map& m) {
         m.to_box = [](const double* x, double* u, void*) -> std::int32_t {
           *u = *x / 2;
           return 0;
         };
       }},
      {"wrong determinant", FINN_ERROR_ARGUMENT, "determinant",
       [](Map& m) {
         m.determinant = [](const double*, double* determinant, void*) -> std::int32_t {
           *determinant = 1;
           return 0;
         };
       }},
      {"failing map", FINN_ERROR_CALLBACK, "to_point", [](Map& m) {
         m.to_point = [](const double*, double*, void*) -> std::int32_t { return 1; };
       }}};
  for (const auto& bad : spoiled) {
    Map map = cubic_map(&released);
    bad.spoil(map);
    expect_not_made<finn_domain>(bad.what, bad.status, bad.name,
                                 [&](auto** d, auto* e) { return finn_domain_map(&map, d, e); });
  }
  expect_not_made<finn_domain>("no options", FINN_ERROR_NULL, "options",
                               [](auto** d, auto* e) { return finn_domain_map(nullptr, d, e); });
}

TEST(UserDomain, thatIsNoStarIsRefusedByName) {
  const auto refuse = [](const char* what, finn_status status, const char* argument,
                         const char* name, int variables, const double* centre,
                         finn_radius_callback radius) {
    expect_not_made<finn_domain>(what, status, argument, [=](auto** d, auto* e) {
      return finn_domain_star(name, variables, centre, radius, nullptr, nullptr, d, e);
    });
  };
  const double not_there[] = {0, std::nan("")};
  refuse("empty name", FINN_ERROR_ARGUMENT, "name", "", 2, kCentre, round_radius);
  refuse("one variable", FINN_ERROR_ARGUMENT, "variables", nullptr, 1, kCentre, round_radius);
  refuse("four variables", FINN_ERROR_ARGUMENT, "variables", nullptr, 4, kCentre, round_radius);
  refuse("no centre", FINN_ERROR_NULL, "centre", nullptr, 2, nullptr, round_radius);
  refuse("centre NaN", FINN_ERROR_NOT_FINITE, "centre", nullptr, 2, not_there, round_radius);
  refuse("no radius", FINN_ERROR_NULL, "radius", nullptr, 2, kCentre, nullptr);
  refuse("radius NaN", FINN_ERROR_ARGUMENT, "radius", nullptr, 2, kCentre, no_radius);
  refuse("failing radius", FINN_ERROR_CALLBACK, "radius", nullptr, 2, kCentre, failing_radius);
}

// The name is copied: the caller's may change and go.
TEST(UserDomain, keepsItsName) {
  int released = 0;
  std::string name = "a map of mine";
  Map map = cubic_map(&released);
  EXPECT_EQ(finn_domain_name(make_map(map).get()), nullptr);
  map.name = name.c_str();
  const DomainHandle named = make_map(map);
  const DomainHandle star = make_domain([&](finn_domain** d, finn_error* e) {
    return finn_domain_star(name.c_str(), 2, kCentre, round_radius, nullptr, nullptr, d, e);
  });
  name.assign(name.size(), '?');
  EXPECT_STREQ(finn_domain_name(named.get()), "a map of mine");
  EXPECT_STREQ(finn_domain_name(star.get()), "a map of mine");
  EXPECT_STREQ(finn_domain_kind(named.get()), "map");
}

TEST(UserDomain, livesOnInTheModelsAndDomainsMadeOfIt) {
  int released = 0;
  ModelHandle model;
  {
    const DomainHandle domain = make_map(cubic_map(&released));
    const DomainHandle square = make_domain([&](finn_domain** d, finn_error* e) {
      const finn_domain* factors[] = {domain.get(), domain.get()};
      return finn_domain_product(factors, 2, d, e);
    });
    model = model_on(square.get());
  }
  EXPECT_EQ(released, 0);
  const WorkspaceHandle workspace = make_workspace();
  EXPECT_GT(integrand<double>(model.get(), workspace.get(), {0.5, 1.5})[0], 0);
  EXPECT_EQ(integrand<double>(model.get(), workspace.get(), {0.5, 2.5})[0], 0);
  auto copy = make_handle<finn_model>(
      [&](auto** made, auto* e) { return finn_model_clone(model.get(), made, e); });
  model.reset();
  EXPECT_EQ(released, 0);
  auto of_model = make_handle<finn_domain>(
      [&](auto** made, auto* e) { return finn_model_domain(copy.get(), made, e); });
  copy.reset();
  EXPECT_EQ(released, 0);
  of_model.reset();
  EXPECT_EQ(released, 1);
}

TEST(UserDomain, releasesTheUserDataOnceOfWhatCouldNotBeMade) {
  int released = 0;
  finn_domain* domain = nullptr;
  const Map map = cubic_map(&released);
  const auto expect_release_of = [&](const char* what, finn_status expected, finn_status given) {
    EXPECT_EQ(given, expected) << what;
    EXPECT_EQ(released, 1) << what;
    EXPECT_EQ(domain, nullptr) << what;
    released = 0;
  };
  const auto expect_release = [&](const char* what, finn_status expected, auto&& spoil) {
    Map spoiled = map;
    spoil(spoiled);
    expect_release_of(what, expected, finn_domain_map(&spoiled, &domain, nullptr));
  };
  expect_release("map", FINN_ERROR_NULL, [](Map& m) { m.to_point = nullptr; });
  expect_release("limits", FINN_ERROR_NULL, [](Map& m) { m.upper = nullptr; });
  expect_release("reserved", FINN_ERROR_ARGUMENT, [](Map& m) { m.reserved = 1; });
  expect_release("variables", FINN_ERROR_ARGUMENT, [](Map& m) { m.variables = 0; });
  expect_release("name", FINN_ERROR_ARGUMENT, [](Map& m) { m.name = ""; });
  expect_release("failing map", FINN_ERROR_CALLBACK, [](Map& m) {
    m.to_point = [](const double*, double*, void*) -> std::int32_t { return 1; };
  });
  expect_release_of("nowhere", FINN_ERROR_NULL, finn_domain_map(&map, nullptr, nullptr));
  const auto star = [&](int variables, const double* centre, finn_radius_callback radius,
                        finn_domain** out, const char* name = nullptr) {
    return finn_domain_star(name, variables, centre, radius, &released, count_release, out,
                            nullptr);
  };
  expect_release_of("no radius", FINN_ERROR_NULL, star(2, kCentre, nullptr, &domain));
  expect_release_of("no centre", FINN_ERROR_NULL, star(2, nullptr, round_radius, &domain));
  expect_release_of("variables", FINN_ERROR_ARGUMENT, star(4, kCentre, round_radius, &domain));
  expect_release_of("star nowhere", FINN_ERROR_NULL, star(2, kCentre, round_radius, nullptr));
  expect_release_of("star's name", FINN_ERROR_ARGUMENT,
                    star(2, kCentre, round_radius, &domain, ""));
}

// Without options there is no user data; of a struct that is not known nothing is read.
TEST(UserDomain, releasesNothingOfOptionsThatItCannotRead) {
  int released = 0;
  finn_domain* domain = nullptr;
  EXPECT_EQ(finn_domain_map(nullptr, &domain, nullptr), FINN_ERROR_NULL);
  Map map = cubic_map(&released);
  map.struct_size = 8;
  EXPECT_EQ(finn_domain_map(&map, &domain, nullptr), FINN_ERROR_SIZE);
  EXPECT_EQ(released, 0);
}

TEST(UserDomain, releasesTheUserDataOnceWhateverMemoryIsRefused) {
  for (std::int64_t k = 0;; ++k) {
    ASSERT_LT(k, 100);
    int released = 0;
    Map map = cubic_map(&released);
    map.name = "a name that is too long to be kept without an allocation of its own";
    finn_domain* domain = nullptr;
    finn_status status = FINN_OK;
    with_refused_memory(k, 1, [&] { status = finn_domain_map(&map, &domain, nullptr); });
    EXPECT_EQ(released, status == FINN_OK ? 0 : 1) << "allocation " << k;
    finn_domain_destroy(domain);
    EXPECT_EQ(released, 1) << "allocation " << k;
    if (status == FINN_OK) break;
  }
}

// finn_domain_destroy is called where nothing can be thrown: in destructors.
TEST(UserDomain, dropsWhatItsReleaseCallbackThrows) {
  static int released;
  released = 0;
  const finn_release_callback release = [](void*) {
    ++released;
    throw std::runtime_error("release");
  };
  finn_domain* domain = nullptr;
  finn_error error = FINN_ERROR_INIT;
  ASSERT_EQ(finn_domain_star(nullptr, 2, kCentre, round_radius, nullptr, release, &domain, &error),
            FINN_OK);
  finn_domain_destroy(domain);
  EXPECT_EQ(released, 1);
  EXPECT_EQ(finn_domain_star(nullptr, 2, kCentre, nullptr, nullptr, release, &domain, &error),
            FINN_ERROR_NULL);
  EXPECT_TRUE(mentions(error.message, "radius")) << error.message;
  EXPECT_EQ(released, 2);
}

}  // namespace
}  // namespace finn::test
