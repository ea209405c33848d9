#include "finn/domains/make_domain.hpp"

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_cases.hpp"
#include "tests/finn/domains/domain_support.hpp"
#include "tests/support/refused.hpp"

namespace finn::test {
namespace {

using core::Status;
using net::DomainPointer;
using net::DomainRecipe;

// Bits, not numbers that are equal: 0 and -0 are two recipes.
void expect_same_recipe(const DomainRecipe& a, const DomainRecipe& b) {
  ASSERT_EQ(a.arguments.size(), b.arguments.size());
  for (std::size_t k = 0; k < a.arguments.size(); ++k) {
    EXPECT_EQ(a.arguments[k].name, b.arguments[k].name);
    const std::vector<double>&x = a.arguments[k].values, &y = b.arguments[k].values;
    ASSERT_EQ(x.size(), y.size());
    EXPECT_EQ(std::memcmp(x.data(), y.data(), x.size() * sizeof(double)), 0);
  }
  EXPECT_EQ(a.parts, b.parts);
}

// Points of the box of u, there and back.
Point images_of(const DomainPointer& domain) {
  Point images;
  for (int k = 0; k < 20; ++k) {
    Point u;
    for (std::size_t i = 0; i < static_cast<std::size_t>(domain->variables()); ++i) {
      const double share = std::fmod((k + 0.5) * (0.37 + 0.12 * static_cast<double>(i)), 1.0);
      const double lower = domain->box().lower[i];
      u.push_back(lower + share * (domain->box().upper[i] - lower));
    }
    const Point x = x_of(domain, u), back = u_of(domain, x);
    images.insert(images.end(), x.begin(), x.end());
    images.insert(images.end(), back.begin(), back.end());
  }
  return images;
}

TEST(MakeDomain, makesEveryKindAgainToTheSameBits) {
  for (const DomainCase& one : domain_cases()) {
    SCOPED_TRACE(one.name);
    if (one.domain->has_callbacks()) continue;
    const DomainRecipe recipe = one.domain->recipe();
    const DomainPointer again = net::make_domain("file", one.domain->kind(), recipe);
    EXPECT_STREQ(again->kind(), one.domain->kind());
    expect_same_recipe(again->recipe(), recipe);
    EXPECT_EQ(images_of(again), images_of(one.domain));
  }
}

TEST(MakeDomain, refusesKindsThatItDoesNotKnow) {
  for (const char* kind : {"star", "map", "union", "", "open box"}) {
    expect_refused([&] { net::make_domain("file", kind, {}); },
                   "file: a domain of the kind \"" + std::string(kind), Status::ERROR_FORMAT);
  }
}

TEST(MakeDomain, refusesOtherArgumentsThanTheKindHas) {
  const auto refused = [](const char* kind, const DomainRecipe& recipe, const char* words,
                          Status status = Status::ERROR_FORMAT) {
    expect_refused([&] { net::make_domain("file", kind, recipe); }, words, status);
  };
  refused("line", {}, "0 arguments given, 3 expected");
  refused("line", {{{"centre", {0}}, {"scale", {1}}, {"width", {1}}}}, "no tail given");
  refused("line", {{{"centre", {0, 1}}, {"scale", {1}}, {"tail", {0}}}}, "2 numbers given");
  refused("line", {{{"centre", {0}}, {"scale", {1}}, {"tail", {3}}}}, "one of 0 .. 2");
  refused("line", {{{"centre", {0}}, {"scale", {1}}, {"tail", {0.5}}}}, "one of 0 .. 2");
  refused("line", {{{"centre", {0}}, {"scale", {-1}}, {"tail", {0}}}}, "scale",
          Status::ERROR_ARGUMENT);
  refused("box", {{{"lower", {0, 0}}, {"upper", {1}}}}, "upper: 1 numbers given, 2 expected");
  refused("box", {{{"lower", {}}, {"upper", {}}}}, "lower: 0 numbers given");
  refused("box", {{{"lower", Point(9)}, {"upper", Point(9, 1)}}}, "lower: 9 numbers given");
  refused("polygon", {{{"vertices", {0, 0, 1, 0, 1}}}}, "vertices: 5 numbers given");
  refused("polygon", {{{"vertices", {}}}}, "vertices: 0 numbers given");
  refused("ordered simplex", {{{"variables", {9}}}}, "one of 1 .. 8");
  refused("ordered simplex", {{{"variables", {1e300}}}}, "one of 1 .. 8");
}

TEST(MakeDomain, refusesOtherPartsThanTheKindHas) {
  const DomainPointer line = net::line_domain(0, 1, net::Tail::gaussian);
  const auto refused = [](const char* kind, const DomainRecipe& recipe, const char* words) {
    expect_refused([&] { net::make_domain("file", kind, recipe); }, words, Status::ERROR_FORMAT);
  };
  refused("product", {}, "0 parts given");
  refused("line", {{{"centre", {0}}, {"scale", {1}}, {"tail", {0}}}, {line}}, "1 parts given");
  refused("affine", {{{"matrix", {1}}, {"offset", {0}}}, {line, line}}, "2 parts given");
  refused("affine", {{{"matrix", {1, 0}}, {"offset", {0}}}, {line}}, "matrix: 2 numbers");
}

}  // namespace
}  // namespace finn::test
