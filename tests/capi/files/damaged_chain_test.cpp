// Chain files that were damaged or made to do damage, and memory that is refused.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/chain_support.hpp"
#include "tests/capi/files/chain_file_support.hpp"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/sweep.hpp"

namespace finn::test {
namespace {

TEST(DamagedChainFile, thatWasCutAnywhereIsRefused) {
  for (const Bytes& whole :
       {save_chain(fitted_chain(of_networks()).get()), save_chain(linear_chain().get())}) {
    const auto pieces = static_cast<std::size_t>(sweep(400, 1000000));
    for (std::size_t size = 1; size < whole.size(); size += 1 + size / pieces) {
      ChainHandle chain;
      const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      ASSERT_EQ(load_chain(part, &chain), FINN_ERROR_FORMAT) << size;
    }
    Bytes longer = whole;
    longer.push_back(0);
    expect_chain_refused(longer, "1 bytes that belong to no tensor");
  }
}

// A digit may change, and the chain is another one, as good as any.
TEST(DamagedChainFile, withAnyByteChangedIsRefusedOrIsAChain) {
  int refused = 0, chains = 0;
  for (const Bytes& whole :
       {save_chain(fitted_chain(of_networks()).get()), save_chain(linear_chain().get())}) {
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (int bit = static_cast<int>(at % 8); bit < 8; bit += sweep(8, 1)) {
        Bytes bytes = whole;
        bytes[at] = static_cast<unsigned char>(bytes[at] ^ 1u << bit);
        ChainHandle chain;
        const finn_status status = load_chain(bytes, &chain);
        ASSERT_TRUE(status == FINN_OK || status == FINN_ERROR_FORMAT)
            << finn_status_name(status) << ", bit " << bit << " of byte " << at;
        ++(status == FINN_OK ? chains : refused);
        if (status != FINN_OK || at % 16 != 0) continue;
        const Bytes again = save_chain(chain.get());
        ASSERT_EQ(save_chain(load_chain(again).get()), again) << at;
      }
    }
  }
  EXPECT_GT(refused, 1000);
  EXPECT_GT(chains, 50);
}

TEST(DamagedChainFile, thatSaysItIsHugeTakesNoMemory) {
  const Bytes whole = save_chain(linear_chain().get());
  for (const auto& file :
       {edited_description(whole, R"("conditions":1)", R"("conditions":1024)"),
        edited_description(whole, R"("conditions":1)", R"("conditions":2000000000)")}) {
    ChainHandle chain;
    finn_status status = FINN_OK;
    const std::int64_t taken = most_bytes_of([&] { status = load_chain(file, &chain); });
    EXPECT_STREQ(finn_status_name(status), "FINN_ERROR_FORMAT");
    EXPECT_LT(taken, std::int64_t{1} << 16);
  }
}

// Calls call(error) with the first, second, ... allocation refused until it needs no more.
template <class Call>
void expect_every_refusal_reported(Call&& call) {
  finn_status status = FINN_ERROR_MEMORY;
  for (std::int64_t k = 0; status != FINN_OK; k += 1 + k / 50) {
    ASSERT_LT(k, 1000000);
    finn_error error = FINN_ERROR_INIT;
    with_refused_memory(k, 1, [&] { status = call(&error); });
    if (status != FINN_OK) {
      ASSERT_STREQ(finn_status_name(status), "FINN_ERROR_MEMORY") << error.message;
    }
  }
}

TEST(DamagedChainFile, withoutMemoryIsAnErrorAndNoChain) {
  const ChainHandle chain = fitted_chain(of_networks());
  Bytes bytes = save_chain(chain.get());
  std::int64_t size = 0;
  expect_every_refusal_reported([&](finn_error* e) {
    return finn_chain_save_bytes(chain.get(), bytes.data(), length_of(bytes), &size, e);
  });
  expect_every_refusal_reported([&](finn_error* e) {
    finn_chain* made = nullptr;
    const finn_status status = finn_chain_load_bytes(bytes.data(), size, &made, e);
    EXPECT_EQ(made != nullptr, status == FINN_OK);
    finn_chain_destroy(made);
    return status;
  });
}

// Where memory is refused in a fit, links that are done stay, and it can go on.
TEST(DamagedChainFile, ofAFitWithoutMemoryIsThatOfTheLinksThatAreDone) {
  const ChainHandle chain = make_chain();
  const WorkspaceHandle workspace = make_workspace(1);
  const std::vector<double> x = chain_rows(60);
  expect_every_refusal_reported([&](finn_error* e) {
    return finn_chain_fit_data(chain.get(), workspace.get(), x.data(), nullptr, 60, nullptr,
                               nullptr, e);
  });
  expect_same_chain(chain.get(), load_chain(save_chain(chain.get())).get());
}

TEST(ChainHandles, areNullWhereMemoryIsRefused) {
  const ChainHandle fitted = fitted_chain();
  const ChainSpec spec;
  expect_every_refusal_reported([&](finn_error* e) {
    finn_chain* made = nullptr;
    const finn_status status = finn_chain_create(2, 1, nullptr, nullptr, &spec.options, &made, e);
    EXPECT_EQ(made != nullptr, status == FINN_OK);
    finn_chain_destroy(made);
    return status;
  });
  expect_every_refusal_reported([&](finn_error* e) {
    finn_distribution* made = nullptr;
    const finn_status status = finn_chain_distribution(fitted.get(), &made, e);
    EXPECT_EQ(made != nullptr, status == FINN_OK);
    finn_distribution_destroy(made);
    return status;
  });
}

}  // namespace
}  // namespace finn::test
