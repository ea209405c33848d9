//! What a run may be made of: optimisers, schedules, losses, weights, rows held out, files.
mod support;
use std::ops::ControlFlow;
use std::path::PathBuf;

use libfinn::{
    Constraint, FileFormat, Loss, Model, Optimiser, Outcome, Progress, Result, RunOutcome,
    Schedule, Status, Trainer, TrainingOptions,
};
use support::{assert_refused, history_of, model, options, rows, short, workspace};

#[test]
fn every_optimiser_and_schedule_lowers_the_loss_in_its_own_way() {
    let (_, y) = rows(60);
    let long = || TrainingOptions::new().steps(40).batch(60);
    let cases = [
        long(),
        long().optimiser(Optimiser::AdamW).weight_decay(0.5),
        long().optimiser(Optimiser::Sgd).learning_rate(0.1),
        long().optimiser(Optimiser::Sgd).learning_rate(0.1).momentum(0.5),
        long().optimiser(Optimiser::Sgd).learning_rate(0.1).nesterov(true),
        long().optimiser(Optimiser::Lbfgs),
        long().optimiser(Optimiser::Lbfgs).lbfgs_memory(2),
        long().schedule(Schedule::Constant),
        long().schedule(Schedule::Linear).final_learning_rate(0.005),
        long().schedule(Schedule::Linear),
        long().schedule(Schedule::Step).decay(0.5, 10),
        long().schedule(Schedule::Exponential).decay(0.5, 10),
        long().schedule(Schedule::OneCycle),
        long().warmup_steps(10),
        long().gradient_clip(1e-3),
        long().loss(Loss::AbsoluteError),
        long().loss(Loss::Huber),
        long().loss(Loss::Huber).huber_delta(0.01),
    ];
    let ends: Vec<f64> = cases
        .iter()
        .map(|options| {
            let losses = history_of(options, &mut model(), Some(&y));
            assert!(losses[losses.len() - 1] < losses[0], "{options:?}: {losses:?}");
            losses[losses.len() - 1]
        })
        .collect();
    for (i, end) in ends.iter().enumerate() {
        assert!(!ends[..i].contains(end), "{:?} ends as another", cases[i]);
    }
}

#[test]
fn a_poisson_process_learns_its_events() {
    let mut model = Model::new(&options().constraint(Constraint::None)).unwrap();
    let options = TrainingOptions::new().steps(300).loss(Loss::PoissonProcess);
    let losses = history_of(&options.poisson_events(5.0).learning_rate(0.05), &mut model, None);
    assert!(losses[299] < losses[0]);
    let (lower, upper) = (support::LOWER, support::UPPER);
    let events = model.integral(&mut workspace(), &lower, &upper).unwrap().value[0];
    assert!((events - 5.0).abs() < 0.5, "{events}");
}

#[test]
fn lbfgs_converges_and_says_so() {
    let (mut model, (x, y)) = (model(), rows(60));
    let options = TrainingOptions::new().steps(500).optimiser(Optimiser::Lbfgs);
    let mut trainer = Trainer::new(&model, &options.tolerances(1e-2, 1e-2)).unwrap();
    assert_eq!(trainer.outcome(), RunOutcome::Unfinished);
    let ended = trainer.fit_data(&mut model, &mut workspace(), &x, Some(&y), None).unwrap();
    assert_eq!((ended, trainer.outcome()), (Outcome::Finished, RunOutcome::Converged));
    assert!(trainer.steps() < 500);
}

/// The losses of a fit by arrays with weights.
fn by_weights(weights: &[f64]) -> Result<Vec<f64>> {
    let (mut model, (x, y)) = (model(), rows(60));
    let mut trainer = Trainer::new(&model, &short())?;
    let rows = (&x[..], Some(&y[..]));
    let fit = trainer.fit_weighted(&mut model, &mut workspace(), rows, weights, None)?;
    assert_eq!(fit, Outcome::Finished);
    trainer.history()
}

#[test]
fn a_row_counts_as_often_as_its_weight_says() {
    let plain = history_of(&short(), &mut model(), Some(&rows(60).1));
    for (loss, plain) in by_weights(&[1.0; 60]).unwrap().iter().zip(&plain) {
        assert!((loss - plain).abs() < 1e-12 * plain, "{loss} {plain}");
    }
    let double = by_weights(&[2.0; 60]).unwrap()[0];
    assert!((double - 2.0 * plain[0]).abs() < 1e-12 * double, "{double} {}", plain[0]);
    assert_refused(by_weights(&[0.0; 60]), Status::Argument, "weights");
    assert_refused(by_weights(&[1.0; 59]), Status::Size, "weights");
    assert_refused(by_weights(&[-1.0; 60]), Status::Argument, "weights");
    assert_refused(by_weights(&[f64::NAN; 60]), Status::NotFinite, "weights");
}

#[test]
fn patience_with_rows_held_out_ends_a_run_with_its_best_parameters() {
    let (mut model, (x, y)) = (model(), rows(60));
    let options = short().steps(5000).validation_interval(5).patience(2).min_delta(0.01);
    let mut trainer = Trainer::new(&model, &options).unwrap();
    trainer.set_validation(&model, &x[..40], Some(&y[..20]), Some(&[1.0; 20])).unwrap();
    assert_eq!(trainer.best().unwrap(), None);
    let mut told = Vec::new();
    let mut progress = |progress: &Progress| {
        told.push(progress.validation_loss);
        ControlFlow::Continue(())
    };
    let mut space = workspace();
    let fit = trainer.fit_data(&mut model, &mut space, &x, Some(&y), Some(&mut progress));
    assert_eq!((fit.unwrap(), trainer.outcome()), (Outcome::Finished, RunOutcome::EarlyStopped));
    let best = trainer.best().unwrap().unwrap();
    assert_eq!((best.step % 5, trainer.steps()), (0, best.step as usize + 10));
    assert!(told[0].is_none() && told[told.len() - 1].is_some());
    let f = model.integrand(&mut workspace(), &x[..40]).unwrap();
    let errors = f.iter().zip(&y).map(|(f, y)| (f - y).powi(2));
    assert!((errors.sum::<f64>() / 20.0 - best.validation_loss).abs() < 1e-12);
}

#[test]
fn rows_to_hold_out_are_checked() {
    let (mut model, (x, y)) = (model(), rows(60));
    let mut trainer = Trainer::new(&model, &short()).unwrap();
    let mut hold = |x: &[f64], y: Option<&[f64]>, weights: Option<&[f64]>| {
        trainer.set_validation(&model, x, y, weights)
    };
    assert_refused(hold(&x[..3], Some(&y[..2]), None), Status::Size, "x");
    assert_refused(hold(&x[..4], Some(&y[..1]), None), Status::Size, "y");
    assert_refused(hold(&x[..4], Some(&y[..2]), Some(&y[..1])), Status::Size, "weights");
    assert_refused(hold(&x[..4], None, None), Status::Null, "y");
    assert_refused(hold(&[9.0; 2], Some(&y[..1]), None), Status::Argument, "x");
    let _ = trainer.fit_data(&mut model, &mut workspace(), &x, Some(&y), None).unwrap();
    let late = trainer.set_validation(&model, &x, Some(&y), None);
    assert_eq!(late.unwrap_err().status(), Status::Argument);
}

/// A file of the folder of temporary files, removed at the end.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let name = format!("libfinn-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The losses of a fit by a file.
fn by_file(file: &Temporary, format: FileFormat, weighted: bool) -> Result<Vec<f64>> {
    let mut model = model();
    let mut trainer = Trainer::new(&model, &short())?;
    let fit = trainer.fit_file(&mut model, &mut workspace(), &file.0, format, weighted, None)?;
    assert_eq!(fit, Outcome::Finished);
    trainer.history()
}

#[test]
fn rows_from_a_file_give_the_bits_of_rows_from_arrays() {
    let (x, y) = rows(60);
    let rows = || x.chunks_exact(2).zip(&y);
    let lines: String = rows().map(|(x, y)| format!("{},{},{y},1.5\n", x[0], x[1])).collect();
    let csv = Temporary::new("rows.csv", lines.as_bytes());
    let weighted = by_weights(&[1.5; 60]).unwrap();
    assert_eq!(by_file(&csv, FileFormat::Csv, true).unwrap(), weighted);
    let numbers = || rows().flat_map(|(x, y)| [x[0], x[1], *y]);
    let bytes: Vec<u8> = numbers().flat_map(f64::to_le_bytes).collect();
    let raw = Temporary::new("rows.f64", &bytes);
    let plain = history_of(&short(), &mut model(), Some(&y));
    assert_eq!(by_file(&raw, FileFormat::Float64, false).unwrap(), plain);
    let bytes: Vec<u8> = numbers().flat_map(|number| (number as f32).to_le_bytes()).collect();
    let rounded = Temporary::new("rows.f32", &bytes);
    for (loss, plain) in by_file(&rounded, FileFormat::Float32, false).unwrap().iter().zip(&plain) {
        assert!((loss - plain).abs() < 1e-5 * plain, "{loss} {plain}");
    }
}

#[test]
fn a_bad_file_is_refused_by_its_path() {
    let bad = Temporary::new("bad.csv", b"0.5,0.5,1\n0.5,word,1\n");
    let error = by_file(&bad, FileFormat::Csv, false).unwrap_err();
    assert_eq!(error.status(), Status::Format);
    assert!(error.to_string().contains("bad.csv"), "{error}");
    let mut model = model();
    let mut trainer = Trainer::new(&model, &short()).unwrap();
    let mut fit = |path: &str| {
        let csv = FileFormat::Csv;
        trainer.fit_file(&mut model, &mut workspace(), path, csv, false, None)
    };
    assert_eq!(fit("/no/such/file").unwrap_err().status(), Status::File);
    assert_refused(fit("zero\0byte"), Status::Argument, "path");
}
