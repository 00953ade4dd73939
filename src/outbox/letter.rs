//! A letter's words. Each kind has a subject, a text and a button in both languages; what changes is its params. Letters
//! say what to do and link to a page; never a mark, a prize or a blind code.
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};
use serde_json::Value;
use tera::Context;
use uuid::Uuid;

use crate::platform::failure::Failure;
use crate::platform::i18n::{self, Lang};
use crate::platform::site::Site;

/// Every kind of letter, and where its button leads: a link of its own, or a path made of its params.
const KINDS: &[(&str, Button)] = &[
    ("confirm-address", Button::Own),
    ("already-registered", Button::Own),
    ("reset-password", Button::Own),
    ("password-changed", Button::Path("/forgot")),
    ("invitation", Button::Own),
    ("receipt", Button::Path("/c/{slug}/entries/{entry}/receipt")),
    ("address-change", Button::Own),
    ("address-left", Button::Path("/")),
    ("post-author-corrected", Button::Path("/c/{slug}")),
    ("author-corrected", Button::Path("/c/{slug}/entries/{entry}/receipt")),
    ("coauthor-asked", Button::Path("/co-author/{key}")),
    ("coauthor-objects", Button::Path("/c/{slug}/entries/{entry}")),
    ("contact-mended", Button::Path("/c/{slug}/entries/{entry}")),
    ("contact-left", Button::Path("/c/{slug}")),
    ("query", Button::Path("/c/{slug}/entries/{entry}")),
    ("entry-refused", Button::Path("/c/{slug}/entries/{entry}")),
    ("post-receipt", Button::Path("/c/{slug}")),
    ("post-query", Button::Path("/c/{slug}/entries")),
    ("post-entry-refused", Button::Path("/c/{slug}")),
    ("post-entry-accepted", Button::Path("/c/{slug}")),
    ("post-code", Button::Path("/c/{slug}/entries")),
    ("post-entry-extended", Button::Path("/c/{slug}/entries")),
    ("post-entry-struck-out", Button::Path("/c/{slug}")),
    ("post-coauthor-objects", Button::Path("/c/{slug}")),
    ("post-results-out", Button::Path("/c/{slug}/results")),
    ("draft-reminder", Button::Path("/c/{slug}/entries")),
    ("entry-struck-out", Button::Path("/c/{slug}/entries/{entry}")),
    ("repair-asked", Button::Path("/c/{slug}/entries/{entry}")),
    ("repair-taken", Button::Path("/c/{slug}/entries/{entry}")),
    ("repair-unusable", Button::Path("/c/{slug}/entries/{entry}")),
    ("repair-taken-back", Button::Path("/c/{slug}/entries/{entry}")),
    ("entry-withdrawn", Button::Path("/c/{slug}/entries/{entry}")),
    ("extended", Button::Path("/c/{slug}")),
    ("extension-proposed", Button::Path("/c/{slug}/extension")),
    ("entry-extended", Button::Path("/c/{slug}/entries/{entry}")),
    ("reopening-asked", Button::Path("/c/{slug}/prizes")),
    ("key-wanted", Button::Path("/c/{slug}/opening")),
    ("key-replacement", Button::Path("/c/{slug}/keys")),
    ("key-replaced", Button::Path("/c/{slug}/keys")),
    ("key-strike", Button::Path("/c/{slug}/struck-out")),
    ("decision-wanted", Button::Path("/c/{slug}/decisions")),
    ("turn-deal", Button::Path("/c/{slug}/chair")),
    ("turn-close", Button::Path("/c/{slug}/chair")),
    ("turn-seal", Button::Path("/c/{slug}/prizes")),
    ("turn-key", Button::Path("/c/{slug}/opening")),
    ("turn-publish", Button::Path("/c/{slug}/collectives")),
    ("entry-accepted", Button::Path("/c/{slug}/entries/{entry}/receipt")),
    ("papers-await", Button::Path("/c/{slug}/marking")),
    ("results-out", Button::Path("/c/{slug}/results")),
];

#[derive(Clone, Copy)]
enum Button {
    Own,
    Path(&'static str),
}

/// The kinds, for the test that each has its words.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(k, _)| *k)
}

/// A letter as claimed from the outbox.
pub struct Letter {
    pub id: Uuid,
    /// Sorts letters as they were written: milliseconds, and a number.
    pub order: String,
    pub to: String,
    pub lang: Lang,
    pub kind: String,
    pub params: Value,
}

/// Its words, ready to be put into a message.
pub struct Words {
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Letter {
    fn param(&self, name: &str) -> String {
        match self.params.get(name) {
            Some(Value::String(s)) => plain(s),
            Some(Value::Number(n)) => n.to_string(),
            _ => String::new(),
        }
    }

    /// What the messages may print. Times become the contest's local time; titles follow the letter's language.
    fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![];
        for name in ["name", "number", "sha256", "title", "sender", "other"] {
            args.push((name, self.param(name)));
        }
        args.push(("receipt", in_fours(&self.param("receipt"))));
        args.push(("code", in_fours(&self.param("code"))));
        args.push(("reason", self.param("reason")));
        args.push(("contest", plain(self.lang.pick(&self.param("contest_vi"), &self.param("contest_en")))));
        let tz: Tz = self.param("timezone").parse().unwrap_or(Tz::UTC);
        let moment = |name: &str| DateTime::parse_from_rfc3339(&self.param(name)).map(|t| t.with_timezone(&Utc));
        let received = moment("received_at");
        args.push(("until", moment("until").map(|t| format!("{} (UTC{})", i18n::moment(self.lang, t, tz), t.with_timezone(&tz).format("%:z"))).unwrap_or_default()));
        args.push(("received-at", received.map(|t| format!("{} (UTC{})", i18n::instant(self.lang, t, tz), t.with_timezone(&tz).format("%:z"))).unwrap_or_default()));
        args
    }

    /// Where its button leads.
    pub fn link(&self, site: &Site) -> String {
        match KINDS.iter().find(|(k, _)| *k == self.kind) {
            Some((_, Button::Path(path))) => site.link(&path.replace("{slug}", &self.param("slug")).replace("{entry}", &self.param("entry")).replace("{key}", &self.param("key"))),
            _ => self.param("link"),
        }
    }

    /// Errors: a template that does not render.
    pub fn words(&self, site: &Site) -> Result<Words, Failure> {
        let (pages, kind) = (&site.pages, &self.kind);
        let mut args = self.args();
        if !self.param("hat").is_empty() {
            args.push(("hat", pages.t(self.lang, &format!("hat-{}", self.param("hat")), &[])));
        }
        let t = |part: &str| pages.t(self.lang, &format!("letter-{kind}-{part}"), &args);
        let (subject, link) = (t("subject"), self.link(site));
        let paragraphs: Vec<String> = t("text").split("\n\n").map(str::to_owned).collect();
        let mut context = Context::new();
        context.insert("subject", &subject);
        let greeting = if self.param("name").is_empty() { "letter-greeting-plain" } else { "letter-greeting" };
        context.insert("greeting", &pages.t(self.lang, greeting, &args));
        context.insert("paragraphs", &paragraphs);
        context.insert("button", &t("button"));
        context.insert("link", &link);
        context.insert("lang", self.lang.code());
        Ok(Words { subject, text: pages.render_raw("mail/letter.txt", &context)?, html: pages.render_raw("mail/letter.html", &context)? })
    }

    /// The message: bodies always base64, so that no line of a body can end the message or begin another; the id of the
    /// row is the Message-ID, so that a second delivery is known as one.
    pub fn message(&self, words: &Words, from: &Mailbox, site: &Site) -> Result<Message, Failure> {
        let host = url::Url::parse(&site.public_url).ok().and_then(|u| u.host_str().map(str::to_owned)).unwrap_or_else(|| "localhost".into());
        let part = |kind: ContentType, text: &str| {
            let body = Body::new_with_encoding(text.to_owned(), ContentTransferEncoding::Base64).map_err(|_| Failure::broken("a body that cannot be base64"))?;
            Ok::<_, Failure>(SinglePart::builder().header(kind).body(body))
        };
        Message::builder()
            .message_id(Some(format!("<{}@{host}>", self.id)))
            .from(from.clone())
            .to(Mailbox::new(None, self.to.parse().map_err(Failure::broken)?))
            .subject(plain(&words.subject))
            .multipart(MultiPart::alternative().singlepart(part(ContentType::TEXT_PLAIN, &words.text)?).singlepart(part(ContentType::TEXT_HTML, &words.html)?))
            .map_err(Failure::broken)
    }
}

/// A receipt number as people read it aloud: `AAAA-BBBB-CCCC-DDDD`.
pub fn in_fours(receipt: &str) -> String {
    let letters: Vec<char> = receipt.chars().collect();
    letters.chunks(4).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// One line without controls: names and titles stand in headers too.
fn plain(s: &str) -> String {
    s.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_receipt_number_is_read_in_fours() {
        assert_eq!(super::in_fours("ABCDEFGHJKMNPQRS"), "ABCD-EFGH-JKMN-PQRS");
    }
}
