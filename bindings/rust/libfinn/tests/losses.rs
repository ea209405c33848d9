//! Losses of one's own in a fit of the library: what they are given, and how they fail.
mod support;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use libfinn::{Loss, LossBatch, LossOf, Rows, Status, Trainer};
use support::{assert_refused, history_of, model, points, rows, short, workspace};

/// The mean squared error, as the library has it.
fn squared(batch: LossBatch<'_>) -> f64 {
    let errors = || batch.f.iter().zip(batch.y).map(|(f, y)| f - y);
    if let Some(adjoint) = batch.f_adjoint {
        for (adjoint, error) in adjoint.iter_mut().zip(errors()) {
            *adjoint = 2.0 * error / batch.f.len() as f64;
        }
    }
    errors().map(|error| error * error).sum::<f64>() / batch.f.len() as f64
}

#[test]
fn a_loss_of_ones_own_trains_as_that_of_the_library() {
    let (mut theirs, mut ours, (x, y)) = (model(), model(), rows(60));
    let expected = history_of(&short(), &mut theirs, Some(&y));
    let mut trainer = Trainer::new(&mut ours, &short().loss(Loss::Custom)).unwrap();
    let mut steps = 0;
    trainer
        .set_loss(move |batch| {
            assert_eq!((batch.step, batch.x.len(), batch.y.len()), (steps, 16, 8));
            steps += 1;
            Ok(squared(batch))
        })
        .unwrap();
    let mut moved = Box::new(trainer);
    moved.fit_data(&mut workspace(), Rows::new(&x).y(&y), None).unwrap();
    for (loss, expected) in moved.history().unwrap().iter().zip(&expected) {
        assert!((loss - expected).abs() < 1e-9 * expected, "{loss} {expected}");
    }
}

#[test]
fn a_loss_of_ones_own_may_have_no_targets_and_sees_validation_rows() {
    let (mut model, x) = (model(), points(60));
    let options = short().loss(Loss::Custom).validation_share(0.25).validation_interval(4);
    let mut trainer = Trainer::new(&mut model, &options).unwrap();
    let (sender, checks) = std::sync::mpsc::channel();
    let loss = move |batch: LossBatch<'_>| {
        assert!(batch.y.is_empty());
        let count = batch.f.len();
        match batch.f_adjoint {
            Some(adjoint) => adjoint.fill(0.1 / count as f64),
            None => sender.send(count)?,
        }
        Ok(0.1 * batch.f.iter().sum::<f64>() / count as f64)
    };
    trainer.set_loss(loss).unwrap();
    trainer.fit_data(&mut workspace(), Rows::new(&x), None).unwrap();
    // Three checks, of which the last one also looks at the parameters beside their mean.
    assert_eq!(checks.try_iter().sum::<usize>(), 4 * 15);
}

#[test]
fn a_loss_of_ones_own_fails_as_itself_and_can_be_replaced() {
    let (mut model, mut workspace, (x, y)) = (model(), workspace(), rows(60));
    let rows = Rows::new(&x).y(&y);
    let mut trainer = Trainer::new(&mut model, &short().loss(Loss::Custom)).unwrap();
    let none = trainer.fit_data(&mut workspace, rows, None);
    assert_refused(none, Status::Null, "loss");
    trainer.set_loss(|_| Err("no loss today".into())).unwrap();
    let fit = trainer.fit_data(&mut workspace, rows, None);
    let error = assert_refused(fit, Status::Callback, "loss");
    assert_eq!(error.into_source().unwrap().to_string(), "no loss today");
    trainer.set_loss(|batch| panic!("at step {}", batch.step)).unwrap();
    let fit = || trainer.fit_data(&mut workspace, rows, None);
    let panic = catch_unwind(AssertUnwindSafe(fit)).unwrap_err();
    assert_eq!(*panic.downcast::<String>().unwrap(), "at step 0");
    trainer.set_loss(|_| Ok(f64::NAN)).unwrap();
    let fit = trainer.fit_data(&mut workspace, rows, None);
    assert_refused(fit, Status::NotFinite, "loss");
    trainer.set_loss(|batch| Ok(squared(batch))).unwrap();
    trainer.fit_data(&mut workspace, rows, None).unwrap();
    assert_eq!(trainer.steps(), 12);
    let mut other = Trainer::new(&mut model, &short()).unwrap();
    assert_refused(other.set_loss(|_| Ok(0.0)), Status::Argument, "loss");
}

#[test]
fn the_trainer_drops_the_loss_with_itself_or_for_another() {
    let captured = Arc::new(());
    let holding = || {
        let held = Arc::clone(&captured);
        move |batch: LossBatch<'_>| {
            let _ = &held;
            Ok(squared(batch))
        }
    };
    let (mut first, mut second) = (model(), model());
    let mut trainer = Trainer::new(&mut first, &short().loss(Loss::Custom)).unwrap();
    trainer.set_loss(holding()).unwrap();
    trainer.set_loss(holding()).unwrap();
    assert_eq!(Arc::strong_count(&captured), 2);
    let mut other = Trainer::new(&mut second, &short()).unwrap();
    assert!(other.set_loss(holding()).is_err());
    assert_eq!(Arc::strong_count(&captured), 2);
    drop(trainer);
    assert_eq!(Arc::strong_count(&captured), 1);
}

#[test]
fn a_loss_of_the_antiderivative_sees_its_values() {
    let (mut model, mut workspace, (x, y)) = (model(), workspace(), rows(8));
    let expected = model.antiderivative(&mut workspace, &x).unwrap();
    let mean: f64 =
        expected.iter().zip(&y).map(|(value, y)| (value - y).powi(2)).sum::<f64>() / 8.0;
    let options = short().steps(1).standardise(false).loss_of(LossOf::Antiderivative);
    let mut trainer = Trainer::new(&mut model, &options).unwrap();
    trainer.fit_data(&mut workspace, Rows::new(&x).y(&y), None).unwrap();
    assert!((trainer.history().unwrap()[0] - mean).abs() < 1e-9 * mean);
}
