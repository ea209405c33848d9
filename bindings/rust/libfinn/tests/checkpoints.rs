//! Runs that go on from a checkpoint, in memory and in a file.
mod support;
use std::ops::ControlFlow;

use libfinn::{Loss, MlpOptions, Model, Outcome, Progress, Rows, Status, Trainer, TrainingOptions};
use support::{Temporary, assert_refused, mlp, model, open_box, points, workspace};

fn options() -> TrainingOptions {
    TrainingOptions::new().steps(20).batch(16)
}

fn fit(trainer: &mut Trainer<'_>, stop_at: i64) {
    let (x, y) = (points(64), [0.2; 64]);
    let mut progress = |progress: &Progress| {
        if progress.step == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let rows = Rows::new(&x).y(&y);
    trainer.fit_data(&mut workspace(), rows, Some(&mut progress)).unwrap();
}

/// A run of this model, stopped at step 7.
fn stopped(model: &mut Model) -> Trainer<'_> {
    let mut trainer = Trainer::new(model, &options()).unwrap();
    fit(&mut trainer, 7);
    assert_eq!(trainer.outcome(), Outcome::Stopped);
    trainer
}

#[test]
fn a_run_goes_on_from_its_bytes_to_the_same_bits() {
    let (mut first, mut second) = (model(), model());
    let mut trainer = stopped(&mut first);
    let bytes = trainer.to_bytes().unwrap();
    assert_eq!(bytes.len(), trainer.byte_count().unwrap());
    fit(&mut trainer, 0);
    let mut resumed = Trainer::from_bytes(&mut second, &bytes).unwrap();
    assert_eq!(resumed.steps(), 7);
    fit(&mut resumed, 0);
    assert_eq!(resumed.history().unwrap(), trainer.history().unwrap());
    assert_eq!(resumed.outcome(), Outcome::StepsDone);
    assert_eq!(second.parameters::<f64>().unwrap(), first.parameters::<f64>().unwrap());
}

#[test]
fn a_file_holds_the_bytes_of_the_checkpoint_and_its_model() {
    let (mut first, mut second) = (model(), model());
    let trainer = stopped(&mut first);
    let file = Temporary::new("checkpoint", &[]);
    trainer.save(file.path()).unwrap();
    assert_eq!(std::fs::read(file.path()).unwrap(), trainer.to_bytes().unwrap());
    assert_eq!(Trainer::load(&mut second, file.path()).unwrap().steps(), 7);
    let trained = trainer.model().parameters::<f64>().unwrap();
    assert_eq!(second.parameters::<f64>().unwrap(), trained);
    let read = Model::load(file.path(), &[]).unwrap();
    assert_eq!(read.parameters::<f64>().unwrap(), trained);
    let nowhere = trainer.save("/no/such/folder/checkpoint");
    assert_eq!(nowhere.unwrap_err().status(), Status::File);
    let missing = Trainer::load(&mut second, "/no/such/folder/checkpoint");
    assert_eq!(missing.unwrap_err().status(), Status::File);
    assert_refused(trainer.save("zero\0byte"), Status::Argument, "path");
    assert_refused(Trainer::load(&mut second, "zero\0byte"), Status::Argument, "path");
}

#[test]
fn a_buffer_that_is_too_small_is_refused_and_a_larger_one_is_not() {
    let mut model = model();
    let trainer = stopped(&mut model);
    let size = trainer.byte_count().unwrap();
    let mut bytes = vec![0; size + 1];
    assert_refused(trainer.bytes_into(&mut bytes[..size - 1]), Status::Size, "capacity");
    assert_refused(trainer.bytes_into(&mut []), Status::Size, "capacity");
    assert_eq!(trainer.bytes_into(&mut bytes).unwrap(), size);
    assert_eq!(bytes[..size], trainer.to_bytes().unwrap());
}

#[test]
fn damaged_bytes_and_other_models_are_refused_and_change_nothing() {
    let mut model = model();
    let mut bytes = stopped(&mut model).to_bytes().unwrap();
    let network = mlp(&MlpOptions::new().widths(&[3]));
    let mut other = Model::new(&network, &open_box()).unwrap();
    assert_eq!(Trainer::from_bytes(&mut other, &bytes).unwrap_err().status(), Status::Size);
    let before = model.parameters::<f64>().unwrap();
    let middle = bytes.len() / 2;
    bytes.truncate(middle);
    for damaged in [&bytes[..], &bytes[..9], &[]] {
        let found = Trainer::from_bytes(&mut model, damaged);
        assert_eq!(found.unwrap_err().status(), Status::Format);
    }
    assert_eq!(model.parameters::<f64>().unwrap(), before);
}

#[test]
fn a_loss_of_ones_own_is_set_again() {
    let mut model = model();
    let mut trainer = Trainer::new(&mut model, &options().loss(Loss::Custom)).unwrap();
    trainer.set_loss(|batch| Ok(batch.f.iter().sum())).unwrap();
    fit(&mut trainer, 7);
    let bytes = trainer.to_bytes().unwrap();
    drop(trainer);
    let mut resumed = Trainer::from_bytes(&mut model, &bytes).unwrap();
    let (x, y) = (points(64), [0.2; 64]);
    let without = resumed.fit_data(&mut workspace(), Rows::new(&x).y(&y), None);
    assert_refused(without, Status::Null, "loss");
    resumed.set_loss(|batch| Ok(batch.f.iter().sum())).unwrap();
    fit(&mut resumed, 0);
    assert_eq!(resumed.steps(), 20);
}
