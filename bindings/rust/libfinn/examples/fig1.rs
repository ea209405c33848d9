//! Fig. 1 of the paper, with an integral of 2: two Gaussian bumps on [-3, 3]^2, whose integral there is about
//! 1.8, fitted by a network whose integral is fixed to 2.
use std::f64::consts::PI;
use std::ops::ControlFlow;
use std::time::Instant;

use libfinn::{
    Constraint, ConstraintOptions, Domain, Limits, Method, MixtureOptions, Model, Network,
    Progress, Sample, Trainer, TrainingOptions, Workspace,
};

/// The integral that f is to have.
const TARGET: f64 = 2.0;
const SIDE: f64 = 6.0;
/// Cells per axis of the grid on which errors are measured.
const GRID: usize = 200;

fn bump(x: f64, y: f64) -> f64 {
    (-(x * x + y * y) / 2.0).exp() / (2.0 * PI)
}

fn target(point: &[f64]) -> f64 {
    bump(point[0] - 1.0, point[1] - 1.0) + bump(point[0] + 2.0, point[1])
}

/// The centres of the cells, `[GRID * GRID][2]`.
fn grid() -> Vec<f64> {
    let centre = |i: usize| -3.0 + SIDE * (i as f64 + 0.5) / GRID as f64;
    (0..GRID * GRID).flat_map(|i| [centre(i / GRID), centre(i % GRID)]).collect()
}

fn mean_squared_error(f: &[f64], wanted: &[f64]) -> f64 {
    f.iter().zip(wanted).map(|(f, wanted)| (f - wanted).powi(2)).sum::<f64>() / f.len() as f64
}

/// The least error that any f >= 0 with this integral can have: that of max(target - level, 0),
/// where the level makes the integral right.
fn least_error(wanted: &[f64]) -> f64 {
    let (mut low, mut high, mut best) = (-TARGET, 1.0, Vec::new());
    for _ in 0..60 {
        let level = (low + high) / 2.0;
        best = wanted.iter().map(|wanted| (wanted - level).max(0.0)).collect();
        let integral = best.iter().sum::<f64>() * SIDE * SIDE / wanted.len() as f64;
        *(if integral > TARGET { &mut low } else { &mut high }) = level;
    }
    mean_squared_error(&best, wanted)
}

fn fill_targets(sample: Sample<'_>) -> Result<(), libfinn::BoxError> {
    for (point, y) in sample.x.chunks_exact(2).zip(sample.y) {
        *y = target(point);
    }
    Ok(())
}

fn show(progress: &Progress) -> ControlFlow<()> {
    if progress.step % (progress.steps / 4) == 0 {
        eprintln!("step {} of {}, loss {:.3e}", progress.step, progress.steps, progress.loss);
    }
    ControlFlow::Continue(())
}

fn main() -> libfinn::Result<()> {
    let (lower, upper) = ([-3.0; 2], [3.0; 2]);
    let network = Network::mixture(2, 1, &MixtureOptions::new())?;
    let domain = Domain::open_box(&lower, &upper)?;
    let constraint = Constraint::equal(Method::Scale, &[TARGET], &ConstraintOptions::new())?;
    let mut model = Model::builder(&network, &domain).constraint(&constraint).build()?;
    let mut workspace = Workspace::new(1)?; // one thread is enough, also beside others
    let mut trainer = Trainer::new(&mut model, &TrainingOptions::new())?;
    let start = Instant::now();
    trainer.fit_sampler(&mut workspace, fill_targets, Some(&mut show))?;
    let seconds = start.elapsed().as_secs_f64();

    let points = grid();
    let wanted: Vec<f64> = points.chunks_exact(2).map(target).collect();
    let f = model.integrand(&mut workspace, &points)?;
    let (error, least) = (mean_squared_error(&f, &wanted), least_error(&wanted));
    let integral = model.integral(&mut workspace, Limits::X, &lower, &upper)?;
    println!("mean squared error             {error:.4e}");
    println!("least possible for any f >= 0  {least:.4e}");
    println!("ratio of the two               {:.4}", error / least);
    println!("integral of f, from F          {:.15}", integral.value[0]);
    println!("condition number of F          {:.3}", integral.condition_number[0]);
    println!(
        "smallest f on the grid         {:.3e}",
        f.iter().fold(f64::INFINITY, |a, &b| a.min(b))
    );
    println!("seconds of training            {seconds:.2}");
    Ok(())
}
