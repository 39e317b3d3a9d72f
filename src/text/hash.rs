//! String ids and feature hashes, bit for bit those that the models were trained with.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The strings that have a small fixed number instead of a hash: attribute names, parts of
/// speech, dependency and entity labels.
static SYMBOLS: LazyLock<FxHashMap<&'static str, u64>> = LazyLock::new(|| {
    include_str!("model/symbols.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, number)| Some((name, number.parse().ok()?)))
        .collect()
});

/// The id of a string: 0 for the empty one, its number for a symbol, else its hash.
pub(crate) fn string_id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    // No symbol is longer than 32 bytes.
    if text.len() <= 32
        && let Some(&symbol) = SYMBOLS.get(text)
    {
        return symbol;
    }
    murmur64a(text.as_bytes(), 1)
}

/// `MurmurHash64A`.
///
/// # Source
///
/// Austin Appleby, SMHasher, public domain.
pub(crate) fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mix = |k: u64| {
        let k = k.wrapping_mul(M);
        (k ^ (k >> 47)).wrapping_mul(M)
    };
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (blocks, tail) = bytes.as_chunks::<8>();
    for &block in blocks {
        h = (h ^ mix(u64::from_le_bytes(block))).wrapping_mul(M);
    }
    if !tail.is_empty() {
        let mut last = [0; 8];
        last[..tail.len()].copy_from_slice(tail);
        h = (h ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    h = (h ^ (h >> 47)).wrapping_mul(M);
    h ^ (h >> 47)
}

/// Four 32-bit hashes of one id: which rows of an embedding table it adds up.
///
/// # Source
///
/// The finish of `MurmurHash3` x64-128 on one 64-bit value.
pub(crate) fn hash4(id: u64, seed: u32) -> [u32; 4] {
    let fmix = |k: u64| {
        let k = (k ^ (k >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let k = (k ^ (k >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        k ^ (k >> 33)
    };
    let mut h1 = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31);
    h1 = h1.wrapping_mul(0x4cf5_ad43_2745_937f) ^ u64::from(seed) ^ 8;
    let mut h2 = u64::from(seed) ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = fmix(h1);
    h2 = fmix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [low(h1), low(h1 >> 32), low(h2), low(h2 >> 32)]
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is asked for")]
fn low(x: u64) -> u32 {
    x as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn string_ids_are_those_of_the_models() {
        for (text, id) in [
            ("", 0),
            ("apple", 8_566_208_034_543_834_098),
            ("agent", 401),
            ("punct", 445),
            ("X", 101),
            ("case", 8_110_129_090_154_140_942),
            ("naïve", 16_224_804_062_388_677_344),
            ("’s", 614_914_527_630_368_944),
            ("東京", 9_360_021_637_096_476_946),
            ("aaaaaaa", 1_179_047_054_410_847_331),
            ("aaaaaaaa", 7_726_586_943_028_375_376),
            ("aaaaaaaaa", 410_782_030_899_095_583),
            ("https://example.org/x?y=1", 17_775_958_711_929_347_779),
        ] {
            assert_eq!(string_id(text), id, "{text:?}");
        }
    }

    #[test]
    fn feature_hashes_are_those_of_the_models() {
        assert_eq!(hash4(0, 8), [0; 4]);
        assert_eq!(hash4(1, 9), [2_205_482_518, 2_060_344_464, 1_125_017_477, 2_005_428_196]);
        assert_eq!(
            hash4(7_425_985_699_627_899_538, 13),
            [485_591_046, 3_781_644_325, 1_952_296_991, 2_610_584_899]
        );
        assert_eq!(
            hash4(u64::MAX, 8),
            [2_488_739_950, 2_974_852_181, 1_585_626_277, 2_314_794_624]
        );
    }
}
