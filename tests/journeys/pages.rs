//! Every page's samples render in both languages, with every word there.
use std::collections::BTreeSet;

use phach::platform::failure::refusal_names;
use phach::platform::i18n::{Lang, Words};
use phach::platform::page::{FailurePage, Frame, Page, Pages, Tab};
use phach::platform::visitor::Visitor;

fn render<P: Page>(pages: &Pages, done: &mut BTreeSet<&'static str>) {
    let frame = Frame {
        contest_href: "/c/x".into(),
        contest_title: "Cuộc thi".into(),
        hat: "judge".into(),
        tabs: vec![Tab { href: "/c/x".into(), label: "tab-rules", here: true }],
        signed_in: true,
    };
    for lang in Lang::ALL {
        let visitor = Visitor { lang, session: None, path: "/c/x".into(), query: String::new() };
        for sample in P::samples() {
            let html = pages.render(&sample, &frame, &visitor).unwrap_or_else(|e| panic!("{}: {e}", P::TEMPLATE));
            assert!(!html.contains('⟦'), "{} in {lang:?} lacks {:?}", P::TEMPLATE, html.split('⟦').skip(1).map(|s| s.split('⟧').next()).collect::<Vec<_>>());
            assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick"), "{}: inline style or script", P::TEMPLATE);
            assert_eq!(html.matches("<h1").count(), 1, "{}: one h1", P::TEMPLATE);
        }
        assert!(!P::samples().is_empty(), "{} has no sample", P::TEMPLATE);
    }
    done.insert(P::TEMPLATE);
}

#[test]
fn every_page_renders_in_both_languages_with_every_word_there() {
    use phach::accounts::pages as a;
    use phach::contests::organizer_pages as o;
    use phach::contests::pages as c;
    use phach::contests::rules_pages as cr;
    use phach::entries::desk::pages as d;
    use phach::entries::{form_pages as f, pages as e};
    use phach::judging::board_pages as b;
    use phach::judging::pages as j;
    use phach::results::{decisions_page, keys_pages, pages as r, record_page, strikes_page};
    use phach::slips::pages as s;
    use phach::tally::pages as t;
    let pages = Pages::load().unwrap();
    let mut done = BTreeSet::new();
    render::<FailurePage>(&pages, &mut done);
    render::<a::SignInPage>(&pages, &mut done);
    render::<a::SignUpPage>(&pages, &mut done);
    render::<a::ForgotPage>(&pages, &mut done);
    render::<a::ResetPage>(&pages, &mut done);
    render::<a::ConfirmPage>(&pages, &mut done);
    render::<a::AddressPage>(&pages, &mut done);
    render::<a::InvitationPage>(&pages, &mut done);
    render::<a::MePage>(&pages, &mut done);
    render::<c::FrontPage>(&pages, &mut done);
    render::<c::AboutPage>(&pages, &mut done);
    render::<c::ContestPage>(&pages, &mut done);
    render::<c::CallPage>(&pages, &mut done);
    render::<phach::contests::notice_pages::NoticesPage>(&pages, &mut done);
    render::<o::ChoicePage>(&pages, &mut done);
    render::<o::SetupPage>(&pages, &mut done);
    render::<o::OrganizerPage>(&pages, &mut done);
    render::<phach::contests::invite_pages::InviteListPage>(&pages, &mut done);
    render::<phach::contests::people_pages::PeoplePage>(&pages, &mut done);
    render::<cr::RulesPage>(&pages, &mut done);
    render::<cr::SectionPage>(&pages, &mut done);
    render::<cr::ExtensionPage>(&pages, &mut done);
    render::<cr::ConfirmPage>(&pages, &mut done);
    render::<phach::entries::list_page::EntriesPage>(&pages, &mut done);
    render::<phach::entries::coauthor_page::CoauthorPage>(&pages, &mut done);
    render::<e::EntryPage>(&pages, &mut done);
    render::<e::ReceiptPage>(&pages, &mut done);
    render::<f::PreviewPage>(&pages, &mut done);
    render::<f::KeptPage>(&pages, &mut done);
    render::<f::ResumePage>(&pages, &mut done);
    render::<phach::entries::check_page::CheckPage>(&pages, &mut done);
    render::<d::DeskPage>(&pages, &mut done);
    render::<d::DeskEntryPage>(&pages, &mut done);
    render::<d::DeskAuthorsPage>(&pages, &mut done);
    render::<d::DeskContactPage>(&pages, &mut done);
    render::<d::DeskExtensionPage>(&pages, &mut done);
    render::<phach::entries::post::pages::PostPage>(&pages, &mut done);
    render::<phach::entries::post::pages::PostedPage>(&pages, &mut done);
    render::<d::AfterCutPage>(&pages, &mut done);
    render::<d::DeskTextPage>(&pages, &mut done);
    render::<d::SelectionPage>(&pages, &mut done);
    render::<d::ChangesPage>(&pages, &mut done);
    render::<d::TemplatesPage>(&pages, &mut done);
    render::<d::UnitsPage>(&pages, &mut done);
    render::<s::CutPage>(&pages, &mut done);
    render::<j::QueuePage>(&pages, &mut done);
    render::<j::DeclarationPage>(&pages, &mut done);
    render::<j::PaperPage>(&pages, &mut done);
    render::<b::BoardPage>(&pages, &mut done);
    render::<b::DealPage>(&pages, &mut done);
    render::<b::ChairsPaperPage>(&pages, &mut done);
    render::<phach::judging::board_replay_page::ReplayPage>(&pages, &mut done);
    render::<phach::judging::board_share_page::SharePage>(&pages, &mut done);
    render::<phach::judging::board_acts_pages::GapsPage>(&pages, &mut done);
    render::<phach::judging::board_acts_pages::JudgePage>(&pages, &mut done);
    render::<phach::judging::request_pages::RequestsPage>(&pages, &mut done);
    render::<phach::judging::print_pages::PrintPage>(&pages, &mut done);
    render::<t::StandingsPage>(&pages, &mut done);
    render::<r::PrizesPage>(&pages, &mut done);
    render::<r::OpeningPage>(&pages, &mut done);
    render::<r::CollectivesPage>(&pages, &mut done);
    render::<r::ResultsPage>(&pages, &mut done);
    render::<keys_pages::KeysPage>(&pages, &mut done);
    render::<keys_pages::SealMinutesPage>(&pages, &mut done);
    render::<keys_pages::OpeningMinutesPage>(&pages, &mut done);
    render::<decisions_page::DecisionsPage>(&pages, &mut done);
    render::<decisions_page::CorrectionPage>(&pages, &mut done);
    render::<strikes_page::StrikesPage>(&pages, &mut done);
    render::<record_page::RecordPage>(&pages, &mut done);
    render::<phach::demo::pages::LettersPage>(&pages, &mut done);
    // once more as a demonstration has them
    pages.say_demonstration();
    render::<a::SignInPage>(&pages, &mut done);
    render::<c::ContestPage>(&pages, &mut done);
    render::<e::ReceiptPage>(&pages, &mut done);
    render::<r::ResultsPage>(&pages, &mut done);
    // a template that no sample reaches is a page nobody renders in a test
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    for folder in std::fs::read_dir(root).unwrap().map(|f| f.unwrap().path()).filter(|p| p.is_dir()) {
        for file in std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()) {
            let name = file.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            let is_page = !name.starts_with("mail/") && (!name.starts_with("parts/") || name == "parts/failure.html");
            assert!(!is_page || done.contains(name.as_str()), "{name} is rendered by no sample");
        }
    }
}

#[test]
fn every_refusal_of_the_database_has_its_sentence_in_both_languages() {
    let words = Words::load().unwrap();
    let mut missing = vec![];
    for name in refusal_names() {
        for lang in Lang::ALL {
            let key = format!("refusal-{}", name.replace('_', "-"));
            if !words.has(lang, &key) {
                missing.push(format!("{key} ({})", lang.code()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_act_of_the_record_has_its_words() {
    let words = Words::load().unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    for migration in std::fs::read_dir(folder).unwrap() {
        let sql = std::fs::read_to_string(migration.unwrap().path().join("up.sql")).unwrap();
        for call in sql.split("record.note(").skip(1) {
            let Some(verb) = call.split('\'').nth(1).filter(|_| !call.starts_with("uuid") && !call.starts_with("in_contest")) else { continue };
            for lang in Lang::ALL {
                assert!(words.has(lang, &format!("verb-{}", verb.replace('_', "-"))), "verb {verb}");
            }
        }
    }
}
