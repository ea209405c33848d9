// Chains as files: saved, loaded, gone on with, and files that are none.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/chain_support.hpp"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/fuzz/named_domains.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/sweep.hpp"

namespace finn::test {
namespace {

// A chain all of whose links are networks.
ChainSpec of_networks(finn_precision precision = FINN_FLOAT64) {
  ChainSpec spec;
  spec.options.linear_components = 0;
  spec.options.precision = precision;
  return spec;
}

// Of one variable, linear by far: rows of a normal that a network of so few steps does not fit.
ChainHandle linear_chain() {
  ChainSpec spec{1, 1, {}, {}, short_chain_options(1)};
  ChainHandle chain = make_chain(spec);
  const auto numbers = random_numbers<double>(400, -1, 1, 3);
  std::vector<double> x;
  for (std::size_t k = 0; k < 400; k += 4) {
    x.insert(x.end(), {numbers[k] + numbers[k + 1] + numbers[k + 2] + numbers[k + 3], numbers[k]});
  }
  require_ok([&](finn_error* e) { return fit_chain(chain.get(), x, {}, e); });
  EXPECT_EQ(link_of(chain.get(), 0).first, FINN_LINK_LINEAR);
  return chain;
}

void expect_chain_refused(const Bytes& file, const std::string& words) {
  SCOPED_TRACE(words);
  finn_error error = FINN_ERROR_INIT;
  ChainHandle chain;
  EXPECT_STREQ(finn_status_name(load_chain(file, &chain, &error)), "FINN_ERROR_FORMAT");
  EXPECT_NE(std::string(error.message).find(words), std::string::npos) << error.message;
}

void expect_same_chain(const finn_chain* a, const finn_chain* b) {
  const auto rows = chain_rows(20);
  ASSERT_EQ(finn_chain_variables(a), finn_chain_variables(b));
  ASSERT_EQ(finn_chain_links(a), finn_chain_links(b));
  if (finn_chain_links(a) == finn_chain_variables(a)) {
    const std::vector<double> some(rows.begin(), rows.begin() + 12);
    EXPECT_TRUE(same_bits(log_densities(a, some), log_densities(b, some)));
  }
  for (std::int32_t link = 0; link < finn_chain_links(a); ++link) {
    const auto [form, log_likelihoods] = link_of(a, link);
    const auto [other_form, others] = link_of(b, link);
    EXPECT_EQ(form, other_form);
    for (std::size_t k = 0; k < 3; ++k) {
      if (std::isnan(log_likelihoods[k])) {
        EXPECT_TRUE(std::isnan(others[k]));
      } else {
        EXPECT_EQ(log_likelihoods[k], others[k]);
      }
    }
  }
}

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

TEST(ChainFile, thatWasCutAnywhereIsRefused) {
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
TEST(ChainFile, withAnyByteChangedIsRefusedOrIsAChain) {
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

TEST(ChainFile, thatSaysItIsHugeTakesNoMemory) {
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

TEST(ChainFile, withoutMemoryIsAnErrorAndNoChain) {
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
TEST(ChainFile, ofAFitWithoutMemoryIsThatOfTheLinksThatAreDone) {
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
