// What the functions of finn_trainer share.
#pragma once

#include <type_traits>

#include "capi/check.hpp"
#include "capi/handles.hpp"
#include "finn/training/trainer.hpp"
#include "finn/training/training_options.hpp"

namespace finn::capi {

// Runs body(trainer, model) in the precision that both must share.
template <class Trainer, class Model, class Body>
void with_both(Trainer& trainer, Model& model, Body&& body) {
  std::visit(
      [&](auto& typed, auto& m) {
        using TrainerOfModel =
            net::Trainer<std::remove_const_t<std::remove_pointer_t<decltype(m.parameters())>>>;
        if constexpr (std::is_same_v<TrainerOfModel, std::remove_cvref_t<decltype(typed)>>) {
          body(typed, m);
        } else {
          fail(Status::ERROR_SIZE, "trainer: made for a model of the other precision");
        }
      },
      trainer.trainer, model.model);
}

}  // namespace finn::capi
