//! What a store finds in the file of an article is damage that it names, or a segment that is written as it was read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::store::Segment;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(segment) = Segment::decode(bytes) {
        let again = Segment::decode(&segment.encode()).expect("what is written can be read");
        assert_eq!(again.nquads, segment.nquads);
        assert_eq!(again.facts, segment.facts);
    }
});
