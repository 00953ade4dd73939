//! One judge: what is in the judge's hands, and the withdrawal.
use actix_web::HttpResponse;

use crate::judging::board_acts_pages::JudgePage;
use crate::judging::board_forms::WithdrawForm;
use crate::judging::board_guards::ChairsJudge;
use crate::judging::board_rules;
use crate::judging::store_acts as store;
use crate::platform::failure::Failure;
use crate::platform::guard::{Posted, Proven, Saved, Sure};
use crate::platform::i18n;
use crate::platform::page::see_other;

async fn page_of(proof: &mut Proven<ChairsJudge>, form: &WithdrawForm) -> Result<JudgePage, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let j = &fact.judge;
    let (withdrawal, closed) = (store::get_withdrawal(tx, j.judge).await?, store::is_closed(tx).await?);
    let n = |n: i64| i18n::number(lang, n);
    Ok(JudgePage {
        name: j.name.clone(),
        declared: j.declared,
        open: n(j.open_papers),
        open_n: j.open_papers,
        marked: n(j.marked),
        marked_n: j.marked,
        recused: n(j.recused),
        withdrawn: withdrawal.as_ref().map(|w| w.sheets.clone()).unwrap_or_default(),
        withdrawn_reason: withdrawal.map(|w| w.reason).unwrap_or_default(),
        closed,
        sheets_href: fact.contest.path(&format!("chair/judges/{}/sheets", j.judge)),
        action: fact.contest.path(&format!("chair/judges/{}", j.judge)),
        sheets: form.sheets.clone(),
        reason: form.reason.clone(),
        back_href: fact.contest.path("chair"),
        ..JudgePage::default()
    })
}

pub async fn show_judge(mut proof: Proven<ChairsJudge>) -> Result<HttpResponse, Failure> {
    let page = page_of(&mut proof, &WithdrawForm::default()).await?;
    proof.show(page).await
}

/// The judge marks no more; of the sheets that are in the chair says whether they stand.
pub async fn withdraw(Posted { mut proof, form }: Posted<ChairsJudge, WithdrawForm>) -> Result<Saved<HttpResponse>, Failure> {
    let mut page = page_of(&mut proof, &form).await?;
    // without a sheet there is nothing to choose
    let sheets = if page.marked_n == 0 { "kept" } else { form.sheets.as_str() };
    let (fact, tx) = proof.parts();
    let back = fact.contest.path("chair?said=judge-withdrawn");
    let outcome = match board_rules::check_reason(&form.reason) {
        Err(refusal) => Err(refusal.into()),
        Ok(()) => Sure(form.sure).hold(store::withdraw_judge(tx, fact.judge.judge, sheets, &form.reason).await),
    };
    match outcome {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => {
            let field = match refusal.name {
                "sheets_choice_needed" => "sheets",
                "board_reason_needed" | "reason_needed" => "reason",
                "unconfirmed" => "sure",
                _ => "",
            };
            page.errors.add(field, proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}
