//! Why a request was not answered as asked. The only response error of the program; a middleware dresses it as a page
//! in the visitor's language.
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// A sentence that a person reads: the key of a message `refusal-<name>` in both languages, its arguments, a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub name: &'static str,
    pub args: Vec<(&'static str, String)>,
    pub status: StatusCode,
}

impl Refusal {
    /// A refusal by a rule, as the visitor's data stands: 422.
    pub fn of(name: &'static str) -> Refusal {
        Refusal { name, args: vec![], status: StatusCode::UNPROCESSABLE_ENTITY }
    }
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Refusal {
        self.args.push((key, value.to_string()));
        self
    }
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Refusal {
        self.status = status;
        self
    }
    /// The message key.
    pub fn key(&self) -> String {
        format!("refusal-{}", self.name.replace('_', "-"))
    }
}

/// The names that Postgres refuses by (`phach.refuse`, or a named constraint) and the status each deserves: 409 when
/// somebody or something was quicker, 422 when the thing itself does not fit.
const BY_DATABASE: &[(&str, u16)] = &[
    ("contest_slug_once", 409),
    ("contest_dates", 422),
    ("rules_frozen_open", 409),
    ("rules_frozen_marking", 409),
    ("rules_frozen_seal", 409),
    ("rules_would_break", 422),
    ("dates_cut", 409),
    ("dates_only_later", 422),
    ("dates_by_extension", 409),
    ("category_in_use", 409),
    ("unit_in_use", 409),
    ("rule_in_use", 409),
    ("prize_level_taken", 422),
    ("extension_not_open", 409),
    ("extension_gone", 409),
    ("extension_two", 409),
    ("extension_past", 422),
    ("extension_long", 422),
    ("extension_no_draft", 422),
    ("official_may_not_enter", 422),
    ("people_kept_apart", 409),
    ("no_hat_for_oneself", 422),
    ("invitation_gone", 409),
    ("invitation_not_open", 409),
    ("invitation_for_another", 409),
    ("account_email_once", 409),
    ("sign_in_wrong", 422),
    ("too_many_attempts", 429),
    ("demonstration_keeps", 409),
    ("entry_ended", 409),
    ("entry_no_draft", 409),
    ("entry_cut", 409),
    ("queries_closed", 409),
    ("intake_closed", 409),
    ("post_claimed", 409),
    ("post_late", 409),
    ("post_no_address", 422),
    ("arrival_future", 422),
    ("postmark_after_arrival", 422),
    ("not_open_yet", 409),
    ("closed", 409),
    ("limit_per_category", 422),
    ("limit_overall", 422),
    ("declaration_missing", 422),
    ("answer_missing", 422),
    ("answer_unfit", 422),
    ("birth_year_missing", 422),
    ("too_young", 422),
    ("guardian_missing", 422),
    ("form_unreadable", 422),
    ("coauthor_late", 409),
    ("contact_same", 422),
    ("correction_same", 422),
    ("email_of_another", 422),
    ("unit_gone", 422),
    ("contact_unknown", 422),
    ("address_same", 422),
    ("newer_version", 409),
    ("reason_needed", 422),
    ("not_readable", 409),
    ("due_past", 422),
    ("flag_note_needed", 422),
    ("flag_settled", 409),
    ("notice_changed", 409),
    ("notices_too_many", 422),
    ("templates_too_many", 422),
    ("template_name_once", 422),
    ("searches_too_many", 422),
    ("cut_entries_open", 409),
    ("cut_too_early", 409),
    ("cut_nothing", 409),
    ("cut_batch_small", 409),
    ("declarations_frozen", 409),
    ("round_closed", 409),
    ("sheet_once", 409),
    ("report_closed", 409),
    ("report_kind", 422),
    ("report_where", 422),
    ("report_waits", 409),
    ("report_decided", 409),
    ("report_word", 422),
    ("report_answered", 409),
    ("correction_once", 409),
    ("correction_late", 409),
    ("correction_closed", 409),
    ("correction_answered", 409),
    ("correction_gone", 409),
    ("correction_agreed", 409),
    ("mark_missing", 422),
    ("mark_range", 422),
    ("deal_excluded", 409),
    ("deal_stale", 409),
    ("excuse_not_short", 409),
    ("close_no_papers", 409),
    ("cut_closed", 409),
    ("close_short", 409),
    ("not_closed", 409),
    ("standings_open", 409),
    ("entry_not_cut", 409),
    ("withdrawal_not_asked", 409),
    ("amended_meanwhile", 409),
    ("text_same", 422),
    ("repair_unclaimed", 409),
    ("repair_message", 422),
    ("repair_days", 422),
    ("repair_open", 409),
    ("repair_gone", 409),
    ("repair_sent", 409),
    ("repair_late", 409),
    ("repair_sealed", 409),
    ("repair_newer", 409),
    ("repair_same", 422),
    ("repair_decided", 409),
    ("repair_answer", 422),
    ("sealed_amendment", 409),
    ("withdrawal_sealed", 409),
    ("valid_sealed", 409),
    ("key_rests", 409),
    ("strike_none", 422),
    ("strike_two", 409),
    ("strike_gone", 409),
    ("holders_by_two", 409),
    ("holder_twice", 422),
    ("holder_no_official", 422),
    ("holders_most", 409),
    ("office_needed", 422),
    ("replacement_own", 409),
    ("replacement_two", 409),
    ("replacement_few", 409),
    ("replacement_gone", 409),
    ("batch_small", 409),
    ("moves_wait", 409),
    ("close_new_text", 409),
    ("reading_decided", 409),
    ("sealed", 409),
    ("round_to_reopen", 409),
    ("extra_waits", 409),
    ("reopening_asked", 409),
    ("reopening_gone", 409),
    ("reopening_two", 409),
    ("third_is_decided", 409),
    ("third_not_short", 409),
    ("decided_mark_range", 422),
    ("sheet_gone", 409),
    ("judge_withdrawn", 409),
    ("sheets_choice_needed", 422),
    ("ties_open", 409),
    ("tie_gone", 409),
    ("tie_answered_once", 409),
    ("not_proposed", 409),
    ("not_sealed", 409),
    ("already_open", 409),
    ("seal_mismatch", 422),
    ("not_open", 409),
    ("published", 409),
    ("decision_waits", 409),
    ("decision_gone", 409),
    ("decision_two", 409),
    ("list_none", 409),
    ("list_same", 422),
    ("list_title", 422),
    ("list_authors", 422),
    ("list_count", 422),
    ("award_gone", 409),
    ("password_rests", 409),
    ("collective_needs", 409),
    ("award_unmet", 409),
    ("collective_once", 409),
    ("collective_places", 409),
];

/// Every name by which Postgres may refuse, for the test that each has its sentence.
pub fn refusal_names() -> impl Iterator<Item = &'static str> {
    BY_DATABASE.iter().map(|(name, _)| *name)
}

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No session, and the page needs one: to the sign-in page and back.
    #[error("please sign in")]
    SignInFirst,
    /// Does not exist, or is not yours: one and the same answer.
    #[error("not found")]
    NotFound,
    #[error("refused: {}", .0.name)]
    Refused(Refusal),
    /// A page that says what to mend, already in the visitor's language: the form with everything typed.
    #[error("answered with a page")]
    Page(StatusCode, String),
    #[error("busy")]
    Busy,
    #[error("broken: {0}")]
    Broken(String),
}

impl Failure {
    /// Something that should not happen; logged once, where the answer is made.
    pub fn broken(e: impl std::fmt::Display) -> Failure {
        Failure::Broken(e.to_string())
    }
    pub fn busy(e: impl std::fmt::Display) -> Failure {
        tracing::warn!(error = %e, "busy");
        Failure::Busy
    }
}

impl From<Refusal> for Failure {
    fn from(r: Refusal) -> Failure {
        Failure::Refused(r)
    }
}

impl From<DieselError> for Failure {
    fn from(e: DieselError) -> Failure {
        // diesel hides SQLSTATE; a constraint's name (real, or given by RAISE … USING CONSTRAINT) is what code can match.
        if let DieselError::DatabaseError(kind, info) = &e {
            match (info.constraint_name(), kind) {
                (Some("enter_sign_in"), _) => return Failure::SignInFirst,
                (Some("enter_not_found" | "not_found"), _) => return Failure::NotFound,
                (Some(name), _) => {
                    if let Some((name, status)) = BY_DATABASE.iter().find(|(n, _)| *n == name) {
                        let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
                        return Failure::Refused(Refusal::of(name).status(status));
                    }
                }
                (None, DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::SerializationFailure) => return Failure::busy("connection lost or serialization failure"),
                _ => {}
            }
            if let Some(passing) = passing_trouble(info.message()) {
                return passing;
            }
            // Never the message itself: it may quote a value that a person typed.
            return Failure::Broken(format!("database: {kind:?} {}", info.constraint_name().unwrap_or(without_values(info.message()))));
        }
        match e {
            DieselError::NotFound => Failure::NotFound,
            e => Failure::broken(e),
        }
    }
}

/// What goes by itself, or by an operator's hand: a server that stops or starts, a statement or lock that took too long, a
/// deadlock, a full disk. diesel hides SQLSTATE, so this goes by the server's words (private Postgres speaks English).
fn passing_trouble(message: &str) -> Option<Failure> {
    const BUSY: [&str; 6] =
        ["terminating connection", "the database system is", "canceling statement due to", "deadlock detected", "could not serialize", "remaining connection slots"];
    if message.contains("No space left on device") || message.contains("could not extend file") {
        tracing::error!("the database's disk is full");
        return Some(Refusal::of("database_full").status(StatusCode::SERVICE_UNAVAILABLE).into());
    }
    BUSY.iter().find(|b| message.starts_with(**b)).map(Failure::busy)
}

/// The message up to its first quoted value or colon.
fn without_values(message: &str) -> &str {
    message.split(['"', ':', '(']).next().unwrap_or_default()
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Failure::SignInFirst => StatusCode::SEE_OTHER,
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::Refused(r) => r.status,
            Failure::Page(status, _) => *status,
            Failure::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
    /// Bare: the middleware of `page` puts the page around it.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
