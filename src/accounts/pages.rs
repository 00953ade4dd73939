//! Pages of the room, ready to print.
use serde::Serialize;

use super::model::{DEMO_PASSWORD, StandIn};
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

macro_rules! page {
    ($name:ident $template:literal $samples:expr) => {
        impl Page for $name {
            const TEMPLATE: &'static str = $template;
            const SIDE: Side = Side::Open;
            fn samples() -> Vec<Self> {
                $samples
            }
        }
    };
}

#[derive(Serialize, Default)]
pub struct SignInPage {
    pub email: String,
    pub back: String,
    /// Of a demonstration alone: whom one press signs in, and the password of everybody there.
    pub stand_ins: Vec<StandIn>,
    pub password: &'static str,
    pub errors: Errors,
}
page!(SignInPage "accounts/sign-in.html" vec![
    SignInPage::default(),
    SignInPage { stand_ins: vec![StandIn { id: uuid::Uuid::nil(), name: "Trần Thị Thu".into(), hat: "clerk".into(), waits: String::new() }, key_holder("wanted"), key_holder("open")], password: DEMO_PASSWORD, ..SignInPage::default() },
]);

#[derive(Serialize, Default)]
pub struct SignUpPage {
    pub name: String,
    pub email: String,
    pub back: String,
    pub min: usize,
    pub errors: Errors,
}
page!(SignUpPage "accounts/sign-up.html" vec![SignUpPage::default(), SignUpPage { errors: sample_errors(), ..SignUpPage::default() }]);

#[derive(Serialize, Default)]
pub struct ForgotPage {
    pub email: String,
    pub errors: Errors,
}
page!(ForgotPage "accounts/forgot.html" vec![ForgotPage::default()]);

#[derive(Serialize, Default)]
pub struct ResetPage {
    pub min: usize,
    pub errors: Errors,
}
page!(ResetPage "accounts/reset.html" vec![ResetPage::default()]);

/// The link of a letter opens this; the button confirms, so that a mail scanner's GET does not.
#[derive(Serialize, Default)]
pub struct ConfirmPage {}
page!(ConfirmPage "accounts/confirm.html" vec![ConfirmPage {}]);

/// The link to a new address opens this; the button changes it.
#[derive(Serialize, Default)]
pub struct AddressPage {}
page!(AddressPage "accounts/address.html" vec![AddressPage {}]);

#[derive(Serialize, Default, Clone)]
pub struct InvitationPage {
    /// Empty: the link gives the right to create contests.
    pub contest: String,
    pub hat: String,
    /// Empty: whoever holds the link types an address.
    pub email: String,
    /// Signed in as this address.
    pub signed_in_as: String,
    /// The account signed in can take it up.
    pub fits: bool,
    /// The address has an account: sign in first.
    pub has_account: bool,
    pub here: String,
    pub name: String,
    pub typed_email: String,
    pub min: usize,
    pub errors: Errors,
}
page!(InvitationPage "accounts/invitation.html" vec![
    InvitationPage { contest: "Cuộc thi".into(), hat: "judge".into(), email: "a@example.org".into(), ..InvitationPage::default() },
    InvitationPage { signed_in_as: "b@example.org".into(), fits: true, ..InvitationPage::default() },
    InvitationPage { has_account: true, email: "a@example.org".into(), ..InvitationPage::default() },
]);

#[derive(Serialize, Default)]
pub struct HatRow {
    pub contest: String,
    pub hat: String,
    pub href: String,
    /// Of a key holder: what the key waits for.
    pub waits: String,
}
#[derive(Serialize, Default)]
pub struct MePage {
    pub name: String,
    pub email: String,
    pub confirmed: bool,
    pub may_create: bool,
    pub hats: Vec<HatRow>,
    /// The language of the letters.
    pub letters_lang: &'static str,
    /// The page's language, where letters come in the other one; else empty.
    pub offers_lang: &'static str,
    /// To sign in with, as typed.
    pub new_email: String,
    pub errors: Errors,
}
page!(MePage "accounts/me.html" vec![
    MePage { letters_lang: "vi", ..MePage::default() },
    MePage { letters_lang: "vi", offers_lang: "en", hats: [("judge", ""), ("key-holder", "seal"), ("key-holder", "wanted"), ("key-holder", "turned"), ("key-holder", "open")].into_iter().map(sample_hat).collect(), may_create: true, ..MePage::default() },
]);

fn sample_hat((hat, waits): (&str, &str)) -> HatRow {
    HatRow { contest: "Cuộc thi".into(), hat: hat.into(), href: "/c/x/marking".into(), waits: waits.into() }
}

fn key_holder(waits: &str) -> StandIn {
    StandIn { id: uuid::Uuid::nil(), name: "Lê An".into(), hat: "key-holder".into(), waits: waits.into() }
}

fn sample_errors() -> Errors {
    let mut errors = Errors::default();
    errors.add("name", "Ghi họ và tên.".into());
    errors
}
