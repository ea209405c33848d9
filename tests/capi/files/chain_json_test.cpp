// The description of a chain in the metadata of its file.
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/chain_support.hpp"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/quoted.hpp"

namespace finn::test {
namespace {

ChainSpec described_spec() {
  ChainSpec spec;
  spec.lower = {-HUGE_VAL, -2};
  spec.upper = {8.5, HUGE_VAL};
  spec.options.linear_components = 0;
  return spec;
}

// That the file says this of its chain.
void expect_said(const Bytes& file, const std::string& json) {
  EXPECT_NE(header_of(file).find(quoted(json)), std::string::npos)
      << json << " is not in " << header_of(file);
}

void expect_description_refused(const Bytes& file, const std::string& from, const std::string& to,
                                const std::string& words) {
  SCOPED_TRACE(words);
  finn_error error = FINN_ERROR_INIT;
  ChainHandle chain;
  EXPECT_STREQ(finn_status_name(load_chain(edited_description(file, from, to), &chain, &error)),
               "FINN_ERROR_FORMAT");
  EXPECT_NE(std::string(error.message).find(words), std::string::npos) << error.message;
}

TEST(ChainJson, saysConditionsLimitsOptionsAndLinks) {
  const Bytes file = save_chain(fitted_chain(described_spec()).get());
  expect_said(file, R"({"conditions":1,"lower":["-inf",-2],"upper":[8.5,"inf"],"options":{)");
  expect_said(file, R"("steps":4,"batch":16,)");
  expect_said(file, R"("widths":[3])");
  expect_said(file, R"("links":[{"form":")");
  expect_said(file, R"("linear":null,"residual":)");
  const Bytes fresh = save_chain(make_chain(described_spec()).get());
  expect_said(fresh, R"("links":[])");
}

TEST(ChainJson, ofNothingElseThanThatIsRefused) {
  const Bytes file = save_chain(fitted_chain(described_spec()).get());
  expect_description_refused(file, R"("conditions":1)", R"("terms":1)", "terms");
  expect_description_refused(file, R"("conditions":1)", R"("conditions":-1)", "0 or more");
  expect_description_refused(file, R"("conditions":1)", R"("conditions":1.5)", "integer");
  expect_description_refused(file, R"("conditions":1)", R"("conditions":1025)", "at most 1024");
  expect_description_refused(file, R"("conditions":1)", R"("conditions":0)", "link.0.shift");
  expect_description_refused(file, R"("conditions":1,)", R"("conditions":1,"conditions":1,)",
                             "conditions");
  expect_description_refused(file, R"("steps":4)", R"("steps":0)", "steps");
  expect_description_refused(file, R"("steps":4)", R"("stepps":4)", "stepps");
  expect_description_refused(file, R"("form":")", R"("form":"other )",
                             "linear, residual, network or stacked");
  expect_description_refused(file, R"("form")", R"("shape")",
                             "form, linear, residual, network and parts");
  expect_description_refused(file, R"("linear":null)", R"("linear":"nan")", "nan");
}

TEST(ChainJson, ofALinkWithoutAFormIsRefused) {
  const Bytes file = save_chain(make_chain(described_spec()).get());
  expect_description_refused(file, R"("links":[])", R"("links":[{"linear":1}])", "form");
  expect_description_refused(file, R"("links":[])", R"("links":[{"form":"residual"}])", "link.0");
  expect_description_refused(file, R"("links":[])", R"("links":[{"form":"linear"}])", "linear");
  expect_description_refused(file, R"("links":[])", R"("links":[1])", "an object expected");
}

TEST(ChainJson, ofLimitsThatDoNotFitIsRefused) {
  const Bytes file = save_chain(fitted_chain(described_spec()).get());
  const std::string lower = R"("lower":["-inf",-2])", upper = R"("upper":[8.5,"inf"])";
  expect_description_refused(file, lower, R"("lower":["-inf"])", "1 lower limits");
  expect_description_refused(file, upper, R"("upper":[8.5,"inf",1])", "3 upper limits");
  expect_description_refused(file, lower + "," + upper, R"("lower":[],"upper":[])", "0 lower");
  expect_description_refused(file, lower + "," + upper, R"("lower":[0],"upper":[1])", "2 links");
  expect_description_refused(file, upper, R"("upper":[8.5,-2])", "variable 1");
  expect_description_refused(file, upper, R"("upper":["-inf",7])", "variable 0");
  expect_description_refused(file, lower, R"("lower":["nan",-2])", "nan");
  std::string many = "0";
  for (int i = 1; i <= FINN_MAX_MIXTURE_VARIABLES; ++i) many += ",0";
  expect_description_refused(file, lower, R"("lower":[)" + many + "]", "at most 64");
}

// Options that a file lacks have their defaults.
TEST(ChainJson, withoutOptionsHasTheDefaults) {
  const Bytes file = save_chain(make_chain(described_spec()).get());
  const ChainHandle chain = load_chain(edited_description(file, R"("steps":4,)", ""));
  finn_chain_options options;
  finn_chain_options_init(&options, sizeof options);
  require_ok([&](finn_error* e) { return finn_chain_get_options(chain.get(), &options, e); });
  EXPECT_EQ(options.steps, 3000);
  EXPECT_EQ(options.batch, 16);
}

// A row that no form holds for likely has a log likelihood of -infinity.
TEST(ChainJson, holdsLogLikelihoodsThatAreInfinite) {
  const Bytes file = save_chain(fitted_chain(described_spec()).get());
  const Bytes other =
      edited_description(file, R"("linear":null,"residual":)", R"("linear":"-inf","residual":)");
  const ChainHandle chain = load_chain(other);
  EXPECT_EQ(link_of(chain.get(), 0).second[FINN_LINK_LINEAR], -HUGE_VAL);
  EXPECT_EQ(save_chain(load_chain(save_chain(chain.get())).get()), save_chain(chain.get()));
}

TEST(ChainJson, ofTheMostVariablesIsOne) {
  const ChainHandle chain =
      make_chain({FINN_MAX_MIXTURE_VARIABLES, 1024, {}, {}, short_chain_options()});
  const ChainHandle again = load_chain(save_chain(chain.get()));
  EXPECT_EQ(finn_chain_variables(again.get()), FINN_MAX_MIXTURE_VARIABLES);
  EXPECT_EQ(finn_chain_conditions(again.get()), 1024);
}

}  // namespace
}  // namespace finn::test
