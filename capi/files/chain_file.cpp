#include "capi/files/chain_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <limits>
#include <memory>
#include <utility>
#include <variant>

#include "capi/call.hpp"
#include "capi/chain_options.hpp"
#include "capi/check.hpp"
#include "capi/files/chain_json.hpp"
#include "capi/files/model_file.hpp"
#include "capi/files/part_json.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "core/error.hpp"
#include "core/file.hpp"
#include "core/safetensors.hpp"
#include "core/safetensors_reader.hpp"
#include "core/safetensors_writer.hpp"
#include "finn/chains/chain_link.hpp"
#include "finn/chains/chain_options.hpp"
#include "finn/chains/linear_chains.hpp"
#include "finn/chains/linear_link.hpp"
#include "finn/chains/linear_shift.hpp"
#include "finn/chains/network_link.hpp"
#include "finn/chains/stacked_link.hpp"

namespace finn::capi {
namespace {

using core::SafetensorsReader;
using core::SafetensorsWriter;

constexpr const char* kChainKey = "finn.chain";

// Of a part of a link; a link of one part has no number for it.
std::string tensor_name(std::size_t link, std::size_t part, std::size_t parts, const char* what) {
  const std::string within = parts == 1 ? "" : std::to_string(part) + ".";
  return "link." + std::to_string(link) + "." + within + what;
}

// A model within a file.
std::vector<unsigned char> model_bytes(const net::ChainModel& model) {
  SafetensorsWriter file;
  const finn_model handle{finn_model::kMagic, std::make_shared<finn_any_model>(model)};
  add_model(file, handle);
  return file.bytes();
}

// Offset, scale, slopes.
std::vector<double> shift_numbers(const net::LinearShift& shift) {
  std::vector<double> numbers{shift.offset, shift.scale};
  numbers.insert(numbers.end(), shift.slopes.begin(), shift.slopes.end());
  return numbers;
}

// Calls body(name, shape, values) for each tensor of a mixture of linear chains.
template <class Chains, class Body>
void for_each_tensor(Chains& chains, Body&& body) {
  const std::int64_t k = chains.components, n = chains.variables;
  body("linear.log_weight", core::TensorShape{k}, chains.log_weight);
  body("linear.offset", core::TensorShape{k, n}, chains.offset);
  body("linear.deviation", core::TensorShape{k, n}, chains.deviation);
  body("linear.slope", core::TensorShape{k, n, n}, chains.slope);
}

void require_numbers(const SafetensorsReader& file, const char* name,
                     const std::vector<double>& values, double above) {
  for (const double value : values) {
    if (std::isfinite(value) && value > above) continue;
    fail(Status::ERROR_FORMAT, "%s: %s: %g given, a finite number above %g expected",
         file.file().c_str(), name, value, above);
  }
}

// No memory is taken for numbers that the file does not have: the shape of a tensor that is there
// says how many there are.
std::shared_ptr<const net::LinearChains> read_linear_chains(const SafetensorsReader& file,
                                                            int columns) {
  const SafetensorsReader::Tensor* weights = file.find("linear.log_weight");
  const bool is_there = weights != nullptr && weights->shape.size() == 1 &&
                        weights->shape[0] >= 1 && weights->shape[0] <= net::kMaxLinearComponents;
  if (!is_there) {
    fail(Status::ERROR_FORMAT, "%s: linear.log_weight: 1 .. %d numbers expected",
         file.file().c_str(), net::kMaxLinearComponents);
  }
  net::LinearChains chains;
  chains.variables = columns;
  chains.components = static_cast<int>(weights->shape[0]);
  for_each_tensor(
      chains, [&](const char* name, const core::TensorShape& shape, std::vector<double>& values) {
        const auto& tensor = file.tensor(name, core::TensorType::F64, shape);
        values.resize(tensor.bytes.size() / sizeof(double));
        file.read(name, shape, std::span<double>(values));
        const bool is_deviation = std::string_view(name) == "linear.deviation";
        require_numbers(file, name, values,
                        is_deviation ? 0 : -std::numeric_limits<double>::infinity());
      });
  return std::make_shared<const net::LinearChains>(std::move(chains));
}

net::NetworkLink read_network(const SafetensorsReader& file, const std::string& name,
                              const std::string& shift_name, int conditions) {
  std::vector<double> numbers(static_cast<std::size_t>(2 + conditions));
  file.read(shift_name, {2 + conditions}, std::span<double>(numbers));
  require_numbers(file, shift_name.c_str(), numbers, -std::numeric_limits<double>::infinity());
  require_numbers(file, shift_name.c_str(), {numbers[1]}, 0);
  net::LinearShift shift{numbers[0], numbers[1], {numbers.begin() + 2, numbers.end()}};

  const SafetensorsReader::Tensor* tensor = file.find(name);
  if (tensor == nullptr || tensor->type != core::TensorType::U8) {
    fail(Status::ERROR_FORMAT, "%s: %s: bytes of a model expected", file.file().c_str(),
         name.c_str());
  }
  const SafetensorsReader within(file.file() + ": " + name, tensor->bytes);
  finn_any_model model = as_format(file.file().c_str(), [&] { return read_model(within, {}); });
  const bool fits = std::visit(
      [&](const auto& m) {
        const int given = m.conditioning().conditions();
        return m.variables() == 1 && m.outputs() == 1 && m.columns() == 1 + given &&
               (given == 0 || given == conditions);
      },
      model);
  if (!fits) {
    fail(Status::ERROR_FORMAT,
         "%s: %s: a model of one variable and %d conditions, or none, "
         "expected",
         file.file().c_str(), name.c_str(), conditions);
  }
  return as_format(file.file().c_str(),
                   [&] { return net::NetworkLink(std::move(shift), std::move(model)); });
}

// form_of_part(k) of a link of one part, or the stack of all parts.
template <class FormOfPart>
net::ChainLink::Form form_of_link(const std::vector<LinkPart>& parts, FormOfPart&& form_of_part) {
  if (parts.size() == 1) return form_of_part(0);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<double> shares;
  std::vector<net::ChainLink> links;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    shares.push_back(parts[k].share);
    links.emplace_back(form_of_part(k), -infinity, infinity);
  }
  return std::make_shared<const net::StackedLink>(std::move(shares), std::move(links));
}

// All tensors are those of the links: two of a network, four of what linear ones share.
void require_no_others(const SafetensorsReader& file, std::size_t networks, bool has_linear) {
  const std::size_t tensors = 2 * networks + (has_linear ? 4 : 0);
  if (file.tensors().size() == tensors) return;
  fail(Status::ERROR_FORMAT, "%s: %zu tensors of a chain given, %zu expected", file.file().c_str(),
       file.tensors().size(), tensors);
}

}  // namespace

std::vector<unsigned char> chain_bytes(const net::ChainFit& fit) {
  SafetensorsWriter file;
  add_format(file);
  file.add_metadata(kChainKey, chain_description(fit));
  // What stands in the file lives until its bytes are there, where it is.
  std::deque<std::vector<unsigned char>> models;
  std::deque<std::vector<double>> shifts;
  for (std::size_t i = 0; i < fit.links().size(); ++i) {
    const std::vector<net::ChainLink> parts = net::single_links(fit.links()[i]);
    for (std::size_t k = 0; k < parts.size(); ++k) {
      const auto* network = std::get_if<net::NetworkLink>(&parts[k].form());
      if (network == nullptr) continue;
      const auto& model = models.emplace_back(model_bytes(network->model()));
      const auto& shift = shifts.emplace_back(shift_numbers(network->shift()));
      file.add(tensor_name(i, k, parts.size(), "model"), {std::ssize(model)},
               std::span<const unsigned char>(model));
      file.add(tensor_name(i, k, parts.size(), "shift"), {std::ssize(shift)},
               std::span<const double>(shift));
    }
  }
  const std::shared_ptr<const net::LinearChains> chains = fit.linear_chains();
  if (chains != nullptr) {
    for_each_tensor(*chains, [&](const char* name, const core::TensorShape& shape,
                                 const std::vector<double>& values) {
      file.add(name, shape, std::span<const double>(values));
    });
  }
  return file.bytes();
}

net::ChainFit read_chain(const std::string& name, std::span<const unsigned char> bytes) {
  const SafetensorsReader file(name, bytes);
  require_format(file);
  const std::string* text = file.find_metadata(kChainKey);
  if (text == nullptr) {
    fail(Status::ERROR_FORMAT, "%s: no chain: its metadata have no %s", name.c_str(), kChainKey);
  }
  const ChainDescription description = read_chain_description(name, *text);
  const net::ChainLimits limits{description.lower, description.upper};
  net::ChainFit fit(description.conditions, limits, description.options);
  std::shared_ptr<const net::LinearChains> chains;
  std::size_t networks = 0;
  const auto form_of_part = [&](std::size_t i, std::size_t k) -> net::ChainLink::Form {
    const std::vector<LinkPart>& parts = description.parts[i];
    const int conditions = description.conditions + static_cast<int>(i);
    if (parts[k].form != net::LinkForm::linear) {
      ++networks;
      return read_network(file, tensor_name(i, k, parts.size(), "model"),
                          tensor_name(i, k, parts.size(), "shift"), conditions);
    }
    if (chains == nullptr) {
      chains = read_linear_chains(file, description.conditions + fit.variables());
    }
    return net::LinearLink{chains, conditions};
  };
  for (std::size_t i = 0; i < description.reports.size(); ++i) {
    fit.add(net::ChainLink(form_of_link(description.parts[i],
                                        [&](std::size_t k) { return form_of_part(i, k); }),
                           limits.lower[i], limits.upper[i]),
            description.reports[i]);
  }
  require_no_others(file, networks, chains != nullptr);
  return fit;
}

}  // namespace finn::capi

namespace {

std::vector<unsigned char> save(const finn_chain* chain) {
  finn::capi::require_handle(chain, "chain");
  return finn::capi::chain_bytes(chain->fit);
}

finn_chain* load(const std::string& name, std::span<const unsigned char> bytes) {
  return new finn_chain{finn_chain::kMagic, finn::capi::read_chain(name, bytes)};
}

}  // namespace

extern "C" {

finn_status finn_chain_save(const finn_chain* chain, const char* path, finn_error* error) {
  finn::capi::cancellation_point();
  return finn::capi::call(error, [&] {
    finn::capi::require(path, "path");
    finn::core::write_file(path, save(chain));
  });
}

finn_status finn_chain_load(const char* path, finn_chain** chain, finn_error* error) {
  finn::capi::cancellation_point();
  return finn::capi::call(error, [&] {
    finn::capi::require(chain, "chain");
    *chain = nullptr;
    finn::capi::require(path, "path");
    *chain = load(path, finn::core::read_file(path));
  });
}

finn_status finn_chain_save_bytes(const finn_chain* chain, void* buffer, int64_t capacity,
                                  int64_t* size, finn_error* error) {
  return finn::capi::call(error, [&] {
    finn::capi::require(size, "size");
    finn::capi::write_buffer(save(chain), buffer, capacity, size);
  });
}

finn_status finn_chain_load_bytes(const void* bytes, int64_t size, finn_chain** chain,
                                  finn_error* error) {
  return finn::capi::call(error, [&] {
    finn::capi::require(chain, "chain");
    *chain = nullptr;
    *chain = load("chain file", finn::capi::checked_bytes(bytes, size));
  });
}

}  // extern "C"
