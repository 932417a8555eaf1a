//! The Jaro-Winkler similarity as a plugin: one exported function, no crate.
//!
//!     rustc -O -g --crate-type cdylib -o libjaro_winkler.so jaro_winkler.rs
//!
//! The texts arrive as pointer and length, need not be terminated, and are
//! compared by character. The sidecar libjaro_winkler.assay.json describes the call.

use std::slice;

/// Similarity of two texts, 0 to 1; 1 where they are equal.
///
/// # Safety
/// Each pointer has as many readable bytes as the length beside it says.
#[no_mangle]
pub unsafe extern "C" fn jaro_winkler(
    output: *const u8,
    output_len: usize,
    expected: *const u8,
    expected_len: usize,
    prefix_weight: f64,
) -> f64 {
    let a = characters(output, output_len);
    let b = characters(expected, expected_len);
    let jaro = jaro(&a, &b);
    let prefix = a.iter().zip(&b).take(4).take_while(|(x, y)| x == y).count();
    jaro + prefix as f64 * prefix_weight * (1.0 - jaro)
}

unsafe fn characters(start: *const u8, length: usize) -> Vec<char> {
    if start.is_null() || length == 0 {
        return Vec::new();
    }
    String::from_utf8_lossy(slice::from_raw_parts(start, length)).chars().collect()
}

fn jaro(a: &[char], b: &[char]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let window = (a.len().max(b.len()) / 2).saturating_sub(1);
    let mut taken = vec![false; b.len()];
    let mut matched = Vec::new();
    for (i, character) in a.iter().enumerate() {
        let range = i.saturating_sub(window)..b.len().min(i + window + 1);
        if let Some(j) = range.into_iter().find(|&j| !taken[j] && b[j] == *character) {
            taken[j] = true;
            matched.push(*character);
        }
    }
    if matched.is_empty() {
        return 0.0;
    }
    let in_order_of_b = b.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(c, _)| c);
    let displaced = matched.iter().zip(in_order_of_b).filter(|(x, y)| x != y).count();
    let m = matched.len() as f64;
    (m / a.len() as f64 + m / b.len() as f64 + (m - displaced as f64 / 2.0) / m) / 3.0
}
