//! `convoke-tenant`: a simulated Microsoft 365 tenant on loopback. It prints one line of JSON when it is ready and
//! serves until it is interrupted or terminated.

mod cli;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use convoke_tenant::{Running, start};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    let attached = arguments.attached;
    let outcome = match start(arguments.into()).await {
        Ok(running) => serve(running, attached).await,
        Err(error) => Err(io::Error::other(error)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let cause =
                error.get_ref().and_then(|inner| inner.source()).map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(io::stderr(), "convoke-tenant: {error}. {cause}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(running: Running, attached: bool) -> io::Result<()> {
    let line = serde_json::to_string(&running.ready)?;
    writeln!(io::stdout(), "{line}")?;
    io::stdout().flush()?;
    if attached {
        tokio::select! {
            ended = ended() => ended?,
            () = input_ended() => {}
        }
    } else {
        ended().await?;
    }
    running.stop();
    Ok(())
}

/// Waits for the end of standard input on a thread of its own: one that waits does not keep the process.
async fn input_ended() {
    let (sender, receiver) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        drop(sender);
    });
    let _ = receiver.await;
}

#[cfg(unix)]
async fn ended() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminated.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn ended() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
