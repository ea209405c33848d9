//! The two types of number that arrays may have.
use libfinn_sys as sys;
use sys::{finn_error, finn_model, finn_status, finn_workspace};

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// `f32` or `f64`: the type of the caller's arrays, whatever the precision of the model.
pub trait Real: sealed::Sealed + Copy + Default + Send + Sync + 'static {
    #[doc(hidden)]
    const CALLS: &'static Calls<Self>;
}

type Query<T> = unsafe extern "C" fn(
    *const finn_model,
    *mut finn_workspace,
    *const T,
    i64,
    *mut T,
    i64,
    *mut finn_error,
) -> finn_status;

type Family<T> =
    unsafe extern "C" fn(i32, i32, *const T, i64, *mut T, *mut finn_error) -> finn_status;

/// The functions of the C interface for one type of number.
#[doc(hidden)]
#[allow(clippy::type_complexity)]
pub struct Calls<T> {
    pub get_parameters:
        unsafe extern "C" fn(*const finn_model, *mut T, i64, *mut finn_error) -> finn_status,
    pub set_parameters:
        unsafe extern "C" fn(*mut finn_model, *const T, i64, *mut finn_error) -> finn_status,
    pub integrand: Query<T>,
    pub antiderivative: Query<T>,
    pub mixed_partial: unsafe extern "C" fn(
        *const finn_model,
        *mut finn_workspace,
        u64,
        *const T,
        i64,
        *mut T,
        i64,
        *mut finn_error,
    ) -> finn_status,
    pub derivative: unsafe extern "C" fn(
        *const finn_model,
        *mut finn_workspace,
        *const i32,
        *const T,
        i64,
        *mut T,
        i64,
        *mut finn_error,
    ) -> finn_status,
    pub integrand_vjp: unsafe extern "C" fn(
        *const finn_model,
        *mut finn_workspace,
        *const T,
        i64,
        *const T,
        *mut T,
        i64,
        *mut T,
        i64,
        *mut T,
        i64,
        *mut finn_error,
    ) -> finn_status,
    pub sigma: Family<T>,
    pub log_sigma:
        unsafe extern "C" fn(i32, *const T, i64, *mut T, *mut T, *mut finn_error) -> finn_status,
    pub repeated_erfc: Family<T>,
}

impl Real for f64 {
    const CALLS: &'static Calls<f64> = &Calls {
        get_parameters: sys::finn_model_get_parameters_f64,
        set_parameters: sys::finn_model_set_parameters_f64,
        integrand: sys::finn_integrand_f64,
        antiderivative: sys::finn_antiderivative_f64,
        mixed_partial: sys::finn_mixed_partial_f64,
        derivative: sys::finn_derivative_f64,
        integrand_vjp: sys::finn_integrand_vjp_f64,
        sigma: sys::finn_sigma_f64,
        log_sigma: sys::finn_log_sigma_f64,
        repeated_erfc: sys::finn_repeated_erfc_f64,
    };
}

impl Real for f32 {
    const CALLS: &'static Calls<f32> = &Calls {
        get_parameters: sys::finn_model_get_parameters_f32,
        set_parameters: sys::finn_model_set_parameters_f32,
        integrand: sys::finn_integrand_f32,
        antiderivative: sys::finn_antiderivative_f32,
        mixed_partial: sys::finn_mixed_partial_f32,
        derivative: sys::finn_derivative_f32,
        integrand_vjp: sys::finn_integrand_vjp_f32,
        sigma: sys::finn_sigma_f32,
        log_sigma: sys::finn_log_sigma_f32,
        repeated_erfc: sys::finn_repeated_erfc_f32,
    };
}
