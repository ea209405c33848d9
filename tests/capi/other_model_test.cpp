// A trainer, and a checkpoint, that meet another model than theirs: a refusal that names what
// differs, wherever the model comes in.
#include <vector>

#include "capi/finn.h"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

class OtherModel : public ::testing::Test {
 protected:
  // Every call that takes a model refuses this one.
  void expect_refused_everywhere(const finn_model* mine, finn_model* other,
                                 const finn_training_options& options, const std::string& name) {
    const TrainerHandle trainer = make_trainer(mine, options);
    finn_trainer* t = trainer.get();
    const double* y = options.loss == FINN_LOSS_SQUARED_ERROR ? y_.data() : nullptr;
    std::int64_t size = 0;
    require_ok([&](finn_error* e) { return finn_trainer_save(t, mine, nullptr, 0, &size, e); });
    std::vector<unsigned char> bytes(static_cast<std::size_t>(size));
    require_ok(
        [&](finn_error* e) { return finn_trainer_save(t, mine, bytes.data(), size, &size, e); });
    const auto fit = [&](finn_error* e) {
      return finn_trainer_fit_data(t, other, workspace_.get(), x_.data(), y, 16, nullptr, nullptr,
                                   e);
    };
    const auto hold_out = [&](finn_error* e) {
      return finn_trainer_set_validation(t, other, x_.data(), y, nullptr, 16, e);
    };
    const auto save = [&](finn_error* e) {
      return finn_trainer_save(t, other, nullptr, 0, &size, e);
    };
    finn_trainer* made = nullptr;
    const auto load = [&](finn_error* e) {
      return finn_trainer_load(other, bytes.data(), static_cast<std::int64_t>(bytes.size()), &made,
                               e);
    };
    expect_refused({name + ", fit", FINN_ERROR_SIZE, name, fit});
    expect_refused({name + ", validation", FINN_ERROR_SIZE, name, hold_out});
    expect_refused({name + ", save", FINN_ERROR_SIZE, name, save});
    expect_refused({name + ", load", FINN_ERROR_SIZE, name, load});
    EXPECT_EQ(made, nullptr);
    EXPECT_EQ(finn_trainer_steps(t), 0);
  }

  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 16, 1), y_ = bump_of(x_);
};

// The likelihood was checked when the trainer was made; f of this model may be negative.
TEST_F(OtherModel, withAShiftIsNotTrainedOnALikelihood) {
  finn_training_options options = short_training(3, 8);
  options.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  const ModelHandle mine = make_model({});
  const ModelHandle other = make_model({.constraint = FINN_CONSTRAINT_SHIFT});
  expect_refused_everywhere(mine.get(), other.get(), options, "constraint");
}

TEST_F(OtherModel, withOtherLimitsOrCoordinatesIsRefused) {
  const ModelHandle mine = make_model({});
  std::vector<double> upper = upper_of(2), lower = lower_of(2);
  upper[1] = 1000;
  lower[0] -= 1e-9;
  const finn_training_options options = short_training(3, 8);
  expect_refused_everywhere(mine.get(), make_model({.upper = upper}).get(), options, "upper");
  expect_refused_everywhere(mine.get(), make_model({.lower = lower}).get(), options, "lower");
  const ModelHandle raw = make_model({.coordinates = FINN_COORDINATES_RAW});
  expect_refused_everywhere(mine.get(), raw.get(), options, "coordinates");
  const ModelHandle two = make_model({.epsilon = {2}});
  expect_refused_everywhere(mine.get(), two.get(), options, "epsilon");
}

TEST_F(OtherModel, onAnotherDomainIsRefused) {
  const DomainHandle disk = unit_disk();
  const DomainHandle wide = make_domain([](finn_domain** domain, finn_error* e) {
    const double centre[] = {0, 0};
    return finn_domain_disk(centre, 4, domain, e);
  });
  const DomainHandle moved = make_domain([](finn_domain** domain, finn_error* e) {
    const double centre[] = {0.5, 0};
    return finn_domain_disk(centre, 4, domain, e);
  });
  const finn_training_options options = short_training(3, 8);
  expect_refused_everywhere(model_on(moved.get()).get(), model_on(wide.get()).get(), options,
                            "domain");
  const ModelHandle plain = [] {
    const double lower[] = {-4, -4}, upper[] = {4, 4};
    finn_model_options model_options;
    finn_model_options_init(&model_options);
    model_options.variables = 2;
    model_options.lower = lower;
    model_options.upper = upper;
    finn_model* model = nullptr;
    require_ok([&](finn_error* e) { return finn_model_create(&model_options, &model, e); });
    return ModelHandle(model);
  }();
  expect_refused_everywhere(model_on(wide.get()).get(), plain.get(), options, "domain");
}

// A model of equal options, or a clone, is the model that the trainer knows.
TEST_F(OtherModel, ofTheSameOptionsIsTrained) {
  const ModelHandle mine = make_model({}), other = make_model({.seed = 99});
  const TrainerHandle trainer = make_trainer(mine.get(), short_training(3, 8));
  EXPECT_EQ(fit_data(trainer.get(), other.get(), workspace_.get(), x_, y_), FINN_OK);
  const DomainHandle disk = unit_disk(), again = unit_disk();
  const ModelHandle on_disk = model_on(disk.get()), on_the_other = model_on(again.get());
  const TrainerHandle on = make_trainer(on_disk.get(), short_training(3, 8));
  std::int64_t size = 0;
  EXPECT_EQ(finn_trainer_save(on.get(), on_the_other.get(), nullptr, 0, &size, nullptr), FINN_OK);
}

}  // namespace
}  // namespace finn::test
