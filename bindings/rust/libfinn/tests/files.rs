//! Model files: a model comes back with its parts and the same bits, and what is refused.
mod support;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use libfinn::{
    Bound, Conditioning, ConditioningForm, ConditioningOptions, Constraint, ConstraintForm,
    ConstraintOptions, Domain, Limits, Method, Model, NetworkForm, Precision, Status, Tail,
    Transition,
};
use support::{Temporary, assert_refused, layers, mlp, model, model_on, points, workspace};

/// A model in float with a conditioning, targets per row, and a domain that is no box.
fn whole() -> Model {
    let line = Domain::line(0.5, 2.0, Tail::Exponential).unwrap();
    let domain = Domain::product(&[line.clone(), line]).unwrap();
    let options = ConditioningOptions::new().widths(&[4]);
    let conditioning = Conditioning::hypernetwork(1, None, &options).unwrap();
    let (clip, defaults) = (Transition::Clip, ConstraintOptions::new());
    let constraint = Constraint::per_row(Method::Scale, Bound::AtMost, 1, clip, &defaults).unwrap();
    Model::builder(&mlp(&layers().orthants(2)), &domain)
        .constraint(&constraint)
        .conditioning(&conditioning)
        .precision(Precision::Float32)
        .seed(9)
        .build()
        .unwrap()
}

#[test]
fn a_saved_model_comes_back_with_the_same_bits() {
    let model = model();
    let file = Temporary::new("model.safetensors", &[]);
    model.save(file.path()).unwrap();
    assert_eq!(std::fs::read(file.path()).unwrap(), model.to_bytes().unwrap());
    let loaded = Model::load(file.path(), &[]).unwrap();
    let (mut workspace, x) = (workspace(), points(50));
    let mut bits = |model: &Model| -> Vec<u64> {
        let f = model.integrand(&mut workspace, &x).unwrap();
        let part = model.integral(&mut workspace, Limits::X, &[-0.5, 0.5], &[0.5, 2.0]).unwrap();
        f.iter().chain(&part.value).map(|value| value.to_bits()).collect()
    };
    assert_eq!(bits(&loaded), bits(&model));
    assert_eq!(loaded.to_bytes().unwrap(), model.to_bytes().unwrap());
}

#[test]
fn every_part_comes_back() {
    let model = whole();
    let loaded = Model::from_bytes(&model.to_bytes().unwrap(), &[]).unwrap();
    assert_eq!(loaded.precision(), Precision::Float32);
    assert_eq!(loaded.columns(), 4);
    let network = loaded.network().unwrap();
    assert_eq!(network.form(), NetworkForm::Mlp);
    assert_eq!(network.mlp_options().unwrap().get("orthants").unwrap(), "2");
    assert_eq!(loaded.domain().unwrap().kind(), "product");
    assert_eq!(loaded.constraint().unwrap().form(), ConstraintForm::PerRow);
    let conditioning = loaded.conditioning().unwrap().unwrap();
    assert_eq!(conditioning.form(), ConditioningForm::Hypernetwork);
    assert_eq!(conditioning.options().unwrap().get("widths").unwrap(), "4");
    let rows: Vec<f32> = vec![0.1, 0.7, -0.5, 2.0, 3.0, -4.0, 1.0, 0.5];
    let f = |model: &Model| model.integrand(&mut workspace(), &rows).unwrap();
    assert_eq!(f(&loaded), f(&model));
    assert_eq!(loaded.describe().unwrap(), model.describe().unwrap());
}

#[test]
fn a_model_without_conditions_and_constraint_says_what_it_has_instead() {
    let model = model();
    assert!(model.conditioning().unwrap().is_none());
    let constraint = model.constraint().unwrap();
    assert_eq!(constraint.form(), ConstraintForm::Equal);
    assert_eq!(constraint.bounds().unwrap(), (vec![1.0], vec![1.0]));
    assert_eq!(model.precision(), Precision::Float64);
    let json = model.describe().unwrap();
    assert!(json.starts_with('{') && json.ends_with('}'), "{json}");
    assert!(json.contains("mlp"), "{json}");
}

/// A star whose radius says `lost` as a panic once the flag is raised.
fn star(name: Option<&str>) -> (Domain, Arc<AtomicBool>) {
    let broken = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&broken);
    let radius = move |d: &[f64]| {
        if seen.load(Ordering::Relaxed) { panic!("lost") } else { 3.0 + d[0] }
    };
    (Domain::star(name, &[0.0, 0.0], radius).unwrap(), broken)
}

#[test]
fn a_star_is_bound_again_by_its_name() {
    let model = model_on(&star(Some("petal")).0);
    let bytes = model.to_bytes().unwrap();
    let (again, broken) = star(Some("petal"));
    let others = [Domain::disk([0.0, 0.0], 1.0).unwrap(), star(Some("leaf")).0, again];
    let loaded = Model::from_bytes(&bytes, &others).unwrap();
    drop(others);
    let (mut workspace, x) = (workspace(), points(30));
    let expected = model.integrand(&mut workspace, &x).unwrap();
    assert_eq!(loaded.integrand(&mut workspace, &x).unwrap(), expected);
    assert_eq!(loaded.domain().unwrap().name(), Some("petal"));
    broken.store(true, Ordering::Relaxed);
    let asked = catch_unwind(AssertUnwindSafe(|| loaded.integrand(&mut workspace, &x)));
    assert_eq!(*asked.unwrap_err().downcast_ref::<&str>().unwrap(), "lost");
}

#[test]
fn a_star_that_is_not_there_is_refused_by_its_name() {
    let bytes = model_on(&star(Some("petal")).0).to_bytes().unwrap();
    assert_refused(Model::from_bytes(&bytes, &[]), Status::Argument, "petal");
    let leaf = [star(Some("leaf")).0];
    assert_refused(Model::from_bytes(&bytes, &leaf), Status::Argument, "petal");
    let nameless = model_on(&star(None).0);
    assert_eq!(nameless.to_bytes().unwrap_err().status(), Status::Argument);
}

#[test]
fn bytes_that_are_damaged_and_paths_that_lead_nowhere_are_refused() {
    let model = model();
    let bytes = model.to_bytes().unwrap();
    assert_eq!(bytes.len(), model.byte_count().unwrap());
    for length in [0, 7, 8, bytes.len() / 2, bytes.len() - 1] {
        let found = Model::from_bytes(&bytes[..length], &[]);
        assert_eq!(found.unwrap_err().status(), Status::Format, "{length}");
    }
    let mut small = vec![0; bytes.len() - 1];
    assert_refused(model.bytes_into(&mut small), Status::Size, "capacity");
    let nowhere = "/no/such/folder/model";
    assert_eq!(model.save(nowhere).unwrap_err().status(), Status::File);
    assert_eq!(Model::load(nowhere, &[]).unwrap_err().status(), Status::File);
    assert_refused(model.save("zero\0byte"), Status::Argument, "path");
    assert_refused(Model::load("zero\0byte", &[]), Status::Argument, "path");
}
