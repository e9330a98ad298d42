//! `zhengce serve`: the page and its JSON API.

use super::{Context, Failure, Outcome};
use crate::web::{self, Generation, Patience, Settings, Site};
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// What it is asked.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zhengce serve                          http://127.0.0.1:7878/ on this machine alone\n  zhengce serve --addr 0.0.0.0:80 --host policy.example.gov.cn"
)]
pub struct Args {
    /// Where to listen; other machines come in only where it is no loopback address
    #[arg(long, default_value = "127.0.0.1:7878", value_name = "ADDR:PORT")]
    addr: String,
    /// A name that the server answers for, besides those of loopback; may be given several times
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// An origin whose pages may call the API, such as https://example.gov.cn
    #[arg(long, value_name = "ORIGIN")]
    cors: Option<String>,
}

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(context, args))
}

async fn serve(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let listener = TcpListener::bind(&args.addr)
        .await
        .map_err(|e| format!("cannot listen at {}: {e}\n  hint: name another place, such as --addr 127.0.0.1:8080", args.addr))?;
    let at = listener.local_addr()?;
    let settings = settings(args, at);
    let site = Site::new(Generation::open(&context.index, settings.threads)?, settings);
    if !context.quiet {
        eprintln!("the page is at http://{at}/ (Ctrl-C ends it)");
    }
    let following = web::follow(site.clone(), &context.index, |error| eprintln!("error: {error}\n  the state before goes on answering"));
    let serving = web::serve(listener, web::router(site.clone()), Patience::default(), stopped());
    tokio::select! {
        () = serving => {}
        () = following => {}
    }
    Ok(Outcome::Done)
}

/// On loopback the server answers for its own names alone; elsewhere for those that are named, or for any.
fn settings(args: &Args, at: SocketAddr) -> Settings {
    let plain = Settings::default();
    let hosts = match (at.ip().is_loopback(), args.hosts.is_empty()) {
        (false, true) => None,
        _ => plain.hosts.clone().map(|known| known.into_iter().chain(args.hosts.iter().cloned()).collect()),
    };
    Settings { hosts, cors: args.cors.clone(), ..plain }
}

/// Done when the program is told to end.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminated = async {
            match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
                Ok(mut signal) => drop(signal.recv().await),
                // Where the system lets nobody listen for it, it ends the program by itself.
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = interrupted => {}
            () = terminated => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}
