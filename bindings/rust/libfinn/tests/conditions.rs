//! f(x | c): columns beside x, and integrals for given conditions.
mod support;
use libfinn::{Bound, Conditioning, Loss, Model, ModelOptions, Status, Trainer, TrainingOptions};
use support::workspace;

fn new() -> ModelOptions {
    ModelOptions::new(&[0.0], &[1.0]).terms(8).conditions(1).condition_widths(&[8])
}

const FORMS: [Conditioning; 3] =
    [Conditioning::Auto, Conditioning::Modulation, Conditioning::Hypernetwork];

#[test]
fn the_integral_is_one_for_every_condition() {
    for form in FORMS {
        let mut model = Model::new(&new().conditioning(form)).unwrap();
        assert_eq!((model.variables(), model.columns()), (1, 2));
        let parameters: Vec<f64> =
            model.parameters::<f64>().unwrap().iter().map(|value| value + 0.1).collect();
        model.set_parameters(&parameters).unwrap();
        let given = [-1.0, 0.0, 0.7];
        let found = model.integral_given(&mut workspace(), (&[0.0], &[1.0]), &given).unwrap();
        assert_eq!(found.value.len(), 3);
        assert!(found.value.iter().all(|value| (value - 1.0).abs() < 1e-12), "{found:?}");
        let parts = model.integral_given(&mut workspace(), (&[0.0], &[0.4]), &given).unwrap();
        assert_ne!(parts.value[0], parts.value[2]);
    }
}

#[test]
fn a_conditional_density_is_trained_from_rows() {
    let options = new().condition_range(&[0.0], &[1.0]);
    let mut density = Model::new(&options).unwrap();
    let rows: Vec<f64> = (0..200)
        .flat_map(|i| {
            let c = f64::from(i) / 200.0;
            [0.2 + 0.6 * c + 0.05 * f64::from(i % 5 - 2), c]
        })
        .collect();
    let training = TrainingOptions::new().steps(200).loss(Loss::NegativeLogLikelihood);
    let mut trainer = Trainer::new(&density, &training).unwrap();
    let _ = trainer.fit_data(&mut density, &mut workspace(), &rows, None, None).unwrap();
    let f = density.integrand(&mut workspace(), &[0.2, 0.0, 0.8, 0.0]).unwrap();
    assert!(f[0] > 2.0 * f[1], "{f:?}");
}

#[test]
fn what_does_not_fit_is_refused() {
    let status_of = |options: ModelOptions| Model::new(&options).unwrap_err().status();
    assert_eq!(status_of(new().conditioning(Conditioning::Inputs)), Status::Argument);
    assert_eq!(status_of(new().condition_range(&[0.0], &[1.0, 2.0])), Status::Size);
    let model = Model::new(&new()).unwrap();
    let given = model.integral_given(&mut workspace(), (&[0.0], &[1.0, 2.0]), &[0.0]);
    assert_eq!(given.unwrap_err().status(), Status::Size);
    let rows = model.integrand(&mut workspace(), &[0.0, 0.0, 0.5]);
    assert_eq!(rows.unwrap_err().status(), Status::Size);
}

#[test]
fn an_epsilon_of_the_sample_is_the_last_column() {
    let options = ModelOptions::new(&[0.0], &[1.0]).sample_epsilon(true).bound(Bound::Equal);
    let model = Model::new(&options).unwrap();
    assert_eq!(model.columns(), 2);
    let workspace = &mut workspace();
    let found = model.integral_given(workspace, (&[0.0], &[1.0]), &[0.5, 3.0]).unwrap();
    assert!((found.value[0] - 0.5).abs() < 1e-12 && (found.value[1] - 3.0).abs() < 1e-12);
    assert_eq!(model.integral(workspace, &[0.0], &[1.0]).unwrap_err().status(), Status::Argument);
    let plain = Model::new(&ModelOptions::new(&[0.0], &[1.0])).unwrap();
    let one = plain.integral_given(workspace, (&[0.0], &[1.0]), &[]).unwrap();
    assert!((one.value[0] - 1.0).abs() < 1e-12);
}
