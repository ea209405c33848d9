// Trained networks have normals and units that are far from most rows: the density and its gradient
// there take no subnormal number, and make none.
#include "ops/kernels/underflow.hpp"

#include <gtest/gtest.h>

#include <cfenv>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "core/tile.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/backpropagate.hpp"
#include "finn/evaluation/batch.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/integral.hpp"
#include "finn/training/loss.hpp"
#include "ops/kernels/dispatch.hpp"
#include "tests/finn/support.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace finn::net {
namespace {

// Whether a subnormal number was read or made since forget(), on this thread.
class SubnormalNumbers {
 public:
  static void forget() {
    std::feclearexcept(FE_ALL_EXCEPT);
#if defined(__x86_64__)
    _mm_setcsr(_mm_getcsr() & ~kOperand);
#endif
  }
  static bool seen() {
#if defined(__x86_64__)
    if ((_mm_getcsr() & kOperand) != 0) return true;
#endif
    return std::fetestexcept(FE_UNDERFLOW) != 0;
  }

 private:
  static constexpr unsigned kOperand = 2;  // DE of MXCSR
};

// Every normal and unit narrower by a factor: free parameters of slopes and weights of x, whose map
// is the exponential or the magnitude.
template <class T>
void narrow(Model<T>& model, double factor) {
  for (const Block& block : model.network().blocks()) {
    for (std::int64_t i = block.begin; i < block.begin + block.size(); ++i) {
      T& parameter = model.mutable_parameters()[i];
      if (block.role == Role::slope) parameter += static_cast<T>(std::log(factor));
      if (block.role == Role::hidden_weight) parameter *= static_cast<T>(factor);
    }
  }
  CornerScratch scratch;
  model.update(scratch);
}

// How many of some tiles saw one.
template <class T>
int tiles_with_subnormal_numbers(const ModelSettings& settings, double factor) {
  Model<T> model = test::model_of<T>(settings);
  narrow(model, factor);
  constexpr std::int64_t rows = 64;
  int seen = 0;
  Workspace workspace(1);
  for (std::uint64_t tile = 0; tile < 20; ++tile) {
    const std::vector<double> x = test::points_in(model.box(), rows, tile);
    std::vector<double> f(rows);
    const Batch<double> batch{x.data(), rows, nullptr, nullptr};
    SubnormalNumbers::forget();
    mixed_partial(model, workspace, all_variables(model.variables()), x.data(), rows, f.data());
    backpropagate(model, workspace, batch, [](auto& tape, const auto& values, const core::Tile&) {
      return negative_log_likelihood(tape, values, 1.0 / rows);
    });
    seen += SubnormalNumbers::seen() ? 1 : 0;
  }
  return seen;
}

template <class T>
void expect_no_subnormal_numbers(const ModelSettings& settings, double most) {
  for (double factor = 1; factor <= most; factor *= 2) {
    EXPECT_EQ(tiles_with_subnormal_numbers<T>(settings, factor), 0) << "times " << factor;
  }
}

TEST(Underflow, neverCostsInAMixture) {
  for (const int variables : {1, 2, 5}) {
    ModelSettings settings = test::mixture_settings_of(variables);
    settings.network.components = 40;
    settings.constraint.uniform_share = 1e-3;
    SCOPED_TRACE(std::to_string(variables) + " variables");
    expect_no_subnormal_numbers<float>(settings, 4);
    expect_no_subnormal_numbers<double>(settings, 16);
  }
}

TEST(Underflow, neverCostsInAnMlp) {
  for (const int variables : {1, 2, 3}) {
    ModelSettings settings = test::settings_of(variables);
    settings.network.widths = {32, 32};
    settings.constraint.uniform_share = 1e-3;
    SCOPED_TRACE(std::to_string(variables) + " variables");
    expect_no_subnormal_numbers<float>(settings, 2);
    expect_no_subnormal_numbers<double>(settings, 4);
  }
}

}  // namespace
}  // namespace finn::net
