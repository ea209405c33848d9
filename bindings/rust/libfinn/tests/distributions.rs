//! A positive model as a distribution: what it says, and what is made of it.
mod support;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use libfinn::{
    Conditioning, ConditioningOptions, Distribution, Domain, Limits, MixtureOptions, Model,
    Network, Status, Workspace,
};
use support::{
    LOWER, UPPER, assert_refused, joint, mixture_model, model, model_on, points, workspace,
};

/// f(x | c) of one variable.
fn conditional() -> Distribution {
    let network = Network::mixture(1, 1, &MixtureOptions::new().components(8)).unwrap();
    let film = Conditioning::film(1, None, &ConditioningOptions::new().widths(&[8])).unwrap();
    let line = Domain::open_box(&[0.0], &[1.0]).unwrap();
    let mut model = Model::builder(&network, &line).conditioning(&film).build().unwrap();
    let moved: Vec<f64> = model.parameters().unwrap().iter().map(|p: &f64| p + 0.1).collect();
    model.set_parameters(&moved).unwrap();
    model.distribution(0).unwrap()
}

#[track_caller]
fn assert_close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= tolerance * expected.abs().max(1.0), "{found:?}");
    }
}

#[test]
fn the_density_is_f_where_the_integral_is_one() {
    for model in [model(), mixture_model()] {
        let (joint, mut workspace, x) = (model.distribution(0).unwrap(), workspace(), points(50));
        let f = model.integrand(&mut workspace, &x).unwrap();
        let density = joint.density(&mut workspace, &x).unwrap();
        assert_close(&density, &f, 1e-12);
        let logs: Vec<f64> = density.iter().map(|p| p.ln()).collect();
        assert_close(&joint.log_density(&mut workspace, &x).unwrap(), &logs, 1e-12);
        assert_eq!(joint.density(&mut workspace, &[-2.0, 1.0]).unwrap(), [0.0]);
        let outside = joint.log_density(&mut workspace, &[-2.0, 1.0]).unwrap();
        assert_eq!(outside, [f64::NEG_INFINITY]);
    }
}

#[test]
fn a_distribution_is_a_snapshot_and_outlives_its_model() {
    let (mut model, mut workspace, x) = (model(), workspace(), points(5));
    let joint = model.distribution(0).unwrap();
    let expected = joint.density(&mut workspace, &x).unwrap();
    model.set_parameters(&vec![0.25; model.parameter_count()]).unwrap();
    assert_eq!(joint.density(&mut workspace, &x).unwrap(), expected);
    assert_ne!(model.integrand(&mut workspace, &x).unwrap(), expected);
    drop(model);
    let marginal = joint.marginal(&[0]).unwrap();
    let shared = joint.clone();
    drop(joint);
    assert_eq!(shared.density(&mut workspace, &x).unwrap(), expected);
    assert!(marginal.density(&mut workspace, &[0.5]).unwrap()[0] > 0.0);
}

#[test]
fn a_marginal_of_a_marginal_counts_variables_anew() {
    let domain = Domain::open_box(&[0.0; 3], &[1.0, 2.0, 3.0]).unwrap();
    let joint = model_on(&domain).distribution(0).unwrap();
    let pair = joint.marginal(&[2, 0]).unwrap();
    assert_eq!(pair.support().unwrap(), (vec![0.0; 2], vec![3.0, 1.0]));
    let (again, once) = (pair.marginal(&[0]).unwrap(), joint.marginal(&[2]).unwrap());
    assert_eq!((pair.variables(), again.variables(), again.given_columns()), (2, 1, 0));
    let (mut workspace, x) = (workspace(), [0.25, 1.5, 2.75]);
    let expected = once.density(&mut workspace, &x).unwrap();
    assert_eq!(again.density(&mut workspace, &x).unwrap(), expected);
    let first = joint.given(&[1]).unwrap().marginal(&[1]).unwrap();
    assert_eq!((first.variables(), first.columns(), first.given_columns()), (1, 2, 1));
    let other = joint.marginal(&[1, 2]).unwrap().given(&[0]).unwrap();
    let (one, two) =
        (first.cdf(&mut workspace, &[2.0, 0.5]), other.cdf(&mut workspace, &[2.0, 0.5]));
    assert_close(&one.unwrap(), &two.unwrap(), 1e-12);
}

#[test]
fn a_cdf_where_something_is_given_is_a_ratio() {
    let (joint, mut workspace) = (joint(), workspace());
    let first = joint.given(&[1]).unwrap();
    assert_eq!((first.variables(), first.columns(), first.given_columns()), (1, 2, 1));
    let (x, given) = ([0.3, 1.25], 1.25);
    let cdf = first.cdf(&mut workspace, &x).unwrap()[0];
    let survival = first.survival(&mut workspace, &x).unwrap()[0];
    assert_close(&[cdf + survival], &[1.0], 1e-12);
    // A cdf given the second variable is the share of a thin strip about its value.
    let (low, high) = (given - 1e-4, given + 1e-4);
    let strip = |upper: f64| {
        let (lower, upper) = ([LOWER[0], low], [upper, high]);
        joint.probability(&mut Workspace::new(1).unwrap(), &lower, &upper, &[]).unwrap().value[0]
    };
    assert_close(&[cdf], &[strip(0.3) / strip(UPPER[0])], 1e-6);
}

#[test]
fn probabilities_of_boxes_are_integrals() {
    let (model, mut workspace) = (mixture_model(), workspace());
    let joint = model.distribution(0).unwrap();
    let (lower, upper) = ([-0.5, 0.5], [0.75, 2.0]);
    let integral = model.integral(&mut workspace, Limits::X, &lower, &upper).unwrap();
    let found = joint.probability(&mut workspace, &lower, &upper, &[]).unwrap();
    assert_close(&found.value, &integral.value, 1e-12);
    assert!(found.error_estimate[0] < 1e-12);
    let width = [1.25, 1.5];
    let by_width = joint.probability_of_width(&mut workspace, &lower, &width, &[]).unwrap();
    assert_close(&by_width.value, &found.value, 1e-12);
    let whole = [f64::NEG_INFINITY; 2];
    let all = joint.probability(&mut workspace, &whole, &[f64::INFINITY; 2], &[]).unwrap();
    assert_close(&all.value, &[1.0], 1e-12);
    let mut value = [0.0];
    let boxes = (&lower[..], &upper[..]);
    joint.probability_into(&mut workspace, boxes, &[], &mut value, None).unwrap();
    assert_eq!(value, found.value[..]);
    let cut = joint.truncated(&lower, &upper).unwrap();
    assert_eq!(cut.support().unwrap(), (lower.to_vec(), upper.to_vec()));
    let inside = joint.density(&mut workspace, &[0.0, 1.0]).unwrap()[0] / found.value[0];
    assert_close(&cut.density(&mut workspace, &[0.0, 1.0]).unwrap(), &[inside], 1e-12);
}

#[test]
fn quantiles_and_the_rosenblatt_transform_are_inverses() {
    let (joint, mut workspace, x) = (joint(), workspace(), points(20));
    let first = joint.given(&[1]).unwrap();
    let (variables, given): (Vec<f64>, Vec<f64>) = x.chunks_exact(2).map(|x| (x[0], x[1])).unzip();
    let p = first.cdf(&mut workspace, &x).unwrap();
    assert_close(&first.quantile(&mut workspace, &p, &given).unwrap(), &variables, 1e-10);
    let u = joint.rosenblatt(&mut workspace, &x).unwrap();
    assert!(u.iter().all(|u| (0.0..=1.0).contains(u)));
    assert_close(&joint.inverse_rosenblatt(&mut workspace, &u, &[]).unwrap(), &x, 1e-10);
    assert_close(
        &joint.marginal(&[0]).unwrap().cdf(&mut workspace, &variables).unwrap(),
        &{ u.iter().step_by(2).copied().collect::<Vec<f64>>() },
        1e-12,
    );
}

#[test]
fn conditions_are_columns_of_given() {
    let (density, mut workspace) = (conditional(), workspace());
    assert_eq!((density.variables(), density.columns(), density.given_columns()), (1, 2, 1));
    let conditions = [-1.0, 0.5, 1.0];
    let median = density.quantile(&mut workspace, &[0.5; 3], &conditions).unwrap();
    assert_ne!(median[0], median[2]);
    let x: Vec<f64> = median.iter().zip(conditions).flat_map(|(x, c)| [*x, c]).collect();
    assert_close(&density.cdf(&mut workspace, &x).unwrap(), &[0.5; 3], 1e-12);
    let moments = density.moments(&mut workspace, &conditions).unwrap();
    assert_eq!((moments.mean.len(), moments.covariance_error.len()), (3, 3));
    assert_close(&density.mean(&mut workspace, &conditions).unwrap(), &moments.mean, 1e-12);
}

#[test]
fn samples_of_a_seed_are_the_same_for_any_threads_and_batches() {
    let (joint, given) = (joint(), vec![1.25; 300]);
    let first = joint.given(&[1]).unwrap();
    for (distribution, given) in [(&joint, &[][..]), (&first, &given[..])] {
        let (mut one, mut three) = (workspace(), Workspace::new(3).unwrap());
        let n = distribution.variables();
        let expected = distribution.sample(&mut one, 7, 0, given, 300).unwrap();
        assert_eq!(distribution.sample(&mut three, 7, 0, given, 300).unwrap(), expected);
        let later = distribution.sample(&mut one, 7, 290, &given[..given.len() / 30], 10).unwrap();
        assert_eq!(later, expected[290 * n..]);
        let row = &given[..distribution.given_columns()];
        let samples = distribution.samples(&mut three, 7, row).unwrap();
        let taken: Vec<f64> = samples.take(300).flat_map(Result::unwrap).collect();
        assert_eq!(taken, expected);
        assert_ne!(distribution.sample(&mut one, 8, 0, given, 300).unwrap(), expected);
    }
}

#[test]
fn what_samples_tell_agrees_with_the_integrals() {
    let (joint, mut workspace) = (joint(), Workspace::new(2).unwrap());
    let moments = joint.moments(&mut workspace, &[]).unwrap();
    let both = |x: &[f64], values: &mut [f64]| {
        values.copy_from_slice(&[x[0], x[1]]);
        Ok(())
    };
    let found = joint.expectation(&mut workspace, &[], 10_000, 3, 2, both).unwrap();
    for k in 0..2 {
        assert!((found.value[k] - moments.mean[k]).abs() < 5.0 * found.standard_error[k]);
        let error = (moments.covariance[3 * k] / 10_000.0).sqrt();
        assert_close(&[found.standard_error[k]], &[error], 0.05);
    }
    let uniform = model().distribution(0).unwrap().truncated(&[0.0, 1.0], &[1e-3, 1.001]).unwrap();
    let entropy = uniform.entropy(&mut workspace, &[], 100, 1).unwrap();
    assert!((entropy.value - 1e-6_f64.ln()).abs() < 1e-2, "{entropy:?}");
    let level = joint.density_level(&mut workspace, 0.5, &[], 4000, 1).unwrap();
    let x = joint.sample(&mut workspace, 9, 0, &[], 4000).unwrap();
    let density = joint.density(&mut workspace, &x).unwrap();
    let above = density.iter().filter(|p| **p >= level.value).count();
    assert!((above as f64 / 4000.0 - 0.5).abs() < 0.05 && level.standard_error > 0.0);
    let mode = joint.mode(&mut workspace, &[], 1000, 1).unwrap();
    let at_mode = joint.log_density(&mut workspace, &mode.x).unwrap()[0];
    assert_close(&[mode.log_density], &[at_mode], 1e-9);
    let highest = density.iter().copied().fold(0.0, f64::max);
    assert!(at_mode >= highest.ln() - 1e-6);
}

#[test]
fn a_failing_expectation_is_an_error_with_a_source_or_a_panic() {
    let (joint, mut workspace) = (joint(), workspace());
    let refuses = |_: &[f64], _: &mut [f64]| Err("enough".into());
    let failed = joint.expectation(&mut workspace, &[], 10, 1, 1, refuses);
    let error = assert_refused(failed, Status::Callback, "expectation");
    assert_eq!(error.into_source().unwrap().to_string(), "enough");
    let panics = |_: &[f64], _: &mut [f64]| panic!("out of the closure");
    let call = || joint.expectation(&mut workspace, &[], 10, 1, 1, panics);
    let panic = catch_unwind(AssertUnwindSafe(call)).unwrap_err();
    assert_eq!(*panic.downcast::<&str>().unwrap(), "out of the closure");
    let infinite = |_: &[f64], values: &mut [f64]| {
        values[0] = f64::INFINITY;
        Ok(())
    };
    let failed = joint.expectation(&mut workspace, &[], 10, 1, 1, infinite);
    assert_refused(failed, Status::NotFinite, "value");
}

#[test]
fn a_panic_of_the_domain_comes_out_as_itself() {
    let broken = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&broken);
    let radius = move |_: &[f64]| {
        if seen.load(Ordering::Relaxed) { panic!("no radius") } else { 4.0 }
    };
    let star = Domain::star(None, &[0.0, 0.0], radius).unwrap();
    let (round, mut workspace) = (model_on(&star).distribution(0).unwrap(), workspace());
    drop(star);
    let samples = round.sample(&mut workspace, 1, 0, &[], 5).unwrap();
    let density = round.density(&mut workspace, &samples).unwrap();
    assert!(density.iter().all(|p| *p > 0.0));
    assert_refused(round.cdf(&mut workspace, &samples), Status::Argument, "cdf");
    assert_refused(round.marginal(&[0]), Status::Argument, "marginal");
    broken.store(true, Ordering::Relaxed);
    let call = || round.density(&mut workspace, &samples);
    let panic = catch_unwind(AssertUnwindSafe(call)).unwrap_err();
    assert_eq!(*panic.downcast::<&str>().unwrap(), "no radius");
}

#[test]
fn threads_that_share_a_distribution_find_the_same_bits() {
    let (joint, x) = (joint(), points(100));
    let expected = joint.cdf(&mut workspace(), &x).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut own = workspace();
                for _ in 0..5 {
                    assert_eq!(
                        joint.marginal(&[0, 1]).unwrap().cdf(&mut own, &x).unwrap(),
                        expected
                    );
                }
            });
        }
    });
}
