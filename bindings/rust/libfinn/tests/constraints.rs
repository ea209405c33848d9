//! Bounds on the integral, integrals that are learned, and linear constraints.
mod support;
use libfinn::{
    Approach, Bound, Constraint, LinearConstraint, Model, ModelOptions, Positivity, Status,
};
use support::{LOWER, UPPER, workspace};

fn new() -> ModelOptions {
    ModelOptions::new(&LOWER, &UPPER).widths(&[6, 5])
}

fn integral_of(options: &ModelOptions) -> f64 {
    let model = Model::new(options).unwrap();
    model.integral(&mut workspace(), &LOWER, &UPPER).unwrap().value[0]
}

#[test]
fn the_integral_lies_within_its_bounds() {
    let free = integral_of(&new().constraint(Constraint::None));
    let at_most = |epsilon, approach| {
        integral_of(&new().epsilon(&[epsilon]).bound(Bound::AtMost).approach(approach))
    };
    assert!((at_most(2.0 * free, Approach::Hard) - free).abs() < 1e-12 * free);
    assert!((at_most(0.5 * free, Approach::Hard) - 0.5 * free).abs() < 1e-12 * free);
    assert!((at_most(free, Approach::Smooth) - 0.5 * free).abs() < 1e-12 * free);
    let at_least = integral_of(&new().epsilon(&[2.0 * free]).bound(Bound::AtLeast));
    assert!((at_least - 2.0 * free).abs() < 1e-12 * free);
    let between = new().epsilon(&[3.0]).lower_epsilon(&[1.0]).bound(Bound::Between);
    let learned = integral_of(&between.clone().approach(Approach::Learned));
    assert!((learned - 2.0).abs() < 1e-12);
    let smooth = integral_of(&between.approach(Approach::Smooth));
    assert!(smooth > 1.0 && smooth < 3.0);
}

#[test]
fn the_projection_meets_all_its_constraints() {
    let half = [UPPER[0], 0.5 * (LOWER[1] + UPPER[1])];
    let model = Model::new(
        &new()
            .positivity(Positivity::None)
            .constraint(Constraint::Projection)
            .linear_constraint(LinearConstraint::new(&[0.5]))
            .linear_constraint(LinearConstraint::new(&[-1.0]).within(&LOWER, &half))
            .linear_constraint(LinearConstraint::new(&[0.25]).powers(&[1, 0])),
    )
    .unwrap();
    let workspace = &mut workspace();
    let whole = model.integral(workspace, &LOWER, &UPPER).unwrap();
    let part = model.integral(workspace, &LOWER, &half).unwrap();
    assert!((whole.value[0] - 0.5).abs() < 1e-12, "{whole:?}");
    assert!((part.value[0] + 1.0).abs() < 1e-12, "{part:?}");
}

#[test]
fn what_does_not_fit_is_refused() {
    let between = new().bound(Bound::Between);
    assert_eq!(Model::new(&between).unwrap_err().status(), Status::Null);
    let lengths = between.lower_epsilon(&[0.5, 0.5]);
    assert_eq!(Model::new(&lengths).unwrap_err().status(), Status::Size);
    let softness = new().softness(1.0);
    assert_eq!(Model::new(&softness).unwrap_err().status(), Status::Argument);
    let projection = |linear| {
        let options = new().positivity(Positivity::None).constraint(Constraint::Projection);
        Model::new(&options.linear_constraint(linear)).unwrap_err().status()
    };
    assert_eq!(projection(LinearConstraint::new(&[1.0, 2.0])), Status::Size);
    assert_eq!(projection(LinearConstraint::new(&[1.0]).powers(&[1])), Status::Size);
    assert_eq!(projection(LinearConstraint::new(&[1.0]).powers(&[1, 9])), Status::Argument);
    assert_eq!(projection(LinearConstraint::new(&[1.0]).within(&[0.0], &[1.0])), Status::Size);
}
