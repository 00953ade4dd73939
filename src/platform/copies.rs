//! Rendered copies of public pages for visitors without a session: a rush of readers costs the database nothing. What is
//! kept was rendered in a transaction of the hat `public` that knew no account, so it is the same for all of them.
use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use actix_web::HttpResponse;
use actix_web::http::header::{self, ContentType};
use actix_web::web::Bytes;

use super::i18n::Lang;
use super::visitor::Visitor;

/// Pages a language: beyond it all are dropped, so that nobody fills the memory with spellings of an address.
const MOST: usize = 64;

struct Copy {
    made: Instant,
    /// One visitor makes the next copy; the others are served this one meanwhile.
    being_made_anew: AtomicBool,
    plain: Bytes,
    gzipped: Bytes,
}

/// Copies by language and path.
pub struct Copies {
    oldest: Duration,
    by_lang: [RwLock<HashMap<String, Arc<Copy>>>; 2],
}

impl Copies {
    /// `oldest`: how old a copy may be when it is served; zero keeps none.
    pub fn new(oldest: Duration) -> Copies {
        Copies { oldest, by_lang: Default::default() }
    }

    fn of(&self, lang: Lang) -> &RwLock<HashMap<String, Arc<Copy>>> {
        let [vi, en] = &self.by_lang;
        match lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    /// Only for those whom a copy can fit: no session, no query.
    fn fits(&self, visitor: &Visitor) -> bool {
        !self.oldest.is_zero() && visitor.session.is_none() && visitor.query.is_empty() && !visitor.path.contains('%')
    }

    pub fn keep(&self, visitor: &Visitor, html: &str) {
        if !self.fits(visitor) {
            return;
        }
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let Ok(gzipped) = gzip.write_all(html.as_bytes()).and_then(|()| gzip.finish()) else { return };
        let copy = Copy { made: Instant::now(), being_made_anew: AtomicBool::new(false), plain: Bytes::copy_from_slice(html.as_bytes()), gzipped: gzipped.into() };
        if let Ok(mut kept) = self.of(visitor.lang).write() {
            if kept.len() >= MOST && !kept.contains_key(&visitor.path) {
                kept.clear();
            }
            kept.insert(visitor.path.clone(), Arc::new(copy));
        }
    }

    /// The answer, where there is a copy young enough. In the last third of its life one visitor is sent on to make it anew.
    pub fn find(&self, visitor: &Visitor, accepts_gzip: bool) -> Option<HttpResponse> {
        if !self.fits(visitor) {
            return None;
        }
        let copy = self.of(visitor.lang).read().ok()?.get(&visitor.path)?.clone();
        let age = copy.made.elapsed();
        let old = age >= self.oldest;
        let ageing = age * 3 >= self.oldest * 2;
        if old || (ageing && !copy.being_made_anew.swap(true, Ordering::Relaxed)) {
            return None;
        }
        let mut answer = HttpResponse::Ok();
        answer.content_type(ContentType::html()).insert_header((header::CACHE_CONTROL, "no-store"));
        Some(if accepts_gzip { answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(copy.gzipped.clone()) } else { answer.body(copy.plain.clone()) })
    }
}
