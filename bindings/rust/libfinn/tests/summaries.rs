//! What happened in a run.
mod support;
use std::ops::ControlFlow;

use libfinn::{
    Constraint, ConstraintOptions, Loss, Method, Model, Outcome, Progress, Rows, Trainer,
    TrainingOptions, Transition, Warning,
};
use support::{layers, mlp, model, open_box, points, rows, short, workspace};

#[test]
fn a_summary_tells_of_the_run() {
    let mut model = model();
    let options = TrainingOptions::new().steps(12).loss(Loss::NegativeLogLikelihood);
    let mut trainer = Trainer::new(&mut model, &options.validation_share(0.25)).unwrap();
    trainer.fit_data(&mut workspace(), Rows::new(&points(60)), None).unwrap();
    let summary = trainer.summary(&mut workspace()).unwrap();
    assert_eq!((summary.steps(), summary.outcome()), (12, Outcome::StepsDone));
    assert_eq!(summary.loss(), trainer.history().unwrap().last().copied());
    assert!(summary.smoothed_loss().is_some() && summary.validation_loss().is_some());
    assert_eq!((summary.rows(), summary.validation_rows()), (45, 15));
    assert_eq!((summary.rows_looked_at(), summary.rows_at_floor()), (60, 0));
    assert_eq!((summary.floor_share(), summary.bound(), summary.output()), (0.0, None, 0));
    assert!(summary.has_standards());
    assert!((summary.integral().unwrap() - 1.0).abs() < 1e-12);
    assert!(!summary.warns_of(Warning::RowsAtFloor));
    let text = summary.to_string();
    assert!(text.starts_with("12 steps, all that were asked for\nloss "), "{text}");
}

#[test]
fn a_summary_warns_of_an_integral_far_from_its_bound() {
    let (upper, options) = (Some(&[500.0][..]), ConstraintOptions::new());
    let constraint =
        Constraint::bounded(Method::Scale, None, upper, Transition::Clip, &options).unwrap();
    let (network, domain) = (mlp(&layers()), open_box());
    let mut model = Model::builder(&network, &domain).constraint(&constraint).build().unwrap();
    let mut trainer = Trainer::new(&mut model, &short()).unwrap();
    let (x, y) = rows(60);
    let mut stop = |_: &Progress| ControlFlow::Break(());
    trainer.fit_data(&mut workspace(), Rows::new(&x).y(&y), Some(&mut stop)).unwrap();
    let summary = trainer.summary(&mut workspace()).unwrap();
    assert_eq!((summary.outcome(), summary.bound()), (Outcome::Stopped, Some(500.0)));
    assert!(summary.warns_of(Warning::FarFromBound) && !summary.warns_of(Warning::Overfitted));
    assert!(summary.to_string().contains("\nwarning: the integral "), "{summary}");
}
