//! Every kind of region: there and back, its volume, a model on it, and what is refused.
mod support;
use std::f64::consts::{PI, TAU};

use libfinn::{
    Constraint, ConstraintOptions, Direction, Domain, Limits, Loss, Method, MlpOptions, Model,
    Network, OwnMap, Result, Rows, Sample, Status, Tail, Trainer, TrainingOptions,
};
use support::{assert_refused, model_on, points, workspace};

const SQUARE: [f64; 8] = [0.0, 0.0, 2.0, 0.0, 2.0, 2.0, 0.0, 2.0];
const TRIANGLE: [f64; 6] = [0.0, 0.0, 2.0, 0.0, 0.0, 1.0];

/// x = u^3 + u on [0, 1].
fn cubic() -> OwnMap {
    OwnMap::new(&[0.0], &[1.0], |u, x| x[0] = u[0].powi(3) + u[0])
}

/// A domain of each kind with its volume, infinite for an axis without end.
fn kinds() -> Result<Vec<(&'static str, Domain, f64)>> {
    let infinite = f64::INFINITY;
    let disk = Domain::disk([1.0, 2.0], 2.0)?;
    let line = Domain::line(1.0, 2.0, Tail::Gaussian)?;
    let matrix = [2.0, 1.0, 0.0, 3.0];
    Ok(vec![
        ("open box", Domain::open_box(&[0.0, 1.0], &[2.0, 4.0])?, 6.0),
        ("box", Domain::box_of(&[0.0, 1.0], &[2.0, 4.0])?, 6.0),
        ("half-line", Domain::half_line(1.0, Direction::Upward, 2.0, Tail::Rational)?, infinite),
        ("parallelepiped", Domain::parallelepiped(&[1.0, 1.0], &[2.0, 0.0, 1.0, 3.0])?, 6.0),
        ("affine", disk.affine(&matrix, &[1.0, -1.0])?, 24.0 * PI),
        ("annulus", Domain::annulus([0.0, 0.0], 1.0, 2.0)?, 3.0 * PI),
        ("sector", Domain::sector([0.0, 0.0], (0.0, 2.0), (0.0, PI))?, TAU),
        ("ellipse", Domain::ellipse([0.0, 1.0], [2.0, 1.0], 0.5)?, TAU),
        ("polar", Domain::polar([0.0, 0.0], 1.0)?, PI),
        ("ball", Domain::ball([0.0, 1.0, 2.0], 1.0)?, 4.0 / 3.0 * PI),
        ("shell", Domain::shell([0.0, 1.0, 2.0], 1.0, 2.0)?, 28.0 / 3.0 * PI),
        ("cylinder", Domain::cylinder([0.0, 0.0], 1.0, 0.0, 2.0)?, TAU),
        ("simplex", Domain::simplex(2, &TRIANGLE)?, 1.0),
        ("polygon", Domain::polygon(&SQUARE)?, 4.0),
        ("star", Domain::star(None, &[1.0, 0.0], |d| 2.0 + d[0])?, 4.5 * PI),
        ("map", Domain::map(cubic())?, 2.0),
        ("product", Domain::product(&[disk.clone(), line.clone()])?, infinite),
        ("disk", disk, 4.0 * PI),
        ("line", line, infinite),
    ])
}

/// Points that fill the box of u evenly, `[rows][variables]`.
fn inner_points(domain: &Domain, rows: usize) -> Vec<f64> {
    let (lower, upper) = domain.limits().unwrap();
    let n = domain.variables();
    let share = |k: usize, i: usize| (0.5 + [0.618, 0.414, 0.732][i] * k as f64).fract();
    let entry = |k: usize, i: usize| lower[i] + share(k, i) * (upper[i] - lower[i]);
    (0..rows * n).map(|k| entry(k / n, k % n)).collect()
}

#[test]
fn u_leads_to_x_and_back() {
    for (name, domain, _) in kinds().unwrap() {
        let u = inner_points(&domain, 20);
        let x = domain.to_point(&u).unwrap();
        let (found, log_weight) = domain.to_box(&x).unwrap();
        assert_eq!(log_weight.len(), 20);
        for (found, u) in found.iter().zip(&u) {
            assert!((found - u).abs() < 1e-9, "{name}: {found} for {u}");
        }
        assert!(log_weight.iter().all(|weight| weight.is_finite()), "{name}");
    }
}

#[test]
fn the_volume_is_the_mean_of_one_over_the_weight() {
    for (name, domain, volume) in kinds().unwrap() {
        if volume.is_infinite() {
            continue;
        }
        let (lower, upper) = domain.limits().unwrap();
        let sides: f64 = lower.iter().zip(&upper).map(|(lower, upper)| upper - lower).product();
        let x = domain.to_point(&inner_points(&domain, 2000)).unwrap();
        let (_, log_weight) = domain.to_box(&x).unwrap();
        let mean = log_weight.iter().map(|weight| (-weight).exp()).sum::<f64>() / 2000.0;
        assert!((sides * mean - volume).abs() < 0.02 * volume, "{name}: {}", sides * mean);
    }
}

#[test]
fn the_integral_over_the_whole_region_is_its_target() {
    let options = ConstraintOptions::new();
    let constraint = Constraint::equal(Method::Scale, &[2.5], &options).unwrap();
    for (name, domain, _) in kinds().unwrap() {
        let layers = MlpOptions::new().widths(&[5]);
        let network = Network::mlp(domain.variables(), 1, &layers).unwrap();
        let model = Model::builder(&network, &domain).constraint(&constraint).seed(3).build();
        let (lower, upper) = domain.limits().unwrap();
        let whole = model.unwrap().integral(&mut workspace(), Limits::U, &lower, &upper).unwrap();
        assert!((whole.value[0] - 2.5).abs() < 1e-10, "{name}: {whole:?}");
    }
}

#[test]
fn limits_of_an_integral_are_those_of_x_or_of_u() {
    let line = Domain::line(1.0, 2.0, Tail::Gaussian).unwrap();
    let (model, mut workspace, infinity) = (model_on(&line), workspace(), f64::INFINITY);
    let mut integral = |limits, lower: f64, upper: f64| {
        model.integral(&mut workspace, limits, &[lower], &[upper]).unwrap().value[0]
    };
    assert!((integral(Limits::X, -infinity, infinity) - 1.0).abs() < 1e-12);
    let half = integral(Limits::X, -infinity, 1.0);
    assert!((half - integral(Limits::U, 0.0, 0.5)).abs() < 1e-12 && half < 1.0, "{half}");
    let disk = model_on(&Domain::disk([0.0, 0.0], 1.0).unwrap());
    let by_x = disk.integral(&mut support::workspace(), Limits::X, &[0.0; 2], &[0.5; 2]);
    assert_eq!(by_x.unwrap_err().status(), Status::Argument);
}

#[test]
fn a_model_outlives_its_domain_and_is_zero_outside() {
    let model = model_on(&Domain::disk([0.0, 0.0], 1.0).unwrap());
    let f = model.integrand(&mut workspace(), &[0.5, 0.0, 2.0, 0.0]).unwrap();
    assert!(f[0] > 0.0 && f[1] == 0.0, "{f:?}");
    assert_eq!(
        model.try_clone().unwrap().integrand(&mut workspace(), &[0.5, 0.0]).unwrap(),
        f[..1]
    );
    let domain = model.domain().unwrap();
    drop(model);
    assert_eq!(domain.to_box(&[2.0, 0.0]).unwrap().1, [f64::NEG_INFINITY]);
}

#[test]
fn a_point_outside_has_no_weight() {
    let disk = Domain::disk([0.0, 0.0], 1.0).unwrap();
    let (u, log_weight) = disk.to_box(&[3.0, 0.0]).unwrap();
    assert_eq!((u[0], log_weight[0]), (1.0, f64::NEG_INFINITY));
}

#[test]
fn a_half_line_runs_to_either_side() {
    let half = |direction| Domain::half_line(1.0, direction, 1.0, Tail::Exponential).unwrap();
    assert!(half(Direction::Upward).to_point(&[0.5]).unwrap()[0] > 1.0);
    assert!(half(Direction::Downward).to_point(&[0.5]).unwrap()[0] < 1.0);
}

#[test]
fn a_likelihood_on_a_disk_falls() {
    let domain = Domain::disk([0.0, 0.0], 4.0).unwrap();
    let mut model = model_on(&domain);
    let x: Vec<f64> = points(200).iter().map(|x| 0.3 * x).collect();
    model.initialise_from_data(&x, 1).unwrap();
    let options = TrainingOptions::new().steps(100).loss(Loss::NegativeLogLikelihood);
    let mut trainer = Trainer::new(&mut model, &options).unwrap();
    trainer.fit_data(&mut workspace(), Rows::new(&x), None).unwrap();
    let losses = trainer.history().unwrap();
    assert!(losses[99] < losses[0] - 0.1, "{} {}", losses[0], losses[99]);
    let outside = trainer.fit_data(&mut workspace(), Rows::new(&[9.0, 9.0]), None);
    assert_refused(outside, Status::Argument, "x");
}

#[test]
fn a_sampler_gets_points_of_the_region() {
    let domain = Domain::polygon(&SQUARE).unwrap();
    let mut model = model_on(&domain);
    let mut trainer = Trainer::new(&mut model, &TrainingOptions::new().steps(3).batch(50)).unwrap();
    let sampler = |sample: Sample<'_>| {
        assert!(domain.to_box(sample.x)?.1.iter().all(|weight| weight.is_finite()));
        sample.y.fill(0.25);
        Ok(())
    };
    trainer.fit_sampler(&mut workspace(), sampler, None).unwrap();
}

#[test]
fn what_is_no_region_is_refused_by_name() {
    use Status::{Argument, NotFinite, Size};
    let (o2, o3, nan) = ([0.0; 2], [0.0; 3], f64::NAN);
    let disk = Domain::disk(o2, 1.0).unwrap();
    let cases = [
        (Domain::open_box(&[], &[]), Argument, "variables"),
        (Domain::open_box(&[0.0; 65], &[1.0; 65]), Argument, "variables"),
        (Domain::open_box(&[0.0, 0.0], &[1.0]), Size, "upper"),
        (Domain::open_box(&[0.0], &[0.0]), Argument, "upper"),
        (Domain::open_box(&[nan], &[1.0]), NotFinite, "lower"),
        (Domain::open_box(&[0.0], &[f64::INFINITY]), NotFinite, "upper"),
        (Domain::star(Some("zero\0byte"), &o2, |_| 1.0), Argument, "name"),
        (Domain::map(cubic().name("zero\0byte")), Argument, "name"),
        (Domain::box_of(&[], &[]), Argument, "variables"),
        (Domain::box_of(&[0.0], &[1.0, 2.0]), Size, "upper"),
        (Domain::box_of(&[1.0], &[0.0]), Argument, "upper"),
        (Domain::line(0.0, 0.0, Tail::Gaussian), Argument, "scale"),
        (Domain::line(nan, 1.0, Tail::Gaussian), NotFinite, "centre"),
        (Domain::half_line(nan, Direction::Upward, 1.0, Tail::Gaussian), NotFinite, "end"),
        (Domain::parallelepiped(&o2, &[1.0; 3]), Size, "edges"),
        (Domain::parallelepiped(&o2, &[1.0; 4]), Argument, "edges"),
        (disk.affine(&[1.0; 3], &o2), Size, "matrix"),
        (disk.affine(&[1.0; 4], &o3), Size, "offset"),
        (disk.affine(&[1.0; 4], &o2), Argument, "matrix"),
        (Domain::disk(o2, 0.0), Argument, "radius"),
        (Domain::annulus(o2, 2.0, 1.0), Argument, "inner"),
        (Domain::sector(o2, (0.0, 1.0), (1.0, 0.0)), Argument, "from"),
        (Domain::ellipse(o2, [1.0, 0.0], 0.0), Argument, "semi_axes"),
        (Domain::polar(o2, -1.0), Argument, "radius"),
        (Domain::ball(o3, nan), NotFinite, "radius"),
        (Domain::shell(o3, 1.0, 1.0), Argument, "inner"),
        (Domain::cylinder(o2, 1.0, 1.0, 0.0), Argument, "bottom"),
        (Domain::simplex(2, &[0.0; 5]), Size, "vertices"),
        (Domain::simplex(2, &[0.0; 6]), Argument, "vertices"),
        (Domain::simplex(0, &[]), Argument, "variables"),
        (Domain::simplex(usize::MAX, &[]), Size, "vertices"),
        (Domain::polygon(&[0.0; 5]), Size, "vertices"),
        (Domain::polygon(&[0.0; 4]), Argument, "count"),
        (Domain::product(&[]), Argument, "count"),
        (Domain::product(&vec![disk.clone(); 5]), Argument, "factors"),
    ];
    for (made, status, name) in cases {
        assert_refused(made, status, name);
    }
}

#[test]
fn a_wrong_length_is_refused_before_the_call() {
    let (disk, size) = (Domain::disk([0.0; 2], 1.0).unwrap(), Status::Size);
    assert_refused(disk.to_point(&[0.0; 3]), size, "u");
    assert_refused(disk.to_point_into(&[0.0; 2], &mut [0.0; 3]), size, "x");
    assert_refused(disk.to_box(&[0.0; 3]), size, "x");
    assert_refused(disk.to_box_into(&[0.0; 2], &mut [0.0; 3], None), size, "u");
    let wrong = Some(&mut [0.0; 2][..]);
    assert_refused(disk.to_box_into(&[0.0; 2], &mut [0.0; 2], wrong), size, "log_weight");
    assert_refused(disk.to_point(&[]), Status::Argument, "count");
    assert_refused(disk.to_box(&[f64::NAN, 0.0]), Status::NotFinite, "x");
    let mut model = model_on(&disk);
    assert_refused(model.initialise_from_data(&[0.0; 3], 0), size, "x");
    assert_refused(model.initialise_from_data(&[], 0), Status::Argument, "rows");
    assert_refused(model.initialise_from_data(&[f64::NAN, 0.0], 0), Status::NotFinite, "x");
    assert_refused(model.initialise_from_data(&[2.0, 0.0], 0), Status::Argument, "x");
}

#[test]
fn a_domain_says_what_it_is() {
    let own =
        ["open box", "box", "line", "half-line", "affine", "polygon", "star", "map", "product"];
    for (kind, domain, _) in kinds().unwrap() {
        assert_eq!(domain.name(), None);
        assert!(!own.contains(&kind) || domain.kind() == kind, "{kind}: {domain:?}");
    }
    let ball = Domain::ball([0.0; 3], 1.0).unwrap();
    assert_eq!(ball.variables(), 3);
    assert_eq!(ball.limits().unwrap(), (vec![0.0, -1.0, 0.0], vec![1.0, 1.0, TAU]));
    assert!(format!("{ball:?}").contains("variables: 3"));
    let star = Domain::star(Some("petal"), &[0.0, 0.0], |_| 1.0).unwrap();
    let map = Domain::map(cubic().name("cubic")).unwrap();
    assert_eq!((star.name(), map.name()), (Some("petal"), Some("cubic")));
}
