//! Pages: structs ready to print, put into the one layout, in one of two languages.
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use fluent_bundle::{FluentArgs, FluentValue};
use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};

use super::assets;
use super::failure::Failure;
use super::i18n::{self, Lang, Words};
use super::visitor::Visitor;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Files;

/// On which side of the tear a page stands: its band, accent and line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Public: no band.
    Open,
    Named,
    Blind,
    Slip,
}

/// A page's struct: fields ready to print.
pub trait Page: Serialize + Sized {
    /// Path under `templates/`.
    const TEMPLATE: &'static str;
    const SIDE: Side;
    /// Some of it, for the test that renders every page in both languages.
    fn samples() -> Vec<Self>;
}

/// Where the visitor stands: the contest, the hat worn, the pages of that hat.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    pub contest_href: String,
    pub contest_title: String,
    /// The word of the hat, empty on public pages.
    pub hat: String,
    pub tabs: Vec<Tab>,
    pub signed_in: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Tab {
    pub href: String,
    /// Key of the label.
    pub label: &'static str,
    pub here: bool,
}

/// Templates in both languages, the words in them, and what every footer shows.
#[derive(Clone)]
pub struct Pages {
    /// By `Lang::ALL`.
    by_lang: Arc<[Tera; 2]>,
    pub words: Arc<Words>,
    head: Arc<std::sync::RwLock<Option<String>>>,
    demonstration: Arc<AtomicBool>,
}

impl Pages {
    /// Errors: a template or a locale file that does not parse.
    pub fn load() -> Result<Pages, String> {
        let words = Arc::new(Words::load()?);
        let by_lang = Arc::new([build_tera(words.clone(), Lang::Vi)?, build_tera(words.clone(), Lang::En)?]);
        Ok(Pages { by_lang, words, head: Arc::default(), demonstration: Arc::default() })
    }

    /// The worker tells the last whole day's head of the record.
    pub fn set_daily_head(&self, head: Option<String>) {
        if let Ok(mut slot) = self.head.write() {
            *slot = head;
        }
    }

    /// The database bears the mark of a demonstration; from here on every page says so.
    pub fn say_demonstration(&self) {
        self.demonstration.store(true, Ordering::Relaxed);
    }
    /// Whether it does. What only a demonstration may do, Postgres asks again.
    pub fn is_demonstration(&self) -> bool {
        self.demonstration.load(Ordering::Relaxed)
    }

    pub fn t(&self, lang: Lang, key: &str, args: &[(&'static str, String)]) -> String {
        self.words.t(lang, key, args)
    }

    /// A page as HTML.
    pub fn render<P: Page>(&self, page: &P, frame: &Frame, visitor: &Visitor) -> Result<String, Failure> {
        let mut context = Context::new();
        context.insert("page", page);
        context.insert("frame", frame);
        context.insert("side", &P::SIDE);
        // which page this is: browser tests know by it that they visited every one
        context.insert("template", P::TEMPLATE.trim_end_matches(".html"));
        context.insert("lang", visitor.lang.code());
        context.insert("other_lang", visitor.lang.other().code());
        context.insert("here", &visitor.path);
        context.insert("here_whole", &whole(visitor));
        context.insert("demonstration", &self.is_demonstration());
        context.insert("said", &self.said(visitor));
        context.insert("daily_head", &self.head.read().map(|h| h.clone().unwrap_or_default()).unwrap_or_default());
        self.render_raw(P::TEMPLATE, &context)
    }

    /// A part of a page that is printed by itself, with what a page's struct is to a page.
    pub fn part(&self, template: &str, lang: Lang, page: &impl Serialize) -> Result<String, Failure> {
        let mut context = Context::new();
        context.insert("page", page);
        context.insert("lang", lang.code());
        self.render_raw(template, &context)
    }

    /// A template with a context of the caller's, in the language that its `lang` names: letters, error pages.
    pub fn render_raw(&self, template: &str, context: &Context) -> Result<String, Failure> {
        let [vi, en] = &*self.by_lang;
        let lang = context.get("lang").and_then(Value::as_str).and_then(Lang::parse).ok_or_else(|| Failure::broken(format!("{template}: without its language")))?;
        lang.pick(vi, en).render(template, context).map_err(|e| Failure::broken(format!("{template}: {e:?}")))
    }

    /// The sentence after a redirect: `?said=entry-saved` prints the message `said-entry-saved`, and nothing unknown.
    /// Counts may come with it; a text may not, for anybody can write an address.
    fn said(&self, visitor: &Visitor) -> String {
        const COUNTS: [&str; 3] = ["n", "open", "worn"];
        let value = |name: &str| url::form_urlencoded::parse(visitor.query.as_bytes()).find(|(k, _)| k == name).map(|(_, v)| v.into_owned());
        let args = COUNTS.map(|name| (name, value(name).and_then(|v| v.parse::<u16>().ok()).unwrap_or_default().to_string()));
        match value("said").map(|v| format!("said-{v}")) {
            Some(key) if self.words.has(visitor.lang, &key) => self.t(visitor.lang, &key, &args),
            _ => String::new(),
        }
    }

    /// The page of a failure, in the visitor's language.
    pub fn failure(&self, failure: &Failure, visitor: &Visitor) -> Result<String, Failure> {
        let (title, text) = match failure {
            Failure::Page(_, html) => return Ok(html.clone()),
            Failure::NotFound => ("failure-not-found", None),
            Failure::Refused(r) => ("failure-refused", Some(self.t(visitor.lang, &r.key(), &r.args))),
            Failure::Busy => ("failure-busy", None),
            Failure::SignInFirst | Failure::Broken(_) => ("failure-broken", None),
        };
        let page = FailurePage { title: self.t(visitor.lang, title, &[]), text: text.unwrap_or_else(|| self.t(visitor.lang, &format!("{title}-text"), &[])) };
        // One and the same frame whatever the address: "not yours" and "does not exist" are byte-identical.
        let nowhere = Visitor { path: "/".into(), query: String::new(), ..visitor.clone() };
        self.render(&page, &Frame { signed_in: visitor.session.is_some(), ..Frame::default() }, &nowhere)
    }
}

/// The templates of one language. A message that takes no argument is part of the template: it is most of what a page prints, and text
/// costs nothing to look up.
fn build_tera(words: Arc<Words>, lang: Lang) -> Result<Tera, String> {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    let mut named = vec![];
    for name in Files::iter() {
        let file = Files::get(&name).ok_or_else(|| format!("{name}: gone"))?;
        let source = std::str::from_utf8(&file.data).map_err(|e| format!("{name}: {e}"))?;
        named.push((name.to_string(), with_words(source, |key| words.plain(lang, key), name.ends_with(".html"))));
    }
    // Functions before templates: an unknown name is an error at parsing.
    tera.register_function("t", move |kwargs: Kwargs, _: &State| translate(lang, &words, &kwargs));
    tera.register_function("asset", |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> { Ok(assets::address_of(kwargs.must_get::<&str>("name")?)) });
    tera.register_filter("urlencode", |text: &str, _: Kwargs, _: &State| -> String { url::form_urlencoded::byte_serialize(text.as_bytes()).collect() });
    tera.add_raw_templates(named).map_err(|e| format!("{e:?}"))?;
    // what was compiled has room for 256 instructions in each block; a copy has room for what is there
    Ok(tera.clone())
}

/// A template with each `{{ t(key="…") }}` replaced by its text, where that is one; escaped for a page.
fn with_words<'w>(source: &str, plain: impl Fn(&str) -> Option<&'w str>, html: bool) -> String {
    const BEFORE: &str = "{{ t(key=\"";
    const BEHIND: &str = "\") }}";
    let (mut out, mut rest) = (String::with_capacity(source.len()), source);
    while let Some((head, tail)) = rest.split_once(BEFORE) {
        out.push_str(head);
        // a brace could begin an expression
        let said = tail.split_once(BEHIND).and_then(|(key, after)| Some((plain(key).filter(|text| !text.contains('{'))?, after)));
        match said {
            Some((text, after)) => {
                out.push_str(&if html { escaped(text) } else { text.to_owned() });
                rest = after;
            }
            None => {
                out.push_str(BEFORE);
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

/// As the templates escape what they print.
fn escaped(text: &str) -> String {
    let mut out = vec![];
    // memory takes every byte, and what was text stays text
    tera::escape_html(text, &mut out).ok().and_then(|()| String::from_utf8(out).ok()).unwrap_or_default()
}

/// `t(key="…", name=…)`: snake_case arguments become the message's kebab-case ones.
fn translate(lang: Lang, words: &Words, kwargs: &Kwargs) -> tera::TeraResult<Value> {
    let key = kwargs.get::<&str>("key")?.unwrap_or_default();
    // a template writes `unit_name` where the message says `unit-name`
    let is = |written: &str, name: &str| written.len() == name.len() && written.bytes().zip(name.bytes()).all(|(w, n)| w == n || (w, n) == (b'_', b'-'));
    let argument = |name: &str, text: &mut String| match kwargs.iter().find(|(k, _)| k.as_str().is_some_and(|k| is(k, name))) {
        Some((_, v)) => write_value(v, text),
        None => false,
    };
    if let Some(text) = words.fill(lang, key, argument) {
        return Ok(Value::from(text));
    }
    let mut args = FluentArgs::new();
    for (name, v) in kwargs.iter().filter_map(|(k, v)| Some((k.as_str()?, v))).filter(|(name, _)| *name != "key") {
        args.set(name.replace('_', "-"), fluent_value(v));
    }
    Ok(Value::from(words.choose(lang, key, &args)))
}

/// As it is printed in a message.
fn write_value(v: &Value, text: &mut String) -> bool {
    match v.as_str() {
        Some(s) => text.push_str(s),
        None => return v.as_i64().is_some_and(|n| write!(text, "{n}").is_ok()),
    }
    true
}

/// A number chooses the plural, also where a page's struct holds it as it is printed: `1`, not `1.000` or `007`.
fn fluent_value(v: &Value) -> FluentValue<'static> {
    match v.as_i64().or_else(|| v.as_str().and_then(i18n::printed_number)) {
        Some(n) => FluentValue::from(n),
        None => FluentValue::from(v.as_str().map_or_else(|| v.to_string(), str::to_owned)),
    }
}

#[derive(Serialize)]
pub struct FailurePage {
    title: String,
    text: String,
}

impl Page for FailurePage {
    const TEMPLATE: &'static str = "parts/failure.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        vec![FailurePage { title: "Không có trang này".into(), text: "…".into() }]
    }
}

/// The address with its query, for the same page in the other language; what was said once is not said again.
fn whole(visitor: &Visitor) -> String {
    let kept: Vec<_> = visitor.query.split('&').filter(|p| !p.is_empty() && !p.starts_with("said=")).collect();
    if kept.is_empty() { visitor.path.clone() } else { format!("{}?{}", visitor.path, kept.join("&")) }
}

/// HTML with its status. Never stored: a page may hold what only this visitor may see.
pub fn html(status: StatusCode, body: String) -> HttpResponse {
    HttpResponse::build(status).content_type(ContentType::html()).insert_header(("Cache-Control", "no-store")).body(body)
}

/// On to another page, after a change (303).
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header(("Location", path)).insert_header(("Cache-Control", "no-store")).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_without_arguments_is_part_of_the_template_and_escaped_as_it_would_be() {
        let plain = |key: &str| match key {
            "a" => Some("R&D “x” <b> \"q\""),
            "braces" => Some("{{ page }}"),
            _ => None,
        };
        let source = "<p title=\"{{ t(key=\"a\") }}\">{{ t(key=\"b\", n=1) }}{{ t(key=\"braces\") }}{{ t(key=\"none\") }}{% set x = t(key=\"a\") %}{{ t(key=\"a\") }}";
        let rest = "{{ t(key=\"b\", n=1) }}{{ t(key=\"braces\") }}{{ t(key=\"none\") }}{% set x = t(key=\"a\") %}";
        assert_eq!(with_words(source, plain, false), format!("<p title=\"R&D “x” <b> \"q\"\">{rest}R&D “x” <b> \"q\""));
        let mut tera = Tera::new();
        tera.add_raw_template("x.html", "{{ text }}").unwrap();
        let mut context = Context::new();
        context.insert("text", plain("a").unwrap());
        let printed = tera.render("x.html", &context).unwrap();
        assert_eq!(with_words(source, plain, true), format!("<p title=\"{printed}\">{rest}{printed}"));
    }
}
