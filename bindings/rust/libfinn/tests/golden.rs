//! The same bits as in C, for tests/data/golden_bits.txt.
mod support;
use libfinn::{
    Conditioning, ConditioningOptions, Constraint, ConstraintOptions, Distribution, Domain, Limits,
    Loss, Method, MixtureOptions, MlpOptions, Model, Network, Positivity, Precision, Result, Rows,
    Sample, Schedule, Trainer, TrainingOptions, log_sigma, repeated_erfc, sigma,
};
use support::{Golden, workspace};

const ROWS: usize = 7;

fn domain(golden: &Golden, set: &str) -> Domain {
    let limits = |end| golden.get::<f64>(&format!("{set}.{end}"));
    Domain::open_box(&limits("lower"), &limits("upper")).unwrap()
}

fn double_model(golden: &Golden) -> Model {
    let network = Network::mlp(2, 2, &MlpOptions::new().widths(&[5, 4]).axis_units(0)).unwrap();
    let options = ConstraintOptions::new().uniform_share(0.125);
    let target = golden.get::<f64>("double.target");
    let constraint = Constraint::equal(Method::Scale, &target, &options).unwrap();
    let domain = domain(golden, "double");
    Model::builder(&network, &domain).constraint(&constraint).seed(7).build().unwrap()
}

fn training(loss: Loss, batch: i64) -> TrainingOptions {
    let options = TrainingOptions::new().steps(12).batch(batch).loss(loss).seed(3);
    options.schedule(Schedule::Constant)
}

#[test]
fn queries_in_double_have_the_bits_of_c() -> Result<()> {
    let Some(golden) = Golden::load() else { return Ok(()) };
    let (model, mut workspace) = (double_model(&golden), workspace());
    let x = golden.get::<f64>("double.x");
    golden.assert_bits("double.parameters", &model.parameters::<f64>()?);
    golden.assert_bits("double.f", &model.integrand(&mut workspace, &x)?);
    golden.assert_bits("double.F", &model.antiderivative(&mut workspace, &x)?);
    let partial = model.mixed_partial(&mut workspace, 1, &x)?;
    golden.assert_bits("double.partial_of_the_first", &partial);
    let (lower, upper) = (golden.get("double.box_lower"), golden.get("double.box_upper"));
    let integral = model.integral(&mut workspace, Limits::X, &lower, &upper)?;
    golden.assert_bits("double.integral", &integral.value);
    golden.assert_bits("double.condition_number", &integral.condition_number);
    golden.assert_bits("double.error_estimate", &integral.error_estimate);
    let vjp = model.integrand_vjp(&mut workspace, &x, &golden.get("double.f_adjoint"))?;
    golden.assert_bits("double.vjp_f", &vjp.f);
    golden.assert_bits("double.parameter_adjoint", &vjp.parameters);
    golden.assert_bits("double.x_adjoint", &vjp.x);
    Ok(())
}

#[test]
fn a_fit_by_a_sampler_has_the_bits_of_c() -> Result<()> {
    let Some(golden) = Golden::load() else { return Ok(()) };
    let mut model = double_model(&golden);
    let mut trainer = Trainer::new(&mut model, &training(Loss::SquaredError, 40))?;
    let targets = |sample: Sample<'_>| {
        for (x, y) in sample.x.chunks_exact(2).zip(sample.y.chunks_exact_mut(2)) {
            y.copy_from_slice(&[x[0] * x[1], x[0]]);
        }
        Ok(())
    };
    trainer.fit_sampler(&mut workspace(), targets, None)?;
    golden.assert_bits("double.sampler_losses", &trainer.history()?);
    golden.assert_bits("double.sampler_parameters", &model.parameters::<f64>()?);
    Ok(())
}

#[test]
fn a_fit_of_data_has_the_bits_of_c() -> Result<()> {
    let Some(golden) = Golden::load() else { return Ok(()) };
    let mut model = double_model(&golden);
    let mut trainer = Trainer::new(&mut model, &training(Loss::NegativeLogLikelihood, 4))?;
    let x = golden.get::<f64>("double.x");
    trainer.fit_data(&mut workspace(), Rows::new(&x), None)?;
    golden.assert_bits("double.data_losses", &trainer.history()?);
    golden.assert_bits("double.data_parameters", &model.parameters::<f64>()?);
    Ok(())
}

#[test]
fn gradient_descent_on_a_loss_of_ones_own_has_the_bits_of_c() -> Result<()> {
    let Some(golden) = Golden::load() else { return Ok(()) };
    let (mut model, mut workspace) = (double_model(&golden), workspace());
    let x = golden.get::<f64>("double.x");
    let mut parameters = model.parameters::<f64>()?;
    for _ in 0..3 {
        let f = model.integrand(&mut workspace, &x)?;
        let adjoint: Vec<f64> = (0..2 * ROWS).map(|i| 2.0 * (f[i] - x[i / 2 * 2])).collect();
        let gradient = model.integrand_vjp(&mut workspace, &x, &adjoint)?.parameters;
        for (parameter, slope) in parameters.iter_mut().zip(gradient) {
            *parameter -= 0.015625 * slope;
        }
        model.set_parameters(&parameters)?;
    }
    golden.assert_bits("double.own_parameters", &parameters);
    Ok(())
}

#[test]
fn queries_in_float_have_the_bits_of_c() -> Result<()> {
    let Some(golden) = Golden::load() else { return Ok(()) };
    let free = MlpOptions::new().widths(&[6, 3]).positivity(Positivity::None);
    let network = Network::mlp(3, 1, &free)?;
    let (target, defaults) = (golden.get::<f64>("float.target"), ConstraintOptions::new());
    let constraint = Constraint::equal(Method::Shift, &target, &defaults)?;
    let domain = domain(&golden, "float");
    let builder = Model::builder(&network, &domain).constraint(&constraint).seed(11);
    let (model, mut workspace) = (builder.precision(Precision::Float32).build()?, workspace());
    let x = golden.get::<f32>("float.x");
    golden.assert_bits("float.parameters", &model.parameters::<f32>()?);
    golden.assert_bits("float.f", &model.integrand(&mut workspace, &x)?);
    golden.assert_bits("float.F", &model.antiderivative(&mut workspace, &x)?);
    let partial = model.mixed_partial(&mut workspace, 0b101, &x)?;
    golden.assert_bits("float.partial_of_the_first_and_third", &partial);
    let vjp = model.integrand_vjp(&mut workspace, &x, &golden.get("float.f_adjoint"))?;
    golden.assert_bits("float.vjp_f", &vjp.f);
    golden.assert_bits("float.parameter_adjoint", &vjp.parameters);
    golden.assert_bits("float.x_adjoint", &vjp.x);
    Ok(())
}

/// A mixture of 4 components, whose parameters are moved off those of the seed.
fn moved_mixture(
    lower: &[f64],
    upper: &[f64],
    film: Option<&Conditioning>,
) -> Result<Distribution> {
    let network = Network::mixture(lower.len(), 1, &MixtureOptions::new().components(4))?;
    let domain = Domain::open_box(lower, upper)?;
    let builder = Model::builder(&network, &domain).seed(5);
    let mut model = match film {
        Some(film) => builder.conditioning(film).build()?,
        None => builder.build()?,
    };
    let moved: Vec<f64> = model.parameters::<f64>()?.iter().map(|value| value + 0.125).collect();
    model.set_parameters(&moved)?;
    model.distribution(0)
}

fn shares() -> Vec<f64> {
    (0..ROWS).map(|i| 0.0625 + 0.125 * i as f64).collect()
}

#[test]
fn a_distribution_has_the_bits_of_c() -> Result<()> {
    let Some(golden) = Golden::load() else { return Ok(()) };
    let (x, mut workspace) = (golden.get::<f64>("double.x"), workspace());
    let (lower, upper) = (golden.get::<f64>("double.lower"), golden.get::<f64>("double.upper"));
    let joint = moved_mixture(&lower, &upper, None)?;
    golden.assert_bits("joint.density", &joint.density(&mut workspace, &x)?);
    golden.assert_bits("joint.cdf", &joint.cdf(&mut workspace, &x)?);
    golden.assert_bits("joint.sample", &joint.sample(&mut workspace, 3, 2, &[], ROWS)?);
    let given: Vec<f64> = x.iter().step_by(2).copied().collect();
    let quantiles = joint.given(&[0])?.quantile(&mut workspace, &shares(), &given)?;
    golden.assert_bits("joint.quantile_of_the_second", &quantiles);
    Ok(())
}

#[test]
fn a_distribution_under_a_condition_has_the_bits_of_c() -> Result<()> {
    let Some(golden) = Golden::load() else { return Ok(()) };
    let (x, mut workspace) = (golden.get::<f64>("double.x"), workspace());
    let options = ConditioningOptions::new().widths(&[4]);
    let film = Conditioning::film(1, Some((&[0.0], &[2.0])), &options)?;
    let density = moved_mixture(&[-1.0], &[1.5], Some(&film))?;
    golden.assert_bits("conditional.density", &density.density(&mut workspace, &x)?);
    golden.assert_bits("conditional.cdf", &density.cdf(&mut workspace, &x)?);
    let given: Vec<f64> = x.iter().skip(1).step_by(2).copied().collect();
    let quantiles = density.quantile(&mut workspace, &shares(), &given)?;
    golden.assert_bits("conditional.quantile", &quantiles);
    let samples = density.sample(&mut workspace, 3, 2, &given, ROWS)?;
    golden.assert_bits("conditional.sample", &samples);
    Ok(())
}

#[test]
fn the_sigma_family_has_the_bits_of_c() -> Result<()> {
    let Some(golden) = Golden::load() else { return Ok(()) };
    let x = golden.get::<f64>("sigma.x");
    golden.assert_bits("sigma.sigma_4", &sigma(4, 6, &x)?);
    let (logs, slopes) = log_sigma(3, &x)?;
    golden.assert_bits("sigma.log_sigma_3", &logs);
    golden.assert_bits("sigma.slopes", &slopes);
    golden.assert_bits("sigma.repeated_erfc_2", &repeated_erfc(2, 4, &x)?);
    let x = golden.get::<f32>("sigma.float.x");
    golden.assert_bits("sigma.float.sigma_4", &sigma(4, 6, &x)?);
    let (logs, slopes) = log_sigma(3, &x)?;
    golden.assert_bits("sigma.float.log_sigma_3", &logs);
    golden.assert_bits("sigma.float.slopes", &slopes);
    golden.assert_bits("sigma.float.repeated_erfc_2", &repeated_erfc(2, 4, &x)?);
    Ok(())
}
