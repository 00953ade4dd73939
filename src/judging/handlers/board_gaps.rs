//! Every discrepancy, the largest first.
use actix_web::HttpResponse;

use super::board::{gap_row, pager};
use crate::contests::Wearing;
use crate::contests::rules as contest_rules;
use crate::judging::board_acts_pages::GapsPage;
use crate::judging::board_rules::{self, PAGE};
use crate::judging::store_acts as store;
use crate::platform::db::Chair;
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n;

pub async fn show_gaps(mut proof: Proven<Wearing<Chair>>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let from = board_rules::number_in(&proof.visitor.query, "from");
    let (fact, tx) = proof.parts();
    let contest = &fact.contest;
    let categories = contest_rules::list_categories(tx).await?;
    let (rows, count) = (store::list_discrepancies(tx, false, from, PAGE).await?, store::count_discrepancies(tx).await?);
    let page = GapsPage {
        rows: rows.iter().map(|d| gap_row(d, contest, &categories, lang)).collect(),
        count: i18n::number(lang, count),
        threshold: i18n::mark(lang, contest.threshold),
        pager: pager(&contest.path("chair/discrepancies"), from, count),
        back_href: contest.path("chair"),
    };
    proof.show(page).await
}
