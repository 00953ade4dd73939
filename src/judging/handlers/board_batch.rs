//! The chair calls the batch.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::judging::batch;
use crate::judging::board_guards::Dealing;
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Nothing, Posted, Saved};
use crate::platform::page::see_other;

/// Moves everything that may be moved now. Refused: what waits is too little to go unseen, or there is nobody to give it to.
pub async fn pass(Posted { mut proof, .. }: Posted<Dealing, Nothing>) -> Result<Saved<HttpResponse>, Failure> {
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("chair?said=batch-passed");
    match batch::pass(tx, "chair", None).await? {
        0 => Err(Refusal::of("batch_nothing").status(StatusCode::CONFLICT).into()),
        _ => proof.commit(see_other(&to)).await,
    }
}
