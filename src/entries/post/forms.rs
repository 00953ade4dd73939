//! The desk's form for what came by post, as sent.
use uuid::Uuid;

use crate::documents::{MAX_TEXT, MAX_UPLOAD};
use crate::entries::forms::Typed;
use crate::platform::form::{Fields, Form, Lost, Upload};

/// The outside of it.
#[derive(Clone, Debug, Default)]
pub struct TypedEnvelope {
    /// `2027-07-15`; empty: none that can be read.
    pub postmark: String,
    /// `2027-07-17T09:30`, in the contest's zone.
    pub arrived: String,
    pub condition: String,
    pub remark: String,
}

pub struct PostForm {
    pub typed: Typed,
    pub envelope: TypedEnvelope,
    /// Made with the page, for a new entry.
    pub entry: Option<Uuid>,
    /// The version that the page showed; 0: none yet.
    pub seen: i32,
    pub upload: Option<Upload>,
    /// Why a file that was sent is not here.
    pub upload_lost: Option<Lost>,
}

impl Form for PostForm {
    /// The text in its worst encoding, and the rest.
    const LIMIT: usize = MAX_TEXT * 3 + 256 * 1024;
    const FILE_LIMIT: usize = MAX_UPLOAD;
    fn from_fields(mut f: Fields) -> Self {
        PostForm {
            upload: f.upload.take(),
            upload_lost: f.upload_lost,
            typed: Typed::of(&f),
            envelope: TypedEnvelope { postmark: f.line("postmark"), arrived: f.line("arrived"), condition: f.line("condition"), remark: f.line("remark") },
            entry: Uuid::parse_str(&f.line("entry")).ok(),
            seen: f.line("seen").parse().unwrap_or(-1),
        }
    }
}

/// What stays from one envelope to the next, in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub postmark: String,
    pub arrived: String,
    pub category: Option<Uuid>,
    pub unit: Option<Uuid>,
}

impl Kept {
    /// What is not understood is as if it were not there.
    pub fn of(query: &str) -> Kept {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let asked = |name: &str| pairs.iter().find(|(k, _)| k == name).map(|(_, v)| v.trim()).unwrap_or_default();
        let plain = |name: &str| asked(name).chars().filter(|c| c.is_ascii_digit() || matches!(c, '-' | 'T' | ':')).take(16).collect();
        Kept { postmark: plain("postmark"), arrived: plain("arrived"), category: asked("category").parse().ok(), unit: asked("unit").parse().ok() }
    }
    /// `?postmark=…`.
    pub fn query(&self) -> String {
        let mut out = url::form_urlencoded::Serializer::for_suffix(String::from("?"), 1);
        for (name, value) in [("postmark", &self.postmark), ("arrived", &self.arrived)] {
            if !value.is_empty() {
                out.append_pair(name, value);
            }
        }
        for (name, id) in [("category", self.category), ("unit", self.unit)] {
            if let Some(id) = id {
                out.append_pair(name, &id.to_string());
            }
        }
        out.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_survives_its_own_link_and_nonsense_is_left_out() {
        let kept = Kept { postmark: "2027-07-15".into(), arrived: "2027-07-17T09:30".into(), category: Some(Uuid::from_u128(7)), unit: None };
        assert_eq!(Kept::of(kept.query().trim_start_matches('?')), kept);
        assert_eq!(Kept::of("postmark=<b>&category=x&unit=&arrived="), Kept::default());
    }
}
