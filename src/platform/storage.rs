//! Originals: a local folder by default, any S3-compatible store by `PHACH_STORAGE_URL`. Object first, row second.
use std::path::Path as FsPath;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use super::failure::{Failure, Refusal};
use super::secret;

#[derive(Clone)]
pub struct Store {
    inner: Arc<dyn ObjectStore>,
}

impl Store {
    /// A folder, each object synced to disk before it is acknowledged.
    pub fn local(folder: &FsPath) -> Result<Store, String> {
        std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let fs = LocalFileSystem::new_with_prefix(folder).map_err(|e| e.to_string())?.with_fsync(true);
        Ok(Store { inner: Arc::new(fs) })
    }
    /// `s3://bucket/prefix`, with AWS_ENDPOINT, AWS_ACCESS_KEY_ID … from the environment.
    pub fn s3(url: &str) -> Result<Store, String> {
        let s3 = AmazonS3Builder::from_env().with_url(url).build().map_err(|e| format!("PHACH_STORAGE_URL: {e}"))?;
        Ok(Store { inner: Arc::new(s3) })
    }
    pub fn open(url: Option<&str>, data: &FsPath) -> Result<Store, String> {
        match url {
            None => Store::local(&data.join("originals")),
            Some(u) if u.starts_with("s3://") => Store::s3(u),
            Some(u) => match u.strip_prefix("file://") {
                Some(folder) => Store::local(FsPath::new(folder)),
                None => Err(format!("PHACH_STORAGE_URL: {u}: write file:///a/folder or s3://bucket/prefix")),
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

/// Two letters of folder, so that half a million files do not lie in one.
fn place(key: &str) -> Path {
    let (folder, rest) = key.split_at_checked(2).unwrap_or((key, ""));
    Path::from_iter([folder, rest])
}

fn unavailable(e: impl std::fmt::Display) -> Failure {
    tracing::error!(error = %e, "store");
    Refusal::of("store_unavailable").status(StatusCode::SERVICE_UNAVAILABLE).into()
}
