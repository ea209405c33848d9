#include "capi/files/domain_json.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>

#include "capi/files/part_json.hpp"
#include "capi/handles.hpp"
#include "core/error.hpp"
#include "core/option.hpp"
#include "core/subset.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/make_domain.hpp"

namespace finn::capi {
namespace {

using core::fail;
using core::Status;

// How far the images of two maps that count as the same may lie apart, relative to the largest: as
// far as mathematical libraries differ.
constexpr double kSameMap = 1e-9;
constexpr int kImages = 8;
constexpr const char* kOpenBox = "open box";
// A domain of 8 variables, 32 domains deep, is made of fewer.
constexpr std::size_t kMostDomains = 512;
constexpr std::size_t kMostNumbers = std::size_t{1} << 22;

std::vector<double> first(const std::array<double, net::kMaxBoxVariables>& values, int count) {
  return {values.begin(), values.begin() + count};
}

// Where a map takes some points of its box, [kImages][variables]: along a diagonal, in each
// variable at another pace.
std::vector<double> images_of(const net::Domain& domain) {
  const auto n = static_cast<std::size_t>(domain.variables());
  std::vector<double> images(kImages * n), u(n);
  for (int k = 0; k < kImages; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      const double share = std::fmod((k + 0.5) * (0.38 + 0.11 * static_cast<double>(i)), 1.0);
      const double lower = domain.box().lower[i];
      u[i] = lower + (0.02 + 0.96 * share) * (domain.box().upper[i] - lower);
    }
    domain.to_point(u.data(), images.data() + static_cast<std::size_t>(k) * n);
  }
  return images;
}

// All domains below one, each once, those that another is made of before it.
void collect(const net::DomainPointer& domain, std::vector<net::DomainPointer>& list) {
  for (const net::DomainPointer& part : domain->recipe().parts) collect(part, list);
  if (std::find(list.begin(), list.end(), domain) == list.end()) list.push_back(domain);
}

void write_callbacks(core::JsonWriter& json, const net::Domain& domain, bool may_lack_name) {
  if (domain.name() == nullptr && !may_lack_name) {
    fail(Status::ERROR_ARGUMENT,
         "domain: a %s without a name given, which a file cannot find again; give it a name",
         domain.kind());
  }
  json.key("name");
  domain.name() == nullptr ? json.null() : json.string(domain.name());
  json.key("lower").numbers(first(domain.box().lower, domain.variables()));
  json.key("upper").numbers(first(domain.box().upper, domain.variables()));
  json.key("images").numbers(images_of(domain));
}

void write_recipe(core::JsonWriter& json, const net::DomainRecipe& recipe,
                  const std::vector<net::DomainPointer>& list) {
  for (const auto& [name, values] : recipe.arguments) {
    json.key(name);
    values.size() == 1 ? json.number(values[0]) : json.numbers(values);
  }
  if (recipe.parts.empty()) return;
  json.key("parts").list([&] {
    for (const net::DomainPointer& part : recipe.parts) {
      json.integer(std::find(list.begin(), list.end(), part) - list.begin());
    }
  });
}

void write_domain(core::JsonWriter& json, const net::Domain& domain,
                  const std::vector<net::DomainPointer>& list, bool may_lack_name) {
  json.object([&] {
    json.key("kind").string(domain.kind());
    if (domain.has_callbacks()) return write_callbacks(json, domain, may_lack_name);
    write_recipe(json, domain.recipe(), list);
  });
}

void write_open_box(core::JsonWriter& json, const net::Box& box) {
  json.object([&] {
    json.key("kind").string(kOpenBox);
    json.key("lower").numbers(first(box.lower, box.variables));
    json.key("upper").numbers(first(box.upper, box.variables));
  });
}

// What an element of the list says.
struct Element {
  std::string kind;
  std::string name;  // of what has callbacks
  net::DomainRecipe recipe;
};

Element read_element(core::JsonReader& json, const std::vector<net::DomainPointer>& before) {
  Element element;
  json.object([&](std::string_view key) {
    if (key == "kind") {
      element.kind = json.string();
    } else if (key == "name") {
      element.name = json.string();
    } else if (key == "parts") {
      for (const std::int64_t place : json.integers(core::kMaxVariables)) {
        if (place < 0 || place >= std::ssize(before)) json.fail_given("parts", "domains before it");
        element.recipe.parts.push_back(before[static_cast<std::size_t>(place)]);
      }
    } else if (json.kind() == core::JsonReader::Kind::NUMBER) {
      element.recipe.arguments.push_back({std::string(key), {json.number()}});
    } else {
      element.recipe.arguments.push_back({std::string(key), json.numbers(kMostNumbers)});
    }
  });
  json.require_member(!element.kind.empty(), "kind");
  return element;
}

const std::vector<double>* argument(const Element& element, const char* name) {
  for (const auto& each : element.recipe.arguments) {
    if (each.name == name) return &each.values;
  }
  return nullptr;
}

bool are_near(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return false;
  double largest = 0;
  for (const double value : b) largest = std::fmax(largest, std::fabs(value));
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!(std::fabs(a[i] - b[i]) <= kSameMap * largest)) return false;
  }
  return true;
}

// What about a domain is not as a file says; null if it is the same.
const char* difference(const Element& element, const net::Domain& domain) {
  const auto is = [&](const char* name, const std::vector<double>& values) {
    const std::vector<double>* stored = argument(element, name);
    return stored != nullptr && are_near(*stored, values);
  };
  if (element.kind != domain.kind()) return "kind";
  if (!is("lower", first(domain.box().lower, domain.variables()))) return "lower limits of u";
  if (!is("upper", first(domain.box().upper, domain.variables()))) return "upper limits of u";
  return is("images", images_of(domain)) ? nullptr : "map";
}

net::DomainPointer known_domain(const Element& element, const char* document,
                                std::span<const finn_domain* const> known) {
  const std::string name = core::in_quotes(element.name);
  for (const finn_domain* each : known) {
    const net::DomainPointer& domain = each->domain;
    if (domain == nullptr || domain->name() == nullptr || element.name != domain->name()) continue;
    const char* differs = difference(element, *domain);
    if (differs == nullptr) return domain;
    fail(Status::ERROR_ARGUMENT, "%s: domains: the one with the name %s has another %s than saved",
         document, name.c_str(), differs);
  }
  fail(Status::ERROR_ARGUMENT,
       "%s: domains: %zu given, none of them with the name %s, which the model is on", document,
       known.size(), name.c_str());
}

net::Box open_box(const Element& element, const char* document) {
  const std::vector<double>* lower = argument(element, "lower");
  const std::vector<double>* upper = argument(element, "upper");
  const bool fits = lower != nullptr && upper != nullptr && lower->size() == upper->size() &&
                    !lower->empty() && lower->size() <= net::kMaxBoxVariables &&
                    element.recipe.arguments.size() == 2 && element.recipe.parts.empty();
  if (!fits) fail(Status::ERROR_FORMAT, "%s: open box: its limits are not valid", document);
  net::Box box;
  box.variables = static_cast<int>(lower->size());
  std::copy(lower->begin(), lower->end(), box.lower.begin());
  std::copy(upper->begin(), upper->end(), box.upper.begin());
  net::require_valid(box);
  return box;
}

bool has_callbacks(const std::string& kind) { return kind == "star" || kind == "map"; }

}  // namespace

void write_place(core::JsonWriter& json, const Place& place, bool may_lack_name) {
  json.list([&] {
    if (place.domain == nullptr) return write_open_box(json, place.box);
    std::vector<net::DomainPointer> domains;
    collect(place.domain, domains);
    for (const net::DomainPointer& domain : domains) {
      write_domain(json, *domain, domains, may_lack_name);
    }
  });
}

Place read_place(core::JsonReader& json, const char* document,
                 std::span<const finn_domain* const> known) {
  std::vector<net::DomainPointer> domains;
  Place place;
  bool is_open = false;
  json.list(kMostDomains, [&] {
    const Element element = read_element(json, domains);
    if (is_open) json.fail_given("a domain behind an open box", "the end of the list");
    is_open = element.kind == kOpenBox;
    if (is_open) {
      place.box = as_format(document, [&] { return open_box(element, document); });
    } else if (has_callbacks(element.kind)) {
      domains.push_back(known_domain(element, document, known));
    } else {
      domains.push_back(as_format(
          document, [&] { return net::make_domain(document, element.kind, element.recipe); }));
    }
  });
  if (is_open && domains.empty()) return place;
  if (is_open || domains.empty()) {
    fail(Status::ERROR_FORMAT, "%s: domain: a list that ends in a domain expected", document);
  }
  return {domains.back()->box(), domains.back()};
}

std::vector<finn_domain> domains_with_callbacks(const net::DomainPointer& domain) {
  std::vector<net::DomainPointer> all;
  if (domain != nullptr) collect(domain, all);
  std::vector<finn_domain> found;
  for (const net::DomainPointer& each : all) {
    if (each->has_callbacks()) found.push_back({finn_domain::kMagic, each->box(), each});
  }
  return found;
}

}  // namespace finn::capi
