//! The program: see `cli`.
use std::io::Write;
fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let id = std::path::Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned();
        let source = zhengce::source::Source { id, path, encoding: "UTF-8", sha256: String::new(), text, meta: Default::default() };
        for r in zhengce::record::extract(&source) { serde_json::to_writer(&mut out, &r).unwrap(); out.write_all(b"\n").unwrap(); }
    }
}
