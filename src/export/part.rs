//! Which part of an export an article is in.

use std::num::NonZero;

use data_encoding::BASE32_NOPAD;

/// The part, from 0, of `parts` in which the article with this key is.
///
/// It is a function of the key alone: an article that comes or goes moves no other into another
/// part, so that whoever loads parts again loads those that changed. A key is a hash, so parts are
/// of about one size. The key's first eight characters are read as a number in base 32; a
/// text that is no such key is in the first part.
pub fn part_of(key: &str, parts: NonZero<usize>) -> usize {
    let head = key.get(..8).map(str::to_ascii_uppercase).unwrap_or_default();
    let Ok(bytes) = BASE32_NOPAD.decode(head.as_bytes()) else { return 0 };
    let number = bytes.iter().fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    let parts = u64::try_from(parts.get()).unwrap_or(u64::MAX);
    usize::try_from(number % parts).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use sha2::Digest as _;

    use super::*;

    #[test]
    fn keys_are_spread_evenly_and_stay() {
        let parts = NonZero::new(7).unwrap();
        let mut sizes = [0; 7];
        for i in 0..7000_u32 {
            let key = BASE32_NOPAD.encode(&sha2::Sha256::digest(i.to_be_bytes())).to_lowercase();
            sizes[part_of(&key, parts)] += 1;
        }
        assert!(sizes.iter().all(|size| (850..1150).contains(size)), "{sizes:?}");
        assert_eq!(part_of("yptp6rdtdxqg2vui5hc3k5pgnm", parts), part_of("yptp6rdtXXXX", parts));
        assert_eq!(part_of("", parts), 0);
        assert_eq!(part_of("yptp6rdtdxqg2vui5hc3k5pgnm", NonZero::<usize>::MIN), 0);
    }
}
