//! Every error path that can be reached from Rust: the status, and the argument that is named.
mod support;
use libfinn::{
    Activation, Constraint, ConstraintOptions, Domain, Limits, Loss, Method, MixtureOptions,
    MlpOptions, Model, Network, Optimiser, Positivity, Precision, Result, Status, Trainer,
    TrainingOptions, Workspace,
};
use support::{LOWER, UPPER, assert_refused, layers, mlp, model, open_box, points, workspace};

#[test]
fn options_of_a_network_are_refused_by_name() {
    use Status::Argument;
    let mlp = |options: MlpOptions| Network::mlp(2, 1, &options);
    let mixture = |options: MixtureOptions| Network::mixture(2, 1, &options);
    let new = MixtureOptions::new;
    let free = || layers().positivity(Positivity::None);
    let cases = [
        (Network::mlp(0, 1, &layers()), "variables"),
        (Network::mlp(9, 1, &layers()), "variables"),
        (Network::mixture(65, 1, &new()), "variables"),
        (Network::mixture(usize::MAX, 1, &new()), "variables"),
        (Network::mlp(2, 0, &layers()), "outputs"),
        (Network::mixture(2, 65537, &new()), "outputs"),
        (mlp(layers().widths(&[4, 0])), "widths"),
        (mlp(layers().widths(&[2; 65])), "hidden_layers"),
        (mlp(layers().activation(Activation::Tanh)), "activation"),
        (mlp(layers().orthants(5)), "orthants"),
        (mlp(free().orthants(2)), "orthants"),
        (mlp(layers().skip(true).output_activation(true)), "skip"),
        (mixture(new().components(-1)), "components"),
        (mixture(new().normals_per_axis(65)), "normals_per_axis"),
        (mixture(new().positivity(Positivity::None)), "positivity"),
    ];
    for (network, name) in cases {
        assert_refused(network, Argument, name);
    }
}

#[test]
fn parts_that_do_not_fit_each_other_are_refused() {
    let network = mlp(&layers());
    let three = Domain::open_box(&[0.0; 3], &[1.0; 3]).unwrap();
    assert_eq!(Model::new(&network, &three).unwrap_err().status(), Status::Size);
    let defaults = ConstraintOptions::new();
    let with = |target: &[f64], method| -> Result<Model> {
        let constraint = Constraint::equal(method, target, &defaults)?;
        Model::builder(&network, &open_box()).constraint(&constraint).build()
    };
    assert_eq!(with(&[1.0, 2.0], Method::Scale).unwrap_err().status(), Status::Size);
    assert_eq!(with(&[0.0], Method::Scale).unwrap_err().status(), Status::Argument);
    assert!(with(&[0.0], Method::Shift).is_ok());
}

#[test]
fn options_of_a_training_are_refused_by_name() {
    use Status::{Argument, NotFinite};
    let new = TrainingOptions::new;
    let cases = [
        (new().steps(0), Argument, "steps"),
        (new().batch(-1), Argument, "batch"),
        (new().learning_rate(0.0), Argument, "learning_rate"),
        (new().learning_rate(f64::NAN), NotFinite, "learning_rate"),
        (new().beta1(1.0), Argument, "beta1"),
        (new().beta2(f64::NAN), NotFinite, "beta2"),
        (new().adam_epsilon(0.0), Argument, "adam_epsilon"),
        (new().weight_decay(-1.0), Argument, "weight_decay"),
        (new().momentum(1.0), Argument, "momentum"),
        (new().lbfgs_memory(0), Argument, "lbfgs_memory"),
        (new().lbfgs_memory(1001), Argument, "lbfgs_memory"),
        (new().gradient_tolerance(-1.0), Argument, "gradient_tolerance"),
        (new().loss_tolerance(f64::NAN), NotFinite, "loss_tolerance"),
        (new().gradient_clip(-1.0), Argument, "gradient_clip"),
        (new().gradient_clip(1.0).optimiser(Optimiser::Lbfgs), Argument, "gradient_clip"),
        (new().huber_delta(0.0), Argument, "huber_delta"),
        (new().poisson_events(-1.0), Argument, "poisson_events"),
        (new().warmup_steps(6000), Argument, "warmup_steps"),
        (new().final_learning_rate(0.1), Argument, "final_learning_rate"),
        (new().decay_factor(0.0), Argument, "decay_factor"),
        (new().decay_interval(0), Argument, "decay_interval"),
        (new().validation_share(1.0), Argument, "validation_share"),
        (new().validation_interval(0), Argument, "validation_interval"),
        (new().patience(-1), Argument, "patience"),
        (new().min_delta(-1.0), Argument, "min_delta"),
        (new().width_prior(-1.0), Argument, "width_prior"),
    ];
    for (options, status, name) in cases {
        assert_refused(Trainer::new(&mut model(), &options), status, name);
    }
    let free = mlp(&layers().positivity(Positivity::None));
    let mut free = Model::new(&free, &open_box()).unwrap();
    let likelihood = new().loss(Loss::NegativeLogLikelihood);
    assert_refused(Trainer::new(&mut free, &likelihood), Argument, "loss");
    let intensity = new().loss(Loss::PoissonProcess);
    assert_refused(Trainer::new(&mut model(), &intensity), Argument, "loss");
}

#[test]
fn a_number_of_threads_out_of_range_is_refused() {
    assert_refused(Workspace::new(-1), Status::Argument, "threads");
    assert_refused(Workspace::new(1025), Status::Argument, "threads");
}

#[test]
fn a_wrong_length_is_refused_before_the_call() {
    let (mut model, mut workspace) = (model(), workspace());
    let (x, few, many) = (points(3), vec![0.0; 2], vec![0.0; 1000]);
    let size = Status::Size;
    let mut f = vec![0.0; 2];
    assert_refused(model.integrand(&mut workspace, &x[..5]), size, "x");
    assert_refused(model.integrand_into(&mut workspace, &x, &mut f), size, "f");
    assert_refused(model.antiderivative_into(&mut workspace, &x, &mut f), size, "F");
    assert_refused(model.mixed_partial_into(&mut workspace, 1, &x, &mut f), size, "values");
    assert_refused(model.integral(&mut workspace, Limits::X, &few[..1], &few), size, "lower");
    assert_refused(model.integral(&mut workspace, Limits::X, &few, &many), size, "upper");
    assert_refused(model.integrand_vjp(&mut workspace, &x, &few), size, "f_adjoint");
    assert_refused(model.set_parameters(&few), size, "parameters");
    assert_refused(model.parameters_into(&mut f), size, "parameters");
    assert_refused(libfinn::sigma_into(2, 1, &x, &mut f), size, "values");
    assert_refused(libfinn::log_sigma_into(2, &x, &mut f, None), size, "logs");
    let mut logs = vec![0.0; 6];
    assert_refused(libfinn::log_sigma_into(2, &x, &mut logs, Some(&mut f)), size, "slopes");
    assert_refused(libfinn::repeated_erfc_into(2, 1, &x, &mut f), size, "values");
}

#[test]
fn a_wrong_length_of_an_optional_result_is_refused() {
    let (model, mut workspace) = (model(), workspace());
    let (x, size) = (points(3), Status::Size);
    let (mut value, mut wrong) = ([0.0], [0.0; 9]);
    let corners = (&LOWER[..], &UPPER[..]);
    let integral = model.integral_into(&mut workspace, Limits::X, corners, &mut wrong, None, None);
    assert_refused(integral, size, "value");
    let number = Some(&mut wrong[..]);
    let integral =
        model.integral_into(&mut workspace, Limits::X, corners, &mut value, number, None);
    assert_refused(integral, size, "condition_number");
    let estimate = Some(&mut wrong[..]);
    let integral =
        model.integral_into(&mut workspace, Limits::X, corners, &mut value, None, estimate);
    assert_refused(integral, size, "error_estimate");
    let rows = (&x[..], &[1.0; 3][..]);
    let mut gradient = vec![0.0; model.parameter_count()];
    let vjp = model.integrand_vjp_into(&mut workspace, rows, None, &mut wrong, None);
    assert_refused(vjp, size, "parameter_adjoint");
    let f = Some(&mut wrong[..]);
    let vjp = model.integrand_vjp_into(&mut workspace, rows, f, &mut gradient, None);
    assert_refused(vjp, size, "f");
    let x = Some(&mut wrong[..]);
    let vjp = model.integrand_vjp_into(&mut workspace, rows, None, &mut gradient, x);
    assert_refused(vjp, size, "x_adjoint");
}

#[test]
fn an_empty_batch_is_refused_and_an_empty_array_of_sigma_is_not() {
    let (model, mut workspace) = (model(), workspace());
    assert_refused(model.integrand::<f64>(&mut workspace, &[]), Status::Argument, "batch");
    assert_refused(model.integrand_vjp::<f32>(&mut workspace, &[], &[]), Status::Argument, "batch");
    assert_eq!(libfinn::sigma::<f64>(2, 3, &[]).unwrap(), []);
}

#[test]
fn numbers_that_are_not_finite_are_refused() {
    let (mut model, mut workspace) = (model(), workspace());
    let refused = Status::NotFinite;
    let nan = [0.0, f64::NAN];
    assert_refused(model.integrand(&mut workspace, &nan), refused, "x");
    assert_refused(model.antiderivative(&mut workspace, &nan), refused, "x");
    assert_refused(model.mixed_partial(&mut workspace, 2, &[f32::INFINITY, 0.0]), refused, "x");
    assert_refused(model.integral(&mut workspace, Limits::X, &nan, &UPPER), refused, "lower");
    assert_refused(model.integral(&mut workspace, Limits::X, &LOWER, &nan), refused, "upper");
    assert_refused(model.integrand_vjp(&mut workspace, &[0.0; 2], &nan[1..]), refused, "f_adjoint");
    let before = model.parameters::<f64>().unwrap();
    let mut spoiled = before.clone();
    spoiled[3] = f64::INFINITY;
    assert_refused(model.set_parameters(&spoiled), refused, "parameters");
    assert_eq!(model.parameters::<f64>().unwrap(), before);
}

#[test]
fn a_number_too_large_for_a_float_model_is_refused() {
    let single = Precision::Float32;
    let mut model = Model::builder(&mlp(&layers()), &open_box()).precision(single).build().unwrap();
    let large = vec![1e300; model.parameter_count()];
    assert_refused(model.set_parameters(&large), Status::NotFinite, "parameters");
}

#[test]
fn a_result_that_overflows_is_refused_and_written() {
    let none = Constraint::none().unwrap();
    let mut model = Model::builder(&mlp(&layers()), &open_box()).constraint(&none).build().unwrap();
    let mut large = model.parameters::<f64>().unwrap();
    let trained = large.len() - 2 * model.variables() - model.outputs();
    large[..trained].fill(1e160);
    model.set_parameters(&large).unwrap();
    let mut f = [0.0_f64];
    let far = model.antiderivative_into(&mut workspace(), &UPPER, &mut f);
    assert_refused(far, Status::NotFinite, "F");
    assert!(!f[0].is_finite());
}

#[test]
fn a_subset_an_order_or_a_box_out_of_range_is_refused() {
    let (model, mut workspace) = (model(), workspace());
    let refused = Status::Argument;
    assert_refused(model.mixed_partial(&mut workspace, 4, &points(1)), refused, "subset");
    assert_refused(model.mixed_partial(&mut workspace, 1 << 40, &points(1)), refused, "subset");
    assert_refused(model.integral(&mut workspace, Limits::X, &UPPER, &LOWER), refused, "lower");
    assert_refused(libfinn::sigma(9, 1, &[0.0]), refused, "order");
    assert_refused(libfinn::sigma(1, 0, &[0.0]), refused, "count");
    assert_refused(libfinn::sigma(1, usize::MAX, &[0.0]), Status::Size, "count");
    assert_refused(libfinn::log_sigma(-1, &[0.0]), refused, "order");
    assert_refused(libfinn::repeated_erfc(8, 1, &[0.0]), refused, "order");
    assert_refused(libfinn::repeated_erfc(2, 5, &[0.0]), refused, "count");
}

#[test]
fn an_integral_that_cannot_be_normalised_is_refused_by_the_next_query() {
    let (mut model, mut workspace) = (model(), workspace());
    let zeros = vec![0.0; model.parameter_count()];
    model.set_parameters(&zeros).unwrap();
    let error = model.integrand(&mut workspace, &points(1)).unwrap_err();
    assert_eq!(error.status(), Status::Integral, "{error}");
}

#[test]
fn a_status_has_the_name_and_the_text_of_the_library() {
    assert_eq!(Status::Size.name(), "FINN_ERROR_SIZE");
    assert_eq!(Status::Other(77).name(), "FINN_UNKNOWN");
    assert!(!Status::Integral.text().is_empty());
    let all = [
        Status::Null,
        Status::Argument,
        Status::Size,
        Status::NotFinite,
        Status::Integral,
        Status::Memory,
        Status::Callback,
        Status::Internal,
        Status::File,
        Status::Format,
    ];
    for (i, status) in all.into_iter().enumerate() {
        assert_eq!(status.code(), i as i32 + 1);
    }
}
