//! f(x | c): columns beside x, and integrals for given conditions.
mod support;
use libfinn::{
    Bound, Conditioning, ConditioningForm, ConditioningOptions, Constraint, ConstraintOptions,
    Domain, Limits, Loss, Method, MixtureOptions, MlpOptions, Model, Network, Positivity, Rows,
    Status, Trainer, TrainingOptions, Transition,
};
use support::{assert_refused, workspace};

const UNIT: (&[f64], &[f64]) = (&[0.0], &[1.0]);

fn options() -> ConditioningOptions {
    ConditioningOptions::new().widths(&[8])
}

fn network() -> Network {
    Network::mixture(1, 1, &MixtureOptions::new().components(8)).unwrap()
}

fn line() -> Domain {
    Domain::open_box(UNIT.0, UNIT.1).unwrap()
}

fn model_with(conditioning: &Conditioning) -> Model {
    Model::builder(&network(), &line()).conditioning(conditioning).build().unwrap()
}

#[test]
fn the_integral_is_one_for_every_condition() {
    let film = Conditioning::film(1, None, &options()).unwrap();
    let hypernetwork = Conditioning::hypernetwork(1, None, &options()).unwrap();
    let inputs = Conditioning::inputs(1, None).unwrap();
    let free = MlpOptions::new().widths(&[6]).positivity(Positivity::None);
    let mlp = Network::mlp(1, 1, &free).unwrap();
    let models = [
        model_with(&film),
        model_with(&hypernetwork),
        Model::builder(&mlp, &line()).conditioning(&inputs).build().unwrap(),
    ];
    for mut model in models {
        assert_eq!((model.variables(), model.columns()), (1, 2));
        let parameters: Vec<f64> =
            model.parameters::<f64>().unwrap().iter().map(|value| value + 0.1).collect();
        model.set_parameters(&parameters).unwrap();
        let conditions = [-1.0, 0.0, 0.7];
        let integral = |limits| {
            model.conditional_integral(&mut workspace(), Limits::X, limits, &conditions).unwrap()
        };
        let found = integral(UNIT);
        assert_eq!(found.value.len(), 3);
        assert!(found.value.iter().all(|value| (value - 1.0).abs() < 1e-12), "{found:?}");
        let parts = integral((&[0.0], &[0.4]));
        assert_ne!(parts.value[0], parts.value[2]);
    }
}

#[test]
fn a_conditional_density_is_trained_from_rows() {
    let mut density = model_with(&Conditioning::film(1, Some(UNIT), &options()).unwrap());
    let rows: Vec<f64> = (0..200)
        .flat_map(|i| {
            let c = f64::from(i) / 200.0;
            [0.2 + 0.6 * c + 0.05 * f64::from(i % 5 - 2), c]
        })
        .collect();
    let training = TrainingOptions::new().steps(200).loss(Loss::NegativeLogLikelihood);
    let mut trainer = Trainer::new(&mut density, &training).unwrap();
    trainer.fit_data(&mut workspace(), Rows::new(&rows), None).unwrap();
    let f = density.integrand(&mut workspace(), &[0.2, 0.0, 0.8, 0.0]).unwrap();
    assert!(f[0] > 2.0 * f[1], "{f:?}");
}

#[test]
fn what_does_not_fit_is_refused() {
    use Status::{Argument, Size};
    let (o1, o2): (&[f64], &[f64]) = (&[0.0], &[1.0, 2.0]);
    assert_refused(Conditioning::film(1, Some((o1, o2)), &options()), Size, "upper");
    assert_refused(Conditioning::hypernetwork(1, Some((o2, o2)), &options()), Size, "lower");
    assert_refused(Conditioning::inputs(2, Some((o1, o2))), Size, "lower");
    assert_refused(Conditioning::inputs(0, None), Argument, "conditions");
    assert_refused(Conditioning::film(usize::MAX, None, &options()), Argument, "conditions");
    assert_refused(Conditioning::film(1, Some((o1, o1)), &options()), Argument, "upper");
    let zero = options().widths(&[4, 0]);
    assert_refused(Conditioning::film(1, None, &zero), Argument, "widths");
    let model = model_with(&Conditioning::film(1, None, &options()).unwrap());
    let found = model.conditional_integral(&mut workspace(), Limits::X, (o1, o2), o1);
    assert_refused(found, Size, "upper");
    let rows = model.integrand(&mut workspace(), &[0.0, 0.0, 0.5]);
    assert_refused(rows, Size, "x");
}

#[test]
fn a_conditioning_says_what_it_is() {
    let range: (&[f64], &[f64]) = (&[0.0, -2.0], &[1.0, 5.0]);
    let film = Conditioning::film(2, Some(range), &options()).unwrap();
    assert_eq!((film.form(), film.conditions()), (ConditioningForm::Film, 2));
    assert_eq!(film.limits().unwrap(), (range.0.to_vec(), range.1.to_vec()));
    assert_eq!(film.options().unwrap().get("widths").unwrap(), "8");
    let hypernetwork = Conditioning::hypernetwork(1, None, &options()).unwrap();
    assert_eq!(hypernetwork.form(), ConditioningForm::Hypernetwork);
    assert_eq!(hypernetwork.limits().unwrap(), (vec![-1.0], vec![1.0]));
    let inputs = Conditioning::inputs(1, None).unwrap();
    assert_eq!(inputs.form(), ConditioningForm::Inputs);
    assert!(format!("{inputs:?}").contains("conditions: 1"));
}

#[test]
fn a_target_per_row_is_the_last_column() {
    let (clip, defaults) = (Transition::Clip, ConstraintOptions::new());
    let per_row = Constraint::per_row(Method::Scale, Bound::Equal, 1, clip, &defaults).unwrap();
    let model = Model::builder(&network(), &line()).constraint(&per_row).build().unwrap();
    assert_eq!(model.columns(), 2);
    let workspace = &mut workspace();
    let found = model.conditional_integral(workspace, Limits::X, UNIT, &[0.5, 3.0]).unwrap();
    assert!((found.value[0] - 0.5).abs() < 1e-12 && (found.value[1] - 3.0).abs() < 1e-12);
    let whole = model.integral(workspace, Limits::X, UNIT.0, UNIT.1);
    assert_eq!(whole.unwrap_err().status(), Status::Argument);
    let plain = Model::new(&network(), &line()).unwrap();
    let one = plain.conditional_integral(workspace, Limits::X, UNIT, &[]).unwrap();
    assert!((one.value[0] - 1.0).abs() < 1e-12);
}
