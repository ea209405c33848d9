//! Sizes, offsets and values against those that a C compiler finds in finn.h.
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use libfinn_sys::*;

/// What bindings/layout.c prints, compiled against the header that was found.
fn layout_in_c() -> String {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../../layout.c");
    let header = option_env!("LIBFINN_SYS_INCLUDE").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/source/capi")),
        PathBuf::from,
    );
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    fs::create_dir_all(&folder).unwrap();
    let program = folder.join("layout");
    let compiler = env::var_os("CC").unwrap_or_else(|| "cc".into());
    let mut compile = Command::new(compiler);
    compile.args(["-std=c99", source, "-o"]).arg(&program).arg("-I").arg(header);
    assert!(compile.status().unwrap().success(), "{compile:?}");
    String::from_utf8(Command::new(&program).output().unwrap().stdout).unwrap()
}

/// The same lines from the declarations.
fn layout_in_rust() -> String {
    let mut lines = String::new();
    macro_rules! constant {
        ($name:ident) => {
            lines += &format!("constant {} {}\n", stringify!($name), $name)
        };
    }
    macro_rules! structure {
        ($type:ident) => {
            lines += &format!("struct {} {}\n", stringify!($type), size_of::<$type>())
        };
    }
    macro_rules! field {
        ($type:ident, $name:ident) => {
            lines += &format!(
                "field {} {} {} {}\n",
                stringify!($type),
                stringify!($name).trim_start_matches("r#"),
                std::mem::offset_of!($type, $name),
                size_of_result(|value: $type| value.$name)
            )
        };
    }
    include!("layout_table.rs.in");
    lines
}

fn size_of_result<T, F>(_: fn(T) -> F) -> usize {
    size_of::<F>()
}

#[test]
fn sizes_offsets_and_values_are_those_of_c() {
    let expected = layout_in_c();
    assert!(expected.lines().count() > 60, "{expected}");
    assert_eq!(layout_in_rust(), expected);
}

#[test]
fn the_library_has_the_version_of_the_declarations() {
    // SAFETY: no arguments.
    let version = unsafe { finn_version_number() };
    assert_eq!(version, FINN_VERSION_MAJOR * 10000 + FINN_VERSION_MINOR * 100 + FINN_VERSION_PATCH);
    // SAFETY: no arguments.
    assert_eq!(unsafe { finn_max_variables() }, FINN_MAX_VARIABLES);
}
