//! Is every text read without a panic, and does every record quote its characters?

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhengce::source::{Format, Meta, Source};

fuzz_target!(|text: &str| {
    let source = Source {
        id: "x".into(),
        path: "x.txt".into(),
        format: Format::Text,
        encoding: "UTF-8",
        sha256: String::new(),
        text: text.to_owned(),
        meta: Meta::default(),
        notices: Vec::new(),
    };
    let chars: Vec<char> = text.chars().collect();
    for record in zhengce::record::extract(&source) {
        assert_eq!(chars[record.start..record.end].iter().collect::<String>(), record.quote);
    }
});
