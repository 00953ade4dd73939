//! Style, scripts, icons: `/static/<hash>/<name>`, kept for ever by the browser because the hash is in the address.
use std::collections::HashMap;
use std::io::Write;
use std::sync::OnceLock;

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;

use super::http::zips;
use super::secret;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

struct Asset {
    hash: String,
    mime: String,
    plain: Bytes,
    gzipped: Bytes,
}

fn all() -> &'static HashMap<String, Asset> {
    static ALL: OnceLock<HashMap<String, Asset>> = OnceLock::new();
    ALL.get_or_init(|| Files::iter().filter_map(|name| Some((name.to_string(), load(&name)?))).collect())
}

fn load(name: &str) -> Option<Asset> {
    let file = Files::get(name)?;
    let hash = secret::hex(file.metadata.sha256_hash().get(..8)?);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&file.data).ok()?;
    let mime = if name.ends_with(".js") { "text/javascript; charset=utf-8".into() } else { file.metadata.mimetype().to_owned() };
    let mime = if mime.starts_with("text/css") { "text/css; charset=utf-8".into() } else { mime };
    Some(Asset { hash, mime, gzipped: gzip.finish().ok()?.into(), plain: file.data.into_owned().into() })
}

/// The address to print in a page.
pub fn address_of(name: &str) -> String {
    let hash = all().get(name).map_or("missing", |a| a.hash.as_str());
    format!("/static/{hash}/{name}")
}

/// `GET /static/{hash}/{name}`.
pub async fn show(req: HttpRequest) -> HttpResponse {
    let mut parts = req.match_info().query("rest").splitn(2, '/');
    let (hash, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Some(asset) = all().get(name) else { return HttpResponse::NotFound().finish() };
    let keep = if asset.hash == hash { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut answer = HttpResponse::Ok();
    answer.content_type(asset.mime.as_str()).insert_header((header::CACHE_CONTROL, keep)).insert_header((header::VARY, "Accept-Encoding"));
    if zips(req.headers()) {
        return answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(asset.gzipped.clone());
    }
    answer.body(asset.plain.clone())
}
