// What the functions of finn_trainer share.
#pragma once

#include <variant>

#include "capi/check.hpp"
#include "capi/handles.hpp"
#include "finn/model/model.hpp"
#include "finn/training/trainer.hpp"
#include "finn/training/training_options.hpp"

namespace finn::capi {

// Runs body(trainer, model) in the precision that both must share.
template <class Trainer, class Model, class Body>
void with_both(Trainer& trainer, Model& model, Body&& body) {
  auto* in_float = std::get_if<net::Trainer<float>>(&trainer.trainer);
  auto* in_double = std::get_if<net::Trainer<double>>(&trainer.trainer);
  auto* float_model = std::get_if<net::Model<float>>(&model.model);
  auto* double_model = std::get_if<net::Model<double>>(&model.model);
  if (in_float != nullptr && float_model != nullptr) return body(*in_float, *float_model);
  if (in_double != nullptr && double_model != nullptr) return body(*in_double, *double_model);
  fail(Status::ERROR_SIZE, "trainer: made for a model of the other precision");
}

}  // namespace finn::capi
