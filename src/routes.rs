//! Every URL, one line each. tests/access.rs reads this list and fails where one has no row in its matrix.
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, Route};

use crate::accounts::handlers as accounts;
use crate::contests::handlers as contests;
use crate::demo::handlers as demo;
use crate::entries::desk::handlers as desk;
use crate::entries::handlers as entries;
use crate::entries::post::handlers as post;
use crate::entries::repair::handlers as repair;
use crate::judging::handlers as judging;
use crate::platform::db::{Chair, Organizer};
use crate::platform::guard::{changes, reads, shows};
use crate::platform::http::local_path;
use crate::platform::page::see_other;
use crate::platform::{assets, metrics};
use crate::results::handlers as results;
use crate::slips::handlers as slips;
use crate::tally::handlers as tally;

/// A contest's pages are matched under their common beginning: the server tries one route after the other, and most of
/// what follows `/c/{slug}` is then plain text to compare.
const CONTEST: &str = "/c/{slug}";

#[derive(Default)]
struct Routes(Vec<(&'static str, Route)>);

impl Routes {
    fn route(&mut self, path: &'static str, route: Route) -> &mut Self {
        self.0.push((path, route));
        self
    }
}

pub fn all(top: &mut ServiceConfig) {
    let mut routes = Routes::default();
    list(&mut routes);
    // plain text costs less to try than a pattern, and means itself where a pattern would fit it too
    routes.0.sort_by_key(|(path, _)| path.strip_prefix(CONTEST).unwrap_or(path).contains('{'));
    let mut contest = web::scope(CONTEST);
    for (path, route) in routes.0 {
        match path.strip_prefix(CONTEST) {
            Some(below) => contest = contest.route(below, route),
            None => {
                top.route(path, route);
            }
        }
    }
    top.service(contest).default_service(web::route().to(async || actix_web::HttpResponse::NotFound().finish()));
}

fn list(cfg: &mut Routes) {
    cfg.route("/healthz", reads().to(metrics::healthz))
        .route("/readyz", reads().to(metrics::readyz))
        .route("/metrics", reads().to(metrics::show))
        .route("/static/{rest:.*}", reads().to(assets::show));
    // patterns are tried in this order: what a rush asks for stands first
    entries_routes(cfg);
    marking_routes(cfg);
    accounts_routes(cfg);
    contests_routes(cfg);
    desk_routes(cfg);
    chair_routes(cfg);
    results_routes(cfg);
    record_routes(cfg);
    sent_to_only(cfg);
}

/// What only takes forms has no page of its own: whoever opens it (by a reload, the other language, or back from signing
/// in) is led to the page that holds the form.
fn sent_to_only(cfg: &mut Routes) {
    cfg.route("/sign-out", belongs_to(""))
        .route("/me/address", belongs_to(""))
        .route("/me/language", belongs_to(""))
        .route("/me/confirmation", belongs_to(""))
        .route("/me/sign-out-everywhere", belongs_to(""))
        .route("/contests/new/file", belongs_to(""))
        .route("/c/{slug}/organizer/invitations", belongs_to(""))
        .route("/c/{slug}/organizer/list/sending", belongs_to(""))
        .route("/c/{slug}/organizer/again", belongs_to(""))
        .route("/c/{slug}/organizer/cancellation", belongs_to(""))
        .route("/c/{slug}/organizer/waiver", belongs_to(""))
        .route("/c/{slug}/organizer/news/removal", belongs_to(""))
        .route("/c/{slug}/organizer/extension/withdrawal", belongs_to(""))
        .route("/c/{slug}/entries/claim", belongs_to(""))
        .route("/c/{slug}/entries/{id}/withdrawal", belongs_to(""))
        .route("/c/{slug}/entries/{id}/sign-in", belongs_to(""))
        .route("/c/{slug}/entries/{id}/deletion", belongs_to(""))
        .route("/c/{slug}/entries/{id}/repair", belongs_to("#repair"))
        .route("/c/{slug}/desk/searches", belongs_to(""))
        .route("/c/{slug}/desk/searches/removal", belongs_to(""))
        .route("/c/{slug}/desk/templates/removal", belongs_to(""))
        .route("/c/{slug}/desk/export", belongs_to(""))
        .route("/c/{slug}/desk/{id}/flags", belongs_to(""))
        .route("/c/{slug}/desk/{id}/code", belongs_to(""))
        .route("/c/{slug}/desk/{id}/contact/returned", belongs_to(""))
        .route("/c/{slug}/desk/{id}/after-cut/striking-out", belongs_to(""))
        .route("/c/{slug}/desk/{id}/after-cut/withdrawal", belongs_to(""))
        .route("/c/{slug}/desk/{id}/repair", belongs_to("/text"))
        .route("/c/{slug}/desk/{id}/repair/decision", belongs_to(""))
        .route("/c/{slug}/marking/{code}/recusal", belongs_to(""))
        .route("/c/{slug}/marking/{code}/correction", belongs_to(""))
        .route("/c/{slug}/marking/{code}/report", belongs_to(""))
        .route("/c/{slug}/chair/requests/corrections", belongs_to(""))
        .route("/c/{slug}/chair/requests/reports", belongs_to(""))
        .route("/c/{slug}/desk/{id}/reports", belongs_to("/text"))
        .route("/c/{slug}/chair/excuses", belongs_to(""))
        .route("/c/{slug}/chair/closing", belongs_to(""))
        .route("/c/{slug}/chair/reopening", belongs_to(""))
        .route("/c/{slug}/chair/reopening/withdrawal", belongs_to(""))
        .route("/c/{slug}/chair/batch", belongs_to(""))
        .route("/c/{slug}/chair/readings", belongs_to(""))
        .route("/c/{slug}/chair/papers/{code}/aside", belongs_to(""))
        .route("/c/{slug}/chair/papers/{code}/mark", belongs_to(""))
        .route("/c/{slug}/chair/ties", belongs_to("/standings"))
        .route("/c/{slug}/chair/standings/list", belongs_to(""))
        .route("/c/{slug}/standings/list", belongs_to(""))
        .route("/c/{slug}/prizes/seal", belongs_to(""))
        .route("/c/{slug}/prizes/reopening", belongs_to(""))
        .route("/c/{slug}/collectives/withdrawal", belongs_to(""))
        .route("/c/{slug}/decisions/confirmation", belongs_to(""))
        .route("/c/{slug}/decisions/withdrawal", belongs_to(""))
        .route("/c/{slug}/keys/confirmation", belongs_to(""))
        .route("/c/{slug}/keys/withdrawal", belongs_to(""))
        .route("/c/{slug}/struck-out/confirmation", belongs_to(""))
        .route("/c/{slug}/struck-out/withdrawal", belongs_to(""))
        .route("/c/{slug}/publication", belongs_to("/collectives"));
}

/// To the address above, and on from there.
fn belongs_to(page: &'static str) -> Route {
    reads().to(move |req: HttpRequest| {
        let above = req.path().rsplit_once('/').map_or("", |(above, _)| above).to_owned();
        async move { see_other(local_path(&format!("{above}{page}"))) }
    })
}

fn accounts_routes(cfg: &mut Routes) {
    cfg.route("/lang/{lang}", reads().to(accounts::language))
        .route("/sign-in", shows(accounts::show_sign_in))
        .route("/sign-in", changes(accounts::sign_in))
        .route("/demo/sign-in", changes(accounts::sign_in_as))
        .route("/demo/letters", shows(demo::show_letters))
        .route("/sign-out", changes(accounts::sign_out))
        .route("/sign-up", shows(accounts::show_sign_up))
        .route("/sign-up", changes(accounts::sign_up))
        .route("/forgot", shows(accounts::show_forgot))
        .route("/forgot", changes(accounts::forgot))
        .route("/reset/{token}", shows(accounts::show_reset))
        .route("/reset/{token}", changes(accounts::reset))
        .route("/confirm/{token}", shows(accounts::show_confirm))
        .route("/confirm/{token}", changes(accounts::confirm))
        .route("/invitation/{token}", shows(accounts::show_invitation))
        .route("/invitation/{token}", changes(accounts::redeem))
        .route("/address/{token}", shows(accounts::show_address))
        .route("/address/{token}", changes(accounts::change_address))
        .route("/me", shows(accounts::show_me))
        .route("/me/address", changes(accounts::ask_address))
        .route("/me/language", changes(accounts::keep_language))
        .route("/me/confirmation", changes(accounts::ask_confirmation))
        .route("/me/sign-out-everywhere", changes(accounts::sign_out_everywhere));
}

fn contests_routes(cfg: &mut Routes) {
    cfg.route("/", shows(contests::show_front))
        .route("/about", shows(contests::show_about))
        .route("/contests/new", shows(contests::show_choice))
        .route("/contests/new", changes(contests::create))
        .route("/contests/new/file", changes(contests::read_file))
        .route("/contests/new/{word}", shows(contests::show_setup))
        .route("/c/{slug}", shows(contests::show_contest))
        .route("/c/{slug}/call", shows(contests::show_call))
        .route("/c/{slug}/organizer", shows(contests::show_organizer))
        .route("/c/{slug}/organizer/people", shows(contests::show_people))
        .route("/c/{slug}/organizer/news", shows(contests::show_notices))
        .route("/c/{slug}/organizer/news", changes(contests::write_notice))
        .route("/c/{slug}/organizer/news/removal", changes(contests::remove_notice))
        .route("/c/{slug}/organizer/rules", shows(contests::show_rules))
        .route("/c/{slug}/organizer/rules/file", shows(contests::download_rules))
        .route("/c/{slug}/organizer/rules/{section}", shows(contests::show_section))
        .route("/c/{slug}/organizer/rules/{section}", changes(contests::save_section))
        .route("/c/{slug}/organizer/extension", shows(contests::show_extension))
        .route("/c/{slug}/organizer/extension", changes(contests::propose_extension))
        .route("/c/{slug}/organizer/extension/withdrawal", changes(contests::drop_extension))
        .route("/c/{slug}/extension", shows(contests::show_confirmation))
        .route("/c/{slug}/extension", changes(contests::confirm_extension))
        .route("/c/{slug}/organizer/invitations", changes(contests::invite))
        .route("/c/{slug}/organizer/list", shows(contests::show_list))
        .route("/c/{slug}/organizer/list", changes(contests::preview_list))
        .route("/c/{slug}/organizer/list/sending", changes(contests::send_list))
        .route("/c/{slug}/organizer/again", changes(contests::invite_again))
        .route("/c/{slug}/organizer/cancellation", changes(contests::cancel_invitation))
        .route("/c/{slug}/organizer/waiver", changes(contests::waive));
}

fn entries_routes(cfg: &mut Routes) {
    cfg.route("/c/{slug}/receipt", shows(entries::check_receipt))
        .route("/co-author/{token}", shows(entries::show_coauthor))
        .route("/co-author/{token}", changes(entries::answer_coauthor))
        .route("/c/{slug}/entries", shows(entries::show_entries))
        .route("/c/{slug}/entries", changes(entries::open_entry))
        .route("/c/{slug}/entries/claim", changes(entries::claim))
        .route("/c/{slug}/entries/{id}", shows(entries::show_entry))
        .route("/c/{slug}/entries/{id}", changes(entries::write_entry))
        .route("/c/{slug}/entries/{id}/sign-in", changes(entries::resume))
        .route("/c/{slug}/entries/{id}/draft", shows(entries::download_draft))
        .route("/c/{slug}/entries/{id}/draft", changes(entries::save_draft))
        .route("/c/{slug}/entries/{id}/preview", shows(entries::show_preview))
        .route("/c/{slug}/entries/{id}/kept", shows(entries::show_kept))
        .route("/c/{slug}/entries/{id}/receipt", shows(entries::show_receipt))
        .route("/c/{slug}/entries/{id}/original", shows(entries::download))
        .route("/c/{slug}/entries/{id}/deletion", changes(entries::delete))
        .route("/c/{slug}/entries/{id}/withdrawal", changes(entries::withdraw))
        .route("/c/{slug}/entries/{id}/repair", changes(repair::answer))
        .route("/c/{slug}/entries/{id}/repair/original", shows(repair::download_own));
}

fn desk_routes(cfg: &mut Routes) {
    cfg.route("/c/{slug}/desk", shows(desk::show_desk))
        .route("/c/{slug}/desk/cut", shows(slips::show_cut))
        .route("/c/{slug}/desk/cut", changes(slips::cut))
        .route("/c/{slug}/desk/selection", shows(desk::show_selection))
        .route("/c/{slug}/desk/selection", changes(desk::decide_selection))
        .route("/c/{slug}/desk/units", shows(desk::show_units))
        .route("/c/{slug}/desk/searches", changes(desk::save_search))
        .route("/c/{slug}/desk/searches/removal", changes(desk::remove_search))
        .route("/c/{slug}/desk/templates", shows(desk::show_templates))
        .route("/c/{slug}/desk/templates", changes(desk::save_template))
        .route("/c/{slug}/desk/templates/removal", changes(desk::remove_template))
        .route("/c/{slug}/desk/export", changes(desk::export))
        .route("/c/{slug}/desk/extension", shows(desk::show_draft_extension))
        .route("/c/{slug}/desk/extension", changes(desk::extend_drafts))
        .route("/c/{slug}/desk/post", shows(post::show_new))
        .route("/c/{slug}/desk/post", changes(post::enter))
        .route("/c/{slug}/desk/{id}", shows(desk::show_entry))
        .route("/c/{slug}/desk/{id}", changes(desk::decide))
        .route("/c/{slug}/desk/{id}/flags", changes(desk::settle))
        .route("/c/{slug}/desk/{id}/post", shows(post::show_again))
        .route("/c/{slug}/desk/{id}/post", changes(post::enter))
        .route("/c/{slug}/desk/{id}/code", changes(post::issue_code))
        .route("/c/{slug}/desk/{id}/authors", shows(desk::show_authors))
        .route("/c/{slug}/desk/{id}/authors", changes(desk::correct))
        .route("/c/{slug}/desk/{id}/contact", shows(desk::show_contact))
        .route("/c/{slug}/desk/{id}/contact", changes(desk::mend_contact))
        .route("/c/{slug}/desk/{id}/contact/returned", changes(desk::note_returned))
        .route("/c/{slug}/desk/{id}/changes", shows(desk::show_changes))
        .route("/c/{slug}/desk/{id}/text", shows(desk::show_text))
        .route("/c/{slug}/desk/{id}/text", changes(desk::amend))
        .route("/c/{slug}/desk/{id}/reports", changes(desk::answer_report))
        .route("/c/{slug}/desk/{id}/repair", changes(repair::ask))
        .route("/c/{slug}/desk/{id}/repair/decision", changes(repair::choose))
        .route("/c/{slug}/desk/{id}/repair/original", shows(repair::download_came))
        .route("/c/{slug}/desk/{id}/after-cut", shows(desk::show_after_cut))
        .route("/c/{slug}/desk/{id}/after-cut/striking-out", changes(desk::strike_out))
        .route("/c/{slug}/desk/{id}/after-cut/withdrawal", changes(desk::grant_withdrawal))
        .route("/c/{slug}/desk/{id}/extension", shows(desk::show_extension))
        .route("/c/{slug}/desk/{id}/extension", changes(desk::extend))
        .route("/c/{slug}/desk/{id}/original", shows(desk::download));
}

fn marking_routes(cfg: &mut Routes) {
    cfg.route("/c/{slug}/marking", shows(judging::show_queue))
        .route("/c/{slug}/marking/declaration", shows(judging::show_declaration))
        .route("/c/{slug}/marking/declaration", changes(judging::declare))
        .route("/c/{slug}/marking/print", shows(judging::show_print))
        .route("/c/{slug}/marking/{code}", shows(judging::show_paper))
        .route("/c/{slug}/marking/{code}", changes(judging::write_sheet))
        .route("/c/{slug}/marking/{code}/draft", changes(judging::save_draft))
        .route("/c/{slug}/marking/{code}/recusal", changes(judging::recuse))
        .route("/c/{slug}/marking/{code}/correction", changes(judging::ask_correction))
        .route("/c/{slug}/marking/{code}/report", changes(judging::report));
}

fn chair_routes(cfg: &mut Routes) {
    cfg.route("/c/{slug}/chair", shows(judging::show_board))
        .route("/c/{slug}/chair/deal", shows(judging::show_deal))
        .route("/c/{slug}/chair/deal", changes(judging::deal_out))
        .route("/c/{slug}/chair/deal/replay", shows(judging::show_replay))
        .route("/c/{slug}/chair/deal/share", shows(judging::show_share))
        .route("/c/{slug}/chair/deal/share", changes(judging::share_out))
        .route("/c/{slug}/chair/excuses", changes(judging::excuse))
        .route("/c/{slug}/chair/closing", changes(judging::close))
        .route("/c/{slug}/chair/reopening", changes(judging::ask_reopening))
        .route("/c/{slug}/chair/reopening/withdrawal", changes(judging::withdraw_reopening))
        .route("/c/{slug}/chair/batch", changes(judging::pass_batch))
        .route("/c/{slug}/chair/readings", changes(judging::decide_reading))
        .route("/c/{slug}/chair/discrepancies", shows(judging::show_gaps))
        .route("/c/{slug}/chair/requests", shows(judging::show_requests))
        .route("/c/{slug}/chair/requests/corrections", changes(judging::answer_correction))
        .route("/c/{slug}/chair/requests/reports", changes(judging::decide_report))
        .route("/c/{slug}/chair/judges/{judge}", shows(judging::show_judge))
        .route("/c/{slug}/chair/judges/{judge}", changes(judging::withdraw_judge))
        .route("/c/{slug}/chair/judges/{judge}/sheets", shows(judging::show_sheets))
        .route("/c/{slug}/chair/papers/{code}", shows(judging::show_chairs_paper))
        .route("/c/{slug}/chair/papers/{code}/aside", changes(judging::set_aside))
        .route("/c/{slug}/chair/papers/{code}/mark", changes(judging::decide_mark))
        .route("/c/{slug}/chair/standings", shows(tally::show_standings))
        .route("/c/{slug}/chair/standings/list", changes(tally::export::<Chair>))
        .route("/c/{slug}/chair/ties", changes(tally::answer_tie));
}

fn results_routes(cfg: &mut Routes) {
    cfg.route("/c/{slug}/standings", shows(tally::show_to_organizer))
        .route("/c/{slug}/standings/list", changes(tally::export::<Organizer>))
        .route("/c/{slug}/prizes", shows(results::show_prizes))
        .route("/c/{slug}/prizes", changes(results::propose))
        .route("/c/{slug}/prizes/seal", changes(results::seal))
        .route("/c/{slug}/prizes/reopening", changes(results::answer_reopening))
        .route("/c/{slug}/opening", shows(results::show_opening))
        .route("/c/{slug}/opening", changes(results::turn_key))
        .route("/c/{slug}/keys", shows(results::show_keys))
        .route("/c/{slug}/keys", changes(results::propose_holder))
        .route("/c/{slug}/keys/confirmation", changes(results::confirm_holder))
        .route("/c/{slug}/keys/withdrawal", changes(results::drop_holder))
        .route("/c/{slug}/struck-out", shows(results::show_strikes))
        .route("/c/{slug}/struck-out", changes(results::propose_strike))
        .route("/c/{slug}/struck-out/confirmation", changes(results::confirm_strike))
        .route("/c/{slug}/struck-out/withdrawal", changes(results::drop_strike))
        .route("/c/{slug}/minutes/seal", shows(results::show_seal_minutes))
        .route("/c/{slug}/minutes/opening", shows(results::show_opening_minutes))
        .route("/c/{slug}/collectives", shows(results::show_collectives))
        .route("/c/{slug}/collectives", changes(results::propose_award))
        .route("/c/{slug}/collectives/withdrawal", changes(results::propose_take_back))
        .route("/c/{slug}/corrections/{code}", shows(results::show_correction))
        .route("/c/{slug}/corrections/{code}", changes(results::propose_correction))
        .route("/c/{slug}/decisions", shows(results::show_decisions))
        .route("/c/{slug}/decisions/confirmation", changes(results::confirm_decision))
        .route("/c/{slug}/decisions/withdrawal", changes(results::drop_decision))
        .route("/c/{slug}/publication", changes(results::publish))
        .route("/c/{slug}/results", shows(results::show_results))
        .route("/c/{slug}/results/{n}", shows(results::show_edition));
}

fn record_routes(cfg: &mut Routes) {
    cfg.route("/c/{slug}/record", shows(results::show_record)).route("/c/{slug}/record/deals", shows(judging::show_replay_to_auditor));
}
