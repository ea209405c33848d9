//! What a distribution refuses: the status, and the argument that is named.
mod support;
use libfinn::{Model, Positivity, Status};
use support::{
    LOWER, UPPER, assert_refused, joint, layers, mlp, model, open_box, points, workspace,
};

#[test]
fn a_model_that_is_no_distribution_is_refused() {
    let free = mlp(&layers().positivity(Positivity::None));
    let free = Model::new(&free, &open_box()).unwrap();
    assert_refused(free.distribution(0), Status::Argument, "model");
    assert_refused(model().distribution(1), Status::Argument, "output");
    assert_refused(model().distribution(usize::MAX), Status::Argument, "output");
}

#[test]
fn variables_and_limits_that_leave_nothing_are_refused() {
    let (joint, refused) = (joint(), Status::Argument);
    assert_refused(joint.marginal(&[]), refused, "count");
    assert_refused(joint.marginal(&[2]), refused, "variables");
    assert_refused(joint.marginal(&[usize::MAX]), refused, "variables");
    assert_refused(joint.marginal(&[1, 1]), refused, "variables");
    assert_refused(joint.given(&[0, 1]), refused, "variables");
    assert_refused(joint.truncated(&[5.0, 0.0], &[6.0, 1.0]), refused, "lower");
    assert_refused(joint.truncated(&UPPER, &LOWER), refused, "lower");
    assert_refused(joint.truncated(&[0.0, f64::NAN], &UPPER), Status::NotFinite, "lower");
}

#[test]
fn a_wrong_length_is_refused_before_the_call() {
    let (joint, mut workspace, size) = (joint(), workspace(), Status::Size);
    let first = joint.given(&[1]).unwrap();
    let (x, mut few) = (points(3), [0.0; 2]);
    assert_refused(joint.truncated(&LOWER[..1], &UPPER), size, "lower");
    assert_refused(joint.truncated(&LOWER, &[1.0; 3]), size, "upper");
    assert_refused(joint.density(&mut workspace, &x[..5]), size, "x");
    assert_refused(joint.density_into(&mut workspace, &x, &mut few), size, "density");
    assert_refused(joint.log_density_into(&mut workspace, &x, &mut few), size, "log_density");
    assert_refused(joint.cdf_into(&mut workspace, &x, &mut few), size, "cdf");
    assert_refused(joint.survival_into(&mut workspace, &x, &mut few), size, "survival");
    assert_refused(joint.rosenblatt_into(&mut workspace, &x, &mut few), size, "u");
    assert_refused(joint.probability(&mut workspace, &x[..3], &x, &[]), size, "lower");
    assert_refused(joint.probability(&mut workspace, &x, &x[..4], &[]), size, "upper");
    assert_refused(joint.probability_of_width(&mut workspace, &x, &few, &[]), size, "width");
    assert_refused(joint.probability(&mut workspace, &x, &x, &few), size, "given");
    assert_refused(first.quantile(&mut workspace, &few, &[]), size, "given");
    assert_refused(first.quantile_into(&mut workspace, &[0.5], &[1.0], &mut few), size, "x");
    assert_refused(joint.inverse_rosenblatt(&mut workspace, &x[..1], &[]), size, "u");
    assert_refused(first.sample(&mut workspace, 1, 0, &[1.0], 2), size, "given");
    assert_refused(first.samples(&mut workspace, 1, &few), size, "given");
    assert_refused(joint.moments(&mut workspace, &few), size, "given");
    assert_refused(first.entropy(&mut workspace, &few, 10, 1), size, "given");
    assert_refused(first.density_level(&mut workspace, 0.5, &[], 10, 1), size, "given");
    assert_refused(first.mode(&mut workspace, &[], 10, 1), size, "given");
    let one = |_: &[f64], _: &mut [f64]| Ok(());
    assert_refused(first.expectation(&mut workspace, &[], 10, 1, 1, one), size, "given");
}

#[test]
fn values_out_of_range_are_refused() {
    let (joint, mut workspace, refused) = (joint(), workspace(), Status::Argument);
    let first = joint.given(&[1]).unwrap();
    assert_refused(joint.density(&mut workspace, &[]), refused, "rows");
    assert_refused(joint.quantile(&mut workspace, &[0.5], &[]), refused, "distribution");
    assert_refused(first.quantile(&mut workspace, &[1.5], &[1.0]), refused, "p");
    assert_refused(first.cdf(&mut workspace, &[0.0, 7.0]), refused, "given");
    assert_refused(joint.probability(&mut workspace, &UPPER, &LOWER, &[]), refused, "upper");
    assert_refused(joint.sample(&mut workspace, 1, -1, &[], 2), refused, "first");
    assert_refused(joint.entropy(&mut workspace, &[], 1, 1), refused, "samples");
    assert_refused(joint.mode(&mut workspace, &[], usize::MAX, 1), refused, "samples");
    assert_refused(joint.density_level(&mut workspace, 1.0, &[], 10, 1), refused, "probability");
    let one = |_: &[f64], _: &mut [f64]| Ok(());
    assert_refused(joint.expectation(&mut workspace, &[], 10, 1, 0, one), refused, "length");
    let nan = [0.0, f64::NAN];
    assert_refused(joint.density(&mut workspace, &nan), Status::NotFinite, "x");
    assert_refused(joint.cdf(&mut workspace, &nan), Status::NotFinite, "x");
}
