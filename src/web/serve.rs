//! How does the server meet the network? Each connection has a time for its request's head, for every write, and for its whole life;
//! at the end those under way are answered before the program goes.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::http::Site;

/// How patient the server is with its clients.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of a request, and for the next request on the same connection.
    pub head: Duration,
    /// For a client to take what is written.
    pub write: Duration,
    /// For a connection altogether.
    pub life: Duration,
    /// For what is under way when the server ends.
    pub end: Duration,
    /// How many connections there may be.
    pub connections: usize,
}

impl Default for Patience {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Patience { head: seconds(15), write: seconds(30), life: seconds(600), end: seconds(10), connections: 1024 }
    }
}

/// The largest head of a request that is read at all.
const LARGEST_HEAD: usize = 64 << 10;

/// Serves until `stop` is done; then answers what is under way, and returns.
pub async fn serve(listener: TcpListener, router: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(patience.connections));
    let (end, ended) = watch::channel(false);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            // Too many open files, or a client that is gone again: others may still come.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        match Arc::clone(&places).try_acquire_owned() {
            Ok(place) => {
                let (router, ended) = (router.clone(), ended.clone());
                tokio::spawn(async move {
                    let _place = place;
                    converse(stream, router, patience, ended).await;
                });
            }
            Err(_) => {
                tokio::spawn(turn_away(stream));
            }
        }
    }
    drop(listener);
    // Whoever still listens for it has a connection under way.
    let _ = end.send(true);
    drop(ended);
    let _ = timeout(patience.end, end.closed()).await;
}

/// A connection, from its first request to its last.
async fn converse(stream: TcpStream, router: Router, patience: Patience, mut ended: watch::Receiver<bool>) {
    // Without it small answers wait for the client's acknowledgement; a client that is gone already doesn't mind.
    let _ = stream.set_nodelay(true);
    let io = TokioIo::new(Hasty { stream, write: patience.write, waiting: None });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(io, TowerToHyperService::new(router));
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // A client that breaks off, or is too slow, is no error of ours.
        _ = connection.as_mut() => return,
        _ = ended.wait_for(|ended| *ended) => {}
        () = sleep(patience.life) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(patience.end, connection).await;
}

/// Tells a client that there are too many.
async fn turn_away(mut stream: TcpStream) {
    const SAID: &str = "{\"type\":\"urn:zhengce:problem:busy\",\"title\":\"Too much is being asked at once\",\"status\":503,\"detail\":\"too many connections are open; come again in a moment\"}";
    let head = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\ncontent-length: {}\r\nretry-after: 2\r\nconnection: close\r\n\r\n",
        SAID.len()
    );
    let said = async {
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(SAID.as_bytes()).await?;
        stream.shutdown().await
    };
    // It may be gone already.
    let _ = timeout(Duration::from_secs(1), said).await;
}

/// A stream whose other end must take what is written in time.
struct Hasty {
    stream: TcpStream,
    write: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Hasty {
    /// An error where the other end has taken nothing for too long.
    fn in_time<T>(&mut self, poll: Poll<io::Result<T>>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        if poll.is_ready() {
            self.waiting = None;
            return poll;
        }
        let write = self.write;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + write)));
        match waiting.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Hasty {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Hasty {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.in_time(poll, cx)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, parts: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.in_time(poll, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let poll = Pin::new(&mut self.stream).poll_flush(cx);
        self.in_time(poll, cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// How often it is looked whether the index has changed.
const LOOK: Duration = Duration::from_secs(1);

/// Turns the site to each new state of its index; `tell` hears what keeps it from doing so.
pub async fn follow(site: Arc<Site>, tell: impl Fn(&str)) {
    let mut told = String::new();
    loop {
        sleep(LOOK).await;
        let (generation, threads) = (site.generation(), site.settings.threads);
        let looked = tokio::task::spawn_blocking(move || match generation.is_current() {
            Ok(true) => Ok(None),
            Ok(false) => generation.again(threads).map(Some),
            Err(error) => Err(error.to_string()),
        });
        match looked.await {
            Ok(Ok(None)) => told.clear(),
            Ok(Ok(Some(generation))) => {
                told.clear();
                site.turn_to(generation);
            }
            // The state before goes on answering; the same trouble is told once.
            Ok(Err(error)) if told != error => {
                told = error;
                tell(&told);
            }
            Ok(Err(_)) | Err(_) => {}
        }
    }
}
