//! A browser without scripts: keeps cookies, follows nothing by itself, fills the forms that a page really has.
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use scraper::{ElementRef, Html, Selector};

use super::PASSWORD;

#[derive(Clone)]
pub struct Browser {
    client: Client,
    base: String,
}

/// A page as received.
pub struct Seen {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
    pub path: String,
    pub headers: reqwest::header::HeaderMap,
    browser: Browser,
}

impl Browser {
    pub fn new(base: &str) -> Browser {
        Browser { client: Client::builder().cookie_store(true).redirect(Policy::none()).build().unwrap(), base: base.to_owned() }
    }

    /// One that holds a session already.
    pub fn with_cookie(base: &str, cookie: &str) -> Browser {
        let headers = [(reqwest::header::COOKIE, cookie.parse().unwrap())].into_iter().collect();
        Browser { client: Client::builder().default_headers(headers).redirect(Policy::none()).build().unwrap(), base: base.to_owned() }
    }

    pub async fn get(&self, path: &str) -> Seen {
        let answer = self.client.get(format!("{}{path}", self.base)).header("accept-language", "vi").send().await.unwrap();
        self.seen(path, answer).await
    }

    pub async fn get_in(&self, path: &str, lang: &str) -> Seen {
        let answer = self.client.get(format!("{}{path}", self.base)).header("accept-language", lang).send().await.unwrap();
        self.seen(path, answer).await
    }

    /// A form's fields as a browser posts them from our own page.
    pub async fn post(&self, path: &str, fields: &[(String, String)]) -> Seen {
        let request = self.client.post(format!("{}{path}", self.base)).header("sec-fetch-site", "same-origin").header("accept-language", "vi");
        let answer = request.form(&fields).send().await.unwrap();
        self.seen(path, answer).await
    }

    pub async fn post_multipart(&self, path: &str, fields: &[(String, String)], file: (&str, &str, Vec<u8>)) -> Seen {
        let mut form = reqwest::multipart::Form::new();
        for (n, v) in fields {
            form = form.text(n.clone(), v.clone());
        }
        let part = reqwest::multipart::Part::bytes(file.2).file_name(file.1.to_owned());
        let form = form.part(file.0.to_owned(), part);
        let request = self.client.post(format!("{}{path}", self.base)).header("sec-fetch-site", "same-origin").header("accept-language", "vi");
        let answer = request.multipart(form).send().await.unwrap();
        self.seen(path, answer).await
    }

    pub async fn sign_in(&self, email: &str) {
        let page = self.get("/sign-in").await;
        page.form("/sign-in").fill("email", email).fill("password", PASSWORD).submit().await.is(303);
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    async fn seen(&self, path: &str, answer: reqwest::Response) -> Seen {
        let location = answer.headers().get("location").map(|l| l.to_str().unwrap().to_owned()).unwrap_or_default();
        let (status, headers) = (answer.status(), answer.headers().clone());
        Seen { status, location, headers, body: answer.text().await.unwrap(), path: path.to_owned(), browser: self.clone() }
    }
}

impl Seen {
    /// Asserts the status, and gives the page back.
    #[track_caller]
    pub fn is(self, status: u16) -> Seen {
        assert_eq!(self.status.as_u16(), status, "{} answered {} -> {}\n{}", self.path, self.status, self.location, self.text());
        self
    }
    /// Goes where the redirect says.
    pub async fn follow(self) -> Seen {
        assert!(self.status.is_redirection(), "{} is no redirect: {}\n{}", self.path, self.status, self.text());
        self.browser.get(&self.location).await
    }
    /// The words of the page, folded to one space.
    pub fn text(&self) -> String {
        let html = Html::parse_document(&self.body);
        let main = Selector::parse("main").unwrap();
        let words = html.select(&main).next().map(|m| m.text().collect::<String>()).unwrap_or_else(|| self.body.clone());
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
    #[track_caller]
    pub fn says(&self, words: &str) -> &Seen {
        assert!(self.text().contains(words), "{} does not say «{words}»:\n{}", self.path, self.text());
        self
    }
    #[track_caller]
    pub fn hides(&self, words: &str) -> &Seen {
        assert!(!self.body.contains(words), "{} shows «{words}»", self.path);
        self
    }
    /// Texts of all elements that a selector finds.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let found: Vec<String> = html.select(&Selector::parse(selector).unwrap()).map(|e| e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        found
    }
    pub fn attrs(&self, selector: &str, name: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let found: Vec<String> = html.select(&Selector::parse(selector).unwrap()).filter_map(|e| e.value().attr(name).map(str::to_owned)).collect();
        found
    }
    /// The first form that posts to `action` ("" for a form that posts to its own address), with what it holds.
    #[track_caller]
    pub fn form(&self, action: &str) -> Filling {
        let html = Html::parse_document(&self.body);
        let forms = Selector::parse("form").unwrap();
        let own = self.path.split(['?', '#']).next().unwrap_or_default();
        let found = html.select(&forms).find(|f| {
            let a = f.value().attr("action").unwrap_or("");
            a == action || (action.is_empty() && a == own)
        });
        let form = found.unwrap_or_else(|| panic!("{} has no form to «{action}»:\n{}", self.path, self.body));
        let to = form.value().attr("action").filter(|a| !a.is_empty()).unwrap_or(own).to_owned();
        let multipart = form.value().attr("enctype") == Some("multipart/form-data");
        Filling { browser: self.browser.clone(), to, multipart, fields: held(form), file: None }
    }
}

/// What a form holds when the page is opened: successful controls, as HTML calls them (submit buttons left out).
fn held(form: ElementRef) -> Vec<(String, String)> {
    let controls = Selector::parse("input, textarea, select").unwrap();
    let mut fields = vec![];
    for c in form.select(&controls) {
        let Some(name) = c.value().attr("name") else { continue };
        let value = c.value().attr("value").unwrap_or("");
        match (c.value().name(), c.value().attr("type").unwrap_or("text")) {
            ("input", "submit" | "button" | "file") => {}
            ("input", "checkbox" | "radio") => {
                if c.value().attr("checked").is_some() {
                    fields.push((name.to_owned(), if value.is_empty() { "on".into() } else { value.to_owned() }));
                }
            }
            ("input", _) => fields.push((name.to_owned(), value.to_owned())),
            ("textarea", _) => {
                let text = c.text().collect::<String>();
                fields.push((name.to_owned(), text.strip_prefix('\n').unwrap_or(&text).to_owned()));
            }
            _ => {
                let options = Selector::parse("option").unwrap();
                let multiple = c.value().attr("multiple").is_some();
                let chosen: Vec<_> = c.select(&options).filter(|o| o.value().attr("selected").is_some()).collect();
                let first = c.select(&options).next().filter(|_| !multiple);
                for o in if chosen.is_empty() { first.into_iter().collect() } else { chosen } {
                    fields.push((name.to_owned(), o.value().attr("value").map_or_else(|| o.text().collect(), str::to_owned)));
                }
            }
        }
    }
    fields
}

/// A form being filled.
pub struct Filling {
    browser: Browser,
    to: String,
    multipart: bool,
    fields: Vec<(String, String)>,
    file: Option<(String, String, Vec<u8>)>,
}

impl Filling {
    /// Sets a field, or adds it (a button's name, a checkbox, a radio).
    #[must_use]
    pub fn fill(mut self, name: &str, value: &str) -> Filling {
        match self.fields.iter_mut().find(|(n, _)| n == name) {
            Some((_, v)) => value.clone_into(v),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }
    /// One more value of a name (several checkboxes).
    #[must_use]
    pub fn add(mut self, name: &str, value: &str) -> Filling {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }
    #[must_use]
    pub fn without(mut self, name: &str) -> Filling {
        self.fields.retain(|(n, _)| n != name);
        self
    }
    #[must_use]
    pub fn attach(mut self, name: &str, file_name: &str, bytes: Vec<u8>) -> Filling {
        self.file = Some((name.to_owned(), file_name.to_owned(), bytes));
        self
    }
    /// Where a button of the form sends it instead.
    #[must_use]
    pub fn at(mut self, formaction: &str) -> Filling {
        formaction.clone_into(&mut self.to);
        self
    }
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }
    pub fn to(&self) -> &str {
        &self.to
    }
    pub async fn submit(self) -> Seen {
        match self.file {
            Some((name, file_name, bytes)) => self.browser.post_multipart(&self.to, &self.fields, (&name, &file_name, bytes)).await,
            None if self.multipart => {
                let no_file = (String::from("file"), String::new(), vec![]);
                self.browser.post_multipart(&self.to, &self.fields, (&no_file.0, &no_file.1, no_file.2)).await
            }
            None => self.browser.post(&self.to, &self.fields).await,
        }
    }
}
