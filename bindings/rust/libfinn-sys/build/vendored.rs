//! Builds the C++ sources with CMake and links them statically.
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Found;

fn run(command: &mut Command) {
    let status = command.status();
    match status {
        Ok(status) if status.success() => {}
        Ok(status) => panic!("{command:?} ended with {status}"),
        Err(error) => panic!("{command:?}: {error}"),
    }
}

/// The libraries that the static one needs, from its pkg-config file.
fn private_libraries(pkg_config_file: &Path) -> Vec<String> {
    let text = fs::read_to_string(pkg_config_file).expect("libfinn.pc was installed");
    let line = text.lines().find_map(|line| line.strip_prefix("Libs.private:"));
    let words = line.unwrap_or_default().split_whitespace();
    words
        .filter_map(|word| match word {
            "-pthread" => Some("pthread".to_owned()),
            "-fopenmp" => Some("gomp".to_owned()),
            "-fopenmp=libomp" => Some("omp".to_owned()),
            _ => word.strip_prefix("-l").map(str::to_owned),
        })
        .map(|name| format!("dylib={name}"))
        .collect()
}

pub fn build(source: &Path) -> Found {
    println!("cargo:rerun-if-changed={}", source.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let (folder, prefix) = (out.join("build"), out.join("prefix"));
    run(Command::new("cmake")
        .arg("-S")
        .arg(source)
        .arg("-B")
        .arg(&folder)
        .arg(format!("-DCMAKE_INSTALL_PREFIX={}", prefix.display()))
        .args(["-DCMAKE_BUILD_TYPE=Release", "-DFINN_DEVELOPER=OFF"])
        .args(["-DCMAKE_INSTALL_LIBDIR=lib", "-DCMAKE_INSTALL_INCLUDEDIR=include"]));
    run(Command::new("cmake")
        .arg("--build")
        .arg(&folder)
        .args(["--target", "install"])
        .args(["--parallel", &env::var("NUM_JOBS").unwrap_or_else(|_| "1".into())]));
    let lib = prefix.join("lib");
    let mut libraries = vec!["static=finn".to_owned()];
    libraries.extend(private_libraries(&lib.join("pkgconfig/libfinn.pc")));
    Found { lib: Some(lib), include: Some(prefix.join("include")), libraries }
}
