// What the functions of finn_trainer share.
#pragma once

#include <variant>

#include "capi/handles.hpp"
#include "finn/model/model.hpp"
#include "finn/training/trainer.hpp"

namespace finn::capi {

// Runs body(trainer, its model).
template <class Body>
auto with_model(finn_trainer& trainer, Body&& body) {
  return std::visit(
      [&]<class T>(net::Trainer<T>& typed) {
        return body(typed, std::get<net::Model<T>>(*trainer.model));
      },
      trainer.trainer);
}

template <class Body>
auto with_model(const finn_trainer& trainer, Body&& body) {
  return std::visit(
      [&]<class T>(const net::Trainer<T>& typed) {
        return body(typed, std::get<net::Model<T>>(std::as_const(*trainer.model)));
      },
      trainer.trainer);
}

}  // namespace finn::capi
