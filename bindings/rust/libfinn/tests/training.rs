//! Fits by the library's optimiser, by one written here, and what callbacks may do.
mod support;
use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use libfinn::{
    BoxError, Limits, Loss, Model, Outcome, Progress, Rows, Sample, Status, Trainer,
    TrainingOptions,
};
use support::{LOWER, UPPER, assert_refused, model, points, workspace};

/// A density on the box: x^2 y up to a factor; its integral is 1.
fn density(x: &[f64]) -> f64 {
    x[0] * x[0] * x[1] / 3.0
}

fn targets(sample: Sample<'_>) -> Result<(), BoxError> {
    for (x, y) in sample.x.chunks_exact(2).zip(sample.y) {
        *y = density(x);
    }
    Ok(())
}

fn short(steps: i64) -> TrainingOptions {
    TrainingOptions::new().steps(steps).batch(32)
}

fn mean_squared_error(model: &Model) -> f64 {
    let x = points(400);
    let f = model.integrand(&mut workspace(), &x).unwrap();
    let errors = x.chunks_exact(2).zip(&f).map(|(x, f)| (f - density(x)).powi(2));
    errors.sum::<f64>() / 400.0
}

fn assert_integral_is_one(model: &Model) {
    let integral = model.integral(&mut workspace(), Limits::X, &LOWER, &UPPER).unwrap();
    assert!((integral.value[0] - 1.0).abs() <= integral.error_estimate[0], "{integral:?}");
}

#[test]
fn a_fit_by_the_library_reaches_the_target() {
    let mut model = model();
    let before = mean_squared_error(&model);
    let options = TrainingOptions::new().steps(600).batch(128);
    let mut trainer = Trainer::new(&mut model, &options).unwrap();
    let outcome = trainer.fit_sampler(&mut workspace(), targets, None).unwrap();
    assert_eq!(outcome, Outcome::StepsDone);
    assert!(mean_squared_error(trainer.model()) < 0.1 * before);
    assert!(mean_squared_error(&model) < 0.1 * before);
    assert_integral_is_one(&model);
}

/// Adam in a few lines, on the mean squared error through `integrand_vjp_into`.
fn fit_by_hand(model: &mut Model, steps: i32) {
    let (mut workspace, x) = (workspace(), points(256));
    let mut parameters = model.parameters::<f64>().unwrap();
    let (mut gradient, mut f) = (vec![0.0; parameters.len()], vec![0.0; 256]);
    let (mut first, mut second) = (gradient.clone(), gradient.clone());
    for step in 1..=steps {
        model.integrand_into(&mut workspace, &x, &mut f).unwrap();
        for (f, x) in f.iter_mut().zip(x.chunks_exact(2)) {
            *f = 2.0 * (*f - density(x)) / 256.0;
        }
        model.integrand_vjp_into(&mut workspace, (&x, &f), None, &mut gradient, None).unwrap();
        for (i, slope) in gradient.iter().enumerate() {
            first[i] += 0.1 * (slope - first[i]);
            second[i] += 0.001 * (slope * slope - second[i]);
            let m = first[i] / (1.0 - 0.9_f64.powi(step));
            let v = second[i] / (1.0 - 0.999_f64.powi(step));
            parameters[i] -= 0.01 * m / (v.sqrt() + 1e-8);
        }
        model.set_parameters(&parameters).unwrap();
    }
}

#[test]
fn a_fit_with_a_loss_written_here_reaches_the_target() {
    let mut model = model();
    let before = mean_squared_error(&model);
    fit_by_hand(&mut model, 300);
    assert!(mean_squared_error(&model) < 0.1 * before);
    assert_integral_is_one(&model);
}

#[test]
fn a_fit_of_data_takes_targets_or_none_as_its_loss_does() {
    let (mut model, mut workspace, x) = (model(), workspace(), points(64));
    let y: Vec<f64> = x.chunks_exact(2).map(density).collect();
    let rows = Rows::new(&x).y(&y);
    let mut squared = Trainer::new(&mut model, &short(5)).unwrap();
    let without = squared.fit_data(&mut workspace, Rows::new(&x), None);
    assert_refused(without, Status::Null, "y");
    let short_y = squared.fit_data(&mut workspace, Rows::new(&x).y(&y[1..]), None);
    assert_refused(short_y, Status::Size, "y");
    let odd = squared.fit_data(&mut workspace, Rows::new(&x[1..]).y(&y), None);
    assert_refused(odd, Status::Size, "x");
    let ended = squared.fit_data(&mut workspace, rows, None).unwrap();
    assert_eq!((ended, squared.steps()), (Outcome::StepsDone, 5));
    let options = short(5).loss(Loss::NegativeLogLikelihood);
    let mut likelihood = Trainer::new(&mut model, &options).unwrap();
    assert_refused(likelihood.fit_data(&mut workspace, rows, None), Status::Argument, "y");
    likelihood.fit_data(&mut workspace, Rows::new(&x), None).unwrap();
    assert_eq!(likelihood.history().unwrap().len(), 5);
}

#[test]
fn rows_that_do_not_fit_are_refused() {
    let (mut model, mut workspace, mut x) = (model(), workspace(), points(64));
    let y = vec![1.0; 64];
    let mut trainer = Trainer::new(&mut model, &short(5)).unwrap();
    let empty = trainer.fit_data(&mut workspace, Rows::new(&[]).y(&[]), None);
    assert_refused(empty, Status::Argument, "rows");
    let few = trainer.fit_data(&mut workspace, Rows::new(&x[..8]).y(&y[..4]), None);
    assert_refused(few, Status::Argument, "batch");
    let spoiled = trainer.fit_data(&mut workspace, Rows::new(&x).y(&[f64::NAN; 64]), None);
    assert_refused(spoiled, Status::NotFinite, "y");
    x[0] = 7.0;
    let outside = trainer.fit_data(&mut workspace, Rows::new(&x).y(&y), None);
    assert_refused(outside, Status::Argument, "x");
}

#[test]
fn progress_that_breaks_stops_the_fit_which_goes_on_to_the_same_bits() {
    let mut workspace = workspace();
    let (mut whole, mut stopped) = (model(), model());
    let mut trainer = Trainer::new(&mut whole, &short(20)).unwrap();
    trainer.fit_sampler(&mut workspace, targets, None).unwrap();
    let mut trainer = Trainer::new(&mut stopped, &short(20)).unwrap();
    let mut told = Vec::new();
    let mut stop = |progress: &Progress| {
        told.push(*progress);
        if progress.step == 7 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let ended = trainer.fit_sampler(&mut workspace, targets, Some(&mut stop));
    assert_eq!((ended.unwrap(), trainer.outcome()), (Outcome::Stopped, Outcome::Stopped));
    assert_eq!((trainer.steps(), told.len(), told[6].step, told[6].steps), (7, 7, 7, 20));
    assert_eq!(told.iter().map(|p| p.loss).collect::<Vec<_>>(), trainer.history().unwrap());
    assert!(told[0].learning_rate > told[6].learning_rate && told[0].seconds >= 0.0);
    let ended = trainer.fit_sampler(&mut workspace, targets, None);
    assert_eq!(ended.unwrap(), Outcome::StepsDone);
    assert_eq!(whole.parameters::<f64>().unwrap(), stopped.parameters::<f64>().unwrap());
}

#[test]
fn progress_stops_a_fit_of_data() {
    let (mut model, x) = (model(), points(64));
    let mut trainer = Trainer::new(&mut model, &short(9)).unwrap();
    let mut stop = |_: &Progress| ControlFlow::Break(());
    let y = vec![0.2; 64];
    let fit = trainer.fit_data(&mut workspace(), Rows::new(&x).y(&y), Some(&mut stop));
    assert_eq!((fit.unwrap(), trainer.steps()), (Outcome::Stopped, 1));
}

#[derive(Debug, PartialEq)]
struct OutOfData(i64);

impl fmt::Display for OutOfData {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no data for step {}", self.0)
    }
}

impl std::error::Error for OutOfData {}

#[test]
fn an_error_of_the_sampler_comes_out_as_itself() {
    let mut model = model();
    let mut trainer = Trainer::new(&mut model, &short(9)).unwrap();
    let sampler = |sample: Sample<'_>| {
        if sample.step == 3 { Err(OutOfData(3).into()) } else { targets(sample) }
    };
    let fit = trainer.fit_sampler(&mut workspace(), sampler, None);
    let error = assert_refused(fit, Status::Callback, "sampler");
    assert!(std::error::Error::source(&error).is_some());
    let source = error.into_source().unwrap();
    assert_eq!(source.downcast_ref::<OutOfData>(), Some(&OutOfData(3)));
    assert_eq!(trainer.steps(), 3);
}

/// What the panic of `body` carried.
fn panic_of(body: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(body)).unwrap_err();
    (*panic.downcast::<String>().unwrap()).clone()
}

#[test]
fn a_panic_in_a_callback_comes_out_as_itself_and_the_fit_can_go_on() {
    let (mut model, mut workspace) = (model(), workspace());
    let mut trainer = Trainer::new(&mut model, &short(9)).unwrap();
    let said = panic_of(|| {
        let sampler = |sample: Sample<'_>| match sample.step {
            2 => panic!("sampler at step {}", sample.step),
            _ => targets(sample),
        };
        let _ = trainer.fit_sampler(&mut workspace, sampler, None);
    });
    assert_eq!((said.as_str(), trainer.steps()), ("sampler at step 2", 2));
    let said = panic_of(|| {
        let mut progress = |progress: &Progress| -> ControlFlow<()> {
            panic!("progress at step {}", progress.step)
        };
        let _ = trainer.fit_sampler(&mut workspace, targets, Some(&mut progress));
    });
    assert_eq!((said.as_str(), trainer.steps()), ("progress at step 3", 3));
    let ended = trainer.fit_sampler(&mut workspace, targets, None).unwrap();
    assert_eq!((ended, trainer.steps()), (Outcome::StepsDone, 9));
}

#[test]
fn a_sampler_that_writes_nan_is_refused() {
    let mut model = model();
    let mut trainer = Trainer::new(&mut model, &short(9)).unwrap();
    let sampler = |sample: Sample<'_>| {
        sample.y.fill(f64::NAN);
        Ok(())
    };
    let fit = trainer.fit_sampler(&mut workspace(), sampler, None);
    assert_refused(fit, Status::NotFinite, "y");
}

#[test]
fn under_a_likelihood_the_sampler_has_no_targets() {
    let mut model = model();
    let options = short(2).loss(Loss::NegativeLogLikelihood);
    let mut trainer = Trainer::new(&mut model, &options).unwrap();
    let sampler = |sample: Sample<'_>| {
        assert_eq!((sample.x.len(), sample.y.len()), (64, 0));
        Ok(())
    };
    trainer.fit_sampler(&mut workspace(), sampler, None).unwrap();
}

#[test]
fn intervals_have_an_upper_end_for_each_variable() {
    let (mut model, mut workspace) = (model(), workspace());
    let options = short(3).loss(Loss::IntervalLikelihood);
    let mut trainer = Trainer::new(&mut model, &options).unwrap();
    assert_eq!(trainer.target_columns(), 2);
    let lower = points(64);
    let mut upper = lower.clone();
    for end in upper.iter_mut().step_by(2) {
        *end = f64::INFINITY;
    }
    let short = trainer.fit_data(&mut workspace, Rows::new(&lower).y(&upper[..64]), None);
    assert_refused(short, Status::Size, "y");
    let ended = trainer.fit_data(&mut workspace, Rows::new(&lower).y(&upper), None).unwrap();
    assert_eq!(ended, Outcome::StepsDone);
    let options = options.steps(2);
    let mut trainer = Trainer::new(&mut model, &options).unwrap();
    let sampler = |sample: Sample<'_>| {
        sample.y.copy_from_slice(sample.x);
        Ok(())
    };
    trainer.fit_sampler(&mut workspace, sampler, None).unwrap();
}

#[test]
fn a_history_of_the_wrong_length_is_refused() {
    let mut model = model();
    let trainer = Trainer::new(&mut model, &short(9)).unwrap();
    assert_refused(trainer.history_into(&mut [0.0]), Status::Size, "losses");
    assert_eq!(trainer.history().unwrap(), []);
}
