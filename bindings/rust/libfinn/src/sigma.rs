//! The activation of positive networks with its derivatives, for itself.
use std::ptr::null_mut;

use crate::error::{Error, Result, check, require_length};
use crate::real::Real;

/// count as C takes it, and the length of the values; a count that no array can have is refused.
fn table(count: usize, length: usize) -> Result<(i32, usize)> {
    let total = count.checked_mul(length);
    match (i32::try_from(count), total) {
        (Ok(count), Some(total)) => Ok((count, total)),
        _ => Err(Error::size("count", count, "a smaller number")),
    }
}

/// `values[k * x.len() + i] = sigma_(order - k)(x[i])` for k < count: the (n-1)-fold integral of
/// (1 + erf)/2 with its derivatives. `order` is 1 ..= 8 and `order - count + 1 >= -8`. Any argument
/// is valid, NaN and infinities too. Errors: a length or an order that does not fit.
pub fn sigma_into<T: Real>(order: i32, count: usize, x: &[T], values: &mut [T]) -> Result<()> {
    let (count, total) = table(count, x.len())?;
    require_length("values", values.len(), total)?;
    // SAFETY: x holds x.len() numbers and values count times as many.
    check(|error| unsafe {
        (T::CALLS.sigma)(order, count, x.as_ptr(), x.len() as i64, values.as_mut_ptr(), error)
    })
}

/// What [`sigma_into`] writes, in a new vector.
pub fn sigma<T: Real>(order: i32, count: usize, x: &[T]) -> Result<Vec<T>> {
    let mut values = vec![T::default(); table(count, x.len())?.1];
    sigma_into(order, count, x, &mut values)?;
    Ok(values)
}

/// `logs[i] = log sigma_order(x[i])` and, where wanted, its derivative in `slopes`; finite for
/// every finite x, also where sigma itself underflows. `order` is 0 ..= 8.
pub fn log_sigma_into<T: Real>(
    order: i32,
    x: &[T],
    logs: &mut [T],
    slopes: Option<&mut [T]>,
) -> Result<()> {
    require_length("logs", logs.len(), x.len())?;
    if let Some(slopes) = &slopes {
        require_length("slopes", slopes.len(), x.len())?;
    }
    let slopes = slopes.map_or(null_mut(), <[T]>::as_mut_ptr);
    // SAFETY: all arrays have the length of x; slopes may be NULL.
    check(|error| unsafe {
        let length = x.len() as i64;
        (T::CALLS.log_sigma)(order, x.as_ptr(), length, logs.as_mut_ptr(), slopes, error)
    })
}

/// The logarithms of [`log_sigma_into`] and their derivatives, in new vectors.
pub fn log_sigma<T: Real>(order: i32, x: &[T]) -> Result<(Vec<T>, Vec<T>)> {
    let (mut logs, mut slopes) = (vec![T::default(); x.len()], vec![T::default(); x.len()]);
    log_sigma_into(order, x, &mut logs, Some(&mut slopes))?;
    Ok((logs, slopes))
}

/// `values[k * z.len() + i] = i^(order - k)erfc(z[i])` for k < count, the repeated integrals of
/// erfc (DLMF 7.18). `order` is 0 ..= 7 and `1 <= count <= order + 2`.
pub fn repeated_erfc_into<T: Real>(
    order: i32,
    count: usize,
    z: &[T],
    values: &mut [T],
) -> Result<()> {
    let (count, total) = table(count, z.len())?;
    require_length("values", values.len(), total)?;
    // SAFETY: z holds z.len() numbers and values count times as many.
    check(|error| unsafe {
        let length = z.len() as i64;
        (T::CALLS.repeated_erfc)(order, count, z.as_ptr(), length, values.as_mut_ptr(), error)
    })
}

/// What [`repeated_erfc_into`] writes, in a new vector.
pub fn repeated_erfc<T: Real>(order: i32, count: usize, z: &[T]) -> Result<Vec<T>> {
    let mut values = vec![T::default(); table(count, z.len())?.1];
    repeated_erfc_into(order, count, z, &mut values)?;
    Ok(values)
}
