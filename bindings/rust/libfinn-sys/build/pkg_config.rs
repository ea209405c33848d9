//! Asks pkg-config, without a crate for it: three words of its answer matter here.
use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::Found;

/// The versions whose C interface is that of the declarations.
const VERSIONS: &str = "libfinn >= 0.2.0 libfinn < 0.3.0";

fn ask(arguments: &[&str]) -> Result<String, String> {
    let program = env::var_os("PKG_CONFIG").unwrap_or_else(|| "pkg-config".into());
    let output = Command::new(&program)
        .args(arguments)
        .output()
        .map_err(|error| format!("{}: {error}", program.to_string_lossy()))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}

pub fn probe() -> Result<Found, String> {
    for variable in ["PKG_CONFIG", "PKG_CONFIG_PATH", "PKG_CONFIG_ALLOW_CROSS"] {
        println!("cargo:rerun-if-env-changed={variable}");
    }
    if env::var("HOST") != env::var("TARGET") && env::var_os("PKG_CONFIG_ALLOW_CROSS").is_none() {
        return Err("pkg-config is not asked when cross-compiling, unless \
                    PKG_CONFIG_ALLOW_CROSS is set."
            .into());
    }
    ask(&["--exists", "--print-errors", VERSIONS])?;
    let folder =
        |question| ask(&[question, "libfinn"]).map(|path| PathBuf::from(&path).canonicalize().ok());
    Ok(Found {
        lib: folder("--variable=libdir")?,
        include: folder("--variable=includedir")?,
        libraries: vec!["dylib=finn".into()],
    })
}
