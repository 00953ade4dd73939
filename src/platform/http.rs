//! What surrounds every request: whose page sent it (CSRF), security headers, failures dressed as pages, the log line.
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpResponse};
use uuid::Uuid;

use super::failure::{Failure, Refusal};
use super::page;
use super::site::Site;
use super::visitor::Visitor;

/// No inline script or style anywhere, so no nonce; nothing from elsewhere; never in a frame.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
];

/// The outermost layer.
pub async fn surround(req: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let id = Uuid::new_v4();
    let (method, pattern) = (req.method().clone(), req.match_pattern().unwrap_or_else(|| "-".into()));
    let site = req.app_data::<Data<Site>>().cloned();
    let refused = !same_site(&req, site.as_ref().map(|s| s.get_ref()));
    let visitor = Visitor::of(req.request());
    let copy = site.as_ref().filter(|_| matches!(method, Method::GET | Method::HEAD)).and_then(|s| s.copies.find(&visitor, zips(req.headers())));
    let mut answer = if refused {
        let (req, _) = req.into_parts();
        let failure: Failure = Refusal::of("from_another_site").status(StatusCode::FORBIDDEN).into();
        ServiceResponse::from_err(failure, req)
    } else if let Some(copy) = copy {
        req.into_response(copy)
    } else {
        next.call(req).await?.map_into_boxed_body()
    };
    if let Some(site) = &site {
        answer = dress(answer, site, &visitor, id);
    }
    add_headers(answer.headers_mut(), site.as_ref().is_some_and(|s| s.https()), id);
    let status = answer.status().as_u16();
    // The route's pattern, never the address: an address may hold an entry's id or a paper's code.
    tracing::info!(request = %id, %method, route = %pattern, status, ms = started.elapsed().as_millis() as u64, "answered");
    super::metrics::count(status, started.elapsed());
    Ok(answer)
}

/// Unsafe methods only from our own pages. Browsers say so by Fetch metadata, older ones by Origin; what sends neither is
/// no browser and holds nobody's cookies.
fn same_site(req: &ServiceRequest, site: Option<&Site>) -> bool {
    if matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: &str| req.headers().get(name).map(|h| h.to_str().unwrap_or("invalid").to_owned());
    match (text("sec-fetch-site").as_deref(), text("origin")) {
        (Some("same-origin" | "none"), _) => true,
        (Some(_), _) => false,
        (None, Some(origin)) => {
            let host = text("host").unwrap_or_default();
            let https = site.is_some_and(|s| s.https());
            let ours = site.is_some_and(|s| s.public_url == origin);
            // what was sent from a plain page to a site of https came by an altered page
            ours || origin.split_once("://").is_some_and(|(scheme, o)| o == host && (scheme == "https" || !https))
        }
        (None, None) => true,
    }
}

/// Puts a page around a bare failure, and logs what is broken, once.
fn dress(answer: ServiceResponse<BoxBody>, site: &Site, visitor: &Visitor, id: Uuid) -> ServiceResponse<BoxBody> {
    let bare_404 = answer.status() == StatusCode::NOT_FOUND && answer.response().error().is_none() && answer.headers().get(header::CONTENT_TYPE).is_none();
    let bare_405 = answer.status() == StatusCode::METHOD_NOT_ALLOWED;
    let not_found = Failure::NotFound;
    let dressed = {
        let error = answer.response().error();
        let failure = error.and_then(|e| e.as_error::<Failure>());
        match failure {
            None if bare_404 || bare_405 => Some(page_of(&not_found, site, visitor)),
            None => None,
            Some(Failure::SignInFirst) => Some(sign_in_first(visitor)),
            Some(f) => {
                if let Failure::Broken(why) = f {
                    tracing::error!(request = %id, why, "broken");
                }
                Some(page_of(f, site, visitor))
            }
        }
    };
    match dressed {
        Some(page) => {
            let (req, _) = answer.into_parts();
            ServiceResponse::new(req, page)
        }
        None => answer,
    }
}

fn page_of(failure: &Failure, site: &Site, visitor: &Visitor) -> HttpResponse {
    let status = actix_web::ResponseError::status_code(failure);
    let mut answer = match site.pages.failure(failure, visitor) {
        Ok(body) => page::html(status, body),
        Err(e) => {
            tracing::error!(error = %e, "the page of a failure failed");
            HttpResponse::new(status)
        }
    };
    // for scripts of ours that save by themselves: which refusal it is
    if let Failure::Refused(r) = failure {
        answer.headers_mut().insert(header::HeaderName::from_static("x-refusal"), HeaderValue::from_static(r.name));
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    answer
}

fn sign_in_first(visitor: &Visitor) -> HttpResponse {
    let back = match visitor.query.as_str() {
        "" => visitor.path.clone(),
        q => format!("{}?{q}", visitor.path),
    };
    let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
    page::see_other(&format!("/sign-in?back={back}"))
}

fn add_headers(headers: &mut HeaderMap, https: bool, id: Uuid) {
    for (name, value) in HEADERS {
        headers.insert(header::HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(header::HeaderName::from_static("x-request-id"), id);
    }
}

/// Whether the visitor's program unpacks gzip.
pub fn zips(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT_ENCODING).and_then(|h| h.to_str().ok()).is_some_and(|h| h.contains("gzip"))
}

/// What stands after `name=` in the query of an address, without the spaces around it.
pub fn query_value(query: &str, name: &str) -> Option<String> {
    url::form_urlencoded::parse(query.as_bytes()).find(|(k, _)| k == name).map(|(_, v)| v.trim().to_owned())
}

/// A path of ours to go back to: one slash, no host, no backslash; anything else is the front page.
pub fn local_path(wanted: &str) -> &str {
    let ours = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.contains(['\\', '\n', '\r']);
    if ours { wanted } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_querys_value_is_unescaped_and_trimmed_and_the_first_of_its_name() {
        assert_eq!(query_value("cap=%2045&cap=6", "cap").as_deref(), Some("45"));
        assert_eq!((query_value("cap=", "cap").as_deref(), query_value("recap=1", "cap")), (Some(""), None));
    }
}
