// That a model comes back from its file as it was, and that only a file of a model does.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

std::vector<ModelSpec> every_network() {
  ModelSpec own = small_mixture();
  own.outputs = 2;
  own.sharing = FINN_SHARING_NONE;
  own.positivity = FINN_POSITIVITY_SQUARE;
  const ModelSpec mlp = small_mlp();
  ModelSpec orthants = mlp;
  orthants.orthants = 2;
  orthants.skip = 1;
  orthants.positivity = FINN_POSITIVITY_ABS;
  ModelSpec free_mlp = mlp;
  free_mlp.positivity = FINN_POSITIVITY_NONE;
  free_mlp.activation = FINN_ACTIVATION_SINE;
  free_mlp.outputs = 2;
  return {small_mixture(), own, mlp, orthants, free_mlp};
}

std::vector<DomainHandle> several_domains() {
  std::vector<DomainHandle> domains;
  const std::set<std::string> chosen = {"open box", "polygon", "star", "product"};
  for (const Region& region : regions()) {
    if (chosen.count(region.name) > 0) domains.push_back(make_domain(region.make));
  }
  return domains;
}

std::vector<ModelSpec> with_every_constraint_and_condition(const ModelSpec& spec) {
  std::vector<ModelSpec> all;
  for (const finn_constraint_form form :
       {FINN_CONSTRAINT_NONE, FINN_CONSTRAINT_EQUAL, FINN_CONSTRAINT_BOUNDED,
        FINN_CONSTRAINT_LEARNED, FINN_CONSTRAINT_PER_ROW, FINN_CONSTRAINT_LINEAR}) {
    for (const finn_conditioning_form conditioning :
         {FINN_CONDITIONING_NONE, FINN_CONDITIONING_FILM, FINN_CONDITIONING_HYPERNETWORK,
          FINN_CONDITIONING_INPUTS}) {
      ModelSpec each = spec;
      const auto outputs = static_cast<std::size_t>(spec.outputs);
      each.constraint = form;
      each.target.assign(outputs, 1.25);
      each.lower_bound.assign(outputs, 0.5);
      each.upper_bound.assign(outputs, 2.0);
      each.integrals = {{{}, {}, {}, std::vector<double>(outputs, 0.75)}};
      each.conditioning = conditioning;
      each.conditions = 1;
      each.condition_lower = {-0.5};
      each.condition_upper = {2};
      each.condition_widths = {2};
      all.push_back(each);
    }
  }
  return all;
}

void expect_the_same_again(const finn_model* model, const Domains& domains) {
  const Bytes file = save_model(model);
  const ModelHandle loaded = load_model(file, domains);
  EXPECT_EQ(describe(loaded.get()), describe(model));
  EXPECT_EQ(save_model(loaded.get()), file);
  EXPECT_TRUE(same_bits(parameters_of<double>(loaded.get()), parameters_of<double>(model)));
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> rows = rows_in(model, 5);
  EXPECT_TRUE(same_bits(integrand(loaded.get(), workspace.get(), rows),
                        integrand(model, workspace.get(), rows)));
}

// All parts that go together.
TEST(ModelFile, ofAnyPartsGivesTheSameBitsAgain) {
  int models = 0;
  for (const DomainHandle& domain : several_domains()) {
    for (const ModelSpec& network : every_network()) {
      for (ModelSpec spec : with_every_constraint_and_condition(network)) {
        spec.domain = domain.get();
        spec.precision = models % 2 == 0 ? FINN_FLOAT64 : FINN_FLOAT32;
        finn_model* made = nullptr;
        if (create_model(spec, &made, nullptr) != FINN_OK) continue;
        const ModelHandle model(made);
        SCOPED_TRACE(describe(made));
        expect_the_same_again(made, {domain.get()});
        ++models;
      }
    }
  }
  EXPECT_GT(models, 300);
}

// A file may come from another program, which puts its tensors in an order of its own.
TEST(ModelFile, mayHaveItsTensorsInAnyOrder) {
  const ModelHandle model = make_model({.widths = {3, 2}});
  const Bytes file = save_model(model.get());
  TensorFile parts = taken_apart(file);
  ASSERT_GT(parts.tensors.size(), 4u);
  EXPECT_EQ(save_model(load_model(put_together(parts)).get()), file);
  std::reverse(parts.tensors.begin(), parts.tensors.end());
  EXPECT_NE(put_together(parts), file);
  EXPECT_EQ(save_model(load_model(put_together(parts)).get()), file);
}

TEST(ModelFile, withATensorTooManyOrTooFewIsRefused) {
  const TensorFile whole = taken_apart(save_model(make_model(small_mixture()).get()));
  TensorFile more = whole;
  more.tensors.push_back({"network.4.slope", "F64", "[1]", Bytes(8)});
  expect_format_error(put_together(more), "8 tensors of a model given, 7 expected");
  TensorFile fewer = whole;
  fewer.tensors.pop_back();
  fewer.tensors.push_back({"other", "F64", "[300]", Bytes(2400)});
  expect_format_error(put_together(fewer), "\"standards.mean\": not there, F64 [2] expected");
}

TEST(ModelFile, withATensorOfAnotherTypeOrShapeIsRefused) {
  const TensorFile whole = taken_apart(save_model(make_model(small_mixture()).get()));
  TensorFile narrow = whole;
  narrow.tensor("network.3.coefficient") = {"network.3.coefficient", "F32", "[1,3]", Bytes(12)};
  expect_format_error(put_together(narrow), "F32 [1,3] given, F64 [1,3] expected");
  TensorFile integers = whole;
  integers.tensor("network.3.coefficient").type = "I64";
  expect_format_error(put_together(integers), "I64 [1,3] given, F64 [1,3] expected");
  for (const char* shape : {"[3,1]", "[3]", "[1,1,3]"}) {
    TensorFile turned = whole;
    turned.tensor("network.3.coefficient").shape = shape;
    expect_format_error(put_together(turned), std::string("F64 ") + shape + " given");
  }
}

TEST(ModelFile, withAParameterThatIsNotFiniteIsRefused) {
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    TensorFile parts = taken_apart(save_model(make_model(small_mixture()).get()));
    std::memcpy(parts.tensor("network.1.location").bytes.data() + 8, &bad, sizeof bad);
    expect_format_error(put_together(parts), "network.1.location: a number that is not finite");
  }
}

TEST(ModelFile, ofANewerFormatOrOfAnotherProgramIsRefused) {
  const Bytes file = save_model(make_model(small_mixture()).get());
  expect_format_error(edited(file, "\"finn.format\":\"1\"", "\"finn.format\":\"2\""),
                      "finn.format: \"2\" given, \"1\" expected; a newer library wrote the file");
  expect_format_error(edited(file, "finn.format", "format"), "no file of libfinn");
  expect_format_error(edited(file, "finn.model", "model"), "no finn.model");
}

// Another program may note what it likes; within the description every word counts.
TEST(ModelFile, mayHaveFurtherMetadataButNoFurtherMembers) {
  const Bytes file = save_model(make_model(small_mixture()).get());
  EXPECT_EQ(save_model(load_model(edited(file, "{\"finn.format\"",
                                         "{\"author\":\"A. N. Other\",\"finn.format\""))
                           .get()),
            file);
  expect_edit_refused(file, "{\"precision\"", "{\"author\":1,\"precision\"", "author");
  expect_edit_refused(file, "\"components\"", "\"component\"", "component");
}

}  // namespace
}  // namespace finn::test
