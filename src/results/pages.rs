//! Pages of the room, ready to print.
use serde::Serialize;

use crate::judging::board_acts_pages::ReopeningCard;
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};
use crate::results::decisions_page::DecisionRow;

#[derive(Serialize, Default, Clone)]
pub struct PlaceRow {
    pub code: String,
    pub rank: String,
    pub mark: String,
    /// The prize's name, or the words for the n-th reserve.
    pub what: String,
    pub is_reserve: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct PlanRow {
    pub prize: String,
    /// By the rules, and by the proposal.
    pub planned: String,
    pub proposed: String,
    /// fewer | more than planned; empty: as many.
    pub compare: String,
    /// How many are withheld, and why; empty: none.
    pub withheld: String,
}
impl PlanRow {
    /// How many are given beside how many the rules plan.
    pub fn compared(given: i64, planned: i64) -> String {
        match given.cmp(&planned) {
            std::cmp::Ordering::Less => "fewer",
            std::cmp::Ordering::Equal => "",
            std::cmp::Ordering::Greater => "more",
        }
        .to_owned()
    }
}
#[derive(Serialize, Default, Clone)]
pub struct GroupOfPlaces {
    pub name: String,
    /// Prizes as planned beside those proposed.
    pub plan: Vec<PlanRow>,
    pub rows: Vec<PlaceRow>,
}
#[derive(Serialize, Default)]
pub struct PrizesPage {
    pub action: String,
    /// marking | ties | proposing | sealed | opened | published
    pub stage: String,
    pub open_ties: i64,
    pub proposed: bool,
    /// Proposed, or there is nothing to propose.
    pub may_seal: bool,
    pub reserves: String,
    pub groups: Vec<GroupOfPlaces>,
    pub seal: String,
    pub seal_last4: String,
    pub sealed_at: String,
    pub collectives_href: String,
    pub results_href: String,
    /// The chair asks for the round to be opened again.
    pub reopening: ReopeningCard,
    pub rules_href: String,
    /// There are two key holders only.
    pub two_holders: bool,
    pub seal_minutes_href: String,
    pub opening_minutes_href: String,
    pub errors: Errors,
}
impl Page for PrizesPage {
    const TEMPLATE: &'static str = "results/prizes.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let row = PlaceRow { code: "ABCDEFGHJK".into(), rank: "1".into(), mark: "80,00".into(), what: "Giải A".into(), is_reserve: false };
        let groups = vec![GroupOfPlaces {
            name: "Bảng chung".into(),
            plan: vec![
                PlanRow { compare: "fewer".into(), withheld: "x".into(), ..PlanRow::default() },
                PlanRow { compare: "more".into(), ..PlanRow::default() },
                PlanRow::default(),
            ],
            rows: vec![row],
        }];
        let page = |stage: &str| PrizesPage {
            stage: stage.into(),
            proposed: true,
            may_seal: true,
            two_holders: true,
            groups: groups.clone(),
            seal: "ab12".into(),
            ..PrizesPage::default()
        };
        let asked = |mine: bool| PrizesPage { reopening: ReopeningCard::sample("x", mine), ..page("proposing") };
        ["marking", "ties", "proposing", "sealed", "opened", "published"].into_iter().map(page).chain([asked(false), asked(true)]).collect()
    }
}

/// A line that was typed for a form that somebody else's act has taken from the page: it is shown, so that it is not lost.
#[derive(Serialize, Default, Clone)]
pub struct Overtaken {
    /// Key of the field's label.
    pub label: &'static str,
    pub text: String,
}
impl Overtaken {
    /// Those that say something.
    pub fn lines<const N: usize>(typed: [(&'static str, &String); N]) -> Vec<Overtaken> {
        typed.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| Overtaken { label, text: text.clone() }).collect()
    }
}

#[derive(Serialize, Default, Clone)]
pub struct KeyCard {
    pub office: String,
    pub turned: bool,
    pub mine: bool,
}
#[derive(Serialize, Default)]
pub struct OpeningPage {
    pub action: String,
    /// Where a key changes hands.
    pub keys_href: String,
    /// Empty before there are any.
    pub seal_minutes_href: String,
    pub opening_minutes_href: String,
    pub strikes_href: String,
    /// What comes after the opening.
    pub decisions_href: String,
    /// Empty until they are published.
    pub results_href: String,
    /// The visitor's key works again from then; empty: it works.
    pub rests_until: String,
    pub office: String,
    pub sealed: bool,
    pub opened: bool,
    pub sealed_at: String,
    pub opened_at: String,
    pub winners: i32,
    pub keys: Vec<KeyCard>,
    pub my_key_turned: bool,
    pub last4: String,
    pub errors: Errors,
}
impl Page for OpeningPage {
    const TEMPLATE: &'static str = "results/opening.html";
    const SIDE: Side = Side::Slip;
    fn samples() -> Vec<Self> {
        let keys = vec![KeyCard { office: "Trưởng ban".into(), turned: true, mine: false }, KeyCard { office: "Phó ban".into(), turned: false, mine: true }];
        vec![
            OpeningPage { keys: keys.clone(), ..OpeningPage::default() },
            OpeningPage { sealed: true, keys: keys.clone(), winners: 3, ..OpeningPage::default() },
            OpeningPage { sealed: true, rests_until: "17:00".into(), keys: keys.clone(), seal_minutes_href: "/c/x".into(), ..OpeningPage::default() },
            OpeningPage { sealed: true, opened: true, keys: keys.clone(), opening_minutes_href: "/c/x".into(), ..OpeningPage::default() },
            OpeningPage { sealed: true, opened: true, keys, results_href: "/c/x/results".into(), ..OpeningPage::default() },
        ]
    }
}

#[derive(Serialize, Default, Clone)]
pub struct WinnerRow {
    pub code: String,
    pub prize: String,
    pub category: String,
    pub unit: String,
    pub title: String,
    pub authors: String,
    /// The entry's, where the desk is spoken to.
    pub number: String,
    /// Of the sealed list; empty where the page does not show them.
    pub rank: String,
    pub mark: String,
}
#[derive(Serialize, Default, Clone)]
pub struct EvidenceRow {
    pub id: String,
    /// Entries that name no unit: counted here, and in no prize's condition.
    pub is_none: bool,
    pub unit: String,
    pub depth: i32,
    pub received: String,
    pub valid: String,
    /// In the order of `levels`.
    pub prizes: Vec<String>,
    /// In the order of the page's `needs`.
    pub needs: Vec<NeedCell>,
}
/// A collective prize that asks something of a unit; 0 and empty: nothing.
#[derive(Serialize, Default, Clone)]
pub struct NeedHead {
    pub prize: String,
    pub needs_prizes: i32,
    pub needs_level: String,
    pub needs_received: i32,
    pub needs_valid: i32,
}
/// A unit whose prize no longer has what it asks for.
#[derive(Serialize, Default, Clone)]
pub struct UnmetRow {
    pub unit: String,
    #[serde(flatten)]
    pub needs: NeedHead,
}
impl UnmetRow {
    pub fn sample() -> UnmetRow {
        let needs = NeedHead { prize: "Tập thể".into(), needs_prizes: 1, needs_level: "Giải B".into(), needs_received: 2, needs_valid: 1 };
        UnmetRow { unit: "Tỉnh đoàn".into(), needs }
    }
}
/// What a unit has of it.
#[derive(Serialize, Default, Clone)]
pub struct NeedCell {
    pub met: bool,
    /// `2/1 · 30/40`
    pub figures: String,
}
#[derive(Serialize, Default, Clone)]
pub struct Choice {
    pub id: String,
    pub name: String,
    pub chosen: bool,
}
/// A collective's prize as it stands, and the form that takes it back.
#[derive(Serialize, Default, Clone)]
pub struct AwardRow {
    pub id: String,
    pub unit: String,
    pub prize: String,
    pub reason: String,
    /// The reason typed for taking it back.
    pub typed: String,
}
#[derive(Serialize, Default, Clone)]
pub struct CollectiveRow {
    pub unit: String,
    pub prize: String,
    pub reason: String,
}
#[derive(Serialize, Default, Clone)]
pub struct StruckRow {
    pub code: String,
    pub reason: String,
    pub at: String,
    pub withheld: bool,
}
#[derive(Serialize, Default)]
pub struct CollectivesPage {
    pub action: String,
    pub withdraw_action: String,
    pub publish_action: String,
    /// Where a second person confirms.
    pub decisions_href: String,
    /// With a winner's code behind it: where the letters of its names are mended.
    pub corrections_href: String,
    pub results_href: String,
    pub opened: bool,
    pub published: bool,
    pub winners: Vec<WinnerRow>,
    /// Since the opening, by two key holders.
    pub struck: Vec<StruckRow>,
    /// Names of the individual prizes' levels, highest first.
    pub levels: Vec<String>,
    /// Collective prizes that ask something of a unit.
    pub needs: Vec<NeedHead>,
    pub evidence: Vec<EvidenceRow>,
    pub decided: Vec<AwardRow>,
    /// Of these, whose condition a strike has taken away.
    pub unmet: Vec<UnmetRow>,
    /// A reason typed for taking back a prize that somebody else has taken back meanwhile.
    pub overtaken: String,
    /// Proposed, and not yet confirmed.
    pub waiting: Vec<DecisionRow>,
    pub prizes: Vec<Choice>,
    pub units: Vec<Choice>,
    pub reason: String,
    pub errors: Errors,
}
impl Page for CollectivesPage {
    const TEMPLATE: &'static str = "results/collectives.html";
    const SIDE: Side = Side::Slip;
    fn samples() -> Vec<Self> {
        let evidence = vec![EvidenceRow {
            unit: "Tỉnh đoàn".into(),
            received: "3".into(),
            valid: "2".into(),
            prizes: vec!["1".into()],
            needs: vec![NeedCell { met: true, figures: "1/1".into() }, NeedCell { met: false, figures: "0/2".into() }],
            ..EvidenceRow::default()
        }];
        let decided =
            vec![AwardRow { id: "x".into(), unit: "Tỉnh đoàn".into(), prize: "Tập thể".into(), reason: "…".into(), typed: "Giải cá nhân bị hủy".into() }];
        let needs = vec![NeedHead { prize: "Tập thể".into(), needs_prizes: 1, needs_level: "Giải B".into(), needs_received: 2, needs_valid: 1 }, NeedHead::default()];
        let winners = vec![WinnerRow { code: "ABCDEFGHJK".into(), ..WinnerRow::default() }];
        let choice = vec![Choice { id: "x".into(), name: "Tập thể".into(), chosen: true }];
        vec![
            CollectivesPage::default(),
            CollectivesPage {
                opened: true,
                winners,
                struck: vec![StruckRow { withheld: true, ..StruckRow::default() }],
                levels: vec!["Giải A".into()],
                needs,
                waiting: DecisionRow::samples(),
                evidence,
                decided,
                unmet: vec![UnmetRow::sample()],
                overtaken: "Giải cá nhân bị hủy".into(),
                prizes: choice.clone(),
                units: choice,
                ..CollectivesPage::default()
            },
            CollectivesPage { opened: true, published: true, unmet: vec![UnmetRow::sample()], ..CollectivesPage::default() },
        ]
    }
}

#[derive(Serialize, Default, Clone)]
pub struct Laurel {
    pub title: String,
    pub authors: String,
    pub unit: String,
    pub category: String,
}
#[derive(Serialize, Default, Clone)]
pub struct PrizeOf {
    pub prize: String,
    pub money: String,
    pub group: String,
    pub laurels: Vec<Laurel>,
}
#[derive(Serialize, Default)]
pub struct ResultsPage {
    pub contest: String,
    pub published: bool,
    pub published_at: String,
    pub sha256: String,
    /// SHA-256 of the seal.
    pub seal: String,
    /// Which edition this is, and whether a later one counts.
    pub n: i32,
    pub newest_href: String,
    /// Amendments since the publication, the newest first; each edition stays readable.
    pub editions: Vec<EditionRow>,
    /// The text that `sha256` is of.
    pub content: String,
    pub prizes: Vec<PrizeOf>,
    pub collectives: Vec<CollectiveRow>,
}
/// An edition of the results.
#[derive(Serialize, Default, Clone)]
pub struct EditionRow {
    pub n: i32,
    pub href: String,
    pub at: String,
    /// Empty for the first.
    pub reason: String,
    pub here: bool,
}
impl Page for ResultsPage {
    const TEMPLATE: &'static str = "results/results.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        let laurel = Laurel { title: "Tên bài".into(), authors: "Tác Giả".into(), unit: "Huyện đoàn".into(), category: "Báo".into() };
        let prizes = vec![PrizeOf { prize: "Giải A".into(), money: "10.000.000 đ".into(), group: "Bảng chung".into(), laurels: vec![laurel] }];
        let edition = |n, reason: &str, here| EditionRow { n, href: "/c/x".into(), reason: reason.into(), here, ..EditionRow::default() };
        let editions = vec![edition(2, "Bài đã đăng", false), edition(1, "", true)];
        let old = ResultsPage { published: true, n: 1, newest_href: "/c/x".into(), editions, content: "individual a".into(), prizes: prizes.clone(), ..ResultsPage::default() };
        vec![ResultsPage::default(), ResultsPage { published: true, n: 1, prizes, ..ResultsPage::default() }, old]
    }
}
