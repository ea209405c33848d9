//! Derivatives of any orders, gradients of integrals and of what a distribution says, against
//! differences.
mod support;

use libfinn::{Limits, Status};
use support::{LOWER, UPPER, assert_refused, mixture_model, model, points, workspace};

/// The derivative at 0 of a function of an offset.
fn slope(mut of: impl FnMut(f64) -> f64) -> f64 {
    let h = 1e-4;
    (8.0 * (of(h) - of(-h)) - (of(2.0 * h) - of(-2.0 * h))) / (12.0 * h)
}

#[track_caller]
fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-6 * (1.0 + expected.abs()), "{found} {expected}");
}

#[test]
fn a_derivative_is_the_slope_of_the_one_of_an_order_less() {
    for model in [model(), mixture_model()] {
        let (mut workspace, x) = (workspace(), points(1));
        let f = model.integrand(&mut workspace, &x).unwrap();
        assert_eq!(model.derivative(&mut workspace, &[1, 1], &x).unwrap(), f);
        let second = model.derivative(&mut workspace, &[2, 1], &x).unwrap()[0];
        let expected = slope(|offset| {
            let moved = [x[0] + offset, x[1]];
            model.integrand(&mut workspace, &moved).unwrap()[0]
        });
        assert_near(second, expected);
        let vjp = model.derivative_vjp(&mut workspace, &[1, 1], &x, &[1.0]).unwrap();
        assert_eq!(vjp.values, f);
        assert_near(vjp.x[0], second);
        let narrow: Vec<f32> = x.iter().map(|x| *x as f32).collect();
        let value = model.derivative(&mut workspace, &[2, 1], &narrow).unwrap()[0];
        assert!((f64::from(value) - second).abs() <= 1e-3 * (1.0 + second.abs()));
    }
}

#[test]
fn orders_and_lengths_are_checked() {
    let (model, mut workspace, x) = (model(), workspace(), points(1));
    let refused = model.derivative(&mut workspace, &[5, 4], &x);
    assert_refused(refused, Status::Argument, "orders");
    let refused = model.derivative(&mut workspace, &[1], &x);
    assert_refused(refused, Status::Size, "orders");
    let refused = model.derivative_vjp(&mut workspace, &[1, 1], &x, &[1.0, 2.0]);
    assert_refused(refused, Status::Size, "values_adjoint");
}

#[test]
fn an_integral_has_slopes_by_its_limits() {
    let (model, mut workspace) = (model(), workspace());
    let middle = [0.5 * (LOWER[0] + UPPER[0]), 0.5 * (LOWER[1] + UPPER[1])];
    let vjp = model
        .conditional_integral_vjp(&mut workspace, Limits::X, (&LOWER, &middle), &[], &[1.0])
        .unwrap();
    let mut value = |upper: [f64; 2]| {
        model.integral(&mut workspace, Limits::X, &LOWER, &upper).unwrap().value[0]
    };
    assert_near(vjp.value[0], value(middle));
    assert_near(vjp.upper[0], slope(|offset| value([middle[0] + offset, middle[1]])));
    assert!(vjp.lower[0] < 0.0);
    assert_eq!(vjp.parameters.len(), model.parameter_count());
    assert!(vjp.conditions.is_empty());
}

#[test]
fn a_distribution_has_gradients() {
    let (mut workspace, x) = (workspace(), points(1));
    for joint in [model().distribution(0).unwrap(), mixture_model().distribution(0).unwrap()] {
        let score = joint.log_density_gradient(&mut workspace, &x).unwrap();
        let cdf = joint.cdf_gradient(&mut workspace, &x).unwrap();
        for column in 0..2 {
            let moved = |offset| {
                let mut at = [x[0], x[1]];
                at[column] += offset;
                at
            };
            let expected = slope(|o| joint.log_density(&mut workspace, &moved(o)).unwrap()[0]);
            assert_near(score[column], expected);
            let expected = slope(|o| joint.cdf(&mut workspace, &moved(o)).unwrap()[0]);
            assert_near(cdf[column], expected);
        }
        let boxes = joint.probability_gradient(&mut workspace, &LOWER, &x, &[]).unwrap();
        assert_near(boxes.upper[1], cdf[1]);
        assert!(boxes.given.is_empty() && boxes.lower[0] <= 0.0);
        let transform = joint.rosenblatt_jacobian(&mut workspace, &x).unwrap();
        let density = joint.density(&mut workspace, &x).unwrap()[0];
        assert_near(transform.jacobian[0] * transform.jacobian[3], density);
        assert_near(transform.jacobian[0] * transform.inverse[0], 1.0);
        assert_eq!(transform.jacobian[1], 0.0);
        let refused = joint.cdf_gradient(&mut workspace, &[0.5]);
        assert_refused(refused, Status::Size, "x");
    }
}
