//! Finds libfinn: environment, then pkg-config, then the vendored sources. See src/lib.rs.
use std::env;
use std::path::{Path, PathBuf};

#[path = "build/pkg_config.rs"]
mod pkg_config;
#[path = "build/vendored.rs"]
mod vendored;

/// What is needed to link, and what dependent crates are told.
pub struct Found {
    pub lib: Option<PathBuf>,
    pub include: Option<PathBuf>,
    /// As after `cargo:rustc-link-lib=`.
    pub libraries: Vec<String>,
}

fn from_environment() -> Option<Found> {
    let lib = env::var_os("LIBFINN_LIB_DIR")?;
    let include = env::var_os("LIBFINN_INCLUDE_DIR");
    Some(Found {
        lib: Some(lib.into()),
        include: include.map(PathBuf::from),
        libraries: vec!["dylib=finn".into()],
    })
}

fn find() -> Result<Found, String> {
    if let Some(found) = from_environment() {
        return Ok(found);
    }
    let missing = match pkg_config::probe() {
        Ok(found) => return Ok(found),
        Err(reason) => reason,
    };
    if env::var_os("CARGO_FEATURE_VENDORED").is_some() && env::var_os("LIBFINN_NO_VENDOR").is_none()
    {
        return Ok(vendored::build(Path::new("source")));
    }
    Err(format!(
        "libfinn was not found.\n{missing}\n\
         Install it (make install PREFIX=...) and let PKG_CONFIG_PATH name the folder of its \
         libfinn.pc, or let LIBFINN_LIB_DIR name the folder of libfinn.so, or use the feature \
         `vendored`, which builds it from source with CMake."
    ))
}

fn main() {
    for variable in ["LIBFINN_LIB_DIR", "LIBFINN_INCLUDE_DIR", "LIBFINN_NO_VENDOR"] {
        println!("cargo:rerun-if-env-changed={variable}");
    }
    if env::var_os("DOCS_RS").is_some() {
        return; // documentation links nothing
    }
    let found = find().unwrap_or_else(|message| {
        eprintln!("{message}");
        std::process::exit(1);
    });
    if let Some(lib) = &found.lib {
        println!("cargo:rustc-link-search=native={}", lib.display());
        println!("cargo:lib={}", lib.display());
    }
    for library in &found.libraries {
        println!("cargo:rustc-link-lib={library}");
    }
    if let Some(include) = &found.include {
        println!("cargo:include={}", include.display());
        println!("cargo:rustc-env=LIBFINN_SYS_INCLUDE={}", include.display());
    }
}
