#include "finn/networks/network_shape.hpp"

#include <cinttypes>
#include <type_traits>
#include <utility>

#include "core/error.hpp"

namespace finn::net {
namespace {

struct Field {
  const char* name;
  std::vector<std::int64_t> values;
};

std::vector<Field> fields_of(const NetworkShape& shape) {
  std::vector<Field> fields;
  visit_fields(shape, [&](const auto& field, const char* name) {
    if constexpr (std::is_same_v<decltype(field), const std::vector<int>&>) {
      fields.push_back({name, {field.begin(), field.end()}});
    } else {
      fields.push_back({name, {static_cast<std::int64_t>(field)}});
    }
  });
  return fields;
}

}  // namespace

const char* first_difference(const NetworkShape& a, const NetworkShape& b) {
  const std::vector<Field> wanted = fields_of(a), given = fields_of(b);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].values != given[i].values) return wanted[i].name;
  }
  return nullptr;
}

std::int64_t take_parameters(std::int64_t count, std::int64_t& total) {
  if (count > kMaxParameters - total) {
    core::fail(core::Status::ERROR_ARGUMENT,
               "widths, terms: the network has more than %" PRId64 " parameters", kMaxParameters);
  }
  return std::exchange(total, total + count);
}

}  // namespace finn::net
