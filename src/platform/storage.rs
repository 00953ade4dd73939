//! Originals: a local folder by default, any S3-compatible store by `PHACH_STORAGE_URL`. Object first, row second.
use std::path::Path as FsPath;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig};
use url::Url;

use super::failure::{Failure, Refusal};
use super::secret;

#[derive(Clone)]
pub struct Store {
    inner: Arc<dyn ObjectStore>,
}

impl Store {
    /// A folder that only its owner opens, each object synced to disk before it is acknowledged.
    pub fn local(folder: &FsPath) -> Result<Store, String> {
        make_private(folder)?;
        let fs = LocalFileSystem::new_with_prefix(folder).map_err(|e| e.to_string())?.with_fsync(true);
        Ok(Store { inner: Arc::new(fs) })
    }
    /// `s3://bucket/prefix`, with AWS_ENDPOINT, AWS_ACCESS_KEY_ID … among `settings`. A store that does not answer is given
    /// up within seconds: somebody is waiting for the page.
    pub fn s3(url: &str, settings: impl Iterator<Item = (String, String)>) -> Result<Store, String> {
        let wrong =
            |e: &dyn std::fmt::Display| format!("PHACH_STORAGE_URL: {e}: write s3://bucket or s3://bucket/prefix and set AWS_ENDPOINT, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY");
        let parsed = Url::parse(url).map_err(|e| wrong(&e))?;
        let bucket = parsed.host_str().ok_or_else(|| wrong(&"no bucket"))?;
        let client = ClientOptions::new().with_connect_timeout(Duration::from_secs(3)).with_timeout(Duration::from_secs(20));
        let retry = RetryConfig { max_retries: 2, retry_timeout: Duration::from_secs(8), ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new().with_client_options(client);
        for (name, value) in settings {
            let key: Option<AmazonS3ConfigKey> = name.to_ascii_lowercase().parse().ok();
            if let Some(key) = key.filter(|_| name.starts_with("AWS_")) {
                builder = builder.with_config(key, value);
            }
        }
        let s3 = builder.with_bucket_name(bucket).with_retry(retry).build().map_err(|e| wrong(&e))?;
        let prefix = Path::from_url_path(parsed.path()).map_err(|e| wrong(&e))?;
        Ok(Store { inner: if prefix.as_ref().is_empty() { Arc::new(s3) } else { Arc::new(PrefixStore::new(s3, prefix)) } })
    }
    /// Errors: a sentence about `PHACH_STORAGE_URL`.
    pub fn open(url: Option<&str>, data: &FsPath) -> Result<Store, String> {
        match url {
            None => Store::local(&data.join("originals")),
            Some(u) if u.starts_with("s3://") => Store::s3(u, std::env::vars()),
            Some(u) => match u.strip_prefix("file://") {
                Some(folder) if folder.starts_with('/') => Store::local(FsPath::new(folder)),
                _ => Err(format!("PHACH_STORAGE_URL: {u}: write file:///a/folder or s3://bucket/prefix")),
            },
        }
    }

    /// Stores bytes under a random key that says nothing, and returns the key.
    pub async fn put(&self, bytes: Bytes) -> Result<String, Failure> {
        let key = secret::random_key();
        self.inner.put(&place(&key), PutPayload::from_bytes(bytes)).await.map_err(unavailable)?;
        Ok(key)
    }
    pub async fn get(&self, key: &str) -> Result<Bytes, Failure> {
        let found = self.inner.get(&place(key)).await.map_err(unavailable)?;
        found.bytes().await.map_err(unavailable)
    }
}

/// A folder of mode 0700; one that exists keeps its mode. Errors: a sentence with the folder's name.
pub fn make_private(folder: &FsPath) -> Result<(), String> {
    use std::os::unix::fs::DirBuilderExt;
    let made = |e: std::io::Error| format!("{}: {e}", folder.display());
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent).map_err(made)?;
    }
    match std::fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        other => other.map_err(made),
    }
}

/// A letter of folder: half a million files are then some ten thousand in each, and all folders are soon there.
fn place(key: &str) -> Path {
    let (folder, rest) = key.split_at_checked(1).unwrap_or((key, ""));
    Path::from_iter([folder, rest])
}

fn unavailable(e: impl std::fmt::Display) -> Failure {
    tracing::error!(error = %e, "store");
    Refusal::of("store_unavailable").status(StatusCode::SERVICE_UNAVAILABLE).into()
}
