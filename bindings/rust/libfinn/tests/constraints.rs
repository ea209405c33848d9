//! Targets and bounds of the integral, integrals that are learned, and linear constraints.
mod support;
use libfinn::{
    Bound, Constraint, ConstraintForm, ConstraintOptions, Limits, LinearConstraint, Method, Model,
    Positivity, Result, Status, Transition,
};
use support::{LOWER, UPPER, assert_refused, layers, mlp, open_box, workspace};

fn defaults() -> ConstraintOptions {
    ConstraintOptions::new()
}

fn model_with(constraint: &Constraint) -> Model {
    let network = mlp(&layers());
    Model::builder(&network, &open_box()).constraint(constraint).build().unwrap()
}

fn integral_of(constraint: Result<Constraint>) -> f64 {
    let model = model_with(&constraint.unwrap());
    model.integral(&mut workspace(), Limits::X, &LOWER, &UPPER).unwrap().value[0]
}

#[test]
fn the_integral_is_its_target() {
    let equal = |method, options| Constraint::equal(method, &[2.5], &options);
    assert!((integral_of(equal(Method::Scale, defaults())) - 2.5).abs() < 1e-12);
    assert!((integral_of(equal(Method::Shift, defaults())) - 2.5).abs() < 1e-12);
    let share = defaults().uniform_share(0.25);
    assert!((integral_of(equal(Method::Scale, share)) - 2.5).abs() < 1e-12);
    // Everywhere at least the density of the share, which is 2.5 / 4 / 6.
    let model = model_with(&equal(Method::Scale, share).unwrap());
    let f = model.integrand(&mut workspace(), &[-1.0, 0.0, 1.0, 3.0]).unwrap();
    assert!(f.iter().all(|f| *f >= 2.5 / 4.0 / 6.0), "{f:?}");
}

#[test]
fn the_integral_lies_within_its_bounds() {
    let free = integral_of(Constraint::none());
    let bounded = |lower: Option<f64>, upper: Option<f64>, transition| {
        let lower = lower.as_ref().map(std::slice::from_ref);
        let upper = upper.as_ref().map(std::slice::from_ref);
        let options = defaults();
        integral_of(Constraint::bounded(Method::Scale, lower, upper, transition, &options))
    };
    let at_most = |upper, transition| bounded(None, Some(upper), transition);
    assert!((at_most(2.0 * free, Transition::Clip) - free).abs() < 1e-12 * free);
    assert!((at_most(0.5 * free, Transition::Clip) - 0.5 * free).abs() < 1e-12 * free);
    assert!((at_most(free, Transition::Smooth) - 0.5 * free).abs() < 1e-12 * free);
    let at_least = bounded(Some(2.0 * free), None, Transition::Clip);
    assert!((at_least - 2.0 * free).abs() < 1e-12 * free);
    let learned = bounded(Some(1.0), Some(3.0), Transition::Learned);
    assert!((learned - 2.0).abs() < 1e-12);
    let smooth = bounded(Some(1.0), Some(3.0), Transition::Smooth);
    assert!(smooth > 1.0 && smooth < 3.0);
}

#[test]
fn an_integral_that_is_learned_begins_at_its_start() {
    let learned = Constraint::learned(Method::Scale, &[0.75], &defaults()).unwrap();
    assert!((integral_of(Ok(learned.clone())) - 0.75).abs() < 1e-12);
    let plain = Constraint::equal(Method::Scale, &[0.75], &defaults()).unwrap();
    let more = model_with(&learned).parameter_count();
    assert_eq!(more, model_with(&plain).parameter_count() + 1);
}

#[test]
fn linear_constraints_hold_at_once() {
    let half = [UPPER[0], 0.5 * (LOWER[1] + UPPER[1])];
    let all = [
        LinearConstraint::new(&[0.5]),
        LinearConstraint::new(&[-1.0]).within(&LOWER, &half),
        LinearConstraint::new(&[0.25]).powers(&[1, 0]),
    ];
    let constraint = Constraint::linear(2, 1, &all).unwrap();
    let network = mlp(&layers().positivity(Positivity::None));
    let model = Model::builder(&network, &open_box()).constraint(&constraint).build().unwrap();
    let workspace = &mut workspace();
    let whole = model.integral(workspace, Limits::X, &LOWER, &UPPER).unwrap();
    let part = model.integral(workspace, Limits::X, &LOWER, &half).unwrap();
    assert!((whole.value[0] - 0.5).abs() < 1e-12, "{whole:?}");
    assert!((part.value[0] + 1.0).abs() < 1e-12, "{part:?}");
}

#[test]
fn what_does_not_fit_is_refused() {
    use Status::{Argument, NotFinite, Size};
    let scale = Method::Scale;
    let bounded = |lower: Option<&[f64]>, upper: Option<&[f64]>| {
        Constraint::bounded(scale, lower, upper, Transition::Clip, &defaults())
    };
    assert!(bounded(None, None).is_err());
    assert_refused(bounded(Some(&[0.5, 0.5]), Some(&[1.0])), Size, "upper");
    assert_refused(bounded(Some(&[1.0]), Some(&[0.5])), Argument, "lower");
    assert_refused(bounded(Some(&[f64::NAN]), None), NotFinite, "lower");
    let equal = |target: &[f64], options| Constraint::equal(scale, target, &options);
    assert_refused(equal(&[], defaults()), Argument, "outputs");
    assert_refused(equal(&[f64::NAN], defaults()), NotFinite, "target");
    assert_refused(equal(&[1.0], defaults().uniform_share(1.0)), Argument, "uniform_share");
    let nan = defaults().uniform_share(f64::NAN);
    assert_refused(equal(&[1.0], nan), NotFinite, "uniform_share");
    let share = Constraint::equal(Method::Shift, &[1.0], &defaults().uniform_share(0.5));
    assert_refused(share, Argument, "uniform_share");
    assert_refused(Constraint::learned(scale, &[-1.0], &defaults()), Argument, "start");
    let smooth = Transition::Smooth;
    assert!(Constraint::per_row(scale, Bound::Equal, 1, smooth, &defaults()).is_err());
    let linear = |linear: LinearConstraint| Constraint::linear(2, 1, &[linear]);
    let one = || LinearConstraint::new(&[1.0]);
    assert_refused(linear(LinearConstraint::new(&[1.0, 2.0])), Size, "value");
    assert_refused(linear(one().powers(&[1])), Size, "powers");
    assert_refused(linear(one().powers(&[1, 9])), Argument, "powers");
    assert_refused(linear(one().within(&[0.0], &[1.0])), Size, "lower");
    assert_refused(linear(one().within(&[0.0; 2], &[1.0])), Size, "upper");
    assert_refused(Constraint::linear(2, 1, &[]), Argument, "count");
    let many = Constraint::linear(usize::MAX, 1, &[one()]);
    assert_refused(many, Argument, "variables");
}

#[test]
fn a_constraint_says_what_it_is() {
    let (scale, clip, infinity) = (Method::Scale, Transition::Clip, f64::INFINITY);
    let none = Constraint::none().unwrap();
    assert_eq!((none.form(), none.outputs()), (ConstraintForm::None, 0));
    let equal = Constraint::equal(scale, &[1.0, 2.0], &defaults()).unwrap();
    assert_eq!((equal.form(), equal.outputs()), (ConstraintForm::Equal, 2));
    assert_eq!(equal.bounds().unwrap(), (vec![1.0, 2.0], vec![1.0, 2.0]));
    let bounded = Constraint::bounded(scale, None, Some(&[3.0]), clip, &defaults()).unwrap();
    assert_eq!(bounded.form(), ConstraintForm::Bounded);
    assert_eq!(bounded.bounds().unwrap().1, [3.0]);
    let learned = Constraint::learned(Method::Shift, &[1.0], &defaults()).unwrap();
    assert_eq!(learned.form(), ConstraintForm::Learned);
    assert_eq!(learned.bounds().unwrap(), (vec![-infinity], vec![infinity]));
    let per_row = Constraint::per_row(scale, Bound::AtMost, 3, clip, &defaults()).unwrap();
    assert_eq!((per_row.form(), per_row.outputs()), (ConstraintForm::PerRow, 3));
    assert_eq!(per_row.bounds().unwrap_err().status(), Status::Argument);
    let linear = Constraint::linear(2, 1, &[LinearConstraint::new(&[1.0])]).unwrap();
    assert_eq!(linear.form(), ConstraintForm::Linear);
    assert!(format!("{linear:?}").contains("Linear"));
}
