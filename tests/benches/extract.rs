//! How fast is extraction?
fn main() {
    divan::main();
}
