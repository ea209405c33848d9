//! What the library says about itself at run time. Any thread.
use libfinn_sys as sys;

use crate::error::static_text;

/// Major * 10000 + minor * 100 + patch.
pub fn version_number() -> i32 {
    // SAFETY: no arguments.
    unsafe { sys::finn_version_number() }
}

/// `"0.2.0"` and the like.
pub fn version() -> &'static str {
    // SAFETY: no arguments; a terminated string of static storage.
    static_text(unsafe { sys::finn_version_string() })
}

/// One line on compiler, kind of threads and the active instruction set.
pub fn build_info() -> &'static str {
    // SAFETY: no arguments; a terminated string of static storage.
    static_text(unsafe { sys::finn_build_info() })
}

/// The instruction set whose kernels are in use. `avx512`, `avx2`, `neon` and `fma` give the same
/// bits.
pub fn instruction_set() -> &'static str {
    // SAFETY: no arguments; a terminated string of static storage.
    static_text(unsafe { sys::finn_instruction_set() })
}

/// The largest number of variables of an mlp and of a domain with a map.
pub fn max_variables() -> usize {
    // SAFETY: no arguments.
    unsafe { sys::finn_max_variables() as usize }
}

/// The largest number of variables of a mixture.
pub fn max_mixture_variables() -> usize {
    // SAFETY: no arguments.
    unsafe { sys::finn_max_mixture_variables() as usize }
}
