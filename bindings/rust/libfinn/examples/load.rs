//! Asks a model without conditions of which nothing is known but the path of its file: `load FILE`.
use libfinn::{Limits, Model, Workspace};

fn main() -> libfinn::Result<()> {
    let path = std::env::args_os().nth(1).expect("load FILE");
    let model = Model::load(path, &[])?;
    let (mut workspace, domain) = (Workspace::new(0)?, model.domain()?);
    let (lower, upper) = domain.limits()?; // of u, in which every domain is a box
    let middle: Vec<f64> = lower.iter().zip(&upper).map(|(low, high)| (low + high) / 2.0).collect();
    println!("f in the middle: {:?}", model.integrand(&mut workspace, &domain.to_point(&middle)?)?);
    let half = model.integral(&mut workspace, Limits::U, &lower, &middle)?;
    println!("integral of f up to the middle: {:?} +- {:?}", half.value, half.error_estimate);
    Ok(())
}
