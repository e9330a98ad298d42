//! `zhengce serve`: the page and its JSON API.

use super::{Context, Failure, Outcome};
use crate::remote::{self, Cluster};
use crate::web::{self, Generation, Patience, Settings, Site};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long a cluster is waited for: people wait too.
const SHORT: remote::Patience = remote::Patience { tries: 2, wait: Duration::from_millis(250), answer: Duration::from_secs(4) };
/// How many threads ask a cluster.
const ASKING: usize = 16;

/// What it is asked.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zhengce serve                          http://127.0.0.1:7878/ on this machine alone\n  zhengce serve --addr 0.0.0.0:80 --host policy.example.gov.cn\n  zhengce serve --remote http://localhost:9200/zhengce"
)]
pub struct Args {
    /// Where to listen; other machines come in only where it is no loopback address
    #[arg(long, default_value = "127.0.0.1:7878", value_name = "ADDR:PORT")]
    addr: String,
    /// A name that the server answers for, besides those of loopback; may be given several times
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Answer from the index of a cluster, which `zhengce export --to` filled
    #[arg(long, value_name = "URL")]
    remote: Option<String>,
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
    let generation = match &args.remote {
        Some(url) => Generation::remote(Cluster::at(url, SHORT)?, settings.threads)?,
        None => Generation::open(&context.index, settings.threads)?,
    };
    let site = Site::new(generation, settings);
    if !context.quiet {
        eprintln!("the page is at http://{at}/ (Ctrl-C ends it)");
    }
    let following = web::follow(site.clone(), |error| eprintln!("error: {error}\n  the state before goes on answering"));
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
    // Who asks a cluster waits for it, and does nothing else meanwhile.
    let threads = if args.remote.is_some() { ASKING } else { plain.threads };
    Settings { hosts, cors: args.cors.clone(), threads, ..plain }
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
