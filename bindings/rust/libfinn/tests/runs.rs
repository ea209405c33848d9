//! What a run may be made of: optimisers, schedules, losses, weights, validation rows, files.
mod support;
use std::ops::ControlFlow;

use libfinn::{
    Constraint, FileFormat, Limits, Loss, Model, Optimiser, Outcome, Progress, Result, Rows,
    Schedule, Status, Trainer, TrainingOptions,
};
use support::{
    Temporary, assert_refused, history_of, layers, mlp, model, open_box, rows, short, workspace,
};

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
        long().schedule(Schedule::Step).decay_factor(0.5).decay_interval(10),
        long().schedule(Schedule::Exponential).decay_factor(0.5).decay_interval(10),
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
    let none = Constraint::none().unwrap();
    let mut model = Model::builder(&mlp(&layers()), &open_box()).constraint(&none).build().unwrap();
    let options = TrainingOptions::new().steps(300).loss(Loss::PoissonProcess);
    let losses = history_of(&options.poisson_events(5.0).learning_rate(0.05), &mut model, None);
    assert!(losses[299] < losses[0]);
    let (lower, upper) = (support::LOWER, support::UPPER);
    let events = model.integral(&mut workspace(), Limits::X, &lower, &upper).unwrap().value[0];
    assert!((events - 5.0).abs() < 0.5, "{events}");
}

#[test]
fn lbfgs_converges_and_says_so() {
    let (mut model, (x, y)) = (model(), rows(60));
    let options = TrainingOptions::new().steps(500).optimiser(Optimiser::Lbfgs);
    let options = options.gradient_tolerance(1e-2).loss_tolerance(1e-2);
    let mut trainer = Trainer::new(&mut model, &options).unwrap();
    assert_eq!(trainer.outcome(), Outcome::Unfinished);
    let ended = trainer.fit_data(&mut workspace(), Rows::new(&x).y(&y), None).unwrap();
    assert_eq!((ended, trainer.outcome()), (Outcome::Converged, Outcome::Converged));
    assert!(trainer.steps() < 500);
}

/// The losses of a fit by arrays with weights.
fn by_weights(weights: &[f64]) -> Result<Vec<f64>> {
    let (mut model, (x, y)) = (model(), rows(60));
    let mut trainer = Trainer::new(&mut model, &short())?;
    let rows = Rows::new(&x).y(&y).weights(weights);
    assert_eq!(trainer.fit_data(&mut workspace(), rows, None)?, Outcome::StepsDone);
    trainer.history()
}

#[test]
fn a_row_counts_as_often_as_its_weight_says() {
    let plain = history_of(&short(), &mut model(), Some(&rows(60).1));
    for (loss, plain) in by_weights(&[1.0; 60]).unwrap().iter().zip(&plain) {
        assert!((loss - plain).abs() < 1e-12 * plain, "{loss} {plain}");
    }
    for (loss, plain) in by_weights(&[2.0; 60]).unwrap().iter().zip(&plain) {
        assert!((loss - plain).abs() < 1e-12 * plain, "{loss} {plain}");
    }
    // The first loss of a batch of all rows, of which every second one counts.
    let (x, y) = rows(60);
    let first_loss = |rows: Rows<'_>| {
        let mut model = model();
        let mut trainer = Trainer::new(&mut model, &TrainingOptions::new().steps(1)).unwrap();
        trainer.fit_data(&mut workspace(), rows, None).unwrap();
        trainer.history().unwrap()[0]
    };
    let weights: Vec<f64> = (0..60).map(|i| f64::from(i % 2)).collect();
    let half = first_loss(Rows::new(&x).y(&y).weights(&weights));
    let odd_x: Vec<f64> = x.chunks_exact(4).flat_map(|rows| [rows[2], rows[3]]).collect();
    let odd_y: Vec<f64> = y.chunks_exact(2).map(|rows| rows[1]).collect();
    let odd = first_loss(Rows::new(&odd_x).y(&odd_y));
    assert!((half - odd).abs() < 1e-12 * odd, "{half} {odd}");
    assert_refused(by_weights(&[0.0; 60]), Status::Argument, "weights");
    assert_refused(by_weights(&[1.0; 59]), Status::Size, "weights");
    assert_refused(by_weights(&[-1.0; 60]), Status::Argument, "weights");
    assert_refused(by_weights(&[f64::NAN; 60]), Status::NotFinite, "weights");
}

#[test]
fn patience_with_validation_rows_ends_a_run_with_its_best_parameters() {
    let (mut model, (x, y)) = (model(), rows(60));
    let options = short().steps(5000).validation_interval(5).patience(2).min_delta(0.01);
    let mut trainer = Trainer::new(&mut model, &options).unwrap();
    let validation = Rows::new(&x[..40]).y(&y[..20]).weights(&[1.0; 20]);
    trainer.set_validation(validation).unwrap();
    assert_eq!(trainer.best().unwrap(), None);
    let mut told = Vec::new();
    let mut progress = |progress: &Progress| {
        told.push(progress.validation_loss);
        ControlFlow::Continue(())
    };
    let fit = trainer.fit_data(&mut workspace(), Rows::new(&x).y(&y), Some(&mut progress));
    assert_eq!(fit.unwrap(), Outcome::EarlyStopped);
    let best = trainer.best().unwrap().unwrap();
    assert_eq!((best.step % 5, trainer.steps()), (0, best.step as usize + 10));
    assert!(told[0].is_none() && told[told.len() - 1].is_some());
    let f = model.integrand(&mut workspace(), &x[..40]).unwrap();
    let errors = f.iter().zip(&y).map(|(f, y)| (f - y).powi(2));
    assert!((errors.sum::<f64>() / 20.0 - best.validation_loss).abs() < 1e-12);
}

#[test]
fn validation_rows_are_checked() {
    let (mut model, (x, y)) = (model(), rows(60));
    let mut trainer = Trainer::new(&mut model, &short()).unwrap();
    let mut check = |rows: Rows<'_>, status, name| {
        assert_refused(trainer.set_validation(rows), status, name);
    };
    check(Rows::new(&x[..3]).y(&y[..2]), Status::Size, "x");
    check(Rows::new(&x[..4]).y(&y[..1]), Status::Size, "y");
    check(Rows::new(&x[..4]).y(&y[..2]).weights(&y[..1]), Status::Size, "weights");
    check(Rows::new(&x[..4]), Status::Null, "y");
    check(Rows::new(&[9.0; 2]).y(&y[..1]), Status::Argument, "x");
    trainer.fit_data(&mut workspace(), Rows::new(&x).y(&y), None).unwrap();
    let late = trainer.set_validation(Rows::new(&x).y(&y));
    assert_eq!(late.unwrap_err().status(), Status::Argument);
}

/// The losses of a fit by a file.
fn by_file(
    file: &Temporary,
    format: FileFormat,
    columns: &[&str],
    weighted: bool,
) -> Result<Vec<f64>> {
    let mut model = model();
    let mut trainer = Trainer::new(&mut model, &short())?;
    let fit = trainer.fit_file(&mut workspace(), file.path(), format, columns, weighted, None)?;
    assert_eq!(fit, Outcome::StepsDone);
    trainer.history()
}

#[test]
fn rows_from_a_file_give_the_bits_of_rows_from_arrays() {
    let (x, y) = rows(60);
    let rows = || x.chunks_exact(2).zip(&y);
    let lines: String = rows().map(|(x, y)| format!("{},{},{y},1.5\n", x[0], x[1])).collect();
    let csv = Temporary::new("rows.csv", lines.as_bytes());
    let weighted = by_weights(&[1.5; 60]).unwrap();
    assert_eq!(by_file(&csv, FileFormat::Csv, &[], true).unwrap(), weighted);
    let lines: String = rows().map(|(x, y)| format!("{y},a,{},{}\n", x[1], x[0])).collect();
    let named = Temporary::new("named.csv", format!("f,note,b,a\n{lines}").as_bytes());
    let chosen = by_file(&named, FileFormat::Csv, &["a", "3", "f"], false).unwrap();
    assert_eq!(chosen, history_of(&short(), &mut model(), Some(&y)));
    let numbers = || rows().flat_map(|(x, y)| [x[0], x[1], *y]);
    let bytes: Vec<u8> = numbers().flat_map(f64::to_le_bytes).collect();
    let raw = Temporary::new("rows.f64", &bytes);
    let plain = history_of(&short(), &mut model(), Some(&y));
    assert_eq!(by_file(&raw, FileFormat::Float64, &[], false).unwrap(), plain);
    let bytes: Vec<u8> = numbers().flat_map(|number| (number as f32).to_le_bytes()).collect();
    let rounded = Temporary::new("rows.f32", &bytes);
    let losses = by_file(&rounded, FileFormat::Float32, &[], false).unwrap();
    for (loss, plain) in losses.iter().zip(&plain) {
        assert!((loss - plain).abs() < 1e-5 * plain, "{loss} {plain}");
    }
}

#[test]
fn a_bad_file_is_refused_by_its_path() {
    let bad = Temporary::new("bad.csv", b"0.5,0.5,1\n0.5,word,1\n");
    let error = by_file(&bad, FileFormat::Csv, &[], false).unwrap_err();
    assert_eq!(error.status(), Status::Format);
    assert!(error.to_string().contains("bad.csv"), "{error}");
    let mut model = model();
    let mut trainer = Trainer::new(&mut model, &short()).unwrap();
    let mut fit = |path: &str, columns: &[&str]| {
        trainer.fit_file(&mut workspace(), path, FileFormat::Csv, columns, false, None)
    };
    assert_eq!(fit("/no/such/file", &[]).unwrap_err().status(), Status::File);
    assert_refused(fit("zero\0byte", &[]), Status::Argument, "path");
    assert_refused(fit("/no/such/file", &["zero\0byte"]), Status::Argument, "columns");
}
