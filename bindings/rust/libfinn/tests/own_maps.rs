//! Domains made of closures: how long they live, which threads call them, and how they fail.
mod support;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use libfinn::{Domain, OwnMap, Rows, Sample, Status, Trainer, TrainingOptions, Workspace};
use support::{assert_refused, model_on, points, workspace};

/// A disk of radius 4, whose closure says `what` as a panic once the flag is raised.
fn breakable(what: &'static str) -> (Domain, Arc<AtomicBool>) {
    let broken = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&broken);
    let radius = move |_: &[f64]| {
        if seen.load(Ordering::Relaxed) { panic!("{what}") } else { 4.0 }
    };
    (Domain::star(None, &[0.0, 0.0], radius).unwrap(), broken)
}

/// x = 2 u on the unit square, with its inverse and determinant.
fn doubled() -> OwnMap {
    OwnMap::new(&[0.0; 2], &[1.0; 2], |u, x| (x[0], x[1]) = (2.0 * u[0], 2.0 * u[1]))
        .to_box(|x, u| (u[0], u[1]) = (x[0] / 2.0, x[1] / 2.0))
        .determinant(|_| 4.0)
}

/// What the panic of `body` carried.
fn panic_of<T>(body: impl FnOnce() -> T) -> String {
    let Err(panic) = catch_unwind(AssertUnwindSafe(body)) else { panic!("no panic") };
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => (*panic.downcast::<&str>().unwrap()).to_owned(),
    }
}

#[test]
fn closures_live_as_long_as_what_was_made_of_them() {
    let captured = Arc::new(());
    let held = Arc::clone(&captured);
    let star = Domain::star(None, &[0.0, 0.0], move |_| {
        let _ = &held;
        1.0
    });
    let moved = star.unwrap().affine(&[2.0, 0.0, 0.0, 2.0], &[1.0, 1.0]).unwrap();
    let model = model_on(&moved);
    drop(moved);
    let copy = model.try_clone().unwrap();
    drop(model);
    assert_eq!(Arc::strong_count(&captured), 2);
    drop(copy.domain().unwrap());
    assert_eq!(Arc::strong_count(&captured), 2);
    assert!(copy.integrand(&mut workspace(), &[1.5, 1.0]).unwrap()[0] > 0.0);
    drop(copy);
    assert_eq!(Arc::strong_count(&captured), 1);
}

#[test]
fn closures_of_a_domain_that_cannot_be_made_are_dropped() {
    let captured = Arc::new(());
    let held = Arc::clone(&captured);
    let star = Domain::star(None, &[0.0; 4], move |_| {
        let _ = &held;
        1.0
    });
    assert_refused(star, Status::Argument, "variables");
    let held = Arc::clone(&captured);
    let map = OwnMap::new(&[0.0], &[0.0, 1.0], move |_, _| {
        let _ = &held;
    });
    assert_refused(Domain::map(map), Status::Size, "upper");
    assert_eq!(Arc::strong_count(&captured), 1);
}

#[test]
fn a_drop_that_panics_stays_inside() {
    struct Loud;
    impl Drop for Loud {
        fn drop(&mut self) {
            panic!("on the way out");
        }
    }
    let loud = Loud;
    let star = Domain::star(None, &[0.0, 0.0], move |_| {
        let _ = &loud;
        1.0
    });
    drop(star.unwrap());
}

#[test]
fn a_map_with_its_inverse_and_determinant_is_a_domain() {
    let domain = Domain::map(doubled()).unwrap();
    let (u, log_weight) = domain.to_box(&[1.0, 0.5]).unwrap();
    assert_eq!(u, [0.5, 0.25]);
    assert!((log_weight[0] + 4.0_f64.ln()).abs() < 1e-12);
}

#[test]
fn a_map_that_contradicts_itself_is_refused_by_name() {
    let argument = Status::Argument;
    let wrong = doubled().to_box(|x, u| u.copy_from_slice(x));
    assert_refused(Domain::map(wrong), argument, "to_box");
    assert_refused(Domain::map(doubled().determinant(|_| 1.0)), argument, "determinant");
    assert_refused(Domain::map(OwnMap::new(&[], &[], |_, _| ())), argument, "variables");
    assert_refused(Domain::map(OwnMap::new(&[1.0], &[0.0], |_, _| ())), argument, "upper");
    assert_refused(Domain::star(None, &[0.0, 0.0], |_| f64::NAN), argument, "radius");
    assert_refused(Domain::star(None, &[0.0, 0.0], |_| -1.0), argument, "radius");
}

#[test]
fn a_panic_of_a_closure_comes_out_where_the_domain_is_made() {
    assert_eq!(panic_of(|| Domain::star(None, &[0.0, 0.0], |_| panic!("no radius"))), "no radius");
    let map = OwnMap::new(&[0.0], &[1.0], |_, _| panic!("no x"));
    assert_eq!(panic_of(|| Domain::map(map)), "no x");
    assert_eq!(panic_of(|| Domain::map(doubled().to_box(|_, _| panic!("no u")))), "no u");
    let map = doubled().determinant(|_| panic!("no determinant"));
    assert_eq!(panic_of(|| Domain::map(map)), "no determinant");
}

#[test]
fn a_panic_of_a_closure_comes_out_of_every_question() {
    let (domain, broken) = breakable("lost");
    let product = Domain::product(std::slice::from_ref(&domain)).unwrap();
    let model = model_on(&product);
    let (x, mut workspace) = ([0.5, 0.5], Workspace::new(2).unwrap());
    let many = points(500);
    let before = model.integrand(&mut workspace, &x).unwrap();
    broken.store(true, Ordering::Relaxed);
    assert_eq!(panic_of(|| domain.to_point(&x)), "lost");
    assert_eq!(panic_of(|| domain.to_box(&x)), "lost");
    assert_eq!(panic_of(|| product.to_box(&x)), "lost");
    assert_eq!(panic_of(|| model.integrand(&mut workspace, &x)), "lost");
    assert_eq!(panic_of(|| model.integrand(&mut workspace, &many)), "lost");
    assert_eq!(panic_of(|| model.antiderivative(&mut workspace, &x)), "lost");
    assert_eq!(panic_of(|| model.mixed_partial(&mut workspace, 1, &x)), "lost");
    assert_eq!(panic_of(|| model.domain().unwrap().to_box(&x)), "lost");
    assert_eq!(panic_of(|| model.integrand_vjp(&mut workspace, &x, &[1.0])), "lost");
    broken.store(false, Ordering::Relaxed);
    assert_eq!(model.integrand(&mut workspace, &x).unwrap(), before);
}

#[test]
fn a_panic_of_a_closure_comes_out_of_training() {
    let (domain, broken) = breakable("lost");
    let mut model = model_on(&domain);
    let (x, y, mut workspace) = (points(30), vec![0.1; 30], workspace());
    let rows = Rows::new(&x).y(&y);
    broken.store(true, Ordering::Relaxed);
    assert_eq!(panic_of(|| model.initialise_from_data(&x, 0)), "lost");
    broken.store(false, Ordering::Relaxed);
    let options = TrainingOptions::new().steps(4).batch(8);
    let mut trainer = Trainer::new(&mut model, &options).unwrap();
    broken.store(true, Ordering::Relaxed);
    assert_eq!(panic_of(|| trainer.set_validation(rows)), "lost");
    let fit = panic_of(|| trainer.fit_data(&mut workspace, rows, None));
    assert_eq!((fit.as_str(), trainer.steps()), ("lost", 0));
    let zero = |sample: Sample<'_>| {
        sample.y.fill(0.0);
        Ok(())
    };
    let fit = panic_of(|| trainer.fit_sampler(&mut workspace, zero, None));
    assert_eq!(fit, "lost");
    broken.store(false, Ordering::Relaxed);
    trainer.fit_data(&mut workspace, rows, None).unwrap();
    assert_eq!(trainer.steps(), 4);
}

#[test]
fn closures_are_asked_by_many_threads_at_once() {
    let domain = Domain::star(None, &[0.0, 0.0], |d| 4.0 + d[1]).unwrap();
    let (model, x) = (model_on(&domain), points(300));
    let expected = model.integrand(&mut workspace(), &x).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut own = Workspace::new(2).unwrap();
                assert_eq!(model.integrand(&mut own, &x).unwrap(), expected);
                assert_eq!(domain.to_box(&x).unwrap().1.len(), 300);
            });
        }
    });
}
