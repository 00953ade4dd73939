//! What is typed on the pages of the room.
use uuid::Uuid;

use crate::platform::form::{Fields, Form};

#[derive(Default)]
pub struct ProposeForm {
    pub reserves: String,
}
impl Form for ProposeForm {
    fn from_fields(f: Fields) -> Self {
        ProposeForm { reserves: f.line("reserves") }
    }
}

#[derive(Default)]
pub struct KeyForm {
    pub password: String,
    pub last4: String,
}
impl Form for KeyForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        KeyForm { password: f.text("password"), last4: f.line("last4") }
    }
}

#[derive(Default)]
pub struct CollectiveForm {
    pub prize: Option<Uuid>,
    pub unit: Option<Uuid>,
    pub reason: String,
}
impl Form for CollectiveForm {
    fn from_fields(f: Fields) -> Self {
        CollectiveForm { prize: f.line("prize").parse().ok(), unit: f.line("unit").parse().ok(), reason: f.text("reason").trim().to_owned() }
    }
}
