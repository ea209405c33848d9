//! Networks of each form: what their options choose, and what they say of themselves.
mod support;
use libfinn::{
    Activation, Domain, InputScaling, Limits, MixtureOptions, MlpOptions, Model, Network,
    NetworkForm, Positivity, Precision, Sharing, Status,
};
use support::{LOWER, UPPER, layers, mixture, mlp, open_box, points, workspace};

fn parameters_of(network: &Network) -> usize {
    let model = Model::new(network, &open_box()).unwrap();
    // Less the standards at the end: mean and spread of each variable, the unit of each output.
    model.parameter_count() - 2 * model.variables() - model.outputs()
}

fn integral_of(model: &Model) -> f64 {
    model.integral(&mut workspace(), Limits::X, &LOWER, &UPPER).unwrap().value[0]
}

#[test]
fn each_option_changes_the_network() {
    let of_mixture = |options: MixtureOptions| parameters_of(&mixture(&options));
    let new = MixtureOptions::new;
    // Slopes, biases and shares [2][components][normals], then one factor a component.
    assert_eq!(of_mixture(new()), 3 * 2 * 64 * 4 + 64);
    assert_eq!(of_mixture(new().components(3)), 3 * 2 * 3 * 4 + 3);
    assert_eq!(of_mixture(new().components(3).normals_per_axis(1)), 2 * 2 * 3 + 3);
    let of_mlp = |options: MlpOptions| parameters_of(&mlp(&options));
    assert_eq!(of_mlp(layers()), 59);
    assert_eq!(of_mlp(layers().orthants(2)), 2 * 53 + 2 * 6);
    assert_eq!(of_mlp(layers().skip(true)), 59 + 6);
    assert_eq!(of_mlp(layers().axis_units(2)), 59 + 2 * 2 * 2 + 6 * 2 * 2);
    assert_eq!(of_mlp(layers().widths(&[32, 32])), 32 * 3 + 32 * 33 + 33);
    assert_eq!(of_mlp(layers().widths(&[])), 3);
    let two = |options| parameters_of(&Network::mlp(2, 2, &options).unwrap());
    assert_eq!(two(layers()), 65);
    assert_eq!(two(layers().sharing(Sharing::None)), 2 * 59);
}

#[test]
fn the_integral_is_one_with_every_form() {
    let free = || layers().positivity(Positivity::None);
    let cases = [
        mixture(&MixtureOptions::new()),
        mixture(&MixtureOptions::new().positivity(Positivity::Square)),
        mixture(&MixtureOptions::new().input_scaling(InputScaling::None)),
        mlp(&layers().orthants(3)),
        mlp(&layers().skip(true)),
        mlp(&layers().output_activation(true)),
        mlp(&free().activation(Activation::Softplus)),
        mlp(&free().activation(Activation::Sine)),
    ];
    for network in &cases {
        let model = Model::new(network, &open_box()).unwrap();
        assert!((integral_of(&model) - 1.0).abs() < 1e-12, "{network:?}");
    }
    let float = Model::builder(&cases[0], &open_box()).precision(Precision::Float32).build();
    assert!((integral_of(&float.unwrap()) - 1.0).abs() < 1e-6);
}

#[test]
fn a_mixture_takes_as_many_variables_as_it_says_and_has_condition_number_one() {
    let n = libfinn::max_mixture_variables();
    assert!(n > libfinn::max_variables());
    let (lower, upper) = (vec![0.0; n], vec![1.0; n]);
    let network = Network::mixture(n, 1, &MixtureOptions::new().components(4)).unwrap();
    let model = Model::new(&network, &Domain::open_box(&lower, &upper).unwrap()).unwrap();
    let whole = model.integral(&mut workspace(), Limits::X, &lower, &upper).unwrap();
    assert!((whole.value[0] - 1.0).abs() < 1e-10, "{whole:?}");
    assert_eq!(whole.condition_number, [1.0]);
}

#[test]
fn parameters_drawn_from_data_depend_on_the_rows_and_on_the_seed() {
    let network = mixture(&MixtureOptions::new().components(5));
    let mut model = Model::new(&network, &open_box()).unwrap();
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

#[test]
fn a_network_says_what_it_is() {
    let options = layers().activation(Activation::Sigma).skip(true);
    let network = Network::mlp(3, 2, &options).unwrap();
    assert_eq!((network.form(), network.variables(), network.outputs()), (NetworkForm::Mlp, 3, 2));
    let found = network.mlp_options().unwrap();
    assert_eq!(format!("{found:?}"), format!("{options:?}"));
    assert_ne!(format!("{found:?}"), format!("{:?}", MlpOptions::new()));
    assert_eq!(network.mixture_options().unwrap_err().status(), Status::Argument);
    let options = MixtureOptions::new().components(5).normals_per_axis(2);
    let network = mixture(&options);
    assert_eq!(network.form(), NetworkForm::Mixture);
    let found = network.mixture_options().unwrap();
    assert_eq!(format!("{found:?}"), format!("{options:?}"));
    assert_eq!(network.mlp_options().unwrap_err().status(), Status::Argument);
}
