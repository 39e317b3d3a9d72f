//! A model file of any bytes is an error or a model, and a model analyses a text without a panic.
//! The first two bytes say how long the head is: the checksum of real files would stop the fuzzer.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::text::{Engine, Model};

fuzz_target!(|bytes: &[u8]| {
    drop(Model::from_bytes(bytes.to_vec()));
    let Some((length, rest)) = bytes.split_first_chunk::<2>() else { return };
    let at = usize::from(u16::from_le_bytes(*length)).min(rest.len());
    let (head, data) = rest.split_at(at);
    if let Ok(model) = Model::from_parts(head, data.to_vec())
        && let Ok(engine) = Engine::new(&model)
    {
        engine.analyse("\"Rain (10km) can't,\" she said... well-known x.y/z");
    }
});
