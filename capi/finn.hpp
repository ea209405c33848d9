// C++17 wrapper over finn.h: the same functions with owned handles, vectors and exceptions.
//
//   finn::ModelOptions options({-1, -1}, {1, 1});
//   finn::Model model(options);
//   finn::Workspace workspace;
//   finn::Trainer trainer(model, finn::training_options());
//   trainer.fit(model, workspace, x, y);
//   std::vector<double> f = model.integrand(workspace, points);
//
// Header-only and thin: what a call means, and which threads may make it, is written in finn.h.
// Every failure is a finn::Error with the status and the message of the C call.
#ifndef FINN_HPP
#define FINN_HPP

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
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

// How many rows of this width a vector holds; the width of a moved-from model is 0.
inline std::int64_t rows_of(const char* name, std::size_t length, std::size_t width) {
  if (width == 0) throw Error(FINN_ERROR_NULL, "model has been moved from");
  require_length(name, length, length / width * width);
  return static_cast<std::int64_t>(length / width);
}

template <class T>
const T* data_or_null(const std::vector<T>& values) {
  return values.empty() ? nullptr : values.data();
}

struct Destroy {
  void operator()(finn_model* model) const noexcept { finn_model_destroy(model); }
  void operator()(finn_workspace* workspace) const noexcept { finn_workspace_destroy(workspace); }
  void operator()(finn_trainer* trainer) const noexcept { finn_trainer_destroy(trainer); }
  void operator()(finn_domain* domain) const noexcept { finn_domain_destroy(domain); }
};

}  // namespace detail

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

// A region other than a box. Copies share the domain, which never changes.
class Domain {
 public:
  static Domain line(double centre, double scale, finn_tail tail) {
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_line(centre, scale, tail, made, e);
    });
  }
  static Domain half_line(double end, std::int32_t direction, double scale, finn_tail tail) {
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_half_line(end, direction, scale, tail, made, e);
    });
  }
  static Domain box(const std::vector<double>& lower, const std::vector<double>& upper) {
    detail::require_length("upper", upper.size(), lower.size());
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_box(static_cast<std::int32_t>(lower.size()), lower.data(), upper.data(),
                             made, e);
    });
  }
  static Domain disk(const std::vector<double>& centre, double radius) {
    detail::require_length("centre", centre.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_disk(centre.data(), radius, made, e);
    });
  }
  static Domain annulus(const std::vector<double>& centre, double inner, double outer) {
    detail::require_length("centre", centre.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_annulus(centre.data(), inner, outer, made, e);
    });
  }
  static Domain sector(const std::vector<double>& centre, double inner, double outer, double from,
                       double to) {
    detail::require_length("centre", centre.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_sector(centre.data(), inner, outer, from, to, made, e);
    });
  }
  static Domain ellipse(const std::vector<double>& centre, const std::vector<double>& semi_axes,
                        double turn) {
    detail::require_length("centre", centre.size(), 2);
    detail::require_length("semi_axes", semi_axes.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_ellipse(centre.data(), semi_axes.data(), turn, made, e);
    });
  }
  static Domain polar(const std::vector<double>& centre, double radius) {
    detail::require_length("centre", centre.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_polar(centre.data(), radius, made, e);
    });
  }
  static Domain ball(const std::vector<double>& centre, double radius) {
    detail::require_length("centre", centre.size(), 3);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_ball(centre.data(), radius, made, e);
    });
  }
  static Domain shell(const std::vector<double>& centre, double inner, double outer) {
    detail::require_length("centre", centre.size(), 3);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_shell(centre.data(), inner, outer, made, e);
    });
  }
  static Domain cylinder(const std::vector<double>& centre, double radius, double bottom,
                         double top) {
    detail::require_length("centre", centre.size(), 2);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_cylinder(centre.data(), radius, bottom, top, made, e);
    });
  }
  // edges [variables][variables], flat.
  static Domain parallelepiped(const std::vector<double>& corner,
                               const std::vector<double>& edges) {
    detail::require_length("edges", edges.size(), corner.size() * corner.size());
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_parallelepiped(static_cast<std::int32_t>(corner.size()), corner.data(),
                                        edges.data(), made, e);
    });
  }
  // vertices [variables + 1][variables], flat.
  static Domain simplex(std::int32_t variables, const std::vector<double>& vertices) {
    const auto n = static_cast<std::size_t>(variables > 0 ? variables : 0);
    detail::require_length("vertices", vertices.size(), (n + 1) * n);
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_simplex(variables, vertices.data(), made, e);
    });
  }
  // vertices [count][2], flat.
  static Domain polygon(const std::vector<double>& vertices) {
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_polygon(vertices.data(), detail::rows_of("vertices", vertices.size(), 2),
                                 made, e);
    });
  }
  static Domain star(const std::vector<double>& centre, Radius radius) {
    const finn_radius_callback callback = radius ? &detail::on_radius : nullptr;
    auto own = std::make_unique<Radius>(std::move(radius));
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_star(static_cast<std::int32_t>(centre.size()), centre.data(), callback,
                              own.release(), &detail::release<Radius>, made, e);
    });
  }
  static Domain map(OwnMap map) {
    detail::require_length("upper", map.upper.size(), map.lower.size());
    auto own = std::make_unique<OwnMap>(std::move(map));
    finn_map_options options{};
    options.struct_size = sizeof options;
    options.variables = static_cast<std::int32_t>(own->lower.size());
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
    std::vector<const finn_domain*> handles;
    for (const Domain& factor : factors) handles.push_back(factor.get());
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_product(handles.data(), static_cast<std::int32_t>(handles.size()), made,
                                 e);
    });
  }

  // matrix y + offset for all y of this domain: matrix [variables][variables], flat.
  Domain affine(const std::vector<double>& matrix, const std::vector<double>& offset) const {
    detail::require_length("matrix", matrix.size(), variables() * variables());
    detail::require_length("offset", offset.size(), variables());
    return make([&](finn_domain** made, finn_error* e) {
      return finn_domain_affine(get(), matrix.data(), offset.data(), made, e);
    });
  }

  const finn_domain* get() const noexcept { return handle_.get(); }
  std::size_t variables() const noexcept {
    return static_cast<std::size_t>(finn_domain_variables(get()));
  }

  // The lower and the upper limits of the box of u, [variables] each.
  std::pair<std::vector<double>, std::vector<double>> limits() const {
    std::vector<double> lower(variables()), upper(variables());
    detail::call(
        [&](finn_error* e) { return finn_domain_limits(get(), lower.data(), upper.data(), e); });
    return {std::move(lower), std::move(upper)};
  }
  // x = r(u), both [count][variables].
  std::vector<double> to_point(const std::vector<double>& u) const {
    std::vector<double> x(u.size());
    detail::call([&](finn_error* e) {
      return finn_domain_to_point(get(), u.data(), detail::rows_of("u", u.size(), variables()),
                                  x.data(), e);
    });
    return x;
  }
  // u of x, both [count][variables]; log_weight, if wanted, has the length count afterwards.
  std::vector<double> to_box(const std::vector<double>& x,
                             std::vector<double>* log_weight = nullptr) const {
    std::vector<double> u(x.size());
    const std::int64_t count = detail::rows_of("x", x.size(), variables());
    if (log_weight != nullptr) log_weight->resize(static_cast<std::size_t>(count));
    detail::call([&](finn_error* e) {
      return finn_domain_to_box(get(), x.data(), count, u.data(),
                                log_weight != nullptr ? log_weight->data() : nullptr, e);
    });
    return u;
  }

 private:
  explicit Domain(finn_domain* made) : handle_(made, detail::Destroy()) {}

  template <class Make>
  static Domain make(Make&& make) {
    finn_domain* made = nullptr;
    detail::call([&](finn_error* e) { return make(&made, e); });
    return Domain(made);
  }

  std::shared_ptr<finn_domain> handle_;
};

// finn_linear_constraint with owned arrays; an empty vector is the NULL of finn.h.
struct LinearConstraint {
  std::vector<double> value;           // [outputs]
  std::vector<double> lower{};         // [variables] of the sub-box; empty: the domain
  std::vector<double> upper{};         // [variables]
  std::vector<std::int32_t> powers{};  // [variables]; empty: all 0
};

// finn_model_options with owned arrays and the same defaults; an empty vector is the NULL of
// finn.h.
struct ModelOptions {
  std::vector<double> lower;
  std::vector<double> upper;
  std::vector<std::int32_t> widths;
  std::vector<double> epsilon;
  std::vector<double> lower_epsilon;
  std::vector<LinearConstraint> linear_constraints;
  std::vector<double> condition_lower;
  std::vector<double> condition_upper;
  std::vector<std::int32_t> condition_widths;
  // All other fields; the array fields and their lengths are set from the vectors.
  finn_model_options fields;

  ModelOptions(std::vector<double> lower_limits, std::vector<double> upper_limits)
      : lower(std::move(lower_limits)), upper(std::move(upper_limits)) {
    finn_model_options_init(&fields);
  }
  // A model on a domain; lower and upper stay empty.
  explicit ModelOptions(Domain on) : domain_(std::make_shared<const Domain>(std::move(on))) {
    finn_model_options_init(&fields);
    fields.variables = static_cast<std::int32_t>(domain_->variables());
    fields.domain = domain_->get();
  }

  // The C struct, and the array of structs that it points to.
  struct View {
    finn_model_options options;
    std::vector<finn_linear_constraint> linear_constraints;
  };

  // It points into this struct, which must outlive it unchanged.
  View view() const {
    require_lengths();
    View view{fields, {}};
    finn_model_options& options = view.options;
    if (domain_ == nullptr) options.variables = static_cast<std::int32_t>(lower.size());
    options.lower = detail::data_or_null(lower);
    options.upper = detail::data_or_null(upper);
    options.widths = detail::data_or_null(widths);
    options.hidden_layers = static_cast<std::int32_t>(widths.size());
    options.epsilon = detail::data_or_null(epsilon);
    options.lower_epsilon = detail::data_or_null(lower_epsilon);
    options.condition_lower = detail::data_or_null(condition_lower);
    options.condition_upper = detail::data_or_null(condition_upper);
    options.condition_widths = detail::data_or_null(condition_widths);
    options.condition_layers = static_cast<std::int32_t>(condition_widths.size());
    for (const LinearConstraint& linear : linear_constraints) {
      view.linear_constraints.push_back(
          {sizeof(finn_linear_constraint), detail::data_or_null(linear.lower),
           detail::data_or_null(linear.upper), detail::data_or_null(linear.powers),
           detail::data_or_null(linear.value)});
    }
    options.linear_constraints = detail::data_or_null(view.linear_constraints);
    options.linear_constraint_count = static_cast<std::int32_t>(linear_constraints.size());
    return view;
  }

 private:
  // Arrays that are given have the lengths that finn.h expects.
  void require_lengths() const {
    const auto require = [](const char* name, std::size_t given, std::size_t expected) {
      if (given != 0) detail::require_length(name, given, expected);
    };
    const auto m = static_cast<std::size_t>(fields.outputs);
    const auto n = domain_ == nullptr ? lower.size() : domain_->variables();
    detail::require_length("upper", upper.size(), lower.size());
    require("epsilon", epsilon.size(), m);
    require("lower_epsilon", lower_epsilon.size(), m);
    for (const LinearConstraint& linear : linear_constraints) {
      detail::require_length("linear constraint: value", linear.value.size(), m);
      require("linear constraint: lower", linear.lower.size(), n);
      require("linear constraint: upper", linear.upper.size(), n);
      require("linear constraint: powers", linear.powers.size(), n);
    }
    const auto q = static_cast<std::size_t>(fields.conditions);
    require("condition_lower", condition_lower.size(), q);
    require("condition_upper", condition_upper.size(), q);
  }

  std::shared_ptr<const Domain> domain_;  // keeps fields.domain alive
};

using TrainingOptions = finn_training_options;

// The defaults of finn.h.
inline TrainingOptions training_options() {
  TrainingOptions options;
  finn_training_options_init(&options);
  return options;
}

class Workspace {
 public:
  explicit Workspace(std::int32_t threads = 0) {
    finn_workspace* made = nullptr;
    detail::call([&](finn_error* e) { return finn_workspace_create(threads, &made, e); });
    handle_.reset(made);
  }

  finn_workspace* get() const noexcept { return handle_.get(); }

 private:
  std::unique_ptr<finn_workspace, detail::Destroy> handle_;
};

// What finn_integral writes, one entry for each output, and finn_integral_given, the same for each
// condition after the other.
struct Integral {
  std::vector<double> value;
  std::vector<double> kappa;
  std::vector<double> error_estimate;
};

// What finn_integrand_vjp writes.
struct Gradient {
  std::vector<double> f;           // [batch][outputs]
  std::vector<double> parameters;  // [parameter_count]
  std::vector<double> x;           // [batch][columns]
};

class Model {
 public:
  explicit Model(const ModelOptions& options) {
    const ModelOptions::View view = options.view();
    finn_model* made = nullptr;
    detail::call([&](finn_error* e) { return finn_model_create(&view.options, &made, e); });
    handle_.reset(made);
  }

  Model clone() const {
    finn_model* made = nullptr;
    detail::call([&](finn_error* e) { return finn_model_clone(get(), &made, e); });
    return Model(made);
  }

  // Draws the parameters anew from rows of x.
  void initialise_from_data(const std::vector<double>& x, std::uint64_t seed = 0) {
    detail::call([&](finn_error* e) {
      return finn_model_initialise_from_data(get(), x.data(), batch_of(x), seed, e);
    });
  }

  finn_model* get() const noexcept { return handle_.get(); }
  std::size_t variables() const noexcept {
    return static_cast<std::size_t>(finn_model_variables(get()));
  }
  // Of a row of x: the variables, conditions and epsilons of the sample.
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
      return finn_model_get_parameters_f64(get(), values.data(), length_of(values), e);
    });
    return values;
  }

  void set_parameters(const std::vector<double>& values) {
    detail::call([&](finn_error* e) {
      return finn_model_set_parameters_f64(get(), values.data(), length_of(values), e);
    });
  }

  // The pointer forms are those of finn.h, in either type; the vector forms make the result.
  void integrand(Workspace& workspace, const double* x, std::int64_t batch, double* f) const {
    detail::call(
        [&](finn_error* e) { return finn_integrand_f64(get(), workspace.get(), x, batch, f, e); });
  }
  void integrand(Workspace& workspace, const float* x, std::int64_t batch, float* f) const {
    detail::call(
        [&](finn_error* e) { return finn_integrand_f32(get(), workspace.get(), x, batch, f, e); });
  }
  std::vector<double> integrand(Workspace& workspace, const std::vector<double>& x) const {
    std::vector<double> f = results_for(x);
    integrand(workspace, x.data(), batch_of(x), f.data());
    return f;
  }

  void antiderivative(Workspace& workspace, const double* x, std::int64_t batch, double* F) const {
    mixed_partial(workspace, 0, x, batch, F);
  }
  void antiderivative(Workspace& workspace, const float* x, std::int64_t batch, float* F) const {
    mixed_partial(workspace, 0, x, batch, F);
  }
  std::vector<double> antiderivative(Workspace& workspace, const std::vector<double>& x) const {
    return mixed_partial(workspace, 0, x);
  }

  void mixed_partial(Workspace& workspace, std::uint32_t subset, const double* x,
                     std::int64_t batch, double* values) const {
    detail::call([&](finn_error* e) {
      return finn_mixed_partial_f64(get(), workspace.get(), subset, x, batch, values, e);
    });
  }
  void mixed_partial(Workspace& workspace, std::uint32_t subset, const float* x, std::int64_t batch,
                     float* values) const {
    detail::call([&](finn_error* e) {
      return finn_mixed_partial_f32(get(), workspace.get(), subset, x, batch, values, e);
    });
  }
  std::vector<double> mixed_partial(Workspace& workspace, std::uint32_t subset,
                                    const std::vector<double>& x) const {
    std::vector<double> values = results_for(x);
    mixed_partial(workspace, subset, x.data(), batch_of(x), values.data());
    return values;
  }

  Integral integral(Workspace& workspace, const std::vector<double>& lower,
                    const std::vector<double>& upper) const {
    detail::require_length("lower", lower.size(), variables());
    detail::require_length("upper", upper.size(), variables());
    const std::vector<double> zeros(outputs());
    Integral result{zeros, zeros, zeros};
    detail::call([&](finn_error* e) {
      return finn_integral(get(), workspace.get(), lower.data(), upper.data(), result.value.data(),
                           result.kappa.data(), result.error_estimate.data(), e);
    });
    return result;
  }

  // given [count][columns - variables]: one integral for each condition.
  Integral integral_given(Workspace& workspace, const std::vector<double>& lower,
                          const std::vector<double>& upper,
                          const std::vector<double>& given) const {
    if (columns() == variables()) {
      detail::require_length("given", given.size(), 0);
      return integral(workspace, lower, upper);
    }
    detail::require_length("lower", lower.size(), variables());
    detail::require_length("upper", upper.size(), variables());
    const std::int64_t count = detail::rows_of("given", given.size(), columns() - variables());
    const std::vector<double> zeros(static_cast<std::size_t>(count) * outputs());
    Integral result{zeros, zeros, zeros};
    detail::call([&](finn_error* e) {
      return finn_integral_given(get(), workspace.get(), lower.data(), upper.data(), given.data(),
                                 count, result.value.data(), result.kappa.data(),
                                 result.error_estimate.data(), e);
    });
    return result;
  }

  Gradient integrand_vjp(Workspace& workspace, const std::vector<double>& x,
                         const std::vector<double>& f_adjoint) const {
    Gradient result{results_for(x), std::vector<double>(parameter_count()),
                    std::vector<double>(x.size())};
    detail::require_length("f_adjoint", f_adjoint.size(), result.f.size());
    detail::call([&](finn_error* e) {
      return finn_integrand_vjp_f64(get(), workspace.get(), x.data(), batch_of(x), f_adjoint.data(),
                                    result.f.data(), result.parameters.data(), result.x.data(), e);
    });
    return result;
  }

 private:
  explicit Model(finn_model* made) noexcept : handle_(made) {}

  static std::int64_t length_of(const std::vector<double>& values) {
    return static_cast<std::int64_t>(values.size());
  }
  std::int64_t batch_of(const std::vector<double>& x) const {
    return detail::rows_of("x", x.size(), columns());
  }
  std::vector<double> results_for(const std::vector<double>& x) const {
    return std::vector<double>(static_cast<std::size_t>(batch_of(x)) * outputs());
  }

  std::unique_ptr<finn_model, detail::Destroy> handle_;
};

// Told after each step; returns whether to go on.
using Progress = std::function<bool(const finn_progress&)>;
// Supplies a mini-batch as finn_sampler_callback does; an exception ends the fit and comes out of
// it.
using Sampler = std::function<void(std::int64_t step, std::int64_t batch, double* x, double* y)>;
// A loss of one's own as finn_loss_callback has it, which returns its value; an exception ends the
// fit and comes out of it.
using Loss = std::function<double(std::int64_t step, std::int64_t batch, const double* x,
                                  const double* y, const double* f, double* f_adjoint)>;

// What finn_trainer_best writes.
struct Best {
  double validation_loss;
  std::int64_t step;  // 0: none yet
};

class Trainer {
 public:
  Trainer(const Model& model, const TrainingOptions& options) {
    finn_trainer* made = nullptr;
    detail::call(
        [&](finn_error* e) { return finn_trainer_create(model.get(), &options, &made, e); });
    handle_.reset(made);
  }

  // A trainer from a checkpoint, which gives model the parameters. A custom loss is to be set
  // again.
  static Trainer load(Model& model, const std::vector<unsigned char>& bytes) {
    finn_trainer* made = nullptr;
    detail::call([&](finn_error* e) {
      return finn_trainer_load(model.get(), bytes.data(), static_cast<std::int64_t>(bytes.size()),
                               &made, e);
    });
    return Trainer(made);
  }
  static Trainer load_file(Model& model, const std::string& path) {
    finn_trainer* made = nullptr;
    detail::call(
        [&](finn_error* e) { return finn_trainer_load_file(model.get(), path.c_str(), &made, e); });
    return Trainer(made);
  }

  std::vector<unsigned char> save(const Model& model) const {
    std::int64_t size = 0;
    detail::call(
        [&](finn_error* e) { return finn_trainer_save(get(), model.get(), nullptr, 0, &size, e); });
    std::vector<unsigned char> bytes(static_cast<std::size_t>(size));
    detail::call([&](finn_error* e) {
      return finn_trainer_save(get(), model.get(), bytes.data(), size, &size, e);
    });
    return bytes;
  }
  void save_file(const Model& model, const std::string& path) const {
    detail::call(
        [&](finn_error* e) { return finn_trainer_save_file(get(), model.get(), path.c_str(), e); });
  }

  // The loss of FINN_LOSS_CUSTOM.
  void set_loss(Loss loss) {
    auto own = std::make_unique<OwnLoss>(OwnLoss{std::move(loss), nullptr});
    detail::call([&](finn_error* e) {
      return finn_trainer_set_loss(get(), &OwnLoss::on_loss, own.get(), e);
    });
    loss_ = std::move(own);
  }

  // Holds these rows out; y and weights are empty where there are none.
  void set_validation(const Model& model, const std::vector<double>& x,
                      const std::vector<double>& y, const std::vector<double>& weights = {}) {
    const std::int64_t rows = checked_rows(model, x, y, weights);
    detail::call([&](finn_error* e) {
      return finn_trainer_set_validation(get(), model.get(), x.data(), detail::data_or_null(y),
                                         detail::data_or_null(weights), rows, e);
    });
  }

  // Trains on rows of x and y; y is empty where the loss takes no targets. Returns false when
  // progress stopped it; a further call goes on.
  bool fit(Model& model, Workspace& workspace, const std::vector<double>& x,
           const std::vector<double>& y, const Progress& progress = {}) {
    return fit_weighted(model, workspace, x, y, {}, progress);
  }

  // Trains on rows of x and y, of which row i counts weights[i] times.
  bool fit_weighted(Model& model, Workspace& workspace, const std::vector<double>& x,
                    const std::vector<double>& y, const std::vector<double>& weights,
                    const Progress& progress = {}) {
    const std::int64_t rows = checked_rows(model, x, y, weights);
    return run(nullptr, progress, [&](Callbacks& callbacks, finn_error* e) {
      return finn_trainer_fit_weighted(get(), model.get(), workspace.get(), x.data(),
                                       detail::data_or_null(y), detail::data_or_null(weights), rows,
                                       callbacks.progress_function(), &callbacks, e);
    });
  }

  // Trains on rows from a file, which may be larger than memory.
  bool fit_file(Model& model, Workspace& workspace, const std::string& path,
                finn_file_format format, bool weighted = false, const Progress& progress = {}) {
    return run(nullptr, progress, [&](Callbacks& callbacks, finn_error* e) {
      return finn_trainer_fit_file(get(), model.get(), workspace.get(), path.c_str(), format,
                                   weighted ? 1 : 0, callbacks.progress_function(), &callbacks, e);
    });
  }

  bool fit(Model& model, Workspace& workspace, const Sampler& sampler,
           const Progress& progress = {}) {
    return run(&sampler, progress, [&](Callbacks& callbacks, finn_error* e) {
      return finn_trainer_fit_sampler(get(), model.get(), workspace.get(), &Callbacks::on_sample,
                                      callbacks.progress_function(), &callbacks, e);
    });
  }

  finn_trainer* get() const noexcept { return handle_.get(); }
  std::int64_t steps() const noexcept { return finn_trainer_steps(get()); }
  finn_outcome outcome() const noexcept { return finn_trainer_outcome(get()); }

  // The smallest loss of the rows held out.
  Best best() const {
    Best best{};
    detail::call([&](finn_error* e) {
      return finn_trainer_best(get(), &best.validation_loss, &best.step, e);
    });
    return best;
  }

  std::vector<double> history() const {
    std::vector<double> losses(static_cast<std::size_t>(steps()));
    if (losses.empty()) return losses;
    detail::call(
        [&](finn_error* e) { return finn_trainer_history(get(), losses.data(), steps(), e); });
    return losses;
  }

 private:
  // The user_data of both callbacks. No exception may cross the C frames, so the first one waits
  // here until the call has returned.
  struct Callbacks {
    const Sampler* sampler;
    const Progress* progress;
    std::exception_ptr exception;

    finn_progress_callback progress_function() const {
      return *progress ? &Callbacks::on_progress : nullptr;
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

    static std::int32_t on_progress(const finn_progress* told, void* user_data) noexcept {
      auto* self = static_cast<Callbacks*>(user_data);
      return self->guard([&] { return (*self->progress)(*told); });
    }

    static std::int32_t on_sample(std::int64_t step, std::int64_t batch, double* x, double* y,
                                  void* user_data) noexcept {
      auto* self = static_cast<Callbacks*>(user_data);
      return self->guard([&] {
        (*self->sampler)(step, batch, x, y);
        return true;
      });
    }
  };

  // The user_data of a custom loss; it stays where it is when the trainer is moved.
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

  explicit Trainer(finn_trainer* made) noexcept : handle_(made) {}

  static std::int64_t checked_rows(const Model& model, const std::vector<double>& x,
                                   const std::vector<double>& y,
                                   const std::vector<double>& weights) {
    const std::int64_t rows = detail::rows_of("x", x.size(), model.columns());
    const auto count = static_cast<std::size_t>(rows);
    if (!y.empty()) detail::require_length("y", y.size(), count * model.outputs());
    if (!weights.empty()) detail::require_length("weights", weights.size(), count);
    return rows;
  }

  template <class Fit>
  bool run(const Sampler* sampler, const Progress& progress, Fit&& fit) {
    Callbacks callbacks{sampler, &progress, nullptr};
    finn_error error = FINN_ERROR_INIT;
    const finn_status status = fit(callbacks, &error);
    if (loss_ && loss_->exception) std::rethrow_exception(std::exchange(loss_->exception, nullptr));
    if (callbacks.exception) std::rethrow_exception(callbacks.exception);
    if (status != FINN_OK && status != FINN_STOPPED) throw Error(status, error.message);
    return status == FINN_OK;
  }

  std::unique_ptr<OwnLoss> loss_;  // outlives the handle that points to it
  std::unique_ptr<finn_trainer, detail::Destroy> handle_;
};

// The sigma family at x, order by order: result[k][i] = sigma_(order - k)(x[i]), k < count.
inline std::vector<std::vector<double>> sigma(std::int32_t order, std::int32_t count,
                                              const std::vector<double>& x) {
  std::vector<double> values(x.size() * static_cast<std::size_t>(count > 0 ? count : 0));
  detail::call([&](finn_error* e) {
    return finn_sigma_f64(order, count, x.data(), static_cast<std::int64_t>(x.size()),
                          values.data(), e);
  });
  std::vector<std::vector<double>> rows;
  for (std::size_t first = 0; rows.size() < static_cast<std::size_t>(count); first += x.size()) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(first);
    rows.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(x.size()));
  }
  return rows;
}

// log sigma_order at x, finite where sigma_order underflows.
inline std::vector<double> log_sigma(std::int32_t order, const std::vector<double>& x) {
  std::vector<double> logs(x.size());
  detail::call([&](finn_error* e) {
    return finn_log_sigma_f64(order, x.data(), static_cast<std::int64_t>(x.size()), logs.data(),
                              nullptr, e);
  });
  return logs;
}

}  // namespace wrapper
}  // namespace finn

#endif  // FINN_HPP
