#include "finn/network.hpp"

namespace finn::net {
namespace {

std::variant<Mlp, ProductHead> head_of(const NetworkShape& shape) {
  if (shape.head == HeadKind::product) return ProductHead(shape);
  return Mlp(shape);
}

}  // namespace

Network::Network(const NetworkShape& shape) : head_(head_of(shape)) {}

}  // namespace finn::net
