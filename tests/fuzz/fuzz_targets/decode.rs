//! Are any bytes in a file of any kind a text or a clear error, and is what is read of it grounded?

#![no_main]

use libfuzzer_sys::fuzz_target;

/// The first byte says what the file is called; the rest is the file.
const NAMES: [&str; 6] = ["x.txt", "x.md", "x.html", "x.docx", "x.jsonl", "x.doc"];

fuzz_target!(|data: &[u8]| {
    let Some((kind, bytes)) = data.split_first() else { return };
    if bytes.starts_with(b"%PDF-") {
        return;
    }
    let folder = std::env::temp_dir().join(format!("zhengce-fuzz-{}", std::process::id()));
    let path = folder.join(NAMES[usize::from(*kind) % NAMES.len()]);
    std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, bytes)).expect("a file of its own");
    for found in zhengce::source::find(&[path]).files {
        for source in zhengce::source::read(&found).flatten() {
            zhengce::record::extract(&source);
        }
    }
});
