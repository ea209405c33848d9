//! What the tests share: small models, the golden values, and the assertion that a call is refused.
#![allow(dead_code)]
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use libfinn::{
    Distribution, Domain, Error, MixtureOptions, MlpOptions, Model, Network, Real, Result, Rows,
    Status, Trainer, TrainingOptions, Workspace,
};

pub const LOWER: [f64; 2] = [-1.0, 0.0];
pub const UPPER: [f64; 2] = [1.0, 3.0];

pub fn open_box() -> Domain {
    Domain::open_box(&LOWER, &UPPER).unwrap()
}

/// Two hidden layers of 6 and 5.
pub fn layers() -> MlpOptions {
    MlpOptions::new().widths(&[6, 5]).axis_units(0)
}

/// An mlp in two variables with one output.
pub fn mlp(options: &MlpOptions) -> Network {
    Network::mlp(2, 1, options).unwrap()
}

/// A mixture in two variables with one output.
pub fn mixture(options: &MixtureOptions) -> Network {
    Network::mixture(2, 1, options).unwrap()
}

pub fn model() -> Model {
    Model::builder(&mlp(&layers()), &open_box()).seed(7).build().unwrap()
}

/// A model on a domain, of a small mixture.
pub fn model_on(domain: &Domain) -> Model {
    let options = MixtureOptions::new().components(16);
    let network = Network::mixture(domain.variables(), 1, &options).unwrap();
    Model::new(&network, domain).unwrap()
}

/// A mixture in two variables whose normals overlap.
pub fn mixture_model() -> Model {
    let mut model = model_on(&open_box());
    model.initialise_from_data(&points(40), 3).unwrap();
    model
}

/// Its distribution.
pub fn joint() -> Distribution {
    mixture_model().distribution(0).unwrap()
}

pub fn workspace() -> Workspace {
    Workspace::new(1).unwrap()
}

/// Points of the box, `[rows][2]`.
pub fn points(rows: usize) -> Vec<f64> {
    let fraction = |k: usize, stride: f64| (0.5 + stride * k as f64).fract();
    (0..rows).flat_map(|k| [2.0 * fraction(k, 0.618) - 1.0, 3.0 * fraction(k, 0.414)]).collect()
}

/// A short run.
pub fn short() -> TrainingOptions {
    TrainingOptions::new().steps(12).batch(8)
}

/// Rows of x and y of the function x_0^2 x_1 / 3.
pub fn rows(count: usize) -> (Vec<f64>, Vec<f64>) {
    let x = points(count);
    let y = x.chunks_exact(2).map(|x| x[0] * x[0] * x[1] / 3.0).collect();
    (x, y)
}

/// The losses of a fit of the rows.
pub fn history_of(options: &TrainingOptions, model: &mut Model, y: Option<&[f64]>) -> Vec<f64> {
    let mut trainer = Trainer::new(model, options).unwrap();
    let x = points(60);
    let rows = y.map_or(Rows::new(&x), |y| Rows::new(&x).y(y));
    trainer.fit_data(&mut workspace(), rows, None).unwrap();
    trainer.history().unwrap()
}

/// The refusal has this status and its message names the argument.
#[track_caller]
pub fn assert_refused<T: std::fmt::Debug>(result: Result<T>, status: Status, name: &str) -> Error {
    let error = result.unwrap_err();
    assert_eq!(error.status(), status, "{error}");
    let words = |c: char| !(c.is_alphanumeric() || c == '_');
    assert!(error.to_string().split(words).any(|word| word == name), "{name} not in: {error}");
    error
}

/// A file of the folder of temporary files, removed at the end.
pub struct Temporary(PathBuf);

impl Temporary {
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        let name = format!("libfinn-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The lines of tests/data/golden_bits.txt, which tests/bindings/golden_bits.c prints.
pub struct Golden(HashMap<String, Vec<u64>>);

/// A number from and to its bits.
pub trait Bits: Real {
    fn from_golden(bits: u64) -> Self;
    fn to_golden(self) -> u64;
}

impl Bits for f64 {
    fn from_golden(bits: u64) -> Self {
        f64::from_bits(bits)
    }
    fn to_golden(self) -> u64 {
        self.to_bits()
    }
}

impl Bits for f32 {
    fn from_golden(bits: u64) -> Self {
        f32::from_bits(bits as u32)
    }
    fn to_golden(self) -> u64 {
        u64::from(self.to_bits())
    }
}

impl Golden {
    /// `None`, and a word on why, where other bits are allowed (docs/DETERMINISM.md).
    pub fn load() -> Option<Self> {
        let set = libfinn::instruction_set();
        if ["sse2", "portable"].contains(&set) {
            println!("skipped: {set} has no fused multiply-adds and rounds differently");
            return None;
        }
        if !libfinn::build_info().contains("gcc") {
            println!("skipped: the bits are those of g++: {}", libfinn::build_info());
            return None;
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/data/golden_bits.txt");
        let parse = |word| u64::from_str_radix(word, 16).unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let lines = text.lines().map(|line| {
            let mut words = line.split(' ');
            (words.next().unwrap().to_owned(), words.map(parse).collect())
        });
        Some(Self(lines.collect()))
    }

    pub fn get<T: Bits>(&self, name: &str) -> Vec<T> {
        self.0[name].iter().map(|bits| T::from_golden(*bits)).collect()
    }

    #[track_caller]
    pub fn assert_bits<T: Bits>(&self, name: &str, values: &[T]) {
        let bits: Vec<u64> = values.iter().map(|value| value.to_golden()).collect();
        assert_eq!(bits, self.0[name], "{name}");
    }
}
