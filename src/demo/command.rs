//! The commands `phach demo …`: load a demonstration into an empty database, mark what lies open in one.
use clap::Subcommand;

use super::world::Say;
use super::{AtSize, Plan, What};
use crate::config::{Config, Settings};
use crate::platform::admin;
use crate::platform::storage::Store;
use crate::serve;

#[derive(Subcommand)]
pub enum Command {
    /// Load four contests with everybody in them into an empty database, which is a demonstration from then on.
    Load {
        /// Only where the data folder holds no database yet, and none of your own is named; else do nothing.
        #[arg(long)]
        only_if_new: bool,
        /// Two contests of so many entries each instead of the four, one open and one in marking, to measure by.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
        entries: Option<u32>,
        /// With --entries: how many judges read the one in marking, three readings an entry.
        #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(8..=20_000), requires = "entries")]
        judges: u32,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Mark whatever lies open in a contest of a demonstration, third marks too, so that its round can be closed.
    Mark {
        /// The contest's address (the word after /c/).
        contest: String,
        #[command(flatten)]
        settings: Box<Settings>,
    },
}

impl Command {
    /// Errors: the sentence to complain with.
    pub async fn run(self, explain: Say<'_>) -> Result<(), String> {
        match self {
            Command::Load { only_if_new, entries, judges, settings } => {
                let at_size = |entries| What::AtSize(AtSize { entries: entries as usize, judges: judges as usize });
                Box::pin(load(*settings, only_if_new, entries.map_or(What::Four(Plan::FULL), at_size), explain)).await
            }
            Command::Mark { contest, settings } => mark(*settings, &contest, explain).await,
        }
    }
}

async fn load(settings: Settings, only_if_new: bool, what: What, explain: Say<'_>) -> Result<(), String> {
    let config = settings.check()?;
    if only_if_new && (config.database_url.is_some() || config.data.join("postgres").exists()) {
        return Ok(());
    }
    // a folder that is empty by mistake, a disk not mounted, must not make a site of real people one where everybody signs in by a press
    if let Some(setting) = config.real() {
        let why = format!("{setting} is set, as for real people: the demonstration is not loaded");
        return if only_if_new {
            explain(&why);
            Ok(())
        } else {
            Err(why)
        };
    }
    let administered = serve::Administered::join(&config).await?;
    let loaded = tokio::select! {
        loaded = fill(&config, &administered.url, what, explain) => loaded,
        _ = tokio::signal::ctrl_c() => Err(format!("broken off; what there is now is not served: remove {} and start again", config.data.display())),
    };
    administered.leave().await?;
    loaded
}

async fn fill(config: &Config, url: &str, what: What, explain: Say<'_>) -> Result<(), String> {
    let mut conn = admin::connect(url).await?;
    // before it is changed in any way, for it may be somebody's
    if let Some(why) = super::why_not(&mut conn).await? {
        return Err(why.into());
    }
    // before our own logins connect; a server that starts from here on waits for the mark, and sees it
    super::hold_back_servers(&mut conn).await.map_err(|e| e.to_string())?;
    if super::is_served(&mut conn).await.map_err(|e| e.to_string())? {
        return Err("a server is running on this database: stop it, then load the demonstration".into());
    }
    admin::migrate(url, false).await?;
    let store = Store::open(config.storage_url.as_deref(), &config.data)?;
    let site = serve::put_together(config, url, (store, serve::load_pages())).await?;
    super::load(&site, (conn, url), what, explain).await
}

async fn mark(settings: Settings, contest: &str, explain: Say<'_>) -> Result<(), String> {
    let config = settings.check()?;
    let administered = serve::Administered::join(&config).await?;
    let marked = async {
        let store = Store::open(config.storage_url.as_deref(), &config.data)?;
        let site = serve::put_together(&config, &administered.url, (store, serve::load_pages())).await?;
        super::mark(&site, &administered.url, contest, explain).await
    }
    .await;
    administered.leave().await?;
    marked
}
