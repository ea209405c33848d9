// C++20 wrapper over finn.h: the same functions with owned handles, spans and exceptions.
//
//   const finn::Domain box = finn::Domain::open_box({-1, -1}, {1, 1});
//   finn::Model model(finn::Network::mixture(2), box);
//   finn::Workspace workspace;
//   finn::Trainer trainer(model, finn::training_options());
//   trainer.fit(workspace, x, y);
//   std::vector<double> f = model.integrand(workspace, points);
//   model.save("model.safetensors");
//
// Header-only and thin: what a call means, and which threads may make it, is written in finn.h.
// Every failure is a finn::Error with the status and the message of the C call. Arrays go in as
// finn::Values, a std::span that a braced list makes too, and have the shapes of finn.h.
#ifndef FINN_HPP
#define FINN_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "finn.h"

namespace finn {
// The library itself lives in namespace finn too; this keeps the symbols apart when it is linked
// statically.
inline namespace wrapper {

class Error : public std::runtime_error {
 public:
  Error(finn_status status, const std::string& message)
      : std::runtime_error(message), status_(status) {}

  finn_status status() const noexcept { return status_; }

 private:
  finn_status status_;
};

// Numbers that a call reads: anything that is a std::span<const T>, or a list in braces.
template <class T>
class Values : public std::span<const T> {
 public:
  Values() noexcept = default;
  template <class Range>
  requires std::convertible_to<const Range&, std::span<const T>> Values(const Range& range)
  noexcept : std::span<const T>(range) {}
  Values(std::initializer_list<T> list) noexcept : std::span<const T>(list.begin(), list.size()) {}
};

namespace detail {

// Runs function(finn_error*) and throws what it reports.
template <class Function>
void call(Function&& function) {
  finn_error error = FINN_ERROR_INIT;
  const finn_status status = function(&error);
  if (status != FINN_OK) throw Error(status, error.message);
}

inline void require_length(const char* name, std::size_t given, std::size_t expected) {
  if (given == expected) return;
  throw Error(FINN_ERROR_SIZE, std::string(name) + " has length " + std::to_string(given) +
                                   ", expected " + std::to_string(expected));
}

// How many rows of this width an array holds; the width of what has been moved from is 0.
inline std::int64_t rows_of(const char* name, std::size_t length, std::size_t width) {
  if (width == 0) throw Error(FINN_ERROR_NULL, "what is asked has been moved from");
  require_length(name, length, length / width * width);
  return static_cast<std::int64_t>(length / width);
}

template <class T>
const T* data_or_null(const Values<T>& values) {
  return values.empty() ? nullptr : values.data();
}

// A length as finn.h counts it, whatever the array.
template <class Array>
std::int64_t length_of(const Array& values) {
  return static_cast<std::int64_t>(values.size());
}
template <class Array>
std::int32_t count_of(const Array& values) {
  return static_cast<std::int32_t>(values.size());
}

struct Destroy {
  void operator()(finn_model* model) const noexcept { finn_model_destroy(model); }
  void operator()(finn_workspace* workspace) const noexcept { finn_workspace_destroy(workspace); }
  void operator()(finn_distribution* made) const noexcept { finn_distribution_destroy(made); }
  void operator()(finn_trainer* trainer) const noexcept { finn_trainer_destroy(trainer); }
  void operator()(finn_domain* domain) const noexcept { finn_domain_destroy(domain); }
  void operator()(finn_network* network) const noexcept { finn_network_destroy(network); }
  void operator()(finn_constraint* made) const noexcept { finn_constraint_destroy(made); }
  void operator()(finn_conditioning* made) const noexcept { finn_conditioning_destroy(made); }
  void operator()(finn_chain* chain) const noexcept { finn_chain_destroy(chain); }
  void operator()(finn_table* table) const noexcept { finn_table_destroy(table); }
};

// The handle that make(Handle**, finn_error*) writes.
template <class Handle, class Make>
Handle* made_by(Make&& make) {
  Handle* made = nullptr;
  call([&](finn_error* e) { return make(&made, e); });
  return made;
}

// A part that never changes: copies share the handle.
template <class Handle>
class Shared {
 public:
  const Handle* get() const noexcept { return handle_.get(); }

 protected:
  explicit Shared(Handle* made) : handle_(made, Destroy()) {}

 private:
  std::shared_ptr<Handle> handle_;
};

// The text that write(char*, capacity, size*, finn_error*) writes, without its terminating 0.
template <class Write>
std::string text_of(Write&& write) {
  std::int64_t size = 0;
  call([&](finn_error* e) { return write(nullptr, std::int64_t{0}, &size, e); });
  std::string text(static_cast<std::size_t>(size), '\0');
  call([&](finn_error* e) { return write(text.data(), size, &size, e); });
  text.resize(static_cast<std::size_t>(size) - 1);
  return text;
}

// The bytes that write(void*, capacity, size*, finn_error*) writes.
template <class Write>
std::vector<unsigned char> bytes_of(Write&& write) {
  std::int64_t size = 0;
  call([&](finn_error* e) { return write(nullptr, std::int64_t{0}, &size, e); });
  std::vector<unsigned char> bytes(static_cast<std::size_t>(size));
  call([&](finn_error* e) { return write(bytes.data(), size, &size, e); });
  return bytes;
}

// Two arrays [length] that read(lower, upper, length, finn_error*) fills.
template <class Read>
std::pair<std::vector<double>, std::vector<double>> limits_of(std::size_t length, Read&& read) {
  std::vector<double> lower(length), upper(length);
  call([&](finn_error* e) { return read(lower.data(), upper.data(), length_of(lower), e); });
  return {std::move(lower), std::move(upper)};
}

inline std::vector<const char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

// What finn.h calls the struct, and the function that writes its defaults.
template <class Options>
struct OptionsKind;
template <>
struct OptionsKind<finn_mixture_options> {
  static constexpr finn_options_kind value = FINN_OPTIONS_MIXTURE;
  static constexpr auto init = finn_mixture_options_init;
};
template <>
struct OptionsKind<finn_mlp_options> {
  static constexpr finn_options_kind value = FINN_OPTIONS_MLP;
  static constexpr auto init = finn_mlp_options_init;
};
template <>
struct OptionsKind<finn_constraint_options> {
  static constexpr finn_options_kind value = FINN_OPTIONS_CONSTRAINT;
  static constexpr auto init = finn_constraint_options_init;
};
template <>
struct OptionsKind<finn_conditioning_options> {
  static constexpr finn_options_kind value = FINN_OPTIONS_CONDITIONING;
  static constexpr auto init = finn_conditioning_options_init;
};
template <>
struct OptionsKind<finn_training_options> {
  static constexpr finn_options_kind value = FINN_OPTIONS_TRAINING;
  static constexpr auto init = finn_training_options_init;
};
template <>
struct OptionsKind<finn_chain_options> {
  static constexpr finn_options_kind value = FINN_OPTIONS_CHAIN;
  static constexpr auto init = finn_chain_options_init;
};

template <class Options>
Options defaults() {
  Options options;
  const finn_status status = OptionsKind<Options>::init(&options, sizeof options);
  if (status != FINN_OK) throw Error(status, "the library is older than its header");
  return options;
}

// Writes the hidden layers of an options struct that has some.
template <class Options>
Options with_widths(Options options, Values<std::int32_t> widths) {
  if (widths.size() > FINN_MAX_HIDDEN_LAYERS) {
    throw Error(FINN_ERROR_SIZE, "widths has length " + std::to_string(widths.size()) +
                                     ", expected at most " +
                                     std::to_string(FINN_MAX_HIDDEN_LAYERS));
  }
  options.hidden_layers = count_of(widths);
  for (std::size_t l = 0; l < widths.size(); ++l) options.widths[l] = widths[l];
  return options;
}

}  // namespace detail

// The structs of finn.h with their defaults; with widths where layers are hidden.
inline finn_mixture_options mixture_options() { return detail::defaults<finn_mixture_options>(); }
inline finn_mlp_options mlp_options() { return detail::defaults<finn_mlp_options>(); }
inline finn_mlp_options mlp_options(Values<std::int32_t> widths) {
  return detail::with_widths(mlp_options(), widths);
}
inline finn_constraint_options constraint_options() {
  return detail::defaults<finn_constraint_options>();
}
inline finn_conditioning_options conditioning_options() {
  return detail::defaults<finn_conditioning_options>();
}
inline finn_conditioning_options conditioning_options(Values<std::int32_t> widths) {
  return detail::with_widths(conditioning_options(), widths);
}
inline finn_training_options training_options() {
  return detail::defaults<finn_training_options>();
}
inline finn_chain_options chain_options() { return detail::defaults<finn_chain_options>(); }
inline finn_chain_options chain_options(Values<std::int32_t> widths) {
  return detail::with_widths(chain_options(), widths);
}

// The rows of the table of options of a struct of finn.h.
template <class Options>
std::vector<finn_option> option_rows() {
  constexpr finn_options_kind kind = detail::OptionsKind<Options>::value;
  std::vector<finn_option> rows(static_cast<std::size_t>(finn_option_count(kind)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].struct_size = sizeof rows[i];
    detail::call([&](finn_error* e) {
      return finn_option_row(kind, static_cast<std::int32_t>(i), &rows[i], e);
    });
  }
  return rows;
}

template <class Options>
void set_option(Options& options, const std::string& name, const std::string& value) {
  detail::call([&](finn_error* e) {
    return finn_option_set(detail::OptionsKind<Options>::value, &options, name.c_str(),
                           value.c_str(), e);
  });
}

template <class Options>
std::string get_option(const Options& options, const std::string& name) {
  return detail::text_of(
      [&](char* value, std::int64_t capacity, std::int64_t* size, finn_error* e) {
        return finn_option_get(detail::OptionsKind<Options>::value, &options, name.c_str(), value,
                               capacity, size, e);
      });
}

// The functions of a star and of a map of one's own, kept until the last domain and model that use
// them are gone and called on several threads at once. One that throws makes the call that asked
// fail with FINN_ERROR_CALLBACK.
using Radius = std::function<double(const double* direction)>;
using Map = std::function<void(const double* from, double* to)>;
using Determinant = std::function<double(const double* u)>;

// A map of one's own from the box [lower, upper] of u.
struct OwnMap {
  std::vector<double> lower;
  std::vector<double> upper;
  Map to_point;             // x = r(u)
  Map to_box;               // u of x; may be empty: Newton's method
  Determinant determinant;  // det dr/du at u; may be empty: differences
  std::string name{};       // by which a model file finds it again; may be empty
};

namespace detail {

// What a callback returns: 0 when function() did not throw.
template <class Function>
std::int32_t guard(Function&& function) noexcept {
  try {
    function();
    return 0;
  } catch (...) {
    return 1;
  }
}

inline std::int32_t on_radius(const double* direction, double* radius, void* own) noexcept {
  return guard([&] { *radius = (*static_cast<const Radius*>(own))(direction); });
}
inline std::int32_t on_to_point(const double* u, double* x, void* own) noexcept {
  return guard([&] { static_cast<const OwnMap*>(own)->to_point(u, x); });
}
inline std::int32_t on_to_box(const double* x, double* u, void* own) noexcept {
  return guard([&] { static_cast<const OwnMap*>(own)->to_box(x, u); });
}
inline std::int32_t on_determinant(const double* u, double* determinant, void* own) noexcept {
  return guard([&] { *determinant = static_cast<const OwnMap*>(own)->determinant(u); });
}

template <class Own>
void release(void* own) noexcept {
  delete static_cast<Own*>(own);
}

}  // namespace detail

// Where a model lives. Copies share the domain, which never changes.
class Domain : public detail::Shared<finn_domain> {
 public:
  static Domain open_box(Values<double> lower, Values<double> upper) {
    detail::require_length("upper", upper.size(), lower.size());
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_open_box(detail::count_of(lower), lower.data(), upper.data(), made, e);
    });
  }
  static Domain line(double centre, double scale, finn_tail tail) {
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_line(centre, scale, tail, made, e);
    });
  }
  static Domain half_line(double end, finn_direction direction, double scale, finn_tail tail) {
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_half_line(end, direction, scale, tail, made, e);
    });
  }
  static Domain box(Values<double> lower, Values<double> upper) {
    detail::require_length("upper", upper.size(), lower.size());
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_box(detail::count_of(lower), lower.data(), upper.data(), made, e);
    });
  }
  static Domain disk(Values<double> centre, double radius) {
    detail::require_length("centre", centre.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_disk(centre.data(), radius, made, e);
    });
  }
  static Domain annulus(Values<double> centre, double inner, double outer) {
    detail::require_length("centre", centre.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_annulus(centre.data(), inner, outer, made, e);
    });
  }
  static Domain sector(Values<double> centre, double inner, double outer, double from, double to) {
    detail::require_length("centre", centre.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_sector(centre.data(), inner, outer, from, to, made, e);
    });
  }
  static Domain ellipse(Values<double> centre, Values<double> semi_axes, double turn) {
    detail::require_length("centre", centre.size(), 2);
    detail::require_length("semi_axes", semi_axes.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_ellipse(centre.data(), semi_axes.data(), turn, made, e);
    });
  }
  static Domain polar(Values<double> centre, double radius) {
    detail::require_length("centre", centre.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_polar(centre.data(), radius, made, e);
    });
  }
  static Domain ball(Values<double> centre, double radius) {
    detail::require_length("centre", centre.size(), 3);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_ball(centre.data(), radius, made, e);
    });
  }
  static Domain shell(Values<double> centre, double inner, double outer) {
    detail::require_length("centre", centre.size(), 3);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_shell(centre.data(), inner, outer, made, e);
    });
  }
  static Domain cylinder(Values<double> centre, double radius, double bottom, double top) {
    detail::require_length("centre", centre.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_cylinder(centre.data(), radius, bottom, top, made, e);
    });
  }
  // edges [variables][variables], flat.
  static Domain parallelepiped(Values<double> corner, Values<double> edges) {
    detail::require_length("edges", edges.size(), corner.size() * corner.size());
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_parallelepiped(detail::count_of(corner), corner.data(), edges.data(), made,
                                        e);
    });
  }
  // vertices [variables + 1][variables], flat.
  static Domain simplex(std::int32_t variables, Values<double> vertices) {
    const auto n = static_cast<std::size_t>(variables > 0 ? variables : 0);
    detail::require_length("vertices", vertices.size(), (n + 1) * n);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_simplex(variables, vertices.data(), made, e);
    });
  }
  // vertices [count][2], flat.
  static Domain polygon(Values<double> vertices) {
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_polygon(vertices.data(), detail::rows_of("vertices", vertices.size(), 2),
                                 made, e);
    });
  }
  // By its name a file of a model on the star is loaded again; without one it is not saved.
  static Domain star(Values<double> centre, Radius radius, const std::string& name = {}) {
    const finn_radius_callback callback = radius ? &detail::on_radius : nullptr;
    auto own = std::make_unique<Radius>(std::move(radius));
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_star(name.empty() ? nullptr : name.c_str(), detail::count_of(centre),
                              centre.data(), callback, own.release(), &detail::release<Radius>,
                              made, e);
    });
  }
  static Domain map(OwnMap map) {
    detail::require_length("upper", map.upper.size(), map.lower.size());
    auto own = std::make_unique<OwnMap>(std::move(map));
    finn_map_options options;
    finn_map_options_init(&options, sizeof options);
    options.name = own->name.empty() ? nullptr : own->name.c_str();
    options.variables = detail::count_of(own->lower);
    options.lower = own->lower.data();
    options.upper = own->upper.data();
    options.to_point = own->to_point ? &detail::on_to_point : nullptr;
    options.to_box = own->to_box ? &detail::on_to_box : nullptr;
    options.determinant = own->determinant ? &detail::on_determinant : nullptr;
    options.user_data = own.release();
    options.release = &detail::release<OwnMap>;
    return make(
        [&](finn_domain** made, finn_error* e) { return finn_domain_map(&options, made, e); });
  }
  static Domain product(const std::vector<Domain>& factors) {
    const std::vector<const finn_domain*> handles = handles_of(factors);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_product(handles.data(), detail::count_of(handles), made, e);
    });
  }

  // Takes a handle over.
  explicit Domain(finn_domain* made) : Shared(made) {}

  static std::vector<const finn_domain*> handles_of(const std::vector<Domain>& domains) {
    std::vector<const finn_domain*> handles;
    for (const Domain& domain : domains) handles.push_back(domain.get());
    return handles;
  }

  // matrix y + offset for all y of this domain: matrix [variables][variables], flat.
  Domain affine(Values<double> matrix, Values<double> offset) const {
    detail::require_length("matrix", matrix.size(), variables() * variables());
    detail::require_length("offset", offset.size(), variables());
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_affine(get(), matrix.data(), offset.data(), made, e);
    });
  }

  std::size_t variables() const noexcept {
    return static_cast<std::size_t>(finn_domain_variables(get()));
  }
  // "open box", "half-line" and so on.
  std::string kind() const { return finn_domain_kind(get()); }
  // That of a star or a map; empty without one.
  std::string name() const {
    const char* name = finn_domain_name(get());
    return name == nullptr ? "" : name;
  }
  // The lower and the upper limits of the box of u, [variables] each.
  std::pair<std::vector<double>, std::vector<double>> limits() const {
    return detail::limits_of(variables(),
                             [&](double* lower, double* upper, std::int64_t length, finn_error* e) {
                               return finn_domain_limits(get(), lower, upper, length, e);
                             });
  }
  // x = r(u), both [count][variables].
  std::vector<double> to_point(Values<double> u) const {
    std::vector<double> x(u.size());
    detail::call([&](finn_error* e) {
      return finn_domain_to_point(get(), u.data(), detail::rows_of("u", u.size(), variables()),
                                  x.data(), detail::length_of(x), e);
    });
    return x;
  }
  // u of x, both [count][variables]; log_weight, if wanted, has the length count afterwards.
  std::vector<double> to_box(Values<double> x, std::vector<double>* log_weight = nullptr) const {
    std::vector<double> u(x.size());
    const std::int64_t count = detail::rows_of("x", x.size(), variables());
    if (log_weight != nullptr) log_weight->resize(static_cast<std::size_t>(count));
    detail::call([&](finn_error* e) {
      return finn_domain_to_box(get(), x.data(), count, u.data(), detail::length_of(u),
                                log_weight != nullptr ? log_weight->data() : nullptr, e);
    });
    return u;
  }

 private:
  template <class Make>
  static Domain make(Make&& make) {
    return Domain(detail::made_by<finn_domain>(make));
  }
};

// The form of F and its sizes.
class Network : public detail::Shared<finn_network> {
 public:
  static Network mixture(std::int32_t variables, std::int32_t outputs = 1,
                         const finn_mixture_options& options = mixture_options()) {
    return Network(detail::made_by<finn_network>([&](finn_network** made, finn_error* e) {
      return finn_network_mixture(variables, outputs, &options, made, e);
    }));
  }
  static Network mlp(std::int32_t variables, std::int32_t outputs = 1,
                     const finn_mlp_options& options = mlp_options()) {
    return Network(detail::made_by<finn_network>([&](finn_network** made, finn_error* e) {
      return finn_network_mlp(variables, outputs, &options, made, e);
    }));
  }
  // Takes a handle over.
  explicit Network(finn_network* made) : Shared(made) {}

  finn_network_form form() const noexcept { return finn_network_get_form(get()); }
  std::size_t variables() const noexcept {
    return static_cast<std::size_t>(finn_network_variables(get()));
  }
  std::size_t outputs() const noexcept {
    return static_cast<std::size_t>(finn_network_outputs(get()));
  }
  // The options of a network of this form.
  finn_mixture_options as_mixture() const {
    finn_mixture_options options = mixture_options();
    detail::call([&](finn_error* e) { return finn_network_get_mixture(get(), &options, e); });
    return options;
  }
  finn_mlp_options as_mlp() const {
    finn_mlp_options options = mlp_options();
    detail::call([&](finn_error* e) { return finn_network_get_mlp(get(), &options, e); });
    return options;
  }
};

// One of the integrals of Constraint::linear; an empty array is what finn.h has for NULL.
struct LinearIntegral {
  std::vector<double> value;           // [outputs]
  std::vector<double> lower{};         // [variables] of the box; empty: the domain
  std::vector<double> upper{};         // [variables]
  std::vector<std::int32_t> powers{};  // [variables]; empty: all 0
};

// What the integral of f has to be.
class Constraint : public detail::Shared<finn_constraint> {
 public:
  static Constraint none() {
    return make(
        [](finn_constraint** made, finn_error* e) { return finn_constraint_none(made, e); });
  }
  static Constraint equal(finn_method method, Values<double> target,
                          const finn_constraint_options& options = constraint_options()) {
    return make([&](finn_constraint** made, finn_error* e) {
      return finn_constraint_equal(method, detail::count_of(target), target.data(), &options, made,
                                   e);
    });
  }
  // An empty lower or upper is no bound on that side.
  static Constraint bounded(finn_method method, Values<double> lower, Values<double> upper,
                            finn_transition transition = FINN_TRANSITION_CLIP,
                            const finn_constraint_options& options = constraint_options()) {
    if (!lower.empty() && !upper.empty()) {
      detail::require_length("upper", upper.size(), lower.size());
    }
    return make([&](finn_constraint** made, finn_error* e) {
      return finn_constraint_bounded(method, detail::count_of(lower.empty() ? upper : lower),
                                     detail::data_or_null(lower), detail::data_or_null(upper),
                                     transition, &options, made, e);
    });
  }
  static Constraint learned(finn_method method, Values<double> start,
                            const finn_constraint_options& options = constraint_options()) {
    return make([&](finn_constraint** made, finn_error* e) {
      return finn_constraint_learned(method, detail::count_of(start), start.data(), &options, made,
                                     e);
    });
  }
  static Constraint per_row(finn_method method, finn_bound bound, std::int32_t outputs = 1,
                            finn_transition transition = FINN_TRANSITION_CLIP,
                            const finn_constraint_options& options = constraint_options()) {
    return make([&](finn_constraint** made, finn_error* e) {
      return finn_constraint_per_row(method, bound, outputs, transition, &options, made, e);
    });
  }
  static Constraint linear(std::int32_t variables, std::int32_t outputs,
                           const std::vector<LinearIntegral>& integrals);
  // Takes a handle over.
  explicit Constraint(finn_constraint* made) : Shared(made) {}

  finn_constraint_form form() const noexcept { return finn_constraint_get_form(get()); }
  // 0 for none(), which takes any.
  std::size_t outputs() const noexcept {
    return static_cast<std::size_t>(finn_constraint_outputs(get()));
  }
  // The least and the largest integral, [outputs] each.
  std::pair<std::vector<double>, std::vector<double>> bounds() const {
    return detail::limits_of(outputs(),
                             [&](double* lower, double* upper, std::int64_t length, finn_error* e) {
                               return finn_constraint_bounds(get(), lower, upper, length, e);
                             });
  }

 private:
  template <class Make>
  static Constraint make(Make&& make) {
    return Constraint(detail::made_by<finn_constraint>(make));
  }
};

inline Constraint Constraint::linear(std::int32_t variables, std::int32_t outputs,
                                     const std::vector<LinearIntegral>& integrals) {
  const auto n = static_cast<std::size_t>(variables > 0 ? variables : 0);
  std::vector<double> lower, upper, value;
  std::vector<std::int32_t> powers;
  const auto append = [n](const char* name, const auto& from, auto filler, auto& to) {
    if (!from.empty()) detail::require_length(name, from.size(), n);
    to.insert(to.end(), from.begin(), from.end());
    to.resize(to.size() + (from.empty() ? n : 0), filler);
  };
  constexpr double everywhere = std::numeric_limits<double>::infinity();
  for (const LinearIntegral& integral : integrals) {
    append("linear: lower", integral.lower, -everywhere, lower);
    append("linear: upper", integral.upper, everywhere, upper);
    append("linear: powers", integral.powers, 0, powers);
    detail::require_length("linear: value", integral.value.size(),
                           static_cast<std::size_t>(outputs > 0 ? outputs : 0));
    value.insert(value.end(), integral.value.begin(), integral.value.end());
  }
  return make([&](finn_constraint** made, finn_error* e) {
    return finn_constraint_linear(variables, outputs, detail::count_of(integrals), lower.data(),
                                  upper.data(), powers.data(), value.data(), made, e);
  });
}

// How f depends on conditions. lower and upper [conditions] are their range; of those made by rows
// the first fit says it.
class Conditioning : public detail::Shared<finn_conditioning> {
 public:
  static Conditioning film_by_rows(
      std::int32_t conditions, const finn_conditioning_options& options = conditioning_options()) {
    return make([&](finn_conditioning** made, finn_error* e) {
      return finn_conditioning_film(conditions, nullptr, nullptr, &options, made, e);
    });
  }
  static Conditioning hypernetwork_by_rows(
      std::int32_t conditions, const finn_conditioning_options& options = conditioning_options()) {
    return make([&](finn_conditioning** made, finn_error* e) {
      return finn_conditioning_hypernetwork(conditions, nullptr, nullptr, &options, made, e);
    });
  }
  static Conditioning inputs_by_rows(std::int32_t conditions) {
    return make([&](finn_conditioning** made, finn_error* e) {
      return finn_conditioning_inputs(conditions, nullptr, nullptr, made, e);
    });
  }
  static Conditioning film(Values<double> lower, Values<double> upper,
                           const finn_conditioning_options& options = conditioning_options()) {
    detail::require_length("upper", upper.size(), lower.size());
    return make([&](finn_conditioning** made, finn_error* e) {
      return finn_conditioning_film(detail::count_of(lower), lower.data(), upper.data(), &options,
                                    made, e);
    });
  }
  static Conditioning hypernetwork(
      Values<double> lower, Values<double> upper,
      const finn_conditioning_options& options = conditioning_options()) {
    detail::require_length("upper", upper.size(), lower.size());
    return make([&](finn_conditioning** made, finn_error* e) {
      return finn_conditioning_hypernetwork(detail::count_of(lower), lower.data(), upper.data(),
                                            &options, made, e);
    });
  }
  static Conditioning inputs(Values<double> lower, Values<double> upper) {
    detail::require_length("upper", upper.size(), lower.size());
    return make([&](finn_conditioning** made, finn_error* e) {
      return finn_conditioning_inputs(detail::count_of(lower), lower.data(), upper.data(), made, e);
    });
  }
  // Takes a handle over.
  explicit Conditioning(finn_conditioning* made) : Shared(made) {}

  finn_conditioning_form form() const noexcept { return finn_conditioning_get_form(get()); }
  std::size_t conditions() const noexcept {
    return static_cast<std::size_t>(finn_conditioning_conditions(get()));
  }
  std::pair<std::vector<double>, std::vector<double>> limits() const {
    return detail::limits_of(conditions(),
                             [&](double* lower, double* upper, std::int64_t length, finn_error* e) {
                               return finn_conditioning_limits(get(), lower, upper, length, e);
                             });
  }
  finn_conditioning_options options() const {
    finn_conditioning_options options = conditioning_options();
    detail::call([&](finn_error* e) { return finn_conditioning_get_options(get(), &options, e); });
    return options;
  }

 private:
  template <class Make>
  static Conditioning make(Make&& make) {
    return Conditioning(detail::made_by<finn_conditioning>(make));
  }
};

class Workspace {
 public:
  explicit Workspace(std::int32_t threads = 0) {
    handle_.reset(detail::made_by<finn_workspace>([&](finn_workspace** made, finn_error* e) {
      return finn_workspace_create(threads, made, e);
    }));
  }

  finn_workspace* get() const noexcept { return handle_.get(); }

 private:
  std::unique_ptr<finn_workspace, detail::Destroy> handle_;
};

// What finn_integral writes, one entry for each output, and finn_conditional_integral, the same for
// each row of conditions after the other.
struct Integral {
  std::vector<double> value;
  std::vector<double> condition_number;
  std::vector<double> error_estimate;
};

// What finn_integrand_vjp writes.
struct Gradient {
  std::vector<double> f;           // [batch][outputs]
  std::vector<double> parameters;  // [parameter_count]
  std::vector<double> x;           // [batch][columns]
};

// What finn_derivative_vjp_f64 writes.
struct DerivativeGradient {
  std::vector<double> values;      // [batch][outputs]
  std::vector<double> parameters;  // [parameter_count]
  std::vector<double> x;           // [batch][columns]
};

// What finn_conditional_integral_vjp writes.
struct IntegralGradient {
  std::vector<double> value;       // [count][outputs]
  std::vector<double> parameters;  // [parameter_count]
  std::vector<double> lower;       // [variables], sums over the rows
  std::vector<double> upper;       // [variables]
  std::vector<double> conditions;  // [count][columns - variables]
};

// What a model is made of beside its network and domain; what is left out is the usual.
struct ModelSettings {
  std::optional<Constraint> constraint{};  // none: the integral of each output is 1
  std::optional<Conditioning> conditioning{};
  finn_precision precision = FINN_FLOAT64;
  std::uint64_t seed = 0;
};

class Model {
 public:
  Model(const Network& network, const Domain& domain, const ModelSettings& settings = {}) {
    const finn_constraint* constraint = settings.constraint ? settings.constraint->get() : nullptr;
    const finn_conditioning* conditioning =
        settings.conditioning ? settings.conditioning->get() : nullptr;
    handle_.reset(detail::made_by<finn_model>([&](finn_model** made, finn_error* e) {
      return finn_model_create(network.get(), domain.get(), constraint, conditioning,
                               settings.precision, settings.seed, made, e);
    }));
  }

  // domains: those with callbacks that the file names.
  static Model load(const std::string& path, const std::vector<Domain>& domains = {}) {
    const std::vector<const finn_domain*> handles = Domain::handles_of(domains);
    return Model(detail::made_by<finn_model>([&](finn_model** made, finn_error* e) {
      return finn_model_load(path.c_str(), handles.data(), detail::count_of(handles), made, e);
    }));
  }
  static Model from_bytes(Values<unsigned char> bytes, const std::vector<Domain>& domains = {}) {
    const std::vector<const finn_domain*> handles = Domain::handles_of(domains);
    return Model(detail::made_by<finn_model>([&](finn_model** made, finn_error* e) {
      return finn_model_load_bytes(bytes.data(), detail::length_of(bytes), handles.data(),
                                   detail::count_of(handles), made, e);
    }));
  }
  void save(const std::string& path) const {
    detail::call([&](finn_error* e) { return finn_model_save(get(), path.c_str(), e); });
  }
  std::vector<unsigned char> to_bytes() const {
    return detail::bytes_of(
        [&](void* buffer, std::int64_t capacity, std::int64_t* size, finn_error* e) {
          return finn_model_save_bytes(get(), buffer, capacity, size, e);
        });
  }
  // The description as JSON.
  std::string describe() const {
    return detail::text_of(
        [&](char* json, std::int64_t capacity, std::int64_t* size, finn_error* e) {
          return finn_model_describe(get(), json, capacity, size, e);
        });
  }

  Model clone() const {
    return Model(detail::made_by<finn_model>(
        [&](finn_model** made, finn_error* e) { return finn_model_clone(get(), made, e); }));
  }

  // Draws the parameters anew from rows of x.
  void initialise_from_data(Values<double> x, std::uint64_t seed = 0) {
    detail::call([&](finn_error* e) {
      return finn_model_initialise_from_data(get(), x.data(), batch_of(x), seed, e);
    });
  }

  Network network() const {
    return Network(detail::made_by<finn_network>(
        [&](finn_network** made, finn_error* e) { return finn_model_network(get(), made, e); }));
  }
  Domain domain() const {
    return Domain(detail::made_by<finn_domain>(
        [&](finn_domain** made, finn_error* e) { return finn_model_domain(get(), made, e); }));
  }
  Constraint constraint() const {
    return Constraint(detail::made_by<finn_constraint>([&](finn_constraint** made, finn_error* e) {
      return finn_model_constraint(get(), made, e);
    }));
  }
  // Nothing for a model without conditions.
  std::optional<Conditioning> conditioning() const {
    auto* made = detail::made_by<finn_conditioning>([&](finn_conditioning** out, finn_error* e) {
      return finn_model_conditioning(get(), out, e);
    });
    return made == nullptr ? std::nullopt : std::optional<Conditioning>(Conditioning(made));
  }
  finn_precision precision() const noexcept { return finn_model_precision(get()); }

  finn_model* get() const noexcept { return handle_.get(); }
  std::size_t variables() const noexcept {
    return static_cast<std::size_t>(finn_model_variables(get()));
  }
  // Of a row of x: the variables, conditions and targets of the row.
  std::size_t columns() const noexcept {
    return static_cast<std::size_t>(finn_model_columns(get()));
  }
  std::size_t outputs() const noexcept {
    return static_cast<std::size_t>(finn_model_outputs(get()));
  }
  std::size_t parameter_count() const noexcept {
    return static_cast<std::size_t>(finn_model_parameter_count(get()));
  }

  std::vector<double> parameters() const {
    std::vector<double> values(parameter_count());
    detail::call([&](finn_error* e) {
      return finn_model_get_parameters_f64(get(), values.data(), detail::length_of(values), e);
    });
    return values;
  }
  void set_parameters(Values<double> values) {
    detail::call([&](finn_error* e) {
      return finn_model_set_parameters_f64(get(), values.data(), detail::length_of(values), e);
    });
  }

  // The forms with a span to fill exist in either type; the others make the result.
  void integrand(Workspace& workspace, Values<double> x, std::span<double> f) const {
    detail::call([&](finn_error* e) {
      return finn_integrand_f64(get(), workspace.get(), x.data(), batch_of(x), f.data(),
                                detail::length_of(f), e);
    });
  }
  void integrand(Workspace& workspace, Values<float> x, std::span<float> f) const {
    detail::call([&](finn_error* e) {
      return finn_integrand_f32(get(), workspace.get(), x.data(), batch_of(x), f.data(),
                                detail::length_of(f), e);
    });
  }
  std::vector<double> integrand(Workspace& workspace, Values<double> x) const {
    std::vector<double> f = results_for(x);
    integrand(workspace, x, f);
    return f;
  }

  void antiderivative(Workspace& workspace, Values<double> x, std::span<double> F) const {
    mixed_partial(workspace, 0, x, F);
  }
  void antiderivative(Workspace& workspace, Values<float> x, std::span<float> F) const {
    mixed_partial(workspace, 0, x, F);
  }
  std::vector<double> antiderivative(Workspace& workspace, Values<double> x) const {
    return mixed_partial(workspace, 0, x);
  }

  void mixed_partial(Workspace& workspace, std::uint64_t subset, Values<double> x,
                     std::span<double> values) const {
    detail::call([&](finn_error* e) {
      return finn_mixed_partial_f64(get(), workspace.get(), subset, x.data(), batch_of(x),
                                    values.data(), detail::length_of(values), e);
    });
  }
  void mixed_partial(Workspace& workspace, std::uint64_t subset, Values<float> x,
                     std::span<float> values) const {
    detail::call([&](finn_error* e) {
      return finn_mixed_partial_f32(get(), workspace.get(), subset, x.data(), batch_of(x),
                                    values.data(), detail::length_of(values), e);
    });
  }
  std::vector<double> mixed_partial(Workspace& workspace, std::uint64_t subset,
                                    Values<double> x) const {
    std::vector<double> values = results_for(x);
    mixed_partial(workspace, subset, x, values);
    return values;
  }

  // orders [variables]: how often F is differentiated in each.
  void derivative(Workspace& workspace, Values<std::int32_t> orders, Values<double> x,
                  std::span<double> values) const {
    detail::require_length("orders", orders.size(), variables());
    detail::call([&](finn_error* e) {
      return finn_derivative_f64(get(), workspace.get(), orders.data(), x.data(), batch_of(x),
                                 values.data(), detail::length_of(values), e);
    });
  }
  void derivative(Workspace& workspace, Values<std::int32_t> orders, Values<float> x,
                  std::span<float> values) const {
    detail::require_length("orders", orders.size(), variables());
    detail::call([&](finn_error* e) {
      return finn_derivative_f32(get(), workspace.get(), orders.data(), x.data(), batch_of(x),
                                 values.data(), detail::length_of(values), e);
    });
  }
  std::vector<double> derivative(Workspace& workspace, Values<std::int32_t> orders,
                                 Values<double> x) const {
    std::vector<double> values = results_for(x);
    derivative(workspace, orders, x, values);
    return values;
  }

  Integral integral(Workspace& workspace, Values<double> lower, Values<double> upper,
                    finn_limits limits = FINN_LIMITS_X) const {
    require_limits(lower, upper);
    Integral result = integrals(1);
    detail::call([&](finn_error* e) {
      return finn_integral(get(), workspace.get(), limits, lower.data(), upper.data(),
                           result.value.data(), result.condition_number.data(),
                           result.error_estimate.data(), detail::length_of(result.value), e);
    });
    return result;
  }

  // conditions [count][columns - variables]: one integral for each row.
  Integral conditional_integral(Workspace& workspace, Values<double> lower, Values<double> upper,
                                Values<double> conditions,
                                finn_limits limits = FINN_LIMITS_X) const {
    if (columns() == variables()) {
      detail::require_length("conditions", conditions.size(), 0);
      return integral(workspace, lower, upper, limits);
    }
    require_limits(lower, upper);
    const std::int64_t count =
        detail::rows_of("conditions", conditions.size(), columns() - variables());
    Integral result = integrals(static_cast<std::size_t>(count));
    detail::call([&](finn_error* e) {
      return finn_conditional_integral(get(), workspace.get(), limits, lower.data(), upper.data(),
                                       conditions.data(), count, result.value.data(),
                                       result.condition_number.data(), result.error_estimate.data(),
                                       detail::length_of(result.value), e);
    });
    return result;
  }

  Gradient integrand_vjp(Workspace& workspace, Values<double> x, Values<double> f_adjoint) const {
    Gradient result{results_for(x), std::vector<double>(parameter_count()),
                    std::vector<double>(x.size())};
    detail::require_length("f_adjoint", f_adjoint.size(), result.f.size());
    detail::call([&](finn_error* e) {
      return finn_integrand_vjp_f64(get(), workspace.get(), x.data(), batch_of(x), f_adjoint.data(),
                                    result.f.data(), detail::length_of(result.f),
                                    result.parameters.data(), detail::length_of(result.parameters),
                                    result.x.data(), detail::length_of(result.x), e);
    });
    return result;
  }

  DerivativeGradient derivative_vjp(Workspace& workspace, Values<std::int32_t> orders,
                                    Values<double> x, Values<double> values_adjoint) const {
    DerivativeGradient result{results_for(x), std::vector<double>(parameter_count()),
                              std::vector<double>(x.size())};
    detail::require_length("orders", orders.size(), variables());
    detail::require_length("values_adjoint", values_adjoint.size(), result.values.size());
    detail::call([&](finn_error* e) {
      return finn_derivative_vjp_f64(
          get(), workspace.get(), orders.data(), x.data(), batch_of(x), values_adjoint.data(),
          result.values.data(), detail::length_of(result.values), result.parameters.data(),
          detail::length_of(result.parameters), result.x.data(), detail::length_of(result.x), e);
    });
    return result;
  }

  // value_adjoint [count][outputs] and conditions [count][columns - variables], which are empty
  // where there are none.
  IntegralGradient conditional_integral_vjp(Workspace& workspace, Values<double> lower,
                                            Values<double> upper, Values<double> conditions,
                                            Values<double> value_adjoint,
                                            finn_limits limits = FINN_LIMITS_X) const {
    require_limits(lower, upper);
    const std::int64_t count = detail::rows_of("value_adjoint", value_adjoint.size(), outputs());
    const auto rows = static_cast<std::size_t>(count);
    detail::require_length("conditions", conditions.size(), rows * (columns() - variables()));
    IntegralGradient result{std::vector<double>(rows * outputs()),
                            std::vector<double>(parameter_count()),
                            std::vector<double>(variables()), std::vector<double>(variables()),
                            std::vector<double>(conditions.size())};
    detail::call([&](finn_error* e) {
      return finn_conditional_integral_vjp(
          get(), workspace.get(), limits, lower.data(), upper.data(),
          detail::data_or_null(conditions), count, value_adjoint.data(), result.value.data(),
          detail::length_of(result.value), result.parameters.data(),
          detail::length_of(result.parameters), result.lower.data(), result.upper.data(),
          detail::length_of(result.lower), result.conditions.data(),
          detail::length_of(result.conditions), e);
    });
    return result;
  }

 private:
  explicit Model(finn_model* made) noexcept : handle_(made) {}

  template <class T>
  std::int64_t batch_of(const Values<T>& x) const {
    return detail::rows_of("x", x.size(), columns());
  }
  std::vector<double> results_for(const Values<double>& x) const {
    return std::vector<double>(static_cast<std::size_t>(batch_of(x)) * outputs());
  }
  Integral integrals(std::size_t count) const {
    const std::vector<double> zeros(count * outputs());
    return {zeros, zeros, zeros};
  }
  void require_limits(const Values<double>& lower, const Values<double>& upper) const {
    detail::require_length("lower", lower.size(), variables());
    detail::require_length("upper", upper.size(), variables());
  }

  std::unique_ptr<finn_model, detail::Destroy> handle_;
};

// What finn_distribution_moments writes, for each row that is given.
struct Moments {
  std::vector<double> mean;              // [rows][variables]
  std::vector<double> covariance;        // [rows][variables][variables]
  std::vector<double> mean_error;        // as mean
  std::vector<double> covariance_error;  // as covariance
};

// A number from samples, and by how much it would differ with another seed.
struct Estimate {
  double value;
  double standard_error;
};

// What finn_distribution_mode writes.
struct Mode {
  std::vector<double> x;
  double log_density;
};

// Writes values [count][outputs] of x [count][variables]; an exception comes out of the call.
using Statistic = std::function<void(const double* x, std::int64_t count, double* values)>;

// What finn_distribution_probability_gradient writes.
struct ProbabilityGradient {
  std::vector<double> lower;  // [rows][variables]
  std::vector<double> upper;  // [rows][variables]
  std::vector<double> given;  // [rows][given_columns]
};

// What finn_distribution_rosenblatt_jacobian writes.
struct RosenblattJacobian {
  std::vector<double> jacobian;  // du/dx, [rows][variables][columns]
  std::vector<double> inverse;   // dx/du, [rows][variables][variables]
};

// What a positive model knows as a distribution. Copies share it, as it never changes. given is
// empty where the distribution has no given columns.
class Distribution : public detail::Shared<finn_distribution> {
 public:
  // That of the model as it is now.
  explicit Distribution(const Model& model, std::int32_t output = 0)
      : Shared(detail::made_by<finn_distribution>([&](finn_distribution** made, finn_error* e) {
          return finn_distribution_create(model.get(), output, made, e);
        })) {}
  // Takes a handle over.
  explicit Distribution(finn_distribution* made) : Shared(made) {}

  Distribution marginal(Values<std::int32_t> variables) const {
    return make([&](finn_distribution** made, finn_error* e) {
      return finn_distribution_marginal(get(), variables.data(), detail::count_of(variables), made,
                                        e);
    });
  }
  Distribution given(Values<std::int32_t> variables) const {
    return make([&](finn_distribution** made, finn_error* e) {
      return finn_distribution_given(get(), variables.data(), detail::count_of(variables), made, e);
    });
  }
  Distribution truncated(Values<double> lower, Values<double> upper) const {
    detail::require_length("lower", lower.size(), variables());
    detail::require_length("upper", upper.size(), variables());
    return make([&](finn_distribution** made, finn_error* e) {
      return finn_distribution_truncated(get(), lower.data(), upper.data(), made, e);
    });
  }

  std::size_t variables() const noexcept {
    return static_cast<std::size_t>(finn_distribution_variables(get()));
  }
  // Of a row of x: the variables, then the given columns.
  std::size_t columns() const noexcept {
    return static_cast<std::size_t>(finn_distribution_columns(get()));
  }
  std::size_t given_columns() const noexcept {
    return static_cast<std::size_t>(finn_distribution_given_columns(get()));
  }
  // The lower and the upper limits, [variables] each.
  std::pair<std::vector<double>, std::vector<double>> support() const {
    return detail::limits_of(variables(),
                             [&](double* lower, double* upper, std::int64_t length, finn_error* e) {
                               return finn_distribution_support(get(), lower, upper, length, e);
                             });
  }

  // Of x [rows][columns]: a number for each row.
  std::vector<double> density(Workspace& workspace, Values<double> x) const {
    return at_points(finn_distribution_density, workspace, x, 1);
  }
  std::vector<double> log_density(Workspace& workspace, Values<double> x) const {
    return at_points(finn_distribution_log_density, workspace, x, 1);
  }
  std::vector<double> cdf(Workspace& workspace, Values<double> x) const {
    return at_points(finn_distribution_cdf, workspace, x, 1);
  }
  std::vector<double> survival(Workspace& workspace, Values<double> x) const {
    return at_points(finn_distribution_survival, workspace, x, 1);
  }

  // Of boxes [rows][variables]: a number for each; error_estimate, if wanted, has the length rows
  // afterwards.
  std::vector<double> probability(Workspace& workspace, Values<double> lower, Values<double> upper,
                                  Values<double> given = {},
                                  std::vector<double>* error_estimate = nullptr) const {
    detail::require_length("upper", upper.size(), lower.size());
    return of_boxes(finn_distribution_probability, workspace, lower, upper, given, error_estimate);
  }
  std::vector<double> probability_of_width(Workspace& workspace, Values<double> lower,
                                           Values<double> width, Values<double> given = {},
                                           std::vector<double>* error_estimate = nullptr) const {
    detail::require_length("width", width.size(), lower.size());
    return of_boxes(finn_distribution_probability_of_width, workspace, lower, width, given,
                    error_estimate);
  }

  // Of p [rows]: x [rows].
  std::vector<double> quantile(Workspace& workspace, Values<double> p,
                               Values<double> given = {}) const {
    return inverse(finn_distribution_quantile, workspace, p, detail::length_of(p), given);
  }
  // Of x [rows][columns]: u [rows][variables].
  std::vector<double> rosenblatt(Workspace& workspace, Values<double> x) const {
    return at_points(finn_distribution_rosenblatt, workspace, x, variables());
  }

  // Gradients by every column of a row, [rows][columns].
  std::vector<double> log_density_gradient(Workspace& workspace, Values<double> x) const {
    return at_points(finn_distribution_log_density_gradient, workspace, x, columns());
  }
  std::vector<double> cdf_gradient(Workspace& workspace, Values<double> x) const {
    return at_points(finn_distribution_cdf_gradient, workspace, x, columns());
  }
  ProbabilityGradient probability_gradient(Workspace& workspace, Values<double> lower,
                                           Values<double> upper, Values<double> given = {}) const {
    const std::int64_t rows = detail::rows_of("lower", lower.size(), variables());
    detail::require_length("upper", upper.size(), lower.size());
    require_given(given, rows);
    ProbabilityGradient result{std::vector<double>(lower.size()), std::vector<double>(lower.size()),
                               std::vector<double>(given.size())};
    detail::call([&](finn_error* e) {
      return finn_distribution_probability_gradient(
          get(), workspace.get(), lower.data(), upper.data(), detail::data_or_null(given), rows,
          result.lower.data(), result.upper.data(), detail::length_of(result.lower),
          result.given.data(), detail::length_of(result.given), e);
    });
    return result;
  }
  RosenblattJacobian rosenblatt_jacobian(Workspace& workspace, Values<double> x) const {
    const std::int64_t rows = detail::rows_of("x", x.size(), columns());
    const std::size_t numbers = static_cast<std::size_t>(rows) * variables();
    RosenblattJacobian result{std::vector<double>(numbers * columns()),
                              std::vector<double>(numbers * variables())};
    detail::call([&](finn_error* e) {
      return finn_distribution_rosenblatt_jacobian(
          get(), workspace.get(), x.data(), rows, result.jacobian.data(),
          detail::length_of(result.jacobian), result.inverse.data(),
          detail::length_of(result.inverse), e);
    });
    return result;
  }
  // Of u [rows][variables]: x [rows][variables].
  std::vector<double> inverse_rosenblatt(Workspace& workspace, Values<double> u,
                                         Values<double> given = {}) const {
    return inverse(finn_distribution_inverse_rosenblatt, workspace, u,
                   detail::rows_of("u", u.size(), variables()), given);
  }

  // The samples first .. first + rows - 1 of a seed: [rows][variables].
  std::vector<double> sample(Workspace& workspace, std::int64_t rows, std::uint64_t seed,
                             Values<double> given = {}, std::int64_t first = 0) const {
    require_given(given, rows);
    std::vector<double> x(static_cast<std::size_t>(rows > 0 ? rows : 0) * variables());
    detail::call([&](finn_error* e) {
      return finn_distribution_sample(get(), workspace.get(), seed, first,
                                      detail::data_or_null(given), rows, x.data(),
                                      detail::length_of(x), e);
    });
    return x;
  }

  // Of given [rows][given_columns]; one row where there are no such columns.
  Moments moments(Workspace& workspace, Values<double> given = {}) const {
    const std::int64_t rows =
        given_columns() == 0 ? 1 : detail::rows_of("given", given.size(), given_columns());
    require_given(given, rows);
    const std::vector<double> means(static_cast<std::size_t>(rows) * variables());
    const std::vector<double> covariances(means.size() * variables());
    Moments result{means, covariances, means, covariances};
    detail::call([&](finn_error* e) {
      return finn_distribution_moments(
          get(), workspace.get(), detail::data_or_null(given), rows, result.mean.data(),
          result.mean_error.data(), detail::length_of(result.mean), result.covariance.data(),
          result.covariance_error.data(), detail::length_of(result.covariance), e);
    });
    return result;
  }

  // From samples of a seed, under one row given [given_columns]. An expectation has an entry for
  // each of the outputs of the statistic.
  std::vector<Estimate> expectation(Workspace& workspace, const Statistic& statistic,
                                    std::size_t outputs, std::int64_t samples, std::uint64_t seed,
                                    Values<double> given = {}) const;
  Estimate entropy(Workspace& workspace, std::int64_t samples, std::uint64_t seed,
                   Values<double> given = {}) const {
    require_given(given, 1);
    Estimate result{};
    detail::call([&](finn_error* e) {
      return finn_distribution_entropy(get(), workspace.get(), detail::data_or_null(given), samples,
                                       seed, &result.value, &result.standard_error, e);
    });
    return result;
  }
  Estimate density_level(Workspace& workspace, double probability, std::int64_t samples,
                         std::uint64_t seed, Values<double> given = {}) const {
    require_given(given, 1);
    Estimate result{};
    detail::call([&](finn_error* e) {
      return finn_distribution_density_level(get(), workspace.get(), detail::data_or_null(given),
                                             probability, samples, seed, &result.value,
                                             &result.standard_error, e);
    });
    return result;
  }
  Mode mode(Workspace& workspace, std::int64_t samples, std::uint64_t seed,
            Values<double> given = {}) const {
    require_given(given, 1);
    Mode result{std::vector<double>(variables()), 0};
    detail::call([&](finn_error* e) {
      return finn_distribution_mode(get(), workspace.get(), detail::data_or_null(given), samples,
                                    seed, result.x.data(), detail::length_of(result.x),
                                    &result.log_density, e);
    });
    return result;
  }

 private:
  template <class Make>
  static Distribution make(Make&& make) {
    return Distribution(detail::made_by<finn_distribution>(make));
  }

  void require_given(const Values<double>& given, std::int64_t rows) const {
    detail::require_length("given", given.size(),
                           static_cast<std::size_t>(rows > 0 ? rows : 0) * given_columns());
  }

  template <class Ask>
  std::vector<double> at_points(Ask ask, Workspace& workspace, const Values<double>& x,
                                std::size_t width) const {
    const std::int64_t rows = detail::rows_of("x", x.size(), columns());
    std::vector<double> values(static_cast<std::size_t>(rows) * width);
    detail::call([&](finn_error* e) {
      return ask(get(), workspace.get(), x.data(), rows, values.data(), detail::length_of(values),
                 e);
    });
    return values;
  }

  // other: the upper limits or the widths.
  template <class Ask>
  std::vector<double> of_boxes(Ask ask, Workspace& workspace, const Values<double>& lower,
                               const Values<double>& other, const Values<double>& given,
                               std::vector<double>* error_estimate) const {
    const std::int64_t rows = detail::rows_of("lower", lower.size(), variables());
    require_given(given, rows);
    std::vector<double> values(static_cast<std::size_t>(rows));
    if (error_estimate != nullptr) error_estimate->resize(values.size());
    detail::call([&](finn_error* e) {
      return ask(get(), workspace.get(), lower.data(), other.data(), detail::data_or_null(given),
                 rows, values.data(), error_estimate != nullptr ? error_estimate->data() : nullptr,
                 detail::length_of(values), e);
    });
    return values;
  }

  template <class Ask>
  std::vector<double> inverse(Ask ask, Workspace& workspace, const Values<double>& probabilities,
                              std::int64_t rows, const Values<double>& given) const {
    require_given(given, rows);
    std::vector<double> x(probabilities.size());
    detail::call([&](finn_error* e) {
      return ask(get(), workspace.get(), probabilities.data(), detail::data_or_null(given), rows,
                 x.data(), detail::length_of(x), e);
    });
    return x;
  }
};

namespace detail {

// The user_data of an expectation. No exception may cross the C frames, so it waits here until the
// call has returned.
struct StatisticCall {
  const Statistic& function;
  std::exception_ptr exception;

  static std::int32_t on_points(const double* x, std::int64_t count, double* values,
                                void* user_data) noexcept {
    auto* self = static_cast<StatisticCall*>(user_data);
    try {
      self->function(x, count, values);
      return 0;
    } catch (...) {
      self->exception = std::current_exception();
      return 1;
    }
  }
};

}  // namespace detail

inline std::vector<Estimate> Distribution::expectation(Workspace& workspace,
                                                       const Statistic& statistic,
                                                       std::size_t outputs, std::int64_t samples,
                                                       std::uint64_t seed,
                                                       Values<double> given) const {
  require_given(given, 1);
  std::vector<double> values(outputs), errors(outputs);
  detail::StatisticCall own{statistic, nullptr};
  finn_error error = FINN_ERROR_INIT;
  const finn_status status = finn_distribution_expectation(
      get(), workspace.get(), statistic ? &detail::StatisticCall::on_points : nullptr, &own,
      detail::data_or_null(given), samples, seed, values.data(), errors.data(),
      detail::length_of(values), &error);
  if (own.exception) std::rethrow_exception(own.exception);
  if (status != FINN_OK) throw Error(status, error.message);
  std::vector<Estimate> result;
  for (std::size_t k = 0; k < outputs; ++k) result.push_back({values[k], errors[k]});
  return result;
}

// Called after each step; returns whether to go on.
using Progress = std::function<bool(const finn_progress&)>;
// Supplies a mini-batch as finn_sampler_callback does; an exception ends the fit and comes out of
// it.
using Sampler = std::function<void(std::int64_t step, std::int64_t batch, double* x, double* y)>;
// A loss of one's own as finn_loss_callback has it, which returns its value; an exception ends the
// fit and comes out of it.
using Loss = std::function<double(std::int64_t step, std::int64_t batch, const double* x,
                                  const double* y, const double* f, double* f_adjoint)>;

namespace detail {

// The user_data of the callbacks of a fit. No exception may cross the C frames, so the first one
// waits here until the call has returned.
struct FitCallbacks {
  const Sampler* sampler;
  const Progress* progress;
  std::exception_ptr exception;

  finn_progress_callback progress_function() const {
    return *progress ? &FitCallbacks::on_progress : nullptr;
  }

  template <class Function>
  std::int32_t guard(Function&& function) noexcept {
    try {
      return function() ? 0 : 1;
    } catch (...) {
      exception = std::current_exception();
      return 1;
    }
  }

  static std::int32_t on_progress(const finn_progress* progress, void* user_data) noexcept {
    auto* self = static_cast<FitCallbacks*>(user_data);
    return self->guard([&] { return (*self->progress)(*progress); });
  }

  static std::int32_t on_sample(std::int64_t step, std::int64_t batch, double* x, double* y,
                                void* user_data) noexcept {
    auto* self = static_cast<FitCallbacks*>(user_data);
    return self->guard([&] {
      (*self->sampler)(step, batch, x, y);
      return true;
    });
  }
};

}  // namespace detail

// What finn_trainer_best writes.
struct Best {
  double validation_loss;
  std::int64_t step;  // 0: none yet
};

// A summary as a few lines of text, of which those that warn begin with "warning: ".
inline std::string summary_text(const finn_training_summary& summary) {
  return detail::text_of([&](char* text, std::int64_t capacity, std::int64_t* size, finn_error* e) {
    return finn_trainer_summary_text(&summary, text, capacity, size, e);
  });
}

class Trainer {
 public:
  // Trains this model, which the trainer keeps.
  explicit Trainer(Model& model, const finn_training_options& options = training_options())
      : Trainer(model, detail::made_by<finn_trainer>([&](finn_trainer** made, finn_error* e) {
                  return finn_trainer_create(model.get(), &options, made, e);
                })) {}

  // A trainer from a checkpoint, which gives model the parameters. A custom loss is to be set
  // again.
  static Trainer load(Model& model, const std::string& path) {
    return {model, detail::made_by<finn_trainer>([&](finn_trainer** made, finn_error* e) {
              return finn_trainer_load(model.get(), path.c_str(), made, e);
            })};
  }
  static Trainer from_bytes(Model& model, Values<unsigned char> bytes) {
    return {model, detail::made_by<finn_trainer>([&](finn_trainer** made, finn_error* e) {
              return finn_trainer_load_bytes(model.get(), bytes.data(), detail::length_of(bytes),
                                             made, e);
            })};
  }
  void save(const std::string& path) const {
    detail::call([&](finn_error* e) { return finn_trainer_save(get(), path.c_str(), e); });
  }
  std::vector<unsigned char> to_bytes() const {
    return detail::bytes_of(
        [&](void* buffer, std::int64_t capacity, std::int64_t* size, finn_error* e) {
          return finn_trainer_save_bytes(get(), buffer, capacity, size, e);
        });
  }

  // The loss of FINN_LOSS_CUSTOM.
  void set_loss(Loss loss) {
    auto own = std::make_unique<OwnLoss>(OwnLoss{std::move(loss), nullptr});
    OwnLoss* kept = own.get();
    detail::call([&](finn_error* e) {
      return finn_trainer_set_loss(get(), &OwnLoss::on_loss, own.release(),
                                   &detail::release<OwnLoss>, e);
    });
    loss_ = kept;
  }

  // The validation rows; y and weights are empty where there are none.
  void set_validation(Values<double> x, Values<double> y, Values<double> weights = {}) {
    const std::int64_t rows = checked_rows(x, y, weights);
    detail::call([&](finn_error* e) {
      return finn_trainer_set_validation(get(), x.data(), detail::data_or_null(y),
                                         detail::data_or_null(weights), rows, e);
    });
  }

  // Trains on rows of x and y, of which row i counts weights[i] times; y is empty where the loss
  // takes no targets, weights where all rows count alike. Returns how the run stands:
  // FINN_OUTCOME_STOPPED when progress stopped it, and a further call goes on.
  finn_outcome fit(Workspace& workspace, Values<double> x, Values<double> y,
                   Values<double> weights = {}, const Progress& progress = {}) {
    const std::int64_t rows = checked_rows(x, y, weights);
    return run(nullptr, progress, [&](detail::FitCallbacks& callbacks, finn_error* e) {
      return finn_trainer_fit_data(get(), workspace.get(), x.data(), detail::data_or_null(y),
                                   detail::data_or_null(weights), rows,
                                   callbacks.progress_function(), &callbacks, e);
    });
  }

  // Trains on rows from a file, which may be larger than memory. columns are those of a CSV file,
  // by name or number; empty: all as they stand.
  finn_outcome fit_file(Workspace& workspace, const std::string& path, finn_file_format format,
                        const std::vector<std::string>& columns = {}, bool weighted = false,
                        const Progress& progress = {}) {
    const std::vector<const char*> chosen = detail::pointers_to(columns);
    return run(nullptr, progress, [&](detail::FitCallbacks& callbacks, finn_error* e) {
      return finn_trainer_fit_file(get(), workspace.get(), path.c_str(), format, chosen.data(),
                                   detail::count_of(chosen), weighted ? 1 : 0,
                                   callbacks.progress_function(), &callbacks, e);
    });
  }

  finn_outcome fit(Workspace& workspace, const Sampler& sampler, const Progress& progress = {}) {
    return run(&sampler, progress, [&](detail::FitCallbacks& callbacks, finn_error* e) {
      return finn_trainer_fit_sampler(get(), workspace.get(), &detail::FitCallbacks::on_sample,
                                      &callbacks, callbacks.progress_function(), &callbacks, e);
    });
  }

  finn_trainer* get() const noexcept { return handle_.get(); }
  // The numbers of a row of y; 0 where the loss takes none.
  std::size_t target_columns() const noexcept {
    return static_cast<std::size_t>(finn_trainer_target_columns(get()));
  }
  std::int64_t steps() const noexcept { return finn_trainer_steps(get()); }
  finn_outcome outcome() const noexcept { return finn_trainer_outcome(get()); }

  // The smallest loss of the validation rows.
  Best best() const {
    Best best{};
    detail::call([&](finn_error* e) {
      return finn_trainer_best(get(), &best.validation_loss, &best.step, e);
    });
    return best;
  }

  // What happened, of the model as it is now; f is computed at some rows.
  finn_training_summary summary(Workspace& workspace) const {
    finn_training_summary summary{};
    summary.struct_size = sizeof summary;
    detail::call(
        [&](finn_error* e) { return finn_trainer_summary(get(), workspace.get(), &summary, e); });
    return summary;
  }

  std::vector<double> history() const {
    std::vector<double> losses(static_cast<std::size_t>(steps()));
    if (losses.empty()) return losses;
    detail::call(
        [&](finn_error* e) { return finn_trainer_history(get(), losses.data(), steps(), e); });
    return losses;
  }

 private:
  // The user_data of a custom loss, which belongs to the trainer of finn.h.
  struct OwnLoss {
    Loss function;
    std::exception_ptr exception;

    static std::int32_t on_loss(std::int64_t step, std::int64_t batch, const double* x,
                                const double* y, const double* f, double* f_adjoint, double* loss,
                                void* user_data) noexcept {
      auto* self = static_cast<OwnLoss*>(user_data);
      try {
        *loss = self->function(step, batch, x, y, f, f_adjoint);
        return 0;
      } catch (...) {
        self->exception = std::current_exception();
        return 1;
      }
    }
  };

  Trainer(const Model& model, finn_trainer* made) : columns_(model.columns()), handle_(made) {}

  std::int64_t checked_rows(const Values<double>& x, const Values<double>& y,
                            const Values<double>& weights) const {
    const std::int64_t rows = detail::rows_of("x", x.size(), columns_);
    const auto count = static_cast<std::size_t>(rows);
    // A loss without targets refuses those of any length itself.
    const std::size_t targets = target_columns();
    if (!y.empty() && targets > 0) detail::require_length("y", y.size(), count * targets);
    if (!weights.empty()) detail::require_length("weights", weights.size(), count);
    return rows;
  }

  template <class Fit>
  finn_outcome run(const Sampler* sampler, const Progress& progress, Fit&& fit) {
    detail::FitCallbacks callbacks{sampler, &progress, nullptr};
    finn_error error = FINN_ERROR_INIT;
    const finn_status status = fit(callbacks, &error);
    if (loss_ != nullptr && loss_->exception) {
      std::rethrow_exception(std::exchange(loss_->exception, nullptr));
    }
    if (callbacks.exception) std::rethrow_exception(callbacks.exception);
    if (status != FINN_OK) throw Error(status, error.message);
    return outcome();
  }

  std::size_t columns_;  // of the model
  OwnLoss* loss_ = nullptr;
  std::unique_ptr<finn_trainer, detail::Destroy> handle_;
};

// What finn_chain_link says of a link: its form, and the mean log likelihoods of the rows held out
// under each single form, NaN of one that was not tried.
struct Link {
  finn_link_form form;
  double linear;
  double residual;
  double network;
};

// A density of many variables, fitted link by link. lower and upper are the limits of the
// variables; both empty: none.
class Chain {
 public:
  explicit Chain(std::int32_t variables, std::int32_t conditions = 0, Values<double> lower = {},
                 Values<double> upper = {}, const finn_chain_options& options = chain_options()) {
    if (!lower.empty() || !upper.empty()) {
      const auto expected = static_cast<std::size_t>(variables > 0 ? variables : 0);
      detail::require_length("lower", lower.size(), expected);
      detail::require_length("upper", upper.size(), expected);
    }
    handle_.reset(detail::made_by<finn_chain>([&](finn_chain** made, finn_error* e) {
      return finn_chain_create(variables, conditions, detail::data_or_null(lower),
                               detail::data_or_null(upper), &options, made, e);
    }));
  }

  static Chain load(const std::string& path) {
    return Chain(detail::made_by<finn_chain>(
        [&](finn_chain** made, finn_error* e) { return finn_chain_load(path.c_str(), made, e); }));
  }
  static Chain from_bytes(Values<unsigned char> bytes) {
    return Chain(detail::made_by<finn_chain>([&](finn_chain** made, finn_error* e) {
      return finn_chain_load_bytes(bytes.data(), detail::length_of(bytes), made, e);
    }));
  }
  void save(const std::string& path) const {
    detail::call([&](finn_error* e) { return finn_chain_save(get(), path.c_str(), e); });
  }
  std::vector<unsigned char> to_bytes() const {
    return detail::bytes_of(
        [&](void* buffer, std::int64_t capacity, std::int64_t* size, finn_error* e) {
          return finn_chain_save_bytes(get(), buffer, capacity, size, e);
        });
  }

  // Fits the links that are missing to rows of x [rows][columns], of which row i counts weights[i]
  // times; weights is empty where all rows count alike. Returns whether the chain is complete:
  // where progress stopped it, a further call with the same rows goes on.
  bool fit(Workspace& workspace, Values<double> x, Values<double> weights = {},
           const Progress& progress = {}) {
    const std::int64_t rows = detail::rows_of("x", x.size(), columns());
    if (!weights.empty()) {
      detail::require_length("weights", weights.size(), static_cast<std::size_t>(rows));
    }
    detail::FitCallbacks callbacks{nullptr, &progress, nullptr};
    finn_error error = FINN_ERROR_INIT;
    const finn_status status =
        finn_chain_fit_data(get(), workspace.get(), x.data(), detail::data_or_null(weights), rows,
                            callbacks.progress_function(), &callbacks, &error);
    if (callbacks.exception) std::rethrow_exception(callbacks.exception);
    if (status != FINN_OK) throw Error(status, error.message);
    return is_complete();
  }

  finn_chain* get() const noexcept { return handle_.get(); }
  std::size_t variables() const noexcept {
    return static_cast<std::size_t>(finn_chain_variables(get()));
  }
  std::size_t conditions() const noexcept {
    return static_cast<std::size_t>(finn_chain_conditions(get()));
  }
  // Of a row of x: the variables, then the conditions.
  std::size_t columns() const noexcept { return variables() + conditions(); }
  // How many are fitted.
  std::size_t links() const noexcept { return static_cast<std::size_t>(finn_chain_links(get())); }
  bool is_complete() const noexcept { return links() == variables(); }
  finn_chain_options options() const {
    finn_chain_options options = chain_options();
    detail::call([&](finn_error* e) { return finn_chain_get_options(get(), &options, e); });
    return options;
  }
  Link link(std::int32_t i) const {
    Link link{};
    double log_likelihoods[3];
    detail::call(
        [&](finn_error* e) { return finn_chain_link(get(), i, &link.form, log_likelihoods, e); });
    link.linear = log_likelihoods[FINN_LINK_LINEAR];
    link.residual = log_likelihoods[FINN_LINK_RESIDUAL];
    link.network = log_likelihoods[FINN_LINK_NETWORK];
    return link;
  }

  // Of a chain that is complete, as it is now.
  Distribution distribution() const {
    return Distribution(
        detail::made_by<finn_distribution>([&](finn_distribution** made, finn_error* e) {
          return finn_chain_distribution(get(), made, e);
        }));
  }

 private:
  explicit Chain(finn_chain* made) : handle_(made) {}

  std::unique_ptr<finn_chain, detail::Destroy> handle_;
};

// The numbers of a CSV file.
class Table {
 public:
  // columns: those wanted, by name or number from 1; empty: all as they stand.
  explicit Table(const std::string& path, const std::vector<std::string>& columns = {}) {
    const std::vector<const char*> chosen = detail::pointers_to(columns);
    handle_.reset(detail::made_by<finn_table>([&](finn_table** made, finn_error* e) {
      return finn_table_read(path.c_str(), chosen.data(), detail::count_of(chosen), made, e);
    }));
  }

  const finn_table* get() const noexcept { return handle_.get(); }
  std::size_t rows() const noexcept { return static_cast<std::size_t>(finn_table_rows(get())); }
  std::size_t columns() const noexcept {
    return static_cast<std::size_t>(finn_table_columns(get()));
  }
  // Of a column counted from 0; empty when it has none.
  std::string name(std::int32_t column) const { return finn_table_name(get(), column); }
  // [rows][columns].
  std::vector<double> values() const {
    std::vector<double> values(rows() * columns());
    detail::call([&](finn_error* e) {
      return finn_table_values(get(), values.data(), detail::length_of(values), e);
    });
    return values;
  }

 private:
  std::unique_ptr<finn_table, detail::Destroy> handle_;
};

// The sigma family at x, order by order: result[k][i] = sigma_(order - k)(x[i]), k < count.
inline std::vector<std::vector<double>> sigma(std::int32_t order, std::int32_t count,
                                              Values<double> x) {
  std::vector<double> values(x.size() * static_cast<std::size_t>(count > 0 ? count : 0));
  detail::call([&](finn_error* e) {
    return finn_sigma_f64(order, count, x.data(), detail::length_of(x), values.data(), e);
  });
  std::vector<std::vector<double>> rows;
  for (std::size_t first = 0; rows.size() < static_cast<std::size_t>(count); first += x.size()) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(first);
    rows.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(x.size()));
  }
  return rows;
}

// log sigma_order at x, finite where sigma_order underflows.
inline std::vector<double> log_sigma(std::int32_t order, Values<double> x) {
  std::vector<double> logs(x.size());
  detail::call([&](finn_error* e) {
    return finn_log_sigma_f64(order, x.data(), detail::length_of(x), logs.data(), nullptr, e);
  });
  return logs;
}

}  // namespace wrapper
}  // namespace finn

#endif  // FINN_HPP
