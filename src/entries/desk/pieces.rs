//! A text cut where it may give its author away, ready to print: at the desk, and before its author's own eyes.
use super::hits::Identity;
use super::pages::{HitLink, Piece};

/// A text cut at its hits; the hits are numbered on.
pub fn pieces(text: &str, who: &Identity, links: &mut Vec<HitLink>) -> Vec<Piece> {
    let (mut out, mut done) = (vec![], 0);
    let plain = |out: &mut Vec<Piece>, from: usize, to: usize| {
        if let Some(text) = text.get(from..to).filter(|t| !t.is_empty()) {
            out.push(Piece { text: text.to_owned(), ..Piece::default() });
        }
    };
    for hit in who.find(text) {
        plain(&mut out, done, hit.start);
        links.push(HitLink { n: links.len() + 1, kind: hit.kind.code().to_owned() });
        let found = text.get(hit.start..hit.end).unwrap_or_default().to_owned();
        out.push(Piece { text: found, hit: if hit.sure { "sure" } else { "guess" }.to_owned(), n: links.len() });
        done = hit.end;
    }
    plain(&mut out, done, text.len());
    out
}
