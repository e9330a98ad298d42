//! The program: see `cli`.
use std::io::Write;
fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let paths: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    for found in zhengce::source::find(&paths).files {
        for source in zhengce::source::read(&found) {
            match source {
                Ok(source) => {
                    for r in zhengce::record::extract(&source) {
                        serde_json::to_writer(&mut out, &r)?;
                        out.write_all(b"\n")?;
                    }
                }
                Err(e) => eprintln!("{e}"),
            }
        }
    }
    Ok(())
}
