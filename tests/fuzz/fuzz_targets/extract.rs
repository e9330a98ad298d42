//! Is every text read without a panic, and does every record quote its characters?

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhengce::source::Source;

fuzz_target!(|text: &str| {
    let source = Source::of_text("x", text);
    let chars: Vec<char> = text.chars().collect();
    for record in zhengce::record::extract(&source) {
        assert_eq!(chars[record.start..record.end].iter().collect::<String>(), record.quote);
    }
});
