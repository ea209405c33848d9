//! Networks of each form: what the options of a model choose.
mod support;
use libfinn::{
    Activation, Head, LastLayer, Model, ModelOptions, Positivity, Precision, ReadOut, Sharing,
};
use support::{LOWER, UPPER, points, workspace};

fn new() -> ModelOptions {
    ModelOptions::new(&LOWER, &UPPER)
}

fn parameters_of(options: ModelOptions) -> usize {
    Model::new(&options).unwrap().parameter_count()
}

#[test]
fn each_option_changes_the_network() {
    // Slopes, biases and shares [2][terms][steps], then one factor a term.
    assert_eq!(parameters_of(new()), 3 * 2 * 64 * 4 + 64);
    assert_eq!(parameters_of(new().terms(3)), 3 * 2 * 3 * 4 + 3);
    assert_eq!(parameters_of(new().terms(3).factor_steps(1)), 2 * 2 * 3 + 3);
    let layers = || new().widths(&[6, 5]);
    assert_eq!(parameters_of(layers()), 59);
    assert_eq!(parameters_of(layers().patterns(2)), 2 * 53 + 2 * 6);
    assert_eq!(parameters_of(layers().read_out(ReadOut::Dense)), 59 + 6);
    assert_eq!(parameters_of(layers().outputs(2)), 65);
    assert_eq!(parameters_of(layers().outputs(2).sharing(Sharing::None)), 2 * 59);
    assert_eq!(parameters_of(new().head(Head::Mlp)), 32 * 3 + 32 * 33 + 33);
}

#[test]
fn the_integral_is_one_with_every_form() {
    let layers = || new().widths(&[6, 5]);
    let free = || layers().positivity(Positivity::None);
    let cases = [
        new().head(Head::Product),
        new().positivity(Positivity::Square),
        new().positivity(Positivity::Auto).precision(Precision::Float32),
        layers().patterns(3),
        layers().read_out(ReadOut::Dense),
        layers().last_layer(LastLayer::Sigma),
        free().activation(Activation::Softplus),
        free().activation(Activation::Sine),
    ];
    for options in cases {
        let model = Model::new(&options).unwrap();
        let whole = model.integral(&mut workspace(), &LOWER, &UPPER).unwrap();
        assert!((whole.value[0] - 1.0).abs() < 1e-6, "{options:?}: {whole:?}");
    }
}

#[test]
fn a_product_takes_as_many_variables_as_it_says_and_has_kappa_one() {
    let n = libfinn::max_product_variables();
    assert!(n > libfinn::max_variables());
    let (lower, upper) = (vec![0.0; n], vec![1.0; n]);
    let model = Model::new(&ModelOptions::new(&lower, &upper).terms(4)).unwrap();
    let whole = model.integral(&mut workspace(), &lower, &upper).unwrap();
    assert!((whole.value[0] - 1.0).abs() < 1e-10, "{whole:?}");
    assert_eq!(whole.kappa, [1.0]);
}

#[test]
fn parameters_drawn_from_data_depend_on_the_rows_and_on_the_seed() {
    let mut model = Model::new(&new().terms(5)).unwrap();
    let domain = model.parameters::<f64>().unwrap();
    let mut drawn = |rows: usize, seed| {
        model.initialise_from_data(&points(rows), seed).unwrap();
        model.parameters::<f64>().unwrap()
    };
    let first = drawn(40, 1);
    assert_ne!(first, domain);
    assert_ne!(first, drawn(40, 2));
    assert_ne!(first, drawn(20, 1));
    assert_eq!(first, drawn(40, 1));
}
