//! The table of options: its rows, and values set and read by name.
mod support;
use libfinn::options::{OptionType, OptionsKind, rows};
use libfinn::{
    ChainOptions, ConditioningOptions, ConstraintOptions, Loss, MixtureOptions, MlpOptions, Model,
    Optimiser, Positivity, Status, TrainingOptions,
};
use support::{assert_refused, mlp, open_box};

/// The number that a text is, where it is one, as it may be written in several ways.
fn number_or_text(text: &str) -> std::result::Result<f64, &str> {
    text.parse().map_err(|_| text)
}

#[test]
fn every_option_has_its_default_and_takes_it_back() {
    /// Reads and sets again each option of one struct.
    macro_rules! check {
        ($kind:ident, $options:ident) => {
            let mut options = $options::new();
            let found = rows(OptionsKind::$kind);
            assert!(!found.is_empty());
            for row in found {
                let value = options.get(row.name).unwrap();
                assert_eq!(number_or_text(&value), number_or_text(row.default_value), "{row:?}");
                options.set(row.name, row.default_value).unwrap();
                assert!(!row.sentence.is_empty(), "{}", row.name);
                let is_choice = row.option_type == OptionType::Choice;
                assert_eq!(!row.choices.is_empty(), is_choice, "{}", row.name);
            }
            assert_eq!(format!("{options:?}"), format!("{:?}", $options::new()));
        };
    }
    check!(Mixture, MixtureOptions);
    check!(Mlp, MlpOptions);
    check!(Constraint, ConstraintOptions);
    check!(Conditioning, ConditioningOptions);
    check!(Training, TrainingOptions);
    check!(Chain, ChainOptions);
}

#[test]
fn a_value_by_name_is_that_of_the_method() {
    let mut by_name = TrainingOptions::new();
    let values = [("steps", "20"), ("learning_rate", "0.5"), ("loss", "huber")];
    for (name, value) in values {
        by_name.set(name, value).unwrap();
    }
    by_name.set("optimiser", "sgd").unwrap();
    by_name.set("nesterov", "true").unwrap();
    let options = TrainingOptions::new().steps(20).learning_rate(0.5).loss(Loss::Huber);
    let options = options.optimiser(Optimiser::Sgd).nesterov(true);
    assert_eq!(format!("{by_name:?}"), format!("{options:?}"));
    assert_eq!(options.get("nesterov").unwrap(), "true");
    let mut layers = MlpOptions::new();
    layers.set("widths", "6, 5").unwrap();
    layers.set("positivity", "softplus").unwrap();
    let same = MlpOptions::new().widths(&[6, 5]).positivity(Positivity::Softplus);
    assert_eq!(layers.get("widths").unwrap(), "6, 5");
    let parameters_of = |options: &MlpOptions| {
        let model = Model::new(&mlp(options), &open_box()).unwrap();
        model.parameters::<f64>().unwrap()
    };
    assert_eq!(parameters_of(&layers), parameters_of(&same));
    layers.set("axis_units", "0").unwrap();
    layers.set("widths", "").unwrap();
    // Two weights and a bias, then the standards of two variables and an output.
    assert_eq!(parameters_of(&layers).len(), 3 + 5);
}

#[test]
fn a_row_has_the_limits_of_its_option() {
    let row = |name| rows(OptionsKind::Training).into_iter().find(|row| row.name == name).unwrap();
    let momentum = row("momentum");
    assert_eq!((momentum.least, momentum.most), (0.0, 1.0));
    assert!(!momentum.least_is_excluded && momentum.most_is_excluded);
    assert_eq!(momentum.option_type, OptionType::Number);
    assert!(momentum.applies_to.contains("sgd"), "{momentum:?}");
    let memory = row("lbfgs_memory");
    assert_eq!((memory.least, memory.most, memory.default_value), (1.0, 1000.0, "10"));
    assert_eq!(memory.option_type, OptionType::Integer);
    assert!(row("optimiser").choices.contains(&"adamw"));
    assert_eq!(row("nesterov").option_type, OptionType::Flag);
}

#[test]
fn what_is_no_option_or_no_value_of_it_is_refused() {
    use Status::{Argument, NotFinite};
    let mut options = TrainingOptions::new();
    let error = assert_refused(options.set("learning_rat", "1"), Argument, "learning_rat");
    assert!(error.to_string().contains("learning_rate"), "{error}");
    assert_refused(options.set("learning_rate", "-1"), Argument, "learning_rate");
    assert_refused(options.set("learning_rate", "nan"), NotFinite, "learning_rate");
    assert_refused(options.set("steps", "many"), Argument, "steps");
    assert_refused(options.set("optimiser", "best"), Argument, "optimiser");
    assert_refused(options.set("steps\0", "1"), Argument, "name");
    assert_refused(options.set("steps", "1\0"), Argument, "value");
    assert_refused(options.get("nothing"), Argument, "nothing");
    assert_eq!(format!("{options:?}"), format!("{:?}", TrainingOptions::new()));
}
