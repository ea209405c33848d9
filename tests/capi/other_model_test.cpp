// A checkpoint that meets another model than its own: a refusal that names what differs and leaves
// the model as it was.
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

void expect_unlike(finn_model* mine, finn_model* other, const std::string& name) {
  const Bytes bytes = save(make_trainer(mine, short_training(3, 8)).get());
  const auto before = parameters_of<double>(other);
  expect_not_made<finn_trainer>(
      name, FINN_ERROR_SIZE, name, [&](finn_trainer** trainer, finn_error* e) {
        return finn_trainer_load_bytes(other, bytes.data(), length_of(bytes), trainer, e);
      });
  EXPECT_TRUE(same_bits(parameters_of<double>(other), before));
}

TEST(OtherModel, withOtherLimitsOrScalingIsRefused) {
  const ModelHandle mine = make_model({});
  std::vector<double> upper = upper_of(2), lower = lower_of(2);
  upper[1] = 1000;
  lower[0] -= 1e-9;
  expect_unlike(mine.get(), make_model({.upper = upper}).get(), "upper");
  expect_unlike(mine.get(), make_model({.lower = lower}).get(), "lower");
  const ModelHandle raw = make_model({.input_scaling = FINN_INPUT_SCALING_NONE});
  expect_unlike(mine.get(), raw.get(), "input_scaling");
  expect_unlike(mine.get(), make_model({.target = {2}}).get(), "target");
}

TEST(OtherModel, onAnotherDomainIsRefused) {
  const auto disk_at = [](double x) {
    return make_domain([x](finn_domain** domain, finn_error* e) {
      const double centre[] = {x, 0};
      return finn_domain_disk(centre, 4, domain, e);
    });
  };
  const DomainHandle disk = disk_at(0), moved = disk_at(0.5);
  expect_unlike(model_on(moved.get()).get(), model_on(disk.get()).get(), "domain");
  ModelSpec open = spec_on(nullptr);
  open.lower = {-4, -4};
  open.upper = {4, 4};
  expect_unlike(model_on(disk.get()).get(), make_model(open).get(), "domain");
  const DomainHandle closed = make_domain([&](finn_domain** domain, finn_error* e) {
    return finn_domain_box(2, open.lower.data(), open.upper.data(), domain, e);
  });
  expect_unlike(model_on(closed.get()).get(), make_model(open).get(), "domain");
}

// A model of equal parts is the model that the checkpoint knows, whatever its parameters.
TEST(OtherModel, ofEqualPartsIsAccepted) {
  const ModelHandle mine = make_model({}), other = make_model({.seed = 99});
  load(other.get(), save(make_trainer(mine.get(), short_training(3, 8)).get()));
  EXPECT_TRUE(same_bits(parameters_of<double>(other.get()), parameters_of<double>(mine.get())));
  const DomainHandle disk = unit_disk(), again = unit_disk();
  const ModelHandle on_disk = model_on(disk.get()), on_the_other = model_on(again.get());
  load(on_the_other.get(), save(make_trainer(on_disk.get(), short_training(3, 8)).get()));
}

}  // namespace
}  // namespace finn::test
