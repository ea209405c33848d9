#include "finn/domains/make_domain.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/option.hpp"
#include "core/subset.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domains.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

// The arguments of a recipe in the order of a kind, each with as many numbers as it has to have.
class Arguments {
 public:
  Arguments(const char* who, const char* kind, const DomainRecipe& recipe)
      : who_(who), kind_(kind), recipe_(recipe) {}

  // 0 numbers: any number of them.
  const std::vector<double>& list(const char* name, std::size_t numbers = 0) const {
    const auto& arguments = recipe_.arguments;
    const auto found = std::find_if(arguments.begin(), arguments.end(),
                                    [&](const auto& each) { return each.name == name; });
    if (found == arguments.end()) {
      fail(Status::ERROR_FORMAT, "%s: %s: no %s given", who_, kind_, name);
    }
    if (numbers != 0 && found->values.size() != numbers) {
      fail(Status::ERROR_FORMAT, "%s: %s: %s: %zu numbers given, %zu expected", who_, kind_, name,
           found->values.size(), numbers);
    }
    return found->values;
  }
  const double* numbers(const char* name, std::size_t count) const {
    return list(name, count).data();
  }
  double number(const char* name) const { return list(name, 1)[0]; }
  int integer(const char* name, int least, int most) const {
    const double value = number(name);
    if (value >= least && value <= most && value == std::floor(value)) {
      return static_cast<int>(value);
    }
    fail(Status::ERROR_FORMAT, "%s: %s: %s: %g given, one of %d .. %d expected", who_, kind_, name,
         value, least, most);
  }
  Tail tail() const { return static_cast<Tail>(integer("tail", 0, 2)); }
  DomainPointer part() const {
    if (recipe_.parts.size() == 1) return recipe_.parts[0];
    fail(Status::ERROR_FORMAT, "%s: %s: %zu parts given, 1 expected", who_, kind_,
         recipe_.parts.size());
  }
  const std::vector<DomainPointer>& parts() const { return recipe_.parts; }

 private:
  const char* who_;
  const char* kind_;
  const DomainRecipe& recipe_;
};

DomainPointer make_box(const Arguments& of) {
  const std::vector<double>& lower = of.list("lower");
  const std::size_t variables =
      std::clamp<std::size_t>(lower.size(), 1, static_cast<std::size_t>(core::kMaxVariables));
  Box box;
  box.variables = static_cast<int>(variables);
  std::copy_n(of.numbers("lower", variables), variables, box.lower.begin());
  std::copy_n(of.numbers("upper", variables), variables, box.upper.begin());
  return box_domain(box);
}

DomainPointer make_affine(const Arguments& of) {
  const DomainPointer inner = of.part();
  const auto n = static_cast<std::size_t>(inner->variables());
  return affine_domain(inner, of.numbers("matrix", n * n), of.numbers("offset", n));
}

DomainPointer make_polygon(const Arguments& of) {
  const std::vector<double>& vertices = of.list("vertices");
  const std::size_t count = vertices.size() / 2;
  return polygon_domain(of.numbers("vertices", 2 * std::max<std::size_t>(count, 1)),
                        static_cast<std::int64_t>(count));
}

struct Maker {
  const char* kind;
  std::size_t arguments;  // how many there are of them
  bool has_parts;
  DomainPointer (*make)(const Arguments& of);
};

constexpr Maker kMakers[] = {
    {"box", 2, false, make_box},
    {"line", 3, false,
     [](const Arguments& of) {
       return line_domain(of.number("centre"), of.number("scale"), of.tail());
     }},
    {"half-line", 4, false,
     [](const Arguments& of) {
       return half_line_domain(of.number("end"), of.integer("down", 0, 1) == 1, of.number("scale"),
                               of.tail());
     }},
    {"sector", 5, false,
     [](const Arguments& of) {
       return sector_domain(of.numbers("centre", 2), of.number("inner"), of.number("outer"),
                            of.number("from"), of.number("to"));
     }},
    {"polar", 2, false,
     [](const Arguments& of) {
       return polar_domain(of.numbers("centre", 2), of.number("radius"));
     }},
    {"shell", 3, false,
     [](const Arguments& of) {
       return shell_domain(of.numbers("centre", 3), of.number("inner"), of.number("outer"));
     }},
    {"ordered simplex", 1, false,
     [](const Arguments& of) {
       return ordered_simplex_domain(of.integer("variables", 1, core::kMaxVariables));
     }},
    {"polygon", 1, false, make_polygon},
    {"affine", 2, true, make_affine},
    {"product", 0, true, [](const Arguments& of) { return product_domain(of.parts()); }}};

const Maker& maker_of(const char* who, std::string_view kind) {
  const auto* found = std::find_if(std::begin(kMakers), std::end(kMakers),
                                   [&](const Maker& maker) { return maker.kind == kind; });
  if (found != std::end(kMakers)) return *found;
  fail(Status::ERROR_FORMAT, "%s: a domain of the kind %s given, which is not known", who,
       core::in_quotes(kind).c_str());
}

}  // namespace

DomainPointer make_domain(const char* who, std::string_view kind, const DomainRecipe& recipe) {
  const Maker& maker = maker_of(who, kind);
  if (recipe.arguments.size() != maker.arguments) {
    fail(Status::ERROR_FORMAT, "%s: %s: %zu arguments given, %zu expected", who, maker.kind,
         recipe.arguments.size(), maker.arguments);
  }
  if (recipe.parts.empty() == maker.has_parts) {
    fail(Status::ERROR_FORMAT, "%s: %s: %zu parts given", who, maker.kind, recipe.parts.size());
  }
  return maker.make({who, maker.kind, recipe});
}

}  // namespace finn::net
