// The affine image of another domain: x = A y + b, |det| = |det A| times that of y.
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
constexpr double kSmallestPivot = 1e-12;

class Affine final : public Domain {
 public:
  const char* kind() const noexcept override { return "affine"; }
  Affine(DomainPointer inner, const Matrix& matrix, const Inverse& inverse, const double* offset)
      : Domain(inner->box()), inner_(std::move(inner)), matrix_(matrix), inverse_(inverse) {
    std::copy_n(offset, variables(), offset_.begin());
  }

 private:
  std::size_t n() const { return static_cast<std::size_t>(variables()); }

  void pull_back(const double* x, double* y) const {
    for (std::size_t j = 0; j < n(); ++j) {
      y[j] = 0;
      for (std::size_t i = 0; i < n(); ++i) y[j] += inverse_.matrix[j][i] * (x[i] - offset_[i]);
    }
  }

  void map(const double* u, double* x) const override {
    double y[kMax];
    inner_->to_point(u, y);
    for (std::size_t i = 0; i < n(); ++i) {
      x[i] = offset_[i];
      for (std::size_t j = 0; j < n(); ++j) x[i] += matrix_[i][j] * y[j];
    }
  }

  double invert(const double* x, double* u) const override {
    double y[kMax];
    pull_back(x, y);
    return inner_->locate(y, u) - inverse_.log_determinant;
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
  Matrix matrix_;
  Inverse inverse_;
  std::array<double, kMax> offset_;
};

}  // namespace

DomainPointer affine_domain(DomainPointer inner, const double* matrix, const double* offset,
                            const char* name) {
  const auto n = static_cast<std::size_t>(inner->variables());
  require_coordinates(matrix, static_cast<std::int64_t>(n * n), name);
  require_coordinates(offset, static_cast<std::int64_t>(n), "offset");
  Matrix entries{};
  for (std::size_t i = 0; i < n; ++i) std::copy_n(matrix + i * n, n, entries[i].begin());
  const Inverse inverse = inverse_of(entries, inner->variables());
  if (!(inverse.smallest_pivot > kSmallestPivot)) {
    core::fail(core::Status::ERROR_ARGUMENT,
               "%s: singular: with columns brought to length 1, a pivot is %g", name,
               inverse.smallest_pivot);
  }
  return std::make_shared<Affine>(std::move(inner), entries, inverse, offset);
}

}  // namespace finn::net
