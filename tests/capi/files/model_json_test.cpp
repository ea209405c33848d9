#include <string>

#include "capi/finn.h"
#include "tests/capi/files/file_support.hpp"
#include "tests/capi/handle_support.hpp"
#include "tests/capi/model_support.hpp"
#include "tests/capi/refusal_support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

Bytes small_file() { return save_model(make_model({.widths = {2}}).get()); }

TEST(ModelJson, isTheWholeOfAModel) {
  EXPECT_EQ(describe(make_model({.widths = {2}}).get()),
            R"({"precision":"float64","network":{"form":"mlp","variables":2,"outputs":1,)"
            R"("options":{"widths":[2],"positivity":"abs","activation":"sigma",)"
            R"("output_activation":false,"orthants":1,"axis_units":0,)"
            R"("skip":false,"sharing":"trunk",)"
            R"("input_scaling":"standard"}},)"
            R"("domain":[{"kind":"open box","lower":[-1,-0.75],"upper":[0.5,0.875]}],)"
            R"("constraint":{"form":"equal","outputs":1,"method":"scale","target":[1],)"
            R"("options":{"uniform_share":0,"transition_width":1}},"conditioning":null})");
}

TEST(ModelJson, isWrittenIntoABufferThatIsLargeEnough) {
  const ModelHandle model = make_model({.widths = {2}});
  const std::string text = describe(model.get());
  std::string buffer(text.size() + 1, '?');
  const auto capacity = static_cast<std::int64_t>(buffer.size());
  EXPECT_EQ(finn_model_describe(model.get(), buffer.data(), capacity, nullptr, nullptr), FINN_OK);
  EXPECT_EQ(buffer, text + '\0');
  expect_refused({"a buffer that is too small", FINN_ERROR_SIZE, "capacity", [&](finn_error* e) {
                    return finn_model_describe(model.get(), buffer.data(), capacity - 1, nullptr,
                                               e);
                  }});
  expect_refused({"a negative capacity", FINN_ERROR_SIZE, "capacity", [&](finn_error* e) {
                    return finn_model_describe(model.get(), buffer.data(), -1, nullptr, e);
                  }});
  expect_refused({"no model", FINN_ERROR_NULL, "model", [&](finn_error* e) {
                    return finn_model_describe(nullptr, buffer.data(), capacity, nullptr, e);
                  }});
}

TEST(ModelJson, withoutOneOfItsPartsIsRefused) {
  const Bytes file = small_file();
  expect_edit_refused(file, R"("precision":"float64",)", "", "precision");
  expect_edit_refused(file, R"("precision":"float64")", R"("precision":"float16")",
                      "float64 or float32 expected");
  const std::string text = describe(make_model({.widths = {2}}).get());
  for (const char* part : {"network", "domain", "constraint"}) {
    const std::size_t from = text.find("\"" + std::string(part) + "\":");
    std::size_t to = text.find(",\"domain\"");
    if (part == std::string("domain")) to = text.find(",\"constraint\"");
    if (part == std::string("constraint")) to = text.find(",\"conditioning\"");
    expect_edit_refused(file, text.substr(from, to + 1 - from), "", part);
  }
}

TEST(ModelJson, withoutAConditioningHasNone) {
  const ModelHandle loaded =
      load_model(edited_description(small_file(), R"(,"conditioning":null)", ""));
  EXPECT_EQ(describe(loaded.get()), describe(make_model({.widths = {2}}).get()));
}

TEST(ModelJson, withMembersThatAreNoneOrComeTwiceIsRefused) {
  const Bytes file = small_file();
  expect_edit_refused(file, R"({"precision")", R"({"author":"me","precision")", "author");
  expect_edit_refused(file, R"({"precision")", R"({"precision":"float64","precision")",
                      "precision");
  expect_edit_refused(file, R"("conditioning":null})", R"("conditioning":null}x)", "the end");
  expect_edit_refused(file, R"("conditioning":null})", R"("conditioning":null)", "'}'");
  const std::string deep(100000, '[');
  expect_edit_refused(file, R"("conditioning":null)", R"("conditioning":)" + deep,
                      "'[' given, an object expected");
  expect_edit_refused(file, R"("domain":[)", R"("domain":[)" + deep,
                      "'[' given, an object expected");
  expect_edit_refused(file, R"({"precision")", R"({"author":)" + deep + R"(,"precision")",
                      "author");
}

// Parts that are sound by themselves and do not go together.
TEST(ModelJson, ofPartsThatDoNotGoTogetherIsRefused) {
  const Bytes file = small_file();
  expect_edit_refused(file, R"("lower":[-1,-0.75],"upper":[0.5,0.875])",
                      R"("lower":[-1],"upper":[0.5])", "variables");
  expect_edit_refused(file, R"("outputs":1,"method":"scale","target":[1])",
                      R"("outputs":2,"method":"scale","target":[1,1])", "outputs");
}

}  // namespace
}  // namespace finn::test
