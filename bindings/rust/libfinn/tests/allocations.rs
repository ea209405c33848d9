//! No allocation in Rust per call, once the workspace has grown.
mod support;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

use libfinn::{Domain, Limits, Moments, Result, Trainer, TrainingOptions};
use support::{LOWER, UPPER, joint, model, model_on, points, workspace};

/// Counts what this thread allocates.
struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: as the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(body: impl FnOnce() -> Result<()>) -> usize {
    let before = COUNT.get();
    body().unwrap();
    COUNT.get() - before
}

#[test]
fn the_counter_sees_an_allocation() {
    let count = allocations(|| {
        black_box(vec![1.0]);
        Ok(())
    });
    assert_eq!(count, 1);
}

#[test]
fn calls_into_arrays_of_the_caller_allocate_nothing() {
    let (mut model, mut workspace, x) = (model(), workspace(), points(50));
    let mut parameters = model.parameters::<f64>().unwrap();
    let (mut f, mut x_adjoint) = (vec![1.0; 50], vec![0.0; 100]);
    let (mut value, mut number) = ([0.0], [0.0]);
    let mut round = || {
        allocations(|| {
            model.integrand_into(&mut workspace, &x, &mut f)?;
            model.antiderivative_into(&mut workspace, &x, &mut f)?;
            model.mixed_partial_into(&mut workspace, 1, &x, &mut f)?;
            let corners = (&LOWER[..], &UPPER[..]);
            let condition = Some(&mut number[..]);
            let x_limits = Limits::X;
            model.integral_into(&mut workspace, x_limits, corners, &mut value, condition, None)?;
            let rows = (&x[..], &f[..]);
            let slopes = Some(&mut x_adjoint[..]);
            model.integrand_vjp_into(&mut workspace, rows, None, &mut parameters, slopes)?;
            model.parameters_into(&mut parameters)?;
            model.set_parameters(&parameters)?;
            libfinn::sigma_into(2, 1, &x, &mut x_adjoint)?;
            libfinn::log_sigma_into(2, &x, &mut x_adjoint, None)?;
            libfinn::repeated_erfc_into(2, 1, &x, &mut x_adjoint)
        })
    };
    round();
    assert_eq!(round(), 0);
}

#[test]
fn a_region_and_a_model_on_it_allocate_nothing_per_call() {
    let domain = Domain::star(None, &[0.0, 0.0], |d| 4.0 + d[0]).unwrap();
    let model = model_on(&domain);
    let (mut workspace, x) = (workspace(), points(50));
    let (mut u, mut back, mut f) = (vec![0.0; 100], vec![0.0; 100], vec![0.0; 50]);
    let mut round = || {
        allocations(|| {
            domain.to_box_into(&x, &mut u, Some(&mut f))?;
            domain.to_point_into(&u, &mut back)?;
            model.integrand_into(&mut workspace, &x, &mut f)
        })
    };
    round();
    assert_eq!(round(), 0);
}

#[test]
fn a_distribution_allocates_nothing_in_rust_per_call() {
    let (joint, mut workspace, x) = (joint(), workspace(), points(50));
    let first = joint.marginal(&[0]).unwrap();
    let (mut p, mut u, mut moments) = (vec![0.0; 50], vec![0.0; 100], Moments::default());
    let mut round = || {
        allocations(|| {
            joint.density_into(&mut workspace, &x, &mut p)?;
            joint.log_density_into(&mut workspace, &x, &mut p)?;
            joint.probability_into(&mut workspace, (&x, &x), &[], &mut p, None)?;
            joint.cdf_into(&mut workspace, &x, &mut p)?;
            first.quantile_into(&mut workspace, &p, &[], &mut u[..50])?;
            joint.rosenblatt_into(&mut workspace, &x, &mut u)?;
            joint.sample_into(&mut workspace, 1, 0, &[], &mut u)?;
            joint.moments_into(&mut workspace, &[], &mut moments)
        })
    };
    round();
    assert_eq!(round(), 0);
}

#[test]
fn bytes_of_files_into_arrays_of_the_caller_allocate_nothing_in_rust() {
    let mut model = model();
    let mut bytes = model.to_bytes().unwrap();
    assert_eq!(allocations(|| model.bytes_into(&mut bytes).map(|_| ())), 0);
    let trainer = Trainer::new(&mut model, &TrainingOptions::new()).unwrap();
    let mut bytes = trainer.to_bytes().unwrap();
    assert_eq!(allocations(|| trainer.bytes_into(&mut bytes).map(|_| ())), 0);
}

#[test]
fn a_fit_allocates_nothing_per_step() {
    let (mut model, mut workspace) = (model(), workspace());
    let mut trainer = Trainer::new(&mut model, &TrainingOptions::new().steps(50)).unwrap();
    let mut go_on = |_: &libfinn::Progress| std::ops::ControlFlow::Continue(());
    let sampler = |sample: libfinn::Sample<'_>| {
        sample.y.fill(0.2);
        Ok(())
    };
    let count =
        allocations(|| trainer.fit_sampler(&mut workspace, sampler, Some(&mut go_on)).map(|_| ()));
    assert_eq!(count, 0);
}
