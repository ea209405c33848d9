//! Runs that go on from a checkpoint, in memory and in a file.
mod support;
use std::ops::ControlFlow;

use libfinn::{Loss, Model, ModelOptions, Progress, RunOutcome, Status, Trainer, TrainingOptions};
use support::{LOWER, UPPER, assert_refused, model, points, workspace};

fn options() -> TrainingOptions {
    TrainingOptions::new().steps(20).batch(16)
}

fn fit(trainer: &mut Trainer, model: &mut Model, stop_at: i64) {
    let (x, y) = (points(64), [0.2; 64]);
    let mut progress = |progress: &Progress| {
        if progress.step == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let rows = (&x[..], Some(&y[..]));
    let fit = trainer.fit_data(model, &mut workspace(), rows.0, rows.1, Some(&mut progress));
    let _ = fit.unwrap();
}

/// A run stopped at step 7, with its model.
fn stopped() -> (Trainer, Model) {
    let mut model = model();
    let mut trainer = Trainer::new(&model, &options()).unwrap();
    fit(&mut trainer, &mut model, 7);
    assert_eq!(trainer.outcome(), RunOutcome::Unfinished);
    (trainer, model)
}

#[test]
fn a_run_goes_on_from_its_bytes_to_the_same_bits() {
    let (mut trainer, mut first) = stopped();
    let bytes = trainer.save(&first).unwrap();
    assert_eq!(bytes.len(), trainer.checkpoint_size(&first).unwrap());
    fit(&mut trainer, &mut first, 0);
    let mut second = model();
    let mut resumed = Trainer::load(&mut second, &bytes).unwrap();
    assert_eq!(resumed.steps(), 7);
    fit(&mut resumed, &mut second, 0);
    assert_eq!(second.parameters::<f64>().unwrap(), first.parameters::<f64>().unwrap());
    assert_eq!(resumed.history().unwrap(), trainer.history().unwrap());
    assert_eq!(resumed.outcome(), RunOutcome::StepsDone);
}

#[test]
fn a_file_holds_the_bytes_of_the_checkpoint() {
    let (trainer, mut model) = stopped();
    let path = std::env::temp_dir().join(format!("libfinn-{}-checkpoint", std::process::id()));
    trainer.save_file(&model, &path).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), trainer.save(&model).unwrap());
    assert_eq!(Trainer::load_file(&mut model, &path).unwrap().steps(), 7);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(Trainer::load_file(&mut model, &path).unwrap_err().status(), Status::File);
    let nowhere = trainer.save_file(&model, "/no/such/folder/checkpoint");
    assert_eq!(nowhere.unwrap_err().status(), Status::File);
    assert_refused(trainer.save_file(&model, "zero\0byte"), Status::Argument, "path");
    assert_refused(Trainer::load_file(&mut model, "zero\0byte"), Status::Argument, "path");
}

#[test]
fn a_buffer_that_is_too_small_is_refused_and_a_larger_one_is_not() {
    let (trainer, model) = stopped();
    let size = trainer.checkpoint_size(&model).unwrap();
    let mut bytes = vec![0; size + 1];
    assert_refused(trainer.save_into(&model, &mut bytes[..size - 1]), Status::Size, "capacity");
    assert_refused(trainer.save_into(&model, &mut []), Status::Size, "capacity");
    assert_eq!(trainer.save_into(&model, &mut bytes).unwrap(), size);
    assert_eq!(bytes[..size], trainer.save(&model).unwrap());
}

#[test]
fn damaged_bytes_and_other_models_are_refused_and_change_nothing() {
    let (trainer, mut model) = stopped();
    let mut bytes = trainer.save(&model).unwrap();
    let mut other = Model::new(&ModelOptions::new(&LOWER, &UPPER).widths(&[3])).unwrap();
    assert_eq!(Trainer::load(&mut other, &bytes).unwrap_err().status(), Status::Size);
    let before = model.parameters::<f64>().unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    for damaged in [&bytes[..], &bytes[..middle], &[]] {
        assert_eq!(Trainer::load(&mut model, damaged).unwrap_err().status(), Status::Format);
    }
    assert_eq!(model.parameters::<f64>().unwrap(), before);
}

#[test]
fn a_loss_of_ones_own_is_set_again() {
    let mut model = model();
    let mut trainer = Trainer::new(&model, &options().loss(Loss::Custom)).unwrap();
    trainer.set_loss(|batch| Ok(batch.f.iter().sum())).unwrap();
    fit(&mut trainer, &mut model, 7);
    let bytes = trainer.save(&model).unwrap();
    drop(trainer);
    let mut resumed = Trainer::load(&mut model, &bytes).unwrap();
    let (x, y) = (points(64), [0.2; 64]);
    let without = resumed.fit_data(&mut model, &mut workspace(), &x, Some(&y), None);
    assert_refused(without, Status::Null, "loss");
    resumed.set_loss(|batch| Ok(batch.f.iter().sum())).unwrap();
    fit(&mut resumed, &mut model, 0);
    assert_eq!(resumed.steps(), 20);
}
