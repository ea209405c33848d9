// Chains as files: saved, loaded, gone on with, and files that are none.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/chain_support.hpp"
#include "tests/capi/files/chain_file_support.hpp"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/fuzz/named_domains.hpp"

namespace finn::test {
namespace {

TEST(ChainFile, bringsBackTheSameBits) {
  ChainSpec limited = of_networks();
  limited.lower = {-6, -HUGE_VAL};
  limited.upper = {HUGE_VAL, 3};
  ChainSpec without_layers = of_networks();
  without_layers.options.hidden_layers = 0;
  for (const ChainSpec& spec :
       {ChainSpec{}, of_networks(), of_networks(FINN_FLOAT32), limited, without_layers}) {
    const ChainHandle chain = fitted_chain(spec);
    const Bytes bytes = save_chain(chain.get());
    const ChainHandle again = load_chain(bytes);
    expect_same_chain(chain.get(), again.get());
    EXPECT_EQ(save_chain(again.get()), bytes);
  }
  const ChainHandle linear = linear_chain();
  expect_same_chain(linear.get(), load_chain(save_chain(linear.get())).get());
}

// Half of the rows in a spike, which neither two normals nor three say by themselves.
ChainHandle stacked_chain() {
  const auto numbers = random_numbers<double>(800, -1, 1, 7);
  std::vector<double> rows;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    rows.push_back(numbers[i + 1] < 0 ? 0.05 * numbers[i] : 3 * numbers[i]);
  }
  ChainHandle chain = make_chain({1, 0, {}, {}, short_chain_options()});
  require_ok([&](finn_error* e) { return fit_chain(chain.get(), rows, {}, e); });
  return chain;
}

TEST(ChainFile, keepsLinksSideBySide) {
  const ChainHandle chain = stacked_chain();
  ASSERT_EQ(link_of(chain.get(), 0).first, FINN_LINK_STACKED);
  const Bytes bytes = save_chain(chain.get());
  const ChainHandle again = load_chain(bytes);
  EXPECT_EQ(link_of(again.get(), 0).first, FINN_LINK_STACKED);
  EXPECT_EQ(save_chain(again.get()), bytes);
  const std::vector<double> rows{-2, 0.01, 1};
  EXPECT_EQ(log_densities(again.get(), rows), log_densities(chain.get(), rows));

  for (const auto& [from, to] :
       {std::pair{R"("form":"linear","share")", R"("form":"stacked","share")"},
        std::pair{R"("share":0.)", R"("share":-0.)"},
        std::pair{R"("share":0.)", R"("share":1.)"}}) {
    ChainHandle none;
    EXPECT_EQ(load_chain(edited_description(bytes, from, to), &none), FINN_ERROR_FORMAT) << to;
  }
}

TEST(ChainFile, ofAChainWithoutLinksIsOne) {
  const ChainHandle fresh = make_chain({3, 2, {}, {}, short_chain_options(9)});
  const ChainHandle again = load_chain(save_chain(fresh.get()));
  EXPECT_EQ(finn_chain_variables(again.get()), 3);
  EXPECT_EQ(finn_chain_conditions(again.get()), 2);
  EXPECT_EQ(finn_chain_links(again.get()), 0);
  finn_chain_options options;
  finn_chain_options_init(&options, sizeof options);
  require_ok([&](finn_error* e) { return finn_chain_get_options(again.get(), &options, e); });
  EXPECT_EQ(options.steps, 9);
}

TEST(ChainFile, ofAnUnfinishedChainGoesOnToTheSameBits) {
  for (const ChainSpec& spec : {ChainSpec{}, of_networks(FINN_FLOAT32)}) {
    const ChainHandle half = chain_of_links(1, spec);
    const ChainHandle loaded = load_chain(save_chain(half.get()));
    expect_same_chain(half.get(), loaded.get());
    require_ok([&](finn_error* e) { return fit_chain(loaded.get(), chain_rows(60), {}, e); });
    expect_same_chain(loaded.get(), fitted_chain(spec).get());
  }
}

TEST(ChainFile, isWrittenToAPathAndReadFromIt) {
  const ChainHandle chain = fitted_chain();
  const std::string path = testing::TempDir() + "chain_file_test.safetensors";
  require_ok([&](finn_error* e) { return finn_chain_save(chain.get(), path.c_str(), e); });
  const ChainHandle again = make_handle<finn_chain>(
      [&](finn_chain** made, finn_error* e) { return finn_chain_load(path.c_str(), made, e); });
  std::remove(path.c_str());
  expect_same_chain(chain.get(), again.get());
  using C = finn_chain;
  expect_not_made<C>("missing", FINN_ERROR_FILE, path, [&](C** made, finn_error* e) {
    return finn_chain_load(path.c_str(), made, e);
  });
}

TEST(ChainFile, refusesArgumentsThatAreNone) {
  const ChainHandle chain = fitted_chain();
  const Bytes bytes = save_chain(chain.get());
  Bytes small(8);
  std::int64_t size = 0;
  const finn_chain* c = chain.get();
  const auto save_to = [&](const finn_chain* of, std::int64_t capacity, std::int64_t* needed) {
    return [=, &small](finn_error* e) {
      return finn_chain_save_bytes(of, small.data(), capacity, needed, e);
    };
  };
  expect_refused({"chain", FINN_ERROR_NULL, "chain", save_to(nullptr, 8, &size)});
  expect_refused({"size", FINN_ERROR_NULL, "size", save_to(c, 8, nullptr)});
  expect_refused({"capacity", FINN_ERROR_SIZE, "capacity", save_to(c, 8, &size)});
  EXPECT_EQ(size, length_of(bytes));
  expect_refused({"chain", FINN_ERROR_NULL, "chain",
                  [](finn_error* e) { return finn_chain_save(nullptr, "/dev/null", e); }});
  expect_refused({"path", FINN_ERROR_NULL, "path",
                  [&](finn_error* e) { return finn_chain_save(c, nullptr, e); }});
  expect_refused(
      {"folder", FINN_ERROR_FILE, "/", [&](finn_error* e) { return finn_chain_save(c, "/", e); }});
  using C = finn_chain;
  expect_not_made<C>("path", FINN_ERROR_NULL, "path",
                     [](C** made, finn_error* e) { return finn_chain_load(nullptr, made, e); });
  const auto load_from = [](const void* from, std::int64_t length) {
    return [=](C** made, finn_error* e) { return finn_chain_load_bytes(from, length, made, e); };
  };
  expect_not_made<C>("bytes", FINN_ERROR_NULL, "bytes", load_from(nullptr, 8));
  expect_not_made<C>("size", FINN_ERROR_SIZE, "size", load_from(bytes.data(), -1));
  expect_not_made<C>("no bytes", FINN_ERROR_FORMAT, "chain file", load_from(bytes.data(), 0));
  expect_refused({"chain NULL", FINN_ERROR_NULL, "chain", [&](finn_error* e) {
                    return finn_chain_load_bytes(bytes.data(), length_of(bytes), nullptr, e);
                  }});
  expect_refused({"chain NULL", FINN_ERROR_NULL, "chain",
                  [](finn_error* e) { return finn_chain_load("x", nullptr, e); }});
}

TEST(ChainFile, isNoModelAndNoModelIsAChain) {
  const Bytes chain = save_chain(fitted_chain().get());
  expect_format_error(chain, "finn.model");
  expect_chain_refused(save_model(make_model(small_mixture()).get()), "finn.chain");
}

TEST(ChainFile, ofANewerFormatOrOfNoneIsRefused) {
  const Bytes whole = save_chain(fitted_chain().get());
  expect_chain_refused(edited(whole, R"("finn.format":"1")", R"("finn.format":"2")"), "newer");
  expect_chain_refused(edited(whole, R"("finn.format":"1")", R"("finn.other":"1")"), "finn.format");
}

TEST(ChainFile, hasEveryTensorOfItsLinksAndNoOther) {
  for (const Bytes& whole :
       {save_chain(fitted_chain(of_networks()).get()), save_chain(linear_chain().get())}) {
    const TensorFile parts = taken_apart(whole);
    EXPECT_NE(load_chain(put_together(parts)), nullptr);
    for (std::size_t k = 0; k < parts.tensors.size(); ++k) {
      TensorFile less = parts, renamed = parts;
      less.tensors.erase(less.tensors.begin() + static_cast<std::ptrdiff_t>(k));
      expect_chain_refused(put_together(less), parts.tensors[k].name);
      renamed.tensors[k].name += "x";
      expect_chain_refused(put_together(renamed), parts.tensors[k].name);
    }
    TensorFile more = parts;
    more.tensors.push_back({"link.9.shift", "F64", "[1]", Bytes(8)});
    expect_chain_refused(put_together(more), "tensors of a chain given");
  }
}

// One number of a tensor in another's place.
Bytes with_number(TensorFile parts, const std::string& name, std::size_t at, double value) {
  std::memcpy(parts.tensor(name).bytes.data() + 8 * at, &value, sizeof value);
  return put_together(parts);
}

TEST(ChainFile, withNumbersThatAreNoneIsRefused) {
  const TensorFile linear = taken_apart(save_chain(linear_chain().get()));
  const TensorFile network = taken_apart(save_chain(fitted_chain(of_networks()).get()));
  for (const double bad : {std::nan(""), HUGE_VAL}) {
    for (const char* name :
         {"linear.log_weight", "linear.offset", "linear.deviation", "linear.slope"}) {
      expect_chain_refused(with_number(linear, name, 0, bad), name);
    }
    expect_chain_refused(with_number(network, "link.1.shift", 0, bad), "link.1.shift");
    expect_chain_refused(with_number(network, "link.1.shift", 2, bad), "link.1.shift");
  }
  for (const double bad : {0.0, -1.0}) {
    expect_chain_refused(with_number(linear, "linear.deviation", 1, bad), "linear.deviation");
    expect_chain_refused(with_number(network, "link.0.shift", 1, bad), "link.0.shift");
  }
}

TEST(ChainFile, withTensorsOfOtherShapesIsRefused) {
  TensorFile linear = taken_apart(save_chain(linear_chain().get()));
  linear.tensor("linear.log_weight").shape = "[0]";
  linear.tensor("linear.log_weight").bytes.clear();
  expect_chain_refused(put_together(linear), "linear.log_weight");
  linear.tensor("linear.log_weight").shape = "[1025]";
  linear.tensor("linear.log_weight").bytes.resize(1025 * 8);
  expect_chain_refused(put_together(linear), "linear.log_weight");
  TensorFile network = taken_apart(save_chain(fitted_chain(of_networks()).get()));
  TensorFile cut = network;
  cut.tensor("link.1.shift").shape = "[3]";
  cut.tensor("link.1.shift").bytes.resize(24);
  expect_chain_refused(put_together(cut), "link.1.shift");
  network.tensor("link.1.model") = {"link.1.model", "I64", "[1]", Bytes(8)};
  expect_chain_refused(put_together(network), "link.1.model");
}

// The bytes of another model in the place of a link's.
TEST(ChainFile, withAModelThatIsNoLinkIsRefused) {
  const TensorFile parts = taken_apart(save_chain(fitted_chain(of_networks()).get()));
  const auto with_model = [&](const ModelSpec& spec) {
    TensorFile other = parts;
    FileTensor& tensor = other.tensor("link.1.model");
    tensor.bytes = save_model(make_model(spec).get());
    tensor.shape = "[" + std::to_string(tensor.bytes.size()) + "]";
    return put_together(other);
  };
  ModelSpec one = small_mixture();
  one.variables = 1;
  EXPECT_NE(load_chain(with_model(one)), nullptr);
  expect_chain_refused(with_model(small_mixture()), "a model of one variable");
  ModelSpec conditioned = one;
  conditioned.conditioning = FINN_CONDITIONING_FILM;
  conditioned.conditions = 1;
  expect_chain_refused(with_model(conditioned), "2 conditions");
  ModelSpec outputs = one;
  outputs.outputs = 2;
  outputs.constraint = FINN_CONSTRAINT_NONE;
  expect_chain_refused(with_model(outputs), "a model of one variable");
  ModelSpec plain = small_mlp();
  plain.variables = 1;
  plain.positivity = FINN_POSITIVITY_NONE;
  expect_chain_refused(with_model(plain), "negative");
  const DomainHandle map = fuzz::named_map();
  ModelSpec on_map = one;
  on_map.domain = map.get();
  expect_chain_refused(with_model(on_map), "cubic");
}

}  // namespace
}  // namespace finn::test
