//! A line of the facts contract is an error or facts; facts are written, read back the same, and mapped.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::facts::{read_facts, write_facts};
use newsgraph::graph::{Base, map_facts};

fuzz_target!(|line: &str| {
    let Ok(facts) = read_facts(line) else { return };
    let written = write_facts(&facts);
    let again = read_facts(&written).expect("what is written can be read");
    assert_eq!(write_facts(&again), written);
    drop(map_facts(&facts, &Base::default(), &mut |_| ()));
});
