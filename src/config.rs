//! Environment and flags → Config, once, checked at start with a sentence.
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use url::{Host, Url};

/// Every setting is an environment variable and a flag of `phach serve`; the flag wins.
#[derive(Args, Debug, Clone)]
pub struct Settings {
    /// An administrator's Postgres (superuser, or CREATEROLE owner of the database); it migrates and never serves.
    /// Without it a private PostgreSQL is kept under the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Address and port to listen on.
    #[arg(long, env = "PHACH_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Data folder: private Postgres, originals, letters, the secret.
    #[arg(long, env = "PHACH_DATA")]
    pub data: Option<PathBuf>,
    /// The address people use, e.g. https://thi.example.vn; every link in a letter begins with it.
    #[arg(long, env = "PHACH_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Mail server, e.g. smtps://user:password@mail.example.vn; without it letters go to a folder.
    #[arg(long, env = "PHACH_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// The sender of letters, e.g. "Ban Tổ chức <thi@example.vn>".
    #[arg(long, env = "PHACH_MAIL_FROM", default_value = "Phách <phach@localhost.localdomain>")]
    pub mail_from: String,
    /// Originals: file:///folder or s3://bucket/prefix; without it a folder of the data folder.
    #[arg(long, env = "PHACH_STORAGE_URL", hide_env_values = true)]
    pub storage_url: Option<String>,
    /// File of the installation's secret (made when absent); the serving logins' passwords derive from it.
    #[arg(long, env = "PHACH_SECRET_FILE")]
    pub secret_file: Option<PathBuf>,
    /// What is logged, e.g. info or phach=debug.
    #[arg(long, env = "PHACH_LOG", default_value = "info,actix_server=warn")]
    pub log: String,
    /// A reverse proxy on this machine sets X-Forwarded-For.
    #[arg(long, env = "PHACH_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Opens /metrics from other machines with this bearer token.
    #[arg(long, env = "PHACH_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Config {
    pub database_url: Option<String>,
    pub listen: SocketAddr,
    pub data: PathBuf,
    pub public_url: String,
    pub smtp_url: Option<String>,
    pub mail_from: lettre::message::Mailbox,
    pub storage_url: Option<String>,
    pub secret_file: PathBuf,
    pub behind_proxy: bool,
    pub metrics_token: Option<String>,
}

impl Config {
    /// The setting, if any, by which this is no trial on one machine: people reach it from outside, or letters and files leave it.
    pub fn real(&self) -> Option<&'static str> {
        let local = |url: &Url| match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback() || ip.is_unspecified(),
            Some(Host::Ipv6(ip)) => ip.is_loopback() || ip.is_unspecified(),
            None => false,
        };
        let outside = !Url::parse(&self.public_url).is_ok_and(|url| local(&url));
        let set = [
            ("PHACH_PUBLIC_URL", outside),
            ("PHACH_SMTP_URL", self.smtp_url.is_some()),
            ("PHACH_STORAGE_URL", self.storage_url.is_some()),
            ("PHACH_BEHIND_PROXY", self.behind_proxy),
        ];
        set.into_iter().find(|(_, is)| *is).map(|(name, _)| name)
    }
}

impl Settings {
    /// Errors: the first setting that cannot be used, with what to write instead.
    pub fn check(mut self) -> Result<Config, String> {
        // An empty variable is an unset one: compose files and service units write them so.
        for setting in [&mut self.database_url, &mut self.public_url, &mut self.smtp_url, &mut self.storage_url, &mut self.metrics_token] {
            setting.take_if(|s| s.trim().is_empty());
        }
        let data = self.data.clone().unwrap_or_else(default_data);
        let data = std::path::absolute(&data).map_err(|e| format!("PHACH_DATA: {}: {e}", data.display()))?;
        let public_url = match &self.public_url {
            Some(given) => checked_public_url(given)?,
            None => format!("http://{}", self.listen),
        };
        if let Some(url) = &self.database_url {
            let known = url.starts_with("postgres://") || url.starts_with("postgresql://");
            if !known {
                return Err("DATABASE_URL: write postgres://user:password@host/database".into());
            }
        }
        Ok(Config {
            secret_file: self.secret_file.unwrap_or_else(|| data.join("secret")),
            mail_from: self.mail_from.parse().map_err(|e| format!("PHACH_MAIL_FROM: {e}: write Name <address>"))?,
            database_url: self.database_url,
            listen: self.listen,
            data,
            public_url,
            smtp_url: self.smtp_url,
            storage_url: self.storage_url,
            behind_proxy: self.behind_proxy,
            metrics_token: self.metrics_token,
        })
    }
}

fn checked_public_url(given: &str) -> Result<String, String> {
    let wrong = || format!("PHACH_PUBLIC_URL: {given}: write https://host or http://host:port, without a path");
    let url = Url::parse(given).map_err(|_| wrong())?;
    let plain = matches!(url.scheme(), "http" | "https") && url.host_str().is_some() && url.path() == "/" && url.query().is_none();
    if plain { Ok(given.trim_end_matches('/').to_owned()) } else { Err(wrong()) }
}

/// Root's home is closed to the user that Postgres runs as, so root's data lies in /var/lib.
fn default_data() -> PathBuf {
    if rustix::process::geteuid().is_root() {
        return Path::new("/var/lib/phach").to_owned();
    }
    #[expect(clippy::disallowed_methods, reason = "the default of a setting")]
    let home = std::env::var("XDG_DATA_HOME").ok().or_else(|| std::env::var("HOME").ok().map(|h| format!("{h}/.local/share")));
    Path::new(&home.unwrap_or_else(|| ".".into())).join("phach")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_with_a_path_is_refused_with_a_sentence() {
        assert!(checked_public_url("https://thi.example.vn/a").unwrap_err().contains("without a path"));
        assert_eq!(checked_public_url("https://thi.example.vn/").unwrap(), "https://thi.example.vn");
    }

    #[test]
    fn what_is_set_for_real_people_is_named() {
        let settings = |set: fn(&mut Settings)| {
            let mut settings = Settings {
                database_url: None,
                listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
                data: Some("/tmp/phach".into()),
                public_url: None,
                smtp_url: None,
                mail_from: "Phách <phach@localhost.localdomain>".into(),
                storage_url: None,
                secret_file: None,
                log: String::new(),
                behind_proxy: false,
                metrics_token: None,
            };
            set(&mut settings);
            settings.check().unwrap().real()
        };
        assert_eq!(settings(|_| ()), None);
        assert_eq!(settings(|s| s.listen = SocketAddr::from(([0, 0, 0, 0], 80))), None);
        assert_eq!(settings(|s| s.public_url = Some("http://localhost:8080".into())), None);
        assert_eq!(settings(|s| s.public_url = Some("https://thi.example.vn".into())), Some("PHACH_PUBLIC_URL"));
        assert_eq!(settings(|s| s.listen = SocketAddr::from(([203, 0, 113, 7], 80))), Some("PHACH_PUBLIC_URL"));
        assert_eq!(settings(|s| s.smtp_url = Some("smtps://u:p@mail.example.vn".into())), Some("PHACH_SMTP_URL"));
        assert_eq!(settings(|s| s.storage_url = Some("file:///srv/files".into())), Some("PHACH_STORAGE_URL"));
        assert_eq!(settings(|s| s.behind_proxy = true), Some("PHACH_BEHIND_PROXY"));
    }
}
