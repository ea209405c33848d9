//! Which handles may be shared, and which only move.
mod support;
use std::thread;

use libfinn::{
    Conditioning, ConditioningOptions, Constraint, ConstraintOptions, Domain, Method,
    MixtureOptions, Model, ModelBuilder, Network, Table, Trainer, TrainingOptions, Workspace,
};
use support::{mixture, model, open_box, points, workspace};

#[test]
fn parts_models_and_tables_are_shared_and_workspaces_and_trainers_move() {
    fn is_send_and_sync<T: Send + Sync>() {}
    fn is_send<T: Send>() {}
    is_send_and_sync::<Model>();
    is_send_and_sync::<Network>();
    is_send_and_sync::<Domain>();
    is_send_and_sync::<Constraint>();
    is_send_and_sync::<Conditioning>();
    is_send_and_sync::<ModelBuilder<'_>>();
    is_send_and_sync::<Table>();
    is_send_and_sync::<libfinn::Distribution>();
    is_send_and_sync::<libfinn::Chain>();
    is_send_and_sync::<TrainingOptions>();
    is_send_and_sync::<libfinn::Error>();
    is_send::<Workspace>();
    is_send::<Trainer<'_>>();
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
    <Trainer<'_> as Ambiguous<_>>::holds();
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
    assert_eq!((original.variables(), original.outputs(), original.parameter_count()), (2, 1, 64));
    assert!(format!("{original:?}").contains("variables: 2"));
}

#[test]
fn threads_make_models_of_the_same_parts_at_once() {
    let network = mixture(&MixtureOptions::new().components(8));
    let defaults = ConstraintOptions::new();
    let constraint = Constraint::equal(Method::Scale, &[2.5], &defaults).unwrap();
    let conditioning = Conditioning::film(1, None, &ConditioningOptions::new()).unwrap();
    let domain = open_box();
    let made = || {
        let builder = Model::builder(&network, &domain).constraint(&constraint).seed(5);
        builder.conditioning(&conditioning).build().unwrap()
    };
    let expected = made().parameters::<f64>().unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let model = made();
                    assert_eq!(model.parameters::<f64>().unwrap(), expected);
                    assert_eq!(model.constraint().unwrap().bounds().unwrap().0, [2.5]);
                }
            });
        }
    });
}

#[test]
fn parts_outlive_the_clones_and_models_that_share_them() {
    let model = {
        let (network, domain) = (mixture(&MixtureOptions::new()), open_box());
        let (also, too) = (network.clone(), domain.clone());
        drop((network, domain));
        thread::spawn(move || Model::new(&also, &too).unwrap()).join().unwrap()
    };
    let (network, domain) = (model.network().unwrap(), model.domain().unwrap());
    drop(model);
    assert_eq!((network.variables(), domain.variables()), (2, 2));
    assert_eq!(Model::new(&network, &domain).unwrap().outputs(), 1);
}
