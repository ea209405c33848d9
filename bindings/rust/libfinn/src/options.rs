//! Options by name: what each struct of options has, and its values as text.
//!
//! Every option stands in one table of the library, with its default, its limits and a sentence. A
//! program that reads options from a command line or a configuration file finds them here and sets
//! them by `set` of [`TrainingOptions`](crate::TrainingOptions) and the others.
//!
//! ```
//! use libfinn::TrainingOptions;
//! use libfinn::options::{OptionsKind, rows};
//!
//! # fn main() -> libfinn::Result<()> {
//! let mut options = TrainingOptions::new();
//! options.set("optimiser", "adamw")?;
//! assert_eq!(options.get("optimiser")?, "adamw");
//! let row = rows(OptionsKind::Training).into_iter().find(|row| row.name == "learning_rate");
//! assert_eq!(row.unwrap().default_value, "0.01");
//! # Ok(())
//! # }
//! ```
use std::ffi::{CStr, c_char, c_void};
use std::mem::MaybeUninit;
use std::ptr::{null, null_mut};

use libfinn_sys as sys;

use crate::enumerations::{answer, enumeration};
use crate::error::{Result, check, static_text};
use crate::text::c_text;

enumeration! {
    /// A struct of options.
    OptionsKind {
        /// [`MixtureOptions`](crate::MixtureOptions).
        Mixture = FINN_OPTIONS_MIXTURE,
        /// [`MlpOptions`](crate::MlpOptions).
        Mlp = FINN_OPTIONS_MLP,
        /// [`ConstraintOptions`](crate::ConstraintOptions).
        Constraint = FINN_OPTIONS_CONSTRAINT,
        /// [`ConditioningOptions`](crate::ConditioningOptions).
        Conditioning = FINN_OPTIONS_CONDITIONING,
        /// [`TrainingOptions`](crate::TrainingOptions).
        Training = FINN_OPTIONS_TRAINING,
        /// [`ChainOptions`](crate::ChainOptions).
        Chain = FINN_OPTIONS_CHAIN,
    }
}
answer! {
    /// How the value of an option is written.
    OptionType {
        /// `64`.
        Integer = FINN_OPTION_INTEGER,
        /// `0.01`, `1e-8`.
        Number = FINN_OPTION_NUMBER,
        /// `true` or `false`.
        Flag = FINN_OPTION_FLAG,
        /// One of the choices: `adamw`.
        Choice = FINN_OPTION_CHOICE,
        /// `64, 64`; nothing for none.
        Integers = FINN_OPTION_INTEGERS,
    }
}

/// What the table says of one option.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OptionRow {
    /// The name, which is that of the method too.
    pub name: &'static str,
    /// Written as [`OptionRow::option_type`] says.
    pub default_value: &'static str,
    /// The values of a choice; none of any other option.
    pub choices: Vec<&'static str>,
    /// What the option is for, as `sgd`; empty for everything that takes it.
    pub applies_to: &'static str,
    /// What it does.
    pub sentence: &'static str,
    /// The least value of an integer or number, or of each of several integers.
    pub least: f64,
    /// The largest value of an integer or number, or of each of several integers.
    pub most: f64,
    /// How the value is written.
    pub option_type: OptionType,
    /// The value is above `least`.
    pub least_is_excluded: bool,
    /// The value is below `most`.
    pub most_is_excluded: bool,
}

fn row(kind: OptionsKind, index: i32) -> Option<OptionRow> {
    let mut found = sys::finn_option {
        struct_size: size_of::<sys::finn_option>() as u64,
        name: null(),
        default_value: null(),
        choices: null(),
        applies_to: null(),
        sentence: null(),
        least: 0.0,
        most: 0.0,
        r#type: 0,
        least_is_excluded: 0,
        most_is_excluded: 0,
    };
    // SAFETY: a struct of the size that it says.
    check(|error| unsafe { sys::finn_option_row(kind as i32, index, &mut found, error) }).ok()?;
    let choices = static_text(found.choices).split(", ");
    Some(OptionRow {
        name: static_text(found.name),
        default_value: static_text(found.default_value),
        choices: choices.filter(|choice| !choice.is_empty()).collect(),
        applies_to: static_text(found.applies_to),
        sentence: static_text(found.sentence),
        least: found.least,
        most: found.most,
        option_type: OptionType::from_code(found.r#type),
        least_is_excluded: found.least_is_excluded != 0,
        most_is_excluded: found.most_is_excluded != 0,
    })
}

/// The rows of the table for one struct of options.
pub fn rows(kind: OptionsKind) -> Vec<OptionRow> {
    // SAFETY: any number is valid.
    let count = unsafe { sys::finn_option_count(kind as i32) };
    (0..count).filter_map(|index| row(kind, index)).collect()
}

/// Fills an options struct by its init function, which is told the size that is known here.
pub(crate) fn initialised<T>(init: unsafe extern "C" fn(*mut T, u64) -> sys::finn_status) -> T {
    let mut options = MaybeUninit::uninit();
    // SAFETY: the function writes a struct of this size, or fails with a library that is older than
    // the declarations and knows a smaller one.
    unsafe {
        let status = init(options.as_mut_ptr(), size_of::<T>() as u64);
        assert_eq!(status, sys::FINN_OK, "libfinn is older than this crate");
        options.assume_init()
    }
}

/// # Safety
/// `options` points to a struct of this kind.
pub(crate) unsafe fn set(
    kind: OptionsKind,
    options: *mut c_void,
    name: &str,
    value: &str,
) -> Result<()> {
    let (name, value) = (c_text("name", name)?, c_text("value", value)?);
    // SAFETY: the caller's promise, and two terminated texts.
    check(|error| unsafe {
        sys::finn_option_set(kind as i32, options, name.as_ptr(), value.as_ptr(), error)
    })
}

/// # Safety
/// `options` points to a struct of this kind.
pub(crate) unsafe fn get(kind: OptionsKind, options: *const c_void, name: &str) -> Result<String> {
    let name = c_text("name", name)?;
    let mut size = 0;
    let mut write = |value: *mut c_char, capacity: i64| {
        // SAFETY: the caller's promise, a terminated text, and a buffer of this capacity or NULL.
        check(|error| unsafe {
            let (kind, name) = (kind as i32, name.as_ptr());
            sys::finn_option_get(kind, options, name, value, capacity, &mut size, error)
        })
        .map(|()| size as usize)
    };
    let mut value = vec![0_u8; write(null_mut(), 0)?];
    write(value.as_mut_ptr().cast(), value.len() as i64)?;
    let text = CStr::from_bytes_until_nul(&value).unwrap_or_default();
    Ok(text.to_string_lossy().into_owned())
}

/// A struct of options with its defaults and its values by name.
macro_rules! options_struct {
    ($(#[$doc:meta])* $name:ident, $fields:ident, $init:ident, $kind:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        #[must_use]
        pub struct $name {
            pub(crate) fields: libfinn_sys::$fields,
        }

        impl Default for $name {
            fn default() -> Self {
                Self { fields: crate::options::initialised(libfinn_sys::$init) }
            }
        }

        impl $name {
            /// The defaults of the library.
            pub fn new() -> Self {
                Self::default()
            }

            /// Sets the option of this name to a value in the form that its row of
            /// [`options`](crate::options) says. A name that is not there is refused with the
            /// nearest one that is, a value outside its limits with the limits.
            pub fn set(&mut self, name: &str, value: &str) -> crate::error::Result<()> {
                let (kind, fields) = (crate::options::OptionsKind::$kind, &raw mut self.fields);
                // SAFETY: a struct of this kind.
                unsafe { crate::options::set(kind, fields.cast(), name, value) }
            }

            /// The value of the option of this name, as [`Self::set`] reads it.
            pub fn get(&self, name: &str) -> crate::error::Result<String> {
                let (kind, fields) = (crate::options::OptionsKind::$kind, &raw const self.fields);
                // SAFETY: a struct of this kind.
                unsafe { crate::options::get(kind, fields.cast(), name) }
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut shown = formatter.debug_struct(stringify!($name));
                for row in crate::options::rows(crate::options::OptionsKind::$kind) {
                    let value = self.get(row.name).unwrap_or_default();
                    shown.field(row.name, &format_args!("{value}"));
                }
                shown.finish()
            }
        }
    };
}
pub(crate) use options_struct;
