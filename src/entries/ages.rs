//! Whether an author is old enough, and has a guardian where the rules ask for one.
use super::model::TypedAuthor;
use super::rules::Wrong;
use crate::contests::rules::Conditions;
use crate::platform::failure::Refusal;

/// What is wrong about the age of author `i`; whether this is a minor.
pub fn check(a: &TypedAuthor, (i, birth_year): (usize, Option<i32>), conditions: &Conditions, wrong: &mut Vec<Wrong>) -> bool {
    let mut say = |field: &str, refusal: Refusal| wrong.push((format!("{field}_{i}"), refusal.with("n", i)));
    let Some(born) = birth_year else {
        if conditions.asks_birth_year() && a.year.is_empty() {
            say("year", Refusal::of("author_year_needed"));
        }
        return false;
    };
    if conditions.is_too_young(born) {
        say("year", Refusal::of("author_too_young").with("age", conditions.min_age.unwrap_or(0)).with("year", conditions.born_by().unwrap_or(0)));
        return false;
    }
    if !conditions.needs_guardian(born) {
        return false;
    }
    if a.guardian.is_empty() || a.guardian.chars().count() > 200 {
        say("guardian", Refusal::of("guardian_needed").with("age", conditions.guardian_age.unwrap_or(0)));
    }
    if !a.guardian_agrees {
        say("agrees", Refusal::of("guardian_agrees_needed"));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_born(year: &str, guardian: &str, agrees: bool) -> (bool, Vec<(String, &'static str)>) {
        let conditions = Conditions { min_age: Some(10), guardian_age: Some(16), age_year: 2026, ..Conditions::default() };
        let a = TypedAuthor { year: year.into(), guardian: guardian.into(), guardian_agrees: agrees, ..TypedAuthor::default() };
        let mut wrong = vec![];
        let minor = check(&a, (2, year.parse().ok()), &conditions, &mut wrong);
        (minor, wrong.into_iter().map(|(f, r)| (f, r.name)).collect())
    }

    #[test]
    fn the_year_of_birth_alone_decides_who_is_too_young_and_who_needs_a_guardian() {
        assert_eq!(check_born("2017", "", false), (false, vec![("year_2".to_owned(), "author_too_young")]));
        assert_eq!(check_born("2016", "Mẹ", true), (true, vec![]));
        assert_eq!(check_born("2011", "", false), (true, vec![("guardian_2".to_owned(), "guardian_needed"), ("agrees_2".to_owned(), "guardian_agrees_needed")]));
        assert_eq!(check_born("2010", "", false), (false, vec![]));
        assert_eq!(check_born("", "", false), (false, vec![("year_2".to_owned(), "author_year_needed")]));
    }
    #[test]
    fn rules_without_ages_ask_for_nothing() {
        let mut wrong = vec![];
        assert!(!check(&TypedAuthor::default(), (1, None), &Conditions::default(), &mut wrong) && wrong.is_empty());
    }
}
