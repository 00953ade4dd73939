//! TLS to Postgres: rustls with the platform's roots. Unix sockets never ask for it.
use std::sync::{Arc, OnceLock};

use rustls::ClientConfig;
use rustls_platform_verifier::ConfigVerifierExt;
use tokio_postgres_rustls::MakeRustlsConnect;

/// The connector for every connection and cancellation.
pub fn connector() -> MakeRustlsConnect {
    static CONFIG: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    let config = CONFIG.get_or_init(|| {
        let _ = rustls::crypto::ring::default_provider().install_default(); // Err: installed already
        let config = ClientConfig::with_platform_verifier().unwrap_or_else(|_| {
            // No certificate store on this machine: nothing will verify, so only local sockets work.
            ClientConfig::builder().with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
        });
        Arc::new(config)
    });
    MakeRustlsConnect::new((**config).clone())
}
