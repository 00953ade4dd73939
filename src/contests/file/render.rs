//! Writing a contest file. Comments of the file that was read are not kept.

use chrono::{DateTime, Utc};

use super::super::model::{Bilingual, Category, Contest, Dates, Entrants, Key, KeyHolder, Limits, Prize, Question, QuestionKind, Recipient, Round, Rubric, Ruleset, Unit};
use super::dates::FORM;

/// Writes the rules as a contest file; `parse` makes the same rules of it.
pub fn render(ruleset: &Ruleset) -> String {
    let mut page = Page::default();
    page.contest(&ruleset.contest);
    page.dates(&ruleset.dates, &ruleset.contest);
    page.limits(&ruleset.limits);
    page.entrants(&ruleset.entrants);
    for declaration in &ruleset.declarations {
        page.header("[[declaration]]");
        page.quoted("key", declaration.key.as_str());
        page.bilingual("text", &declaration.text);
    }
    ruleset.questions.iter().for_each(|question| page.question(question));
    page.round(&ruleset.round);
    ruleset.rubrics.iter().for_each(|rubric| page.rubric(rubric));
    for group in &ruleset.ranking_groups {
        page.header("[[ranking_group]]");
        page.quoted("key", group.key.as_str());
        page.bilingual("name", &group.name);
    }
    ruleset.categories.iter().for_each(|category| page.category(category));
    ruleset.prizes.iter().for_each(|prize| page.prize(prize));
    ruleset.units.iter().for_each(|unit| page.unit(unit));
    ruleset.key_holders.iter().for_each(|holder| page.key_holder(holder));
    for text in &ruleset.by_hand {
        page.header("[[by_hand]]");
        page.quoted("vi", &text.vi);
        page.quoted("en", &text.en);
    }
    page.lines.join("\n") + "\n"
}

#[derive(Default)]
struct Page {
    lines: Vec<String>,
}

impl Page {
    fn header(&mut self, header: &str) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push(header.to_owned());
    }

    fn plain(&mut self, key: &str, value: impl std::fmt::Display) {
        self.lines.push(format!("{key} = {value}"));
    }

    fn optional(&mut self, key: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            self.plain(key, value);
        }
    }

    /// One line in single quotation marks; several in triple ones, whose first line break does not count
    /// and whose last one `parse` trims.
    fn quoted(&mut self, key: &str, text: &str) {
        let text = escaped(text);
        if text.contains('\n') {
            self.plain(key, format_args!("\"\"\"\n{text}\n\"\"\""));
        } else {
            self.plain(key, format_args!("\"{text}\""));
        }
    }

    /// Nothing where rules still being written name none: `parse` then asks for it.
    fn reference(&mut self, key: &str, named: Option<&Key>) {
        if let Some(named) = named {
            self.quoted(key, named.as_str());
        }
    }

    fn bilingual(&mut self, key: &str, text: &Bilingual) {
        if text.vi == text.en {
            return self.quoted(key, &text.vi);
        }
        self.quoted(&format!("{key}.vi"), &text.vi);
        self.quoted(&format!("{key}.en"), &text.en);
    }

    fn contest(&mut self, contest: &Contest) {
        self.header("[contest]");
        self.quoted("slug", contest.slug.as_str());
        self.bilingual("title", &contest.title);
        self.bilingual("host", &contest.host);
        self.bilingual("summary", &contest.summary);
        self.quoted("timezone", contest.timezone.name());
        self.quoted("separation", contest.separation.word());
        self.quoted("locale", contest.locale.word());
        self.plain("remind_drafts", contest.remind_drafts);
        if let Some(organizer) = &contest.organizer {
            self.quoted("organizer", organizer.as_str());
        }
    }

    fn dates(&mut self, dates: &Dates, contest: &Contest) {
        let local = |instant: DateTime<Utc>| {
            let local = instant.with_timezone(&contest.timezone);
            local.format(FORM).to_string()
        };
        self.header("[dates]");
        self.quoted("opens", &local(dates.opens));
        self.quoted("closes", &local(dates.closes));
        self.quoted("intake_closes", &local(dates.intake_closes));
        self.quoted("queries_close", &local(dates.queries_close));
        if let Some(day) = dates.postmark_by {
            self.quoted("postmark_by", &day.format("%Y-%m-%d").to_string());
        }
    }

    fn limits(&mut self, limits: &Limits) {
        if *limits != Limits::default() {
            self.header("[limits]");
            self.optional("per_category", limits.per_category);
            self.optional("overall", limits.overall);
            self.quoted("subject", limits.subject.word());
        }
    }

    fn entrants(&mut self, entrants: &Entrants) {
        if *entrants != Entrants::default() {
            self.header("[entrants]");
            self.optional("min_age", entrants.min_age);
            self.optional("guardian_age", entrants.guardian_age);
            self.plain("bar_officials", entrants.bar_officials);
        }
    }

    fn question(&mut self, question: &Question) {
        self.header("[[question]]");
        self.quoted("key", question.key.as_str());
        self.bilingual("text", &question.text);
        self.quoted("kind", question.kind.word());
        self.plain("required", question.required);
        for choice in question.choices.iter().filter(|_| question.kind == QuestionKind::Choice) {
            self.header("[[question.choice]]");
            self.quoted("key", choice.key.as_str());
            self.bilingual("name", &choice.name);
        }
    }

    fn round(&mut self, round: &Round) {
        self.header("[round]");
        self.plain("readers", round.readers);
        self.plain("threshold", round.threshold);
        self.quoted("third", round.third.word());
        self.quoted("own_result", round.own_result.word());
    }

    fn rubric(&mut self, rubric: &Rubric) {
        self.header("[[rubric]]");
        self.quoted("key", rubric.key.as_str());
        self.bilingual("name", &rubric.name);
        self.plain("step", rubric.step);
        for criterion in &rubric.criteria {
            self.header("[[rubric.criterion]]");
            self.quoted("key", criterion.key.as_str());
            self.bilingual("name", &criterion.name);
            if let Some(description) = &criterion.description {
                self.bilingual("description", description);
            }
            self.plain("max", criterion.max);
        }
    }

    fn category(&mut self, category: &Category) {
        self.header("[[category]]");
        self.quoted("key", category.key.as_str());
        self.bilingual("name", &category.name);
        self.quoted("kind", category.kind.word());
        self.optional("words.min", category.words.min);
        self.optional("words.max", category.words.max);
        self.plain("authors.min", category.authors.min);
        self.plain("authors.max", category.authors.max);
        self.reference("rubric", category.rubric.as_ref());
        self.reference("ranking_group", category.ranking_group.as_ref());
    }

    fn prize(&mut self, prize: &Prize) {
        self.header("[[prize]]");
        self.quoted("key", prize.key.as_str());
        self.bilingual("name", &prize.name);
        self.quoted("kind", prize.recipient.word());
        if let Recipient::Individual { ranking_group } = &prize.recipient {
            self.reference("ranking_group", ranking_group.as_ref());
        }
        self.plain("level", prize.level);
        self.plain("count", prize.count);
        if let Some(money) = &prize.money {
            self.plain("amount", money.amount);
            self.quoted("currency", money.currency.as_str());
        }
        if let Some(minimum) = prize.minimum {
            self.plain("minimum", minimum);
        }
        self.optional("needs.level", prize.needs.level);
        self.optional("needs.prizes", prize.needs.prizes);
        self.optional("needs.received", prize.needs.received);
        self.optional("needs.valid", prize.needs.valid);
    }

    fn unit(&mut self, unit: &Unit) {
        self.header("[[unit]]");
        self.quoted("key", unit.key.as_str());
        self.bilingual("name", &unit.name);
        if let Some(parent) = &unit.parent {
            self.quoted("parent", parent.as_str());
        }
    }

    fn key_holder(&mut self, holder: &KeyHolder) {
        self.header("[[key_holder]]");
        self.quoted("email", holder.email.as_str());
        self.bilingual("office", &holder.office);
    }
}

/// Text within quotation marks. No other character needs an escape: parsed texts have no control
/// characters.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
