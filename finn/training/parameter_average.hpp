// The running mean of the parameters over the last steps of a run. Single parameters wander about
// the minimum at a distance that grows with the learning rate; their mean lies nearer to it, so
// that validation rows need not wait for a small rate, by when few rows have been learned by heart.
// B. T. Polyak, A. B. Juditsky, "Acceleration of stochastic approximation by averaging" (1992).
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/shape.hpp"
#include "core/tensor.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

template <class T>
struct ParameterAverage {
  core::Tensor<T> mean;  // [parameter_count]; empty where nobody asks for it

  void begin(std::int64_t count) { mean = core::Tensor<T>(core::Shape{count}); }

  // After `step` steps: of about the last hundred, and of a tenth of them at the beginning. After
  // step 1 it is what the parameters are.
  void follow(const T* parameters, std::int64_t step) {
    if (step == 1) std::copy_n(parameters, mean.size(), mean.data());
    const double weight = std::max(0.01, 10 / (10 + static_cast<double>(step)));
    for (std::int64_t i = 0; i < mean.size(); ++i) {
      mean[i] += static_cast<T>(weight) * (parameters[i] - mean[i]);
    }
  }
};

// As long as it lives a model has the mean as its parameters, and the mean those of the model.
template <class T>
class ExchangedParameters {
 public:
  ExchangedParameters(Model<T>& model, ParameterAverage<T>& average, CornerScratch& scratch)
      : model_(model), average_(average), scratch_(scratch) {
    exchange();
  }
  ExchangedParameters(const ExchangedParameters&) = delete;
  ExchangedParameters& operator=(const ExchangedParameters&) = delete;
  ~ExchangedParameters() { exchange(); }

 private:
  void exchange() {
    std::swap_ranges(average_.mean.data(), average_.mean.data() + average_.mean.size(),
                     model_.mutable_parameters());
    model_.update(scratch_);
  }

  Model<T>& model_;
  ParameterAverage<T>& average_;
  CornerScratch& scratch_;
};

}  // namespace finn::net
