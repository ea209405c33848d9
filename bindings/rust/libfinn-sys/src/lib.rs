//! The C interface of libfinn as it is: what each function does, which arrays it takes and which
//! threads may call it is written in `finn.h`, whose comments stand here too. The crate `libfinn`
//! is the safe layer over it.
//!
//! # Where the library is found
//!
//! 1. `LIBFINN_LIB_DIR`, the folder that holds `libfinn.so`; with `LIBFINN_INCLUDE_DIR`, the one
//!    that holds `finn.h`, for those who need the header.
//! 2. `pkg-config`, for a version from 0.2.0 and below 0.3.0.
//! 3. With the feature `vendored`, the C++ sources that come with this crate are built with CMake
//!    and linked statically. `LIBFINN_NO_VENDOR=1` forbids that.
//!
//! A build script of a dependent crate finds the folder of the header in `DEP_FINN_INCLUDE` and
//! that of the library in `DEP_FINN_LIB`. The declarations are made by
//! `bindings/generate.py`, which needs Python alone.
#![no_std]
#![allow(non_camel_case_types, non_snake_case)]
#![allow(rustdoc::broken_intra_doc_links, rustdoc::invalid_html_tags)]

mod declarations;
pub use declarations::*;
