//! The program: see `zhengce::cli`.

fn main() -> std::process::ExitCode {
    zhengce::cli::run(std::env::args_os())
}
