//! What is typed on the pages of the room, and what of it can be used.
use crate::platform::failure::Refusal;
use crate::platform::form::{Email, Fields, Form};
use crate::platform::password::{MAX_LENGTH, MIN_LENGTH};

/// A field and why it cannot be used.
pub type Wrong = (&'static str, Refusal);

#[derive(Default, Clone)]
pub struct SignInForm {
    pub email: String,
    pub password: String,
    pub back: String,
}
impl Form for SignInForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        SignInForm { email: f.line("email"), password: f.text("password"), back: f.line("back") }
    }
}

#[derive(Default, Clone)]
pub struct SignUpForm {
    pub name: String,
    pub email: String,
    pub password: String,
    pub back: String,
}
impl Form for SignUpForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        SignUpForm { name: f.line("name"), email: f.line("email"), password: f.text("password"), back: f.line("back") }
    }
}
impl SignUpForm {
    /// A person's address, name and password, or every reason why not.
    pub fn check(&self) -> Result<Email, Vec<Wrong>> {
        let mut wrong = vec![];
        if self.name.is_empty() || self.name.chars().count() > 200 {
            wrong.push(("name", Refusal::of("name_needed")));
        }
        let email = Email::parse(&self.email);
        if email.is_none() {
            wrong.push(("email", Refusal::of("email_unusable")));
        }
        wrong.extend(check_password(&self.password, &[&self.email, &self.name]));
        match email {
            Some(email) if wrong.is_empty() => Ok(email),
            _ => Err(wrong),
        }
    }
}

#[derive(Default)]
pub struct EmailForm {
    pub email: String,
}
impl Form for EmailForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        EmailForm { email: f.line("email") }
    }
}

#[derive(Default)]
pub struct PasswordForm {
    pub password: String,
}
impl Form for PasswordForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        PasswordForm { password: f.text("password") }
    }
}

/// Length, and not among the few that everybody tries first (ASVS 6.2); no rule of composition.
pub fn check_password(password: &str, about: &[&str]) -> Vec<Wrong> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return vec![("password", Refusal::of("password_short").with("min", MIN_LENGTH))];
    }
    if length > MAX_LENGTH {
        return vec![("password", Refusal::of("password_long").with("max", MAX_LENGTH))];
    }
    let lower = password.to_lowercase();
    let own = about.iter().any(|a| !a.is_empty() && lower == a.to_lowercase());
    if own || is_common(&lower) {
        return vec![("password", Refusal::of("password_common"))];
    }
    vec![]
}

/// The passwords that lists of leaks begin with, those of at least the least length; and one character repeated, and runs.
fn is_common(lower: &str) -> bool {
    const COMMON: &[&str] = &[
        "1234567890",
        "12345678910",
        "0123456789",
        "0987654321",
        "qwertyuiop",
        "password123",
        "password1234",
        "passwordpassword",
        "matkhau123",
        "matkhau1234",
        "123456789a",
        "a123456789",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "qwerty123456",
        "iloveyou123",
        "anhyeuem123",
        "vietnam123",
        "vietnam1234",
        "admin12345",
        "administrator",
        "welcome123",
        "letmein123",
        "0000000000",
        "1111111111",
        "abcdefghij",
        "abc1234567",
        "123123123123",
        "phach12345",
    ];
    let mut chars = lower.chars();
    let first = chars.next();
    COMMON.contains(&lower) || chars.all(|c| Some(c) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_of_nine_letters_is_short_and_a_common_one_is_refused() {
        assert_eq!(check_password("chín chữ!", &[]).first().map(|w| w.1.name), Some("password_short"));
        assert_eq!(check_password("1234567890", &[]).first().map(|w| w.1.name), Some("password_common"));
        assert!(check_password("một câu dài dễ nhớ", &[]).is_empty());
    }
    #[test]
    fn every_missing_field_of_a_sign_up_is_named_at_once() {
        let fields: Vec<_> = SignUpForm::default().check().unwrap_err().into_iter().map(|(f, _)| f).collect();
        assert_eq!(fields, ["name", "email", "password"]);
    }
}
