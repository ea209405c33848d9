// The affine image of another domain: x = A y + b, |det| = |det A| times that of y. An affine image
// of an affine image is one of the domain below both.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.hpp"
#include "core/subset.hpp"
#include "finn/domains/check.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "finn/domains/matrix.hpp"

namespace finn::net {
namespace {

constexpr std::size_t kMax = core::kMaxVariables;
// Beyond it y would keep less than ten of its sixteen digits on the way to x and back.
constexpr double kLargestCondition = 1e6;

struct AffineMap {
  Matrix matrix{};
  std::array<double, kMax> offset{};
};

class Affine final : public Domain {
 public:
  const char* kind() const noexcept override { return "affine"; }
  Affine(DomainPointer inner, const AffineMap& map, const Inverse& inverse)
      : Domain(inner->box(), inner->depth()),
        inner_(std::move(inner)),
        map_(map),
        inverse_(inverse),
        slack_(0x1p-48 * inverse.condition_number) {}

  const DomainPointer& inner() const noexcept { return inner_; }
  DomainRecipe recipe() const override {
    std::vector<double> matrix;
    for (std::size_t i = 0; i < n(); ++i) {
      matrix.insert(matrix.end(), map_.matrix[i].begin(), map_.matrix[i].begin() + variables());
    }
    const std::vector<double> offset(map_.offset.begin(), map_.offset.begin() + variables());
    return {{{"matrix", matrix}, {"offset", offset}}, {inner_}};
  }
  // Of a diagonal matrix.
  bool maps_axes() const override {
    for (std::size_t i = 0; i < n(); ++i) {
      for (std::size_t j = 0; j < n(); ++j) {
        if (i != j && map_.matrix[i][j] != 0) return false;
      }
    }
    return inner_->maps_axes();
  }
  // x of `over` of x of this map, as one map of y.
  AffineMap under(const AffineMap& over) const {
    AffineMap both{product_of(over.matrix, map_.matrix, variables()), {}};
    apply(over.matrix, map_.offset.data(), over.offset.data(), variables(), both.offset.data());
    return both;
  }

 private:
  std::size_t n() const { return static_cast<std::size_t>(variables()); }

  void pull_back(const double* x, double* y) const {
    for (std::size_t j = 0; j < n(); ++j) {
      y[j] = 0;
      for (std::size_t i = 0; i < n(); ++i) y[j] += inverse_.matrix[j][i] * (x[i] - map_.offset[i]);
    }
  }

  double invert_axis(std::size_t i, double x) const override {
    return inner_->axis_to_box(i, inverse_.matrix[i][i] * (x - map_.offset[i]));
  }

  void map(const double* u, double* x) const override {
    double y[kMax];
    inner_->to_point(u, y);
    apply(map_.matrix, y, map_.offset.data(), variables(), x);
  }

  double invert(const double* x, double* u) const override {
    double y[kMax];
    pull_back(x, y);
    double log_weight = inner_->locate(y, u);
    if (log_weight == kOutside) log_weight = locate_on_edge(x, u);
    return log_weight - inverse_.log_determinant;
  }

  // A point of the edge may come back as one outside, by what is rounded on the way to x and in
  // y = A^-1 (x - b). It counts as one of the edge if the point of u, which the domain below has
  // moved to its edge, is the same but for that. log w of y there.
  double locate_on_edge(const double* x, double* u) const {
    double y[kMax], nearest[kMax];
    inner_->to_point(u, y);
    apply(map_.matrix, y, map_.offset.data(), variables(), nearest);
    for (std::size_t i = 0; i < n(); ++i) {
      double size = std::fabs(map_.offset[i]);
      for (std::size_t j = 0; j < n(); ++j) size += std::fabs(map_.matrix[i][j] * y[j]);
      if (!(std::fabs(x[i] - nearest[i]) <= slack_ * size)) return kOutside;
    }
    return inner_->locate(y, u);
  }

  void differentiate(const double* x, Slopes& slopes) const override {
    double y[kMax];
    pull_back(x, y);
    Slopes within;
    inner_->slopes(y, within);
    slopes = {};
    for (std::size_t i = 0; i < n(); ++i) {
      for (std::size_t k = 0; k < n(); ++k) {
        slopes.log_weight[i] += within.log_weight[k] * inverse_.matrix[k][i];
        for (std::size_t j = 0; j < n(); ++j) {
          slopes.u[j][i] += within.u[j][k] * inverse_.matrix[k][i];
        }
      }
    }
  }

  DomainPointer inner_;
  AffineMap map_;
  Inverse inverse_;
  double slack_;  // relative: what rounding may add to a point of the edge
};

AffineMap checked_map(int variables, const double* matrix, const double* offset, const char* name) {
  const auto n = static_cast<std::size_t>(variables);
  require_coordinates(matrix, static_cast<std::int64_t>(n * n), name);
  require_coordinates(offset, static_cast<std::int64_t>(n), "offset");
  AffineMap map;
  for (std::size_t i = 0; i < n; ++i) std::copy_n(matrix + i * n, n, map.matrix[i].begin());
  std::copy_n(offset, n, map.offset.begin());
  return map;
}

// The inverse of a matrix has a size that can be reckoned with if every row and every column of the
// matrix has a length.
void require_lengths(const Matrix& matrix, std::size_t n, const char* name) {
  for (std::size_t i = 0; i < n; ++i) {
    double row = 0, column = 0;
    for (std::size_t k = 0; k < n; ++k) {
      row = std::fmax(row, std::fabs(matrix[i][k]));
      column = std::fmax(column, std::fabs(matrix[k][i]));
    }
    const bool is_row = row < kSmallestLength;
    if (!is_row && column >= kSmallestLength) continue;
    core::fail(core::Status::ERROR_ARGUMENT,
               "%s: singular, or nearly so: no entry of %s %zu is above %g, at least %g expected",
               name, is_row ? "row" : "column", i, is_row ? row : column, kSmallestLength);
  }
}

Inverse checked_inverse(const AffineMap& map, int variables, const char* name) {
  require_lengths(map.matrix, static_cast<std::size_t>(variables), name);
  const Inverse inverse = inverse_of(map.matrix, variables);
  if (inverse.condition_number <= kLargestCondition) return inverse;
  core::fail(core::Status::ERROR_ARGUMENT,
             "%s: singular, or nearly so: with rows and columns brought to size 1 its condition "
             "number is %g, at most %g expected",
             name, inverse.condition_number, kLargestCondition);
}

// The two maps in one, with the coordinates that a single map may have.
AffineMap checked_product(const Affine& below, const AffineMap& over) {
  const AffineMap both = below.under(over);
  for (std::size_t i = 0; i < static_cast<std::size_t>(below.variables()); ++i) {
    require_coordinates(both.matrix[i].data(), below.variables(), "inner: the matrices in one");
  }
  require_coordinates(both.offset.data(), below.variables(), "inner: the offsets in one");
  return both;
}

}  // namespace

DomainPointer affine_domain(DomainPointer inner, const double* matrix, const double* offset,
                            const char* name) {
  const int n = inner->variables();
  AffineMap map = checked_map(n, matrix, offset, name);
  Inverse inverse = checked_inverse(map, n, name);
  if (const auto* below = dynamic_cast<const Affine*>(inner.get()); below != nullptr) {
    map = checked_product(*below, map);
    inverse = checked_inverse(map, n, "inner: the matrices in one");
    inner = DomainPointer(below->inner());
  }
  require_depth(*inner, "inner");
  return std::make_shared<Affine>(std::move(inner), map, inverse);
}

}  // namespace finn::net
