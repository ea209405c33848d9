//! What a call costs above the same call in C: `cargo bench`. Smallest of many batches, as others
//! share the machine.
use std::hint::black_box;
use std::ptr::{null, null_mut};
use std::time::Instant;

use libfinn::{Domain, MlpOptions, Model, Network, Workspace};
use libfinn_sys as sys;

const BATCHES: usize = 300;

/// Nanoseconds of one call.
fn time(calls: u32, mut call: impl FnMut()) -> f64 {
    let batch = |_| {
        let start = Instant::now();
        (0..calls).for_each(|_| call());
        start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
    };
    (0..BATCHES).map(batch).fold(f64::INFINITY, f64::min)
}

fn report(name: &str, in_c: f64, in_rust: f64) {
    let above = in_rust - in_c;
    println!("{name:<24} C {in_c:8.1} ns, Rust {in_rust:8.1} ns, above {above:6.1} ns");
}

/// A model and a workspace made without the safe layer.
fn raw_handles() -> (*mut sys::finn_model, *mut sys::finn_workspace) {
    let (mut network, mut domain) = (null_mut(), null_mut());
    let (mut model, mut workspace, none) = (null_mut(), null_mut(), null_mut());
    let (lower, upper) = ([0.0; 2], [1.0; 2]);
    // SAFETY: arrays of two numbers, a struct of the size that is told, and pointers that are valid
    // for writing; conditions and constraint may be NULL.
    unsafe {
        let mut options = std::mem::zeroed();
        let size = size_of::<sys::finn_mlp_options>() as u64;
        assert_eq!(sys::finn_mlp_options_init(&mut options, size), sys::FINN_OK);
        (options.hidden_layers, options.widths[0]) = (1, 4);
        assert_eq!(sys::finn_network_mlp(2, 1, &options, &mut network, none), sys::FINN_OK);
        let (lower, upper) = (lower.as_ptr(), upper.as_ptr());
        assert_eq!(sys::finn_domain_open_box(2, lower, upper, &mut domain, none), sys::FINN_OK);
        let made = sys::finn_model_create(
            network,
            domain,
            null(),
            null(),
            sys::FINN_FLOAT64,
            0,
            &mut model,
            none,
        );
        assert_eq!(made, sys::FINN_OK);
        assert_eq!(sys::finn_workspace_create(1, &mut workspace, none), sys::FINN_OK);
        sys::finn_network_destroy(network);
        sys::finn_domain_destroy(domain);
    }
    (model, workspace)
}

fn main() -> libfinn::Result<()> {
    let network = Network::mlp(2, 1, &MlpOptions::new().widths(&[4]))?;
    let domain = Domain::open_box(&[0.0, 0.0], &[1.0, 1.0])?;
    let (model, mut workspace) = (Model::new(&network, &domain)?, Workspace::new(1)?);
    let (x, mut f) = ([0.25, 0.75], [0.0]);

    // The raw handles of the same objects: each wrapper is its handle.
    let (raw_model, raw_workspace) = raw_handles();

    // SAFETY: a live handle.
    let in_c = time(10000, || unsafe {
        black_box(sys::finn_model_variables(black_box(raw_model)));
    });
    let in_rust = time(10000, || {
        black_box(black_box(&model).variables());
    });
    report("finn_model_variables", in_c, in_rust);

    // SAFETY: live handles and arrays for one row.
    let in_c = time(1000, || unsafe {
        let (x, f) = (black_box(x.as_ptr()), f.as_mut_ptr());
        let status = sys::finn_integrand_f64(raw_model, raw_workspace, x, 1, f, 1, null_mut());
        assert_eq!(status, sys::FINN_OK);
    });
    let in_rust = time(1000, || {
        model.integrand_into(&mut workspace, black_box(&x), &mut f).unwrap();
    });
    report("finn_integrand_f64, B 1", in_c, in_rust);

    // SAFETY: an empty array.
    let in_c = time(10000, || unsafe {
        let status = sys::finn_sigma_f64(2, 1, x.as_ptr(), 0, f.as_mut_ptr(), null_mut());
        assert_eq!(black_box(status), sys::FINN_OK);
    });
    let in_rust = time(10000, || {
        libfinn::sigma_into(2, 1, black_box(&x[..0]), &mut f[..0]).unwrap();
    });
    report("finn_sigma_f64, length 0", in_c, in_rust);

    // SAFETY: handles of ours, not used again.
    unsafe {
        sys::finn_workspace_destroy(raw_workspace);
        sys::finn_model_destroy(raw_model);
    }
    Ok(())
}
