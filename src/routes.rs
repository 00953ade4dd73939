//! Every URL, one line each. tests/access.rs reads this list and fails where one has no row in its matrix.
use actix_web::web::{self, ServiceConfig, get};

use crate::accounts::handlers as accounts;
use crate::platform::guard::{changes, shows};
use crate::platform::{assets, metrics};

pub fn all(cfg: &mut ServiceConfig) {
    cfg.route("/healthz", get().to(metrics::healthz))
        .route("/readyz", get().to(metrics::readyz))
        .route("/metrics", get().to(metrics::show))
        .route("/static/{rest:.*}", get().to(assets::show));
    rooms(cfg);
    cfg.default_service(web::route().to(async || actix_web::HttpResponse::NotFound().finish()));
}

fn rooms(cfg: &mut ServiceConfig) {
    // accounts
    cfg.route("/lang/{lang}", get().to(accounts::language))
        .route("/sign-in", shows(accounts::show_sign_in))
        .route("/sign-in", changes(accounts::sign_in))
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
        .route("/me", shows(accounts::show_me))
        .route("/me/confirmation", changes(accounts::ask_confirmation))
        .route("/me/sign-out-everywhere", changes(accounts::sign_out_everywhere));
}
