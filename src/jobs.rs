//! What runs beside the pages: letters, the record's chain, uploads whose reading was interrupted. Each is a loop that
//! wakes by itself; several servers may run them at once, since rows are claimed under lock.
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Data;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::entries::jobs::Turn;
use crate::outbox::{self, Transport};
use crate::platform::failure::Failure;
use crate::platform::site::Site;
use crate::record;
use crate::{accounts, entries, judging};

/// The running jobs; `stop` waits for what is under way, as long as its patience lasts.
pub struct Jobs {
    end: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Jobs {
    pub async fn stop(self, patience: Duration) {
        let _ = self.end.send(true);
        let until = tokio::time::Instant::now() + patience;
        for mut task in self.tasks {
            if tokio::time::timeout_at(until, &mut task).await.is_err() {
                task.abort(); // what it did stands uncommitted, and the next start does it again
            }
        }
    }
}

/// Starts every job.
pub fn start(site: Data<Site>, transport: Transport) -> Jobs {
    let transport = Arc::new(transport);
    let (end, ends) = watch::channel(false);
    let mut tasks = vec![];
    let (s, sending) = (site.clone(), transport.clone());
    tasks.push(every((1, 1), ends.clone(), "letters", move || {
        let (s, transport) = (s.clone(), sending.clone());
        async move { outbox::send_due(&s, &transport, 20).await.map(|n| n == 20) }
    }));
    let s = site.clone();
    let chainer = Arc::new(record::Chainer::default());
    tasks.push(every((2, 2), ends.clone(), "record", move || {
        let (s, chainer) = (s.clone(), chainer.clone());
        async move { chainer.turn(&s, 2_000).await.map(|n| n == 2_000) }
    }));
    let s = site.clone();
    tasks.push(every((300, 3), ends.clone(), "head", move || {
        let s = s.clone();
        async move {
            s.pages.set_daily_head(record::daily_head(&s).await?);
            Ok(false)
        }
    }));
    let s = site.clone();
    tasks.push(every((30, 5), ends.clone(), "reading", move || {
        let s = s.clone();
        async move { entries::reading::read_pending(&s).await }
    }));
    let s = site.clone();
    tasks.push(every((1, 4), ends.clone(), "names", move || {
        let s = s.clone();
        async move { entries::desk::scan::scan_new(&s).await.map(|()| false) }
    }));
    let s = site.clone();
    tasks.push(every((600, 20), ends.clone(), "reminders", move || {
        let s = s.clone();
        async move {
            entries::jobs::take(&s, Turn::RaiseOverdue).await?;
            entries::jobs::take(&s, Turn::RemindDrafts).await.map(|_| false)
        }
    }));
    let s = site.clone();
    tasks.push(every((5, 5), ends.clone(), "failed letters", move || {
        let s = s.clone();
        async move { entries::jobs::take(&s, Turn::RaiseFailedLetters).await.map(|_| false) }
    }));
    let s = site.clone();
    tasks.push(every((60, 10), ends.clone(), "batch", move || {
        let s = s.clone();
        async move {
            judging::batch::pass_due(&s).await?;
            judging::batch::tell_marked(&s).await.map(|_| false)
        }
    }));
    let s = site;
    tasks.push(every((3_600, 30), ends, "wiping", move || {
        let (s, transport) = (s.clone(), transport.clone());
        async move {
            outbox::wipe_old(&s, &transport).await?;
            entries::desk::sweep(&s).await?;
            accounts::sweep(&s).await.map(|()| false)
        }
    }));
    Jobs { end, tasks }
}

/// Runs a job each period, for the first time so long after the start: nobody's first page waits for it. At once again while it says that more
/// is waiting. Both in seconds. A failure is logged and the next turn tries again: a job never ends by itself.
fn every<F, Fut>((period, first): (u64, u64), mut ends: watch::Receiver<bool>, name: &'static str, job: F) -> JoinHandle<()>
where
    F: Fn() -> Fut + Send + 'static,
    Fut: Future<Output = Result<bool, Failure>> + Send,
{
    tokio::spawn(async move {
        let mut pause = Duration::from_secs(first);
        loop {
            tokio::select! { _ = tokio::time::sleep(pause) => {}, _ = ends.changed() => return }
            let more = job().await.unwrap_or_else(|e| {
                tracing::warn!(job = name, error = %e, "a turn failed; the next one tries again");
                false
            });
            if *ends.borrow() {
                return;
            }
            pause = Duration::from_secs(if more { 0 } else { period });
        }
    })
}
