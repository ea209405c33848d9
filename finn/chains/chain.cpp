#include "finn/chains/chain.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"

namespace finn::net {
namespace {

// Variables of a chain, each once.
void require_first(std::span<const int> variables, int most, bool in_order, const char* query) {
  std::vector<int> sorted(variables.begin(), variables.end());
  if (!in_order) std::sort(sorted.begin(), sorted.end());
  for (std::size_t k = 0; k < sorted.size(); ++k) {
    if (sorted[k] == static_cast<int>(k) && static_cast<int>(k) < most) continue;
    core::fail(core::Status::ERROR_ARGUMENT,
               "%s: variable %d given; of a chain the first variables expected, 0 .. %zu%s, and at "
               "most %d",
               query, sorted[k], sorted.size() - 1, in_order ? " in this order" : "", most);
  }
}

}  // namespace

Chain::Chain(std::shared_ptr<const ChainLinks> links)
    : links_(std::move(links)), last_(static_cast<int>(links_->links.size())) {}

Chain Chain::marginal(std::span<const int> variables) const {
  require_first(variables, this->variables(), true, "marginal");
  Chain chain = *this;
  chain.last_ = first() + static_cast<int>(variables.size());
  return chain;
}

Chain Chain::given(std::span<const int> variables) const {
  require_first(variables, this->variables() - 1, false, "given");
  Chain chain = *this;
  for (const int variable : variables) chain.given_.push_back(first() + variable);
  return chain;
}

std::vector<double> Chain::known(const double* given, std::int64_t stride,
                                 std::int64_t count) const {
  const auto conditions = static_cast<std::size_t>(links_->conditions);
  const std::size_t width = conditions + given_.size();
  std::vector<double> rows(static_cast<std::size_t>(count) * width);
  for (std::size_t r = 0; width > 0 && r < static_cast<std::size_t>(count); ++r, given += stride) {
    double* row = rows.data() + r * width;
    std::copy_n(given + given_.size(), conditions, row);
    for (std::size_t k = 0; k < given_.size(); ++k) {
      row[conditions + static_cast<std::size_t>(given_[k])] = given[k];
    }
  }
  return rows;
}

}  // namespace finn::net
