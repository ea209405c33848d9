// Model files that were damaged or made to do damage.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/sweep.hpp"

namespace finn::test {
namespace {

ModelSpec smallest(finn_precision precision) {
  ModelSpec spec;
  spec.network = FINN_NETWORK_MIXTURE;
  spec.variables = 1;
  spec.components = 2;
  spec.normals_per_axis = 2;
  spec.precision = precision;
  return spec;
}

TEST(DamagedFile, thatWasCutAnywhereIsRefused) {
  const Bytes whole = save_model(make_model(smallest(FINN_FLOAT64)).get());
  for (std::size_t size = 1; size < whole.size(); ++size) {
    ModelHandle model;
    const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    ASSERT_EQ(load_model(part, {}, &model), FINN_ERROR_FORMAT) << size;
  }
  Bytes longer = whole;
  longer.push_back(0);
  expect_format_error(longer, "1 bytes that belong to no tensor");
}

// A digit of a parameter or of an option may change, and the model is another one, as good as any.
TEST(DamagedFile, withAnyByteChangedIsRefusedOrIsAModel) {
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    const Bytes whole = save_model(make_model(smallest(precision)).get());
    int refused = 0, models = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (int bit = 0; bit < 8; bit += sweep(3, 1)) {
        Bytes bytes = whole;
        bytes[at] = static_cast<unsigned char>(bytes[at] ^ 1u << bit);
        ModelHandle model;
        const finn_status status = load_model(bytes, {}, &model);
        ASSERT_TRUE(status == FINN_OK || status == FINN_ERROR_FORMAT)
            << finn_status_name(status) << ", bit " << bit << " of byte " << at;
        if (status != FINN_OK) {
          ++refused;
          continue;
        }
        ++models;
        const Bytes again = save_model(model.get());
        ASSERT_EQ(save_model(load_model(again).get()), again) << at;
      }
    }
    EXPECT_GT(refused, 1000);
    EXPECT_GT(models, 50);
  }
}

// What a file says that it holds is compared with what is there before memory is taken for it.
TEST(DamagedFile, thatSaysItIsHugeTakesNoMemory) {
  const Bytes whole = save_model(make_model(smallest(FINN_FLOAT64)).get());
  const Bytes mlp = save_model(make_model({.variables = 1, .widths = {2, 2}}).get());
  Bytes long_header = whole;
  long_header[5] = 1;
  const Bytes files[] = {
      long_header,
      edited(whole, "\"shape\":[2,2]", "\"shape\":[1099511627776,1099511627776]"),
      edited(whole, "\"data_offsets\":[0,", "\"data_offsets\":[0,18446744073709551615"),
      edited_description(whole, "\"components\":2", "\"components\":65536"),
      edited_description(whole, "\"components\":2", "\"components\":1000000000"),
      edited_description(whole, "\"outputs\":1", "\"outputs\":2147483647"),
      edited_description(mlp, "[2,2]", "[65536,65536]"),
      edited_description(mlp, "[2,2]", "[1000000,1000000]")};
  for (const Bytes& file : files) {
    SCOPED_TRACE(&file - files);
    ModelHandle model;
    finn_status status = FINN_OK;
    const std::int64_t taken = most_bytes_of([&] { status = load_model(file, {}, &model); });
    EXPECT_STREQ(finn_status_name(status), "FINN_ERROR_FORMAT");
    EXPECT_LT(taken, std::int64_t{1} << 16);
  }
}

// The parts and the model of a spec as a program would make them.
std::int64_t bytes_to_make(const ModelSpec& spec, const MakeDomain& make) {
  return most_bytes_of([&] {
    const DomainHandle domain = make_domain(make);
    ModelSpec here = spec;
    here.domain = domain.get();
    make_model(here);
  });
}

// Text of two bytes in a description may stand for a number of eight.
TEST(DamagedFile, andAnyOtherTakesLittleMoreMemoryThanItsModel) {
  const MakeDomain box = [](finn_domain** domain, finn_error* error) {
    const double lower[] = {0, 0}, upper[] = {1, 1};
    return finn_domain_open_box(2, lower, upper, domain, error);
  };
  const MakeDomain polygon = [](finn_domain** domain, finn_error* error) {
    std::vector<double> vertices(100'000, 0.0);
    vertices.insert(vertices.end(), {1, 0, 0, 1});
    return finn_domain_polygon(vertices.data(), length_of(vertices) / 2, domain, error);
  };
  std::vector<ModelSpec> specs(3);
  specs[0].network = FINN_NETWORK_MIXTURE;
  specs[0].components = 5000;
  specs[1].network = FINN_NETWORK_MIXTURE;
  specs[1].precision = FINN_FLOAT32;
  specs[2].widths = {100, 100};
  for (const MakeDomain& make : {box, polygon}) {
    const DomainHandle domain = make_domain(make);
    for (ModelSpec spec : specs) {
      const std::int64_t to_make = bytes_to_make(spec, make);
      spec.domain = domain.get();
      const Bytes file = save_model(make_model(spec).get());
      SCOPED_TRACE(header_of(file).substr(0, 300));
      ModelHandle model;
      const std::int64_t taken = most_bytes_of([&] { model = load_model(file); });
      EXPECT_LT(taken - to_make, 8 * length_of(file) + (std::int64_t{1} << 16));
    }
  }
}

}  // namespace
}  // namespace finn::test
