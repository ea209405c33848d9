// Every kernel of every instruction set on the same data: all sets with fused multiply-adds give
// the same bits, and so do all sets without.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/subset.hpp"
#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"
#include "ops/kernels/underflow.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

template <class T>
class SameBits : public ::testing::Test {
 protected:
  using Values = std::vector<T>;

  Values values(std::size_t count, double low = -4, double high = 4) {
    Values result;
    for (std::size_t i = 0; i < count; ++i) {
      result.push_back(static_cast<T>(random_.uniform(low, high)));
    }
    return result;
  }

  // run(table, result) computes on each available set; results are compared within each group.
  template <class Run>
  static void expect_same(std::size_t size, Run&& run) {
    for (const bool fused : {false, true}) {
      Values first;
      const char* first_name = nullptr;
      for (const InstructionSet& set : instruction_sets()) {
        if (!set.is_available() || set.fused != fused) continue;
        Values result(size, T(0.5));
        run(set.kernels<T>(), result.data());
        if (first_name == nullptr) {
          first = result;
          first_name = set.name;
        }
        EXPECT_EQ(std::memcmp(first.data(), result.data(), size * sizeof(T)), 0)
            << set.name << " and " << first_name;
      }
    }
  }

  core::Random random_{7};
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(SameBits, Elements);

TYPED_TEST(SameBits, ofTheSigmaFamily) {
  const std::size_t size = 10007;
  for (const double range : {0.1, 3.0, 30.0, 1e30}) {
    const auto x = this->values(size, -range, range);
    this->expect_same(18 * size, [&](const auto& table, TypeParam* out) {
      table.sigma_family(8, 17, x.data(), size, out, size, Underflow<TypeParam>::factor);
    });
    this->expect_same(18 * size, [&](const auto& table, TypeParam* out) {
      for (int order = 0; order <= 8; ++order) {
        TypeParam* log = out + 2 * static_cast<std::size_t>(order) * size;
        table.log_sigma(order, x.data(), size, log, log + size);
      }
    });
  }
}

TYPED_TEST(SameBits, ofSine) {
  const std::size_t size = 1003;
  const auto x = this->values(size, -50, 50);
  this->expect_same(4 * size, [&](const auto& table, TypeParam* out) {
    table.sine_family(4, x.data(), size, out, size);
  });
}

TYPED_TEST(SameBits, ofTheGaussian) {
  const std::size_t size = 1003;
  for (const double range : {3.0, 30.0}) {
    const auto x = this->values(size, -range, range);
    this->expect_same(2 * size, [&](const auto& table, TypeParam* out) {
      table.gaussian(x.data(), size, out, out + size, Underflow<TypeParam>::factor);
    });
  }
}

// Normals in a tile, of which the slopes, biases and shares belong to each lane or to all.
TYPED_TEST(SameBits, ofNormals) {
  const int terms = 5, normals = 3;
  const std::size_t rows = terms * normals;
  for (const int lanes : {2 * core::kPackLanes<TypeParam>, core::kNarrowLanes}) {
    const std::size_t size = rows * static_cast<std::size_t>(lanes);
    const auto slopes = this->values(size, 0.1, 3), biases = this->values(size, -12, 12);
    const auto shares = this->values(size, 0, 1), above = this->values(size);
    const auto x = this->values(static_cast<std::size_t>(lanes));
    for (const int of_lanes : {0, 1, 2}) {
      this->expect_same(6 * size, [&](const auto& table, TypeParam* out) {
        TypeParam* const adjoint = out + 2 * size;
        NormalSums<TypeParam> of{};
        of.terms = terms;
        of.normals = normals;
        of.lanes = lanes;
        of.slopes = {slopes.data(), adjoint, of_lanes > 1};
        of.biases = {biases.data(), adjoint + size, of_lanes > 0};
        of.shares = {shares.data(), adjoint + 2 * size, of_lanes > 1};
        of.rate = TypeParam(0.7);
        of.x = x.data();
        of.x_adjoint = adjoint + 3 * size;
        of.interval = {TypeParam(-1), TypeParam(2), TypeParam(3)};
        table.normal_sums(of, out, out + size);
        table.normal_sums_transpose(of, out, above.data());
        table.normal_integrals(of, out, out + size);
        table.normal_integrals_transpose(of, out, above.data());
      });
    }
  }
}

TYPED_TEST(SameBits, ofProductsOrZero) {
  const std::size_t size = 1003;
  for (const double range : {1.0, sizeof(TypeParam) == 4 ? 1e-15 : 1e-145, 1e30}) {
    const auto a = this->values(size, -range, range), b = this->values(size, -range, range);
    this->expect_same(size, [&](const auto& table, TypeParam* out) {
      table.product_or_zero(a.data(), b.data(), size, out);
    });
  }
}

TYPED_TEST(SameBits, ofSumsOfProducts) {
  const int terms = 5, steps = 3, lanes = 2 * core::kPackLanes<TypeParam>;
  const std::size_t rows = terms * steps, size = rows * lanes;
  const auto factors = this->values(rows), values = this->values(size), slopes = this->values(size);
  const auto above = this->values(terms * lanes);
  this->expect_same(size, [&](const auto& table, TypeParam* out) {
    table.step_sums(terms, steps, factors.data(), values.data(), lanes, out);
    const RowShape plane{1, terms * lanes, terms * lanes};
    table.multiply_add(plane, out, above.data(), nullptr, out + terms * lanes);
  });
  this->expect_same(size + rows, [&](const auto& table, TypeParam* out) {
    table.step_sums_transpose(terms, steps, factors.data(), values.data(), slopes.data(),
                              above.data(), lanes, out, out + size);
  });
}

TYPED_TEST(SameBits, ofNormalisers) {
  const int outputs = 3, functions = 5, tile = 2 * core::kPackLanes<TypeParam>;
  const auto p = this->values(outputs * tile), h = this->values(functions * tile);
  const auto s = this->values(outputs * tile), above = this->values(outputs * tile);
  const auto lambda = this->values(outputs * functions * tile);
  for (const int lanes : {tile, core::kNarrowLanes}) {
    for (const bool of_lanes : {false, true}) {
      const NormaliserShape shape{outputs, functions, lanes, of_lanes};
      const NormaliserOperands<TypeParam> values{p.data(), h.data(), s.data(), lambda.data()};
      const std::size_t rows = 3 * outputs + functions * (1 + outputs);
      this->expect_same(rows * tile, [&](const auto& table, TypeParam* out) {
        const NormaliserAdjoints<TypeParam> adjoints{out + outputs * tile, out + 2 * outputs * tile,
                                                     out + (2 * outputs + functions) * tile,
                                                     out + (3 * outputs + functions) * tile};
        table.normalise(shape, values, out);
        table.normalise_transpose(shape, values, above.data(), adjoints);
      });
    }
  }
}

TYPED_TEST(SameBits, ofMatricesOfLanes) {
  const int tile = 2 * core::kPackLanes<TypeParam>;
  for (const int lanes : {tile, core::kNarrowLanes}) {
    for (const int coefficients : {1, 2, 4, 8}) {
      for (const auto& [in, out] : {std::pair{1, 1}, {7, 13}, {16, 8}, {3, 15}}) {
        SCOPED_TRACE(testing::Message() << in << " to " << out << ", " << lanes << " lanes");
        const AffineShape<TypeParam> shape{in, out, coefficients, lanes, in * lanes, out * lanes};
        const auto weights = this->values(static_cast<std::size_t>(in * out * lanes));
        const auto x = this->values(static_cast<std::size_t>(coefficients * in * lanes));
        const auto z = this->values(static_cast<std::size_t>(coefficients * out * lanes));
        this->expect_same(z.size(), [&](const auto& table, TypeParam* y) {
          table.lane_affine(shape, weights.data(), x.data(), y);
        });
        this->expect_same(weights.size() + x.size(), [&](const auto& table, TypeParam* y) {
          table.lane_affine_transpose(shape, weights.data(), x.data(), z.data(), y,
                                      y + weights.size());
        });
      }
    }
  }
}

TYPED_TEST(SameBits, ofRowsThatShareOne) {
  for (const std::ptrdiff_t length : {4, 12, 64, 100}) {
    const std::ptrdiff_t rows = 5, stride = length + 3, size = rows * stride;
    const auto a = this->values(static_cast<std::size_t>(size));
    const auto b = this->values(static_cast<std::size_t>(length));
    const auto c = this->values(static_cast<std::size_t>(size));
    this->expect_same(static_cast<std::size_t>(5 * size + length),
                      [&](const auto& table, TypeParam* y) {
                        const RowShape shape{rows, stride, length};
                        table.multiply_add(shape, a.data(), b.data(), c.data(), y);
                        table.multiply_add(shape, a.data(), b.data(), nullptr, y + size);
                        table.multiply_add_transpose(shape, a.data(), b.data(), c.data(),
                                                     y + 2 * size, y + 5 * size, y + 3 * size);
                        table.move_rows(rows, c.data(), a.data(), length, y + 4 * size);
                        table.move_rows(1, c.data(), nullptr, length, y + 4 * size);
                      });
  }
}

TYPED_TEST(SameBits, ofGroupShares) {
  const int groups = 3, members = 5, tile = 2 * core::kPackLanes<TypeParam>;
  const std::size_t size = groups * members * tile;
  const auto x = this->values(size, -20, 20), y = this->values(size, 0, 1);
  const auto above = this->values(size);
  for (const int lanes : {tile, core::kNarrowLanes}) {
    this->expect_same(2 * size, [&](const auto& table, TypeParam* out) {
      table.group_shares(groups, members, lanes, x.data(), out);
      table.group_shares_transpose(groups, members, lanes, y.data(), above.data(), out + size);
    });
  }
}

TYPED_TEST(SameBits, ofDifferencesOfSigma) {
  const std::size_t size = 1003;
  const auto biases = this->values(size), above = this->values(size);
  for (const double steepest : {0.5, 8.0}) {  // most of them narrow, or few
    const auto slopes = this->values(size, 0, steepest);
    this->expect_same(3 * size, [&](const auto& table, TypeParam* out) {
      const TypeParam lower(-0.5), upper(1);
      table.sigma_difference({lower, upper, upper - lower}, slopes.data(), biases.data(), size,
                             out);
      table.sigma_difference_transpose({lower, upper, upper - lower}, slopes.data(), biases.data(),
                                       above.data(), size, out + size, out + 2 * size);
    });
  }
}

TYPED_TEST(SameBits, ofTanhAndSoftplus) {
  const std::size_t size = 1003;
  const auto x = this->values(size, -10, 10);
  this->expect_same(10 * size, [&](const auto& table, TypeParam* out) {
    table.softplus_family(10, x.data(), size, out, size);
  });
  this->expect_same(10 * size, [&](const auto& table, TypeParam* out) {
    table.tanh_family(10, x.data(), size, out, size);
  });
}

TYPED_TEST(SameBits, ofTheAlgebra) {
  const int lanes = 2 * core::kPackLanes<TypeParam>;
  for (std::size_t n = 0; n <= core::kMaxVariables; ++n) {
    SCOPED_TRACE(n);
    const std::size_t size = (std::size_t{1} << n) * lanes;
    const auto a = this->values(size), b = this->values(size), d = this->values((n + 2) * lanes);
    this->expect_same(2 * size, [&](const auto& table, TypeParam* out) {
      table.compose[n](d.data(), a.data(), lanes, out, lanes, out + size, lanes, lanes);
    });
    this->expect_same(size, [&](const auto& table, TypeParam* out) {
      table.add_product[n](a.data(), lanes, b.data(), lanes, out, lanes, lanes);
      table.correlation[n](a.data(), lanes, b.data(), lanes, out, lanes, lanes, true);
    });
  }
}

TYPED_TEST(SameBits, ofTopCoefficientsAndFirstLayers) {
  const int lanes = 2 * core::kPackLanes<TypeParam>;
  for (int n = 1; n <= core::kMaxVariables; ++n) {
    SCOPED_TRACE(n);
    const std::size_t count = std::size_t{1} << n, size = count * lanes;
    const auto a = this->values(size), b = this->values(size),
               d = this->values(static_cast<std::size_t>((n + 2) * lanes));
    this->expect_same(size + lanes, [&](const auto& table, TypeParam* out) {
      table.top_product(n, a.data(), lanes, b.data(), lanes, out, lanes);
      table.top_correlation(n, a.data(), b.data(), lanes, out + lanes, lanes, lanes);
    });
    for (const int row : {lanes, core::kNarrowLanes}) {
      this->expect_same(size + lanes + count, [&](const auto& table, TypeParam* out) {
        table.seeded_composition(n, a.data(), d.data(), lanes, out, lanes, row);
        table.seeded_transpose(n, a.data(), d.data(), lanes, b.data(), lanes, row, out + size,
                               out + size + lanes);
      });
    }
  }
}

TYPED_TEST(SameBits, ofAffine) {
  const int tile = 4 * core::kPackLanes<TypeParam>, coefficients = 3;
  for (const int lanes : {tile, core::kNarrowLanes}) {
    for (const int in : {1, 2, 7, 33}) {
      for (const int out : {1, 5, 12, 31}) {
        SCOPED_TRACE(testing::Message() << in << " to " << out << ", " << lanes << " lanes");
        const AffineShape<TypeParam> shape{in, out, coefficients, lanes, in * lanes, out * lanes};
        const auto weights = this->values(static_cast<std::size_t>(in * out));
        const auto bias = this->values(static_cast<std::size_t>(out));
        const auto x = this->values(static_cast<std::size_t>(coefficients * in * lanes));
        const auto z = this->values(static_cast<std::size_t>(coefficients * out * lanes));
        this->expect_same(z.size(), [&](const auto& table, TypeParam* y) {
          table.affine(shape, weights.data(), bias.data(), x.data(), y);
        });
        this->expect_same(x.size(), [&](const auto& table, TypeParam* y) {
          table.affine_input(shape, weights.data(), z.data(), y);
        });
        this->expect_same(weights.size() + bias.size(), [&](const auto& table, TypeParam* y) {
          table.affine_weights(shape, z.data(), x.data(), y, y + weights.size());
        });
      }
    }
  }
}

TYPED_TEST(SameBits, ofElementwiseFunctions) {
  const std::size_t size = 4001;
  for (const double range : {1.0, 90.0, 1e30}) {
    const auto x = this->values(size, -range, range);
    const auto y = this->values(size, 0.5, 2), adjoint = this->values(size);
    for (int f = 0; f < unary_count; ++f) {
      SCOPED_TRACE(f);
      // Square roots and logarithms below 0 are NaN, whose sign is anybody's.
      auto argument = x;
      if (f == unary_log || f == unary_sqrt) {
        for (TypeParam& number : argument) number = std::fabs(number);
      }
      this->expect_same(2 * size, [&](const auto& table, TypeParam* out) {
        table.unary[f](argument.data(), size, out);
        table.unary_transpose[f](argument.data(), y.data(), adjoint.data(), size, out + size);
      });
    }
  }
}

TYPED_TEST(SameBits, ofLinearCombinationsAndSums) {
  for (const std::size_t size : {0u, 1u, 7u, 8u, 100u, 1003u}) {
    const auto a = this->values(size), b = this->values(size, 1, 2), c = this->values(size);
    this->expect_same(5 * size + 2, [&](const auto& table, TypeParam* out) {
      const auto n = static_cast<std::ptrdiff_t>(size);
      const TypeParam p = TypeParam(0.3), q = TypeParam(-1.7);
      table.combine(p, a.data(), q, b.data(), n, out);
      table.add_scaled(p, c.data(), n, out);
      table.scale(p, a.data(), q, n, out + n);
      table.add_constant(p, n, out + n);
      table.divide(a.data(), b.data(), n, out + 2 * n);
      table.divide_transpose(b.data(), a.data(), c.data(), n, out + 3 * n, out + 4 * n);
      out[5 * n] = static_cast<TypeParam>(table.sum(a.data(), n));
      out[5 * n + 1] = static_cast<TypeParam>(table.dot(a.data(), b.data(), n));
    });
  }
}

}  // namespace
}  // namespace finn::ops
