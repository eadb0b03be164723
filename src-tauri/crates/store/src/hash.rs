//! A short, stable stand-in for long texts in indexes, and a digest to see that nothing changed.

/// FNV-1a over the bytes, as SQLite's signed integer. Not secret and not safe against an attacker: whoever
/// looks up by it compares the text too.
pub(crate) fn hash(bytes: &[u8]) -> i64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    state.cast_signed()
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_fnv_1a_of_64_bits() {
        // Test vectors of the FNV authors (draft-eastlake-fnv, appendix C).
        assert_eq!(super::hash(b"").cast_unsigned(), 0xcbf2_9ce4_8422_2325);
        assert_eq!(super::hash(b"foobar").cast_unsigned(), 0x8594_4171_f739_67e8);
    }
}
