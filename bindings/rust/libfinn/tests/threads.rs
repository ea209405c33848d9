//! Which handles may be shared, and which only move.
mod support;
use std::thread;

use libfinn::{Domain, Model, ModelOptions, Trainer, Workspace};
use support::{model, points, workspace};

#[test]
fn models_and_domains_are_shared_and_workspaces_and_trainers_move() {
    fn is_send_and_sync<T: Send + Sync>() {}
    fn is_send<T: Send>() {}
    is_send_and_sync::<Model>();
    is_send_and_sync::<Domain>();
    is_send_and_sync::<ModelOptions>();
    is_send_and_sync::<libfinn::Error>();
    is_send::<Workspace>();
    is_send::<Trainer>();
}

/// Compiles only while neither type is Sync: else the call would be ambiguous.
#[test]
fn workspaces_and_trainers_are_not_shared() {
    trait Ambiguous<A> {
        fn holds() {}
    }
    struct Sync_;
    impl<T: ?Sized> Ambiguous<()> for T {}
    impl<T: ?Sized + Sync> Ambiguous<Sync_> for T {}
    <Workspace as Ambiguous<_>>::holds();
    <Trainer as Ambiguous<_>>::holds();
}

#[test]
fn threads_that_share_a_model_find_the_same_bits() {
    let (model, x) = (model(), points(300));
    let expected = model.integrand(&mut workspace(), &x).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut own = workspace();
                for _ in 0..20 {
                    assert_eq!(model.integrand(&mut own, &x).unwrap(), expected);
                }
            });
        }
    });
}

#[test]
fn a_workspace_of_another_thread_serves_as_well() {
    let (model, x) = (model(), points(30));
    let mut grown = Workspace::new(2).unwrap();
    let expected = model.integrand(&mut grown, &x).unwrap();
    let found = thread::spawn({
        let (model, x) = (model.try_clone().unwrap(), x.clone());
        move || model.integrand(&mut grown, &x).unwrap()
    });
    assert_eq!(found.join().unwrap(), expected);
}

#[test]
fn a_clone_shares_nothing() {
    let original = model();
    let before = original.parameters::<f64>().unwrap();
    let mut copy = original.try_clone().unwrap();
    copy.set_parameters(&vec![0.5; copy.parameter_count()]).unwrap();
    assert_eq!(original.parameters::<f64>().unwrap(), before);
    assert_eq!((original.variables(), original.outputs(), original.parameter_count()), (2, 1, 59));
    assert!(format!("{original:?}").contains("variables: 2"));
}

#[test]
fn a_network_without_hidden_layers_can_be_made() {
    let model = Model::new(&support::options().widths(&[])).unwrap();
    assert_eq!(model.parameter_count(), 3);
}
