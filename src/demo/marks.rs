//! The model of marking: a work has a quality, a judge a severity, and nobody reads twice the same.
use serde_json::{Map, Value, json};

use super::dice::Dice;
use crate::contests::rules::Criterion;

/// Points of a hundred: works differ by 8 in the mean, judges by 4.5, and one judge's readings by 5.
const MEAN: f64 = 72.0;
const QUALITY: f64 = 8.0;
const SEVERITY: f64 = 4.5;
const NOISE: f64 = 5.0;
/// Of the judges whom every contest has: the first is mild and the second severe, so that a visitor meets both.
const PANEL: [f64; 8] = [4.5, -6.5, 1.0, -7.5, 2.0, -2.0, 0.0, 7.5];

/// The same for everybody who reads it; a code says nothing of its work, so it may as well be its seed.
fn quality(code: &str) -> f64 {
    Dice::of(code).normal() * QUALITY
}
/// Below zero: severe.
pub fn severity(judge: usize) -> f64 {
    PANEL.get(judge).copied().unwrap_or_else(|| Dice::new(7 + judge as u64).normal() * SEVERITY)
}

/// A mark sheet in hundredths, each mark in the rubric's steps.
pub fn sheet(code: &str, severity: f64, criteria: &[Criterion], dice: &mut Dice) -> Value {
    let points = MEAN + quality(code) + severity + dice.normal() * NOISE;
    let marks = criteria.iter().map(|c| {
        let share = (points / 100.0 + dice.normal() * 0.04).clamp(0.15, 1.0);
        let steps = (f64::from(c.max) * share / f64::from(c.step)).round() as i32;
        (c.key.clone(), json!((steps * c.step).clamp(0, c.max)))
    });
    Value::Object(marks.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn criterion(n: usize, max: i32) -> Criterion {
        let none = String::new();
        Criterion {
            rubric: Uuid::nil(),
            key: format!("k{n}"),
            name_vi: none.clone(),
            name_en: none.clone(),
            description_vi: none.clone(),
            description_en: none,
            max,
            step: 50,
            total: 10_000,
        }
    }

    #[test]
    fn marks_fit_the_rubric_and_some_pairs_lie_too_far_apart_but_not_most() {
        let criteria: Vec<Criterion> = [40, 20, 20, 20].iter().enumerate().map(|(i, m)| criterion(i, m * 100)).collect();
        let total = |v: &Value| v.as_object().unwrap().values().map(|m| m.as_i64().unwrap()).sum::<i64>();
        let mut dice = Dice::new(1);
        let mut apart = 0;
        for i in 0..1_000 {
            let code = format!("CODE{i}");
            let (a, b) = (sheet(&code, severity(i % 24), &criteria, &mut dice), sheet(&code, severity((i * 7 + 3) % 24), &criteria, &mut dice));
            for s in [&a, &b] {
                assert!(s.as_object().unwrap().values().all(|m| m.as_i64().unwrap() % 50 == 0 && (0..=4_000).contains(&m.as_i64().unwrap())));
            }
            apart += usize::from((total(&a) - total(&b)).abs() > 1_500);
        }
        assert!((60..330).contains(&apart), "{apart}");
    }
}
