//! Every error path that can be reached from Rust: the status, and the argument that is named.
mod support;
use libfinn::{
    Activation, Constraint, Head, LastLayer, Loss, Model, ModelOptions, Optimiser, Positivity,
    Precision, ReadOut, Status, Trainer, TrainingOptions, Workspace,
};
use support::{LOWER, UPPER, assert_refused, model, options, points, workspace};

#[test]
fn options_of_a_model_are_refused_by_name() {
    use Status::{Argument, NotFinite, Size};
    let other = |lower: &[f64], upper: &[f64]| ModelOptions::new(lower, upper);
    let product = || ModelOptions::new(&LOWER, &UPPER).head(Head::Product);
    let cases = [
        (other(&[], &[]), Argument, "variables"),
        (other(&[0.0; 65], &[1.0; 65]), Argument, "variables"),
        (other(&[0.0; 9], &[1.0; 9]).head(Head::Mlp), Argument, "variables"),
        (other(&[0.0, 0.0], &[1.0]), Size, "upper"),
        (other(&[0.0], &[0.0]), Argument, "upper"),
        (other(&[f64::NAN], &[1.0]), NotFinite, "lower"),
        (other(&[0.0], &[f64::INFINITY]), NotFinite, "upper"),
        (options().outputs(0), Argument, "outputs"),
        (options().outputs(-1).epsilon(&[1.0]), Size, "epsilon"),
        (options().epsilon(&[1.0, 2.0]), Size, "epsilon"),
        (options().epsilon(&[]), Size, "epsilon"),
        (options().epsilon(&[0.0]), Argument, "epsilon"),
        (options().epsilon(&[f64::NAN]), NotFinite, "epsilon"),
        (options().widths(&[4, 0]), Argument, "widths"),
        (options().widths(&[2; 65]), Argument, "hidden_layers"),
        (options().activation(Activation::Tanh), Argument, "activation"),
        (options().terms(3), Argument, "terms"),
        (options().factor_steps(3), Argument, "steps"),
        (options().patterns(5), Argument, "patterns"),
        (options().patterns(2).positivity(Positivity::None), Argument, "patterns"),
        (options().read_out(ReadOut::Dense).last_layer(LastLayer::Sigma), Argument, "read_out"),
        (product().widths(&[4]), Argument, "widths"),
        (product().activation(Activation::Sigma), Argument, "activation"),
        (product().last_layer(LastLayer::Sigma), Argument, "last_layer"),
        (product().patterns(1), Argument, "patterns"),
        (product().read_out(ReadOut::Dense), Argument, "read_out"),
        (product().terms(-1), Argument, "terms"),
        (product().factor_steps(65), Argument, "steps"),
        (product().positivity(Positivity::None), Argument, "positivity"),
        (options().floor(1.0), Argument, "floor"),
        (options().floor(f64::NAN), NotFinite, "floor"),
        (options().floor(0.5).constraint(Constraint::Shift), Argument, "floor"),
    ];
    for (options, status, name) in cases {
        assert_refused(Model::new(&options), status, name);
    }
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
        (new().adam(1.0, 0.9, 1e-8), Argument, "beta1"),
        (new().adam(0.9, f64::NAN, 1e-8), NotFinite, "beta2"),
        (new().adam(0.9, 0.9, 0.0), Argument, "adam_epsilon"),
        (new().weight_decay(-1.0), Argument, "weight_decay"),
        (new().momentum(1.0), Argument, "momentum"),
        (new().lbfgs_memory(0), Argument, "lbfgs_memory"),
        (new().lbfgs_memory(1001), Argument, "lbfgs_memory"),
        (new().tolerances(-1.0, 0.0), Argument, "gradient_tolerance"),
        (new().tolerances(0.0, f64::NAN), NotFinite, "loss_tolerance"),
        (new().gradient_clip(-1.0), Argument, "gradient_clip"),
        (new().gradient_clip(1.0).optimiser(Optimiser::Lbfgs), Argument, "gradient_clip"),
        (new().huber_delta(0.0), Argument, "huber_delta"),
        (new().poisson_events(-1.0), Argument, "poisson_events"),
        (new().warmup_steps(6000), Argument, "warmup_steps"),
        (new().final_learning_rate(0.1), Argument, "final_learning_rate"),
        (new().decay(0.0, 10), Argument, "decay_factor"),
        (new().decay(0.5, 0), Argument, "decay_interval"),
        (new().validation_share(1.0), Argument, "validation_share"),
        (new().validation_interval(0), Argument, "validation_interval"),
        (new().patience(-1), Argument, "patience"),
        (new().min_delta(-1.0), Argument, "min_delta"),
    ];
    for (options, status, name) in cases {
        assert_refused(Trainer::new(&model(), &options), status, name);
    }
    let free = Model::new(&options().positivity(Positivity::None)).unwrap();
    let likelihood = new().loss(Loss::NegativeLogLikelihood);
    assert_refused(Trainer::new(&free, &likelihood), Argument, "loss");
    let intensity = new().loss(Loss::PoissonProcess);
    assert_refused(Trainer::new(&model(), &intensity), Argument, "loss");
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
    assert_refused(model.integral(&mut workspace, &few[..1], &few), size, "lower");
    assert_refused(model.integral(&mut workspace, &few, &many), size, "upper");
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
    let integral = model.integral_into(&mut workspace, corners, &mut wrong, None, None);
    assert_refused(integral, size, "value");
    let kappa = Some(&mut wrong[..]);
    let integral = model.integral_into(&mut workspace, corners, &mut value, kappa, None);
    assert_refused(integral, size, "kappa");
    let estimate = Some(&mut wrong[..]);
    let integral = model.integral_into(&mut workspace, corners, &mut value, None, estimate);
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
    assert_refused(model.integral(&mut workspace, &nan, &UPPER), refused, "lower");
    assert_refused(model.integral(&mut workspace, &LOWER, &nan), refused, "upper");
    assert_refused(model.integrand_vjp(&mut workspace, &[0.0; 2], &nan[1..]), refused, "f_adjoint");
    let before = model.parameters::<f64>().unwrap();
    let mut spoiled = before.clone();
    spoiled[3] = f64::INFINITY;
    assert_refused(model.set_parameters(&spoiled), refused, "parameters");
    assert_eq!(model.parameters::<f64>().unwrap(), before);
}

#[test]
fn a_number_too_large_for_a_float_model_is_refused() {
    let mut model = Model::new(&options().precision(Precision::Float32)).unwrap();
    let large = vec![1e300; model.parameter_count()];
    assert_refused(model.set_parameters(&large), Status::NotFinite, "parameters");
}

#[test]
fn a_result_that_overflows_is_refused_and_written() {
    let mut model = Model::new(&options().constraint(Constraint::None)).unwrap();
    model.set_parameters(&vec![1e160; model.parameter_count()]).unwrap();
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
    assert_refused(model.integral(&mut workspace, &UPPER, &LOWER), refused, "lower");
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
    ];
    for (i, status) in all.into_iter().enumerate() {
        assert_eq!(status.code(), i as i32 + 1);
    }
}
