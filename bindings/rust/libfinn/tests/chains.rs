//! Chains: densities of many variables, fitted link by link.
mod support;
use std::ops::ControlFlow;

use libfinn::{Chain, ChainOptions, LinkForm, Progress, Rows, Status};
use support::{Temporary, assert_refused, workspace};

const STEPS: i64 = 10;

fn short() -> ChainOptions {
    let options = ChainOptions::new().steps(STEPS).batch(32).components(4).linear_components(2);
    options.widths(&[4]).seed(5)
}

/// Rows of two numbers of which the second follows the first.
fn rows_that_hang_together(count: u32) -> Vec<f64> {
    let row = |i: u32| {
        let at = f64::from(i);
        let (first, noise) = ((0.5 + 0.618 * at).fract(), (0.5 + 0.414 * at).fract());
        [first, 2.0 * first + 0.3 * noise]
    };
    (0..count).flat_map(row).collect()
}

fn fitted() -> Chain {
    let mut chain = Chain::new(2, 0, None, &short()).unwrap();
    let x = rows_that_hang_together(200);
    assert!(chain.fit(&mut workspace(), Rows::new(&x), None).unwrap());
    chain
}

#[test]
fn a_fit_makes_a_link_for_each_variable() {
    let chain = Chain::new(2, 0, None, &short()).unwrap();
    assert_eq!((chain.links(), chain.is_complete()), (0, false));
    let chain = fitted();
    assert_eq!((chain.variables(), chain.conditions(), chain.columns()), (2, 0, 2));
    assert_eq!((chain.links(), chain.is_complete()), (2, true));
    assert_eq!(format!("{chain:?}"), "Chain { variables: 2, conditions: 0, links: 2, .. }");
}

#[test]
fn a_link_says_what_became_of_it() {
    let chain = fitted();
    for link in (0..2).map(|i| chain.link(i).unwrap()) {
        let taken = match link.form {
            LinkForm::Linear | LinkForm::Stacked => link.linear,
            LinkForm::Residual => link.residual,
            LinkForm::Network => link.network,
            other => panic!("{other:?}"),
        };
        assert!(taken.is_some() && link.linear.is_some(), "{link:?}");
    }
    assert_eq!(chain.link(0).unwrap().network, None);
    assert!(chain.link(1).unwrap().network.is_some());
    assert_refused(chain.link(2), Status::Argument, "link");
}

#[test]
fn a_chain_keeps_its_options() {
    let options = fitted().options().unwrap();
    assert_eq!(format!("{options:?}"), format!("{:?}", short()));
    assert_ne!(format!("{options:?}"), format!("{:?}", ChainOptions::new()));
}

#[test]
fn a_chain_is_a_distribution_of_its_variables() {
    let (joint, mut workspace) = (fitted().distribution().unwrap(), workspace());
    let density = joint.density(&mut workspace, &[0.5, 1.1]).unwrap()[0];
    let first = joint.marginal(&[0]).unwrap().density(&mut workspace, &[0.5]).unwrap()[0];
    let second = joint.given(&[0]).unwrap().density(&mut workspace, &[1.1, 0.5]).unwrap()[0];
    assert!(density > 0.0 && (first * second - density).abs() < 1e-12 * density);
    assert_eq!(joint.sample(&mut workspace, 3, 0, &[], 20).unwrap().len(), 40);
}

#[test]
fn a_chain_has_conditions_and_limits() {
    let mut chain = Chain::new(1, 1, Some((&[0.0], &[1.0])), &short()).unwrap();
    let x = rows_that_hang_together(200);
    let rows = Rows::new(&x).weights(&[1.5; 200]);
    assert!(chain.fit(&mut workspace(), rows, None).unwrap());
    let distribution = chain.distribution().unwrap();
    assert_eq!(distribution.given_columns(), 1);
    assert_eq!(distribution.support().unwrap(), (vec![0.0], vec![1.0]));
}

#[test]
fn a_fit_that_progress_stopped_goes_on_to_the_same_bits() {
    let (x, mut stopped) =
        (rows_that_hang_together(200), Chain::new(2, 0, None, &short()).unwrap());
    let mut until_the_second = |told: &Progress| match told.step {
        0..=STEPS => ControlFlow::Continue(()),
        _ => ControlFlow::Break(()),
    };
    let ended = stopped.fit(&mut workspace(), Rows::new(&x), Some(&mut until_the_second));
    assert_eq!((ended.unwrap(), stopped.links()), (false, 1));
    assert_refused(stopped.distribution(), Status::Argument, "chain");
    let mut resumed = Chain::from_bytes(&stopped.to_bytes().unwrap()).unwrap();
    assert!(resumed.fit(&mut workspace(), Rows::new(&x), None).unwrap());
    assert!(resumed.to_bytes().unwrap() == fitted().to_bytes().unwrap());
}

#[test]
fn a_panic_of_progress_comes_out_of_the_fit() {
    let (x, mut chain) = (rows_that_hang_together(200), Chain::new(2, 0, None, &short()).unwrap());
    let fit = std::panic::AssertUnwindSafe(|| {
        let mut broken = |_: &Progress| -> ControlFlow<()> { panic!("enough") };
        chain.fit(&mut workspace(), Rows::new(&x), Some(&mut broken))
    });
    let panic = std::panic::catch_unwind(fit).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"enough"));
}

#[test]
fn a_chain_comes_back_from_its_file_with_the_same_bits() {
    let (chain, file) = (fitted(), Temporary::new("chain", b""));
    chain.save(file.path()).unwrap();
    let loaded = Chain::load(file.path()).unwrap();
    assert!(loaded.to_bytes().unwrap() == chain.to_bytes().unwrap());
    assert_eq!(Chain::load("/nowhere/chain").unwrap_err().status(), Status::File);
    assert_eq!(Chain::from_bytes(&[1, 2, 3]).unwrap_err().status(), Status::Format);
}

#[test]
fn wrong_lengths_and_targets_are_refused_by_name() {
    let mut chain = Chain::new(2, 0, None, &short()).unwrap();
    let mut refused = |rows: Rows<'_>, status, name| {
        assert_refused(chain.fit(&mut workspace(), rows, None), status, name);
    };
    let x = rows_that_hang_together(200);
    refused(Rows::new(&x[..3]), Status::Size, "x");
    refused(Rows::new(&x).weights(&[1.0; 3]), Status::Size, "weights");
    refused(Rows::new(&x).y(&x), Status::Argument, "y");
    refused(Rows::new(&[0.0, f64::NAN]), Status::NotFinite, "x");
    let limits = |lower, upper| Chain::new(2, 0, Some((lower, upper)), &short());
    assert_refused(limits(&[0.0], &[1.0, 1.0]), Status::Size, "lower");
    assert_refused(limits(&[0.0, 0.0], &[1.0]), Status::Size, "upper");
    assert_refused(limits(&[0.0, 1.0], &[1.0, 0.0]), Status::Argument, "lower");
    assert_refused(Chain::new(0, 0, None, &short()), Status::Argument, "variables");
    assert_refused(Chain::new(2, 5000, None, &short()), Status::Argument, "conditions");
}
