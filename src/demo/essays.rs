//! Essays on everyday things, put together from whole sentences of `contests/demo/essays.toml`: no two read the same.
use std::collections::HashSet;

use serde::Deserialize;

use super::dice::Dice;

const STOCK: &str = include_str!("../../contests/demo/essays.toml");
/// Syllables of an essay.
pub const SHORTEST: usize = 600;
pub const LONGEST: usize = 2_000;

#[derive(Deserialize)]
pub struct Stock {
    places: Vec<String>,
    people: Vec<[String; 2]>,
    spans: Vec<String>,
    times: Vec<String>,
    shared: Shared,
    subject: Vec<Subject>,
}
#[derive(Deserialize)]
struct Shared {
    links: Vec<String>,
    remarks: Vec<String>,
    voices: Vec<String>,
    comments: Vec<String>,
}
#[derive(Deserialize)]
struct Subject {
    thing: String,
    /// Of this subject alone; empty: everybody.
    #[serde(default)]
    people: Vec<[String; 2]>,
    titles: Vec<String>,
    openings: Vec<String>,
    scenes: Vec<String>,
    stories: Vec<String>,
    thoughts: Vec<String>,
    endings: Vec<String>,
}

/// A work as its author writes it.
#[derive(Clone, Debug)]
pub struct Essay {
    pub title: String,
    pub paragraphs: Vec<String>,
}

impl Essay {
    pub fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }
}

fn syllables(text: &str) -> usize {
    text.split_whitespace().count()
}

impl Stock {
    /// Errors: the stock cannot be read.
    pub fn load() -> Result<Stock, String> {
        toml::from_str(STOCK).map_err(|e| format!("contests/demo/essays.toml: {e}"))
    }

    /// A judge's words on a sheet.
    pub fn comment(&self, dice: &mut Dice) -> String {
        let two = dice.shuffled(&self.shared.comments);
        two.into_iter().take(1 + dice.below(2)).map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// One essay under a title that none of `titles` is.
    pub fn write(&self, dice: &mut Dice, titles: &mut HashSet<String>) -> Essay {
        let mut order: Vec<&Subject> = dice.shuffled(&self.subject);
        order.truncate(6);
        let place = dice.word(&self.places).to_owned();
        let target = 560 + dice.below(430) + if dice.chance(30) { dice.below(720) } else { 0 };
        let mut pen = Pen {
            stock: self,
            remarks: dice.shuffled(&self.shared.remarks),
            voices: dice.shuffled(&self.shared.voices),
            dice,
            place,
            subject: "",
            people: &self.people,
            paragraphs: vec![],
            words: 0,
        };
        let mut subjects = order.into_iter();
        let Some(main) = subjects.next() else { return Essay { title: String::new(), paragraphs: vec![] } };
        let companion = subjects.clone().next().map_or("", |s| s.thing.as_str());
        let title = pen.title(main, companion, titles);
        pen.begin(main, None);
        pen.tell(main, target);
        for other in subjects {
            if pen.words >= target {
                break;
            }
            pen.begin(other, Some(&main.thing));
            pen.tell(other, target);
        }
        pen.subject = &main.thing;
        pen.people = if main.people.is_empty() { &self.people } else { &main.people };
        pen.end(main);
        Essay { title, paragraphs: pen.paragraphs }
    }
}

/// An essay in the making.
struct Pen<'a, 'd> {
    stock: &'a Stock,
    dice: &'d mut Dice,
    /// What has not been said yet.
    remarks: Vec<&'a String>,
    voices: Vec<&'a String>,
    place: String,
    subject: &'a str,
    people: &'a [[String; 2]],
    paragraphs: Vec<String>,
    words: usize,
}

impl<'a> Pen<'a, '_> {
    fn title(&mut self, main: &Subject, companion: &str, titles: &mut HashSet<String>) -> String {
        let mut title = String::new();
        for turn in 0..40 {
            let own = self.dice.word(&main.titles).replace("{noi}", &self.place);
            title = match self.dice.below(4) {
                0 if turn > 2 || companion.len().is_multiple_of(2) => format!("Từ {} đến {companion}", main.thing),
                1 if !own.contains(&self.place) => format!("{own} ở {}", self.place),
                2 if turn > 4 => format!("{}, nghĩ về {}", capital(&self.place), main.thing),
                3 if turn > 8 => format!("{own} và {companion}"),
                _ => own,
            };
            if !titles.contains(&title) {
                break;
            }
        }
        titles.insert(title.clone());
        title
    }

    /// The subject's opening, or the way to it from another.
    fn begin(&mut self, subject: &'a Subject, from: Option<&str>) {
        self.people = if subject.people.is_empty() { &self.stock.people } else { &subject.people };
        self.subject = &subject.thing;
        match from {
            None => {
                let opening = self.dice.word(&subject.openings);
                let remark = self.remarks.pop().map_or("", String::as_str);
                self.paragraph(&[opening, remark]);
            }
            Some(before) => {
                let link = self.dice.word(&self.stock.shared.links).replace("{thing}", before).replace("{other}", &subject.thing);
                let scene = self.dice.word(&subject.scenes).to_owned();
                self.paragraph(&[&link, &scene]);
            }
        }
    }

    /// Scenes, stories and thoughts by turns, none twice, until the essay is long enough.
    fn tell(&mut self, subject: &'a Subject, target: usize) {
        let said = self.paragraphs.join(" ");
        let fresh = |list: Vec<&'a String>| -> Vec<&'a String> { list.into_iter().filter(|s| !said.contains(s.as_str())).collect() };
        let (mut scenes, mut stories, mut thoughts) =
            (fresh(self.dice.shuffled(&subject.scenes)), fresh(self.dice.shuffled(&subject.stories)), fresh(self.dice.shuffled(&subject.thoughts)));
        // not all that could be said of it: the next one has other things to say
        scenes.truncate(5);
        stories.truncate(2);
        thoughts.truncate(4);
        let mut turn = self.dice.below(2);
        while self.words < target && (!scenes.is_empty() || !stories.is_empty()) {
            let next = |list: &mut Vec<&'a String>, n: usize| -> Vec<&'a str> { (0..n).filter_map(|_| list.pop()).map(String::as_str).collect() };
            let parts = match turn % 4 {
                0 => [next(&mut scenes, 3), vec![]],
                1 => [next(&mut stories, 1), vec![]],
                2 => [next(&mut thoughts, 2), next(&mut self.remarks, 1)],
                _ => [next(&mut self.voices, 1), next(&mut scenes, 1)],
            };
            turn += 1;
            let parts = parts.concat();
            self.paragraph(&parts);
        }
    }

    fn end(&mut self, main: &'a Subject) {
        let (remark, ending) = (self.remarks.pop().map_or("", String::as_str), self.dice.word(&main.endings));
        self.paragraph(&[remark, ending]);
    }

    /// Sentences with the same people in them; an empty one is left out.
    fn paragraph(&mut self, parts: &[&str]) {
        let (first, second) = self.two();
        let mut sentences = vec![];
        for part in parts.iter().filter(|p| !p.is_empty()) {
            let mut text = (*part).to_owned();
            for (slot, word) in [("{A}", &first[0]), ("{a}", &first[1]), ("{B}", &second[0]), ("{b}", &second[1]), ("{noi}", &self.place)] {
                text = text.replace(slot, word);
            }
            text = text.replace("{lau}", self.dice.word(&self.stock.spans)).replace("{luc}", self.dice.word(&self.stock.times)).replace("{thing}", self.subject);
            sentences.push(capitals(&text));
        }
        if sentences.is_empty() {
            return;
        }
        let paragraph = sentences.join(" ");
        self.words += syllables(&paragraph);
        self.paragraphs.push(paragraph);
    }

    fn two(&mut self) -> ([String; 2], [String; 2]) {
        let nobody = || [String::new(), String::new()];
        let mut two = self.dice.shuffled(self.people).into_iter().cloned();
        let first = two.next().unwrap_or_else(nobody);
        let second = two.find(|p| p[1] != first[1]).unwrap_or_else(nobody);
        (first, second)
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A capital at the beginning of each sentence: a slot may stand there.
fn capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        if begins && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            begins = false;
        } else {
            out.push(c);
            begins = matches!(c, '.' | '!' | '?') || (begins && (c.is_whitespace() || c == '“'));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::is_nfc;

    fn many(n: usize) -> Vec<Essay> {
        let (stock, mut titles) = (Stock::load().unwrap(), HashSet::new());
        (0..n).map(|i| stock.write(&mut Dice::new(i as u64), &mut titles)).collect()
    }

    #[test]
    fn a_thousand_essays_are_all_different_and_as_long_as_essays_are() {
        let essays = many(1_000);
        let texts: HashSet<String> = essays.iter().map(Essay::text).collect();
        assert_eq!(texts.len(), 1_000);
        let lengths: Vec<usize> = essays.iter().map(|e| syllables(&e.text())).collect();
        let (least, most) = (lengths.iter().min().unwrap(), lengths.iter().max().unwrap());
        assert!(*least >= SHORTEST && *most <= LONGEST - 20, "{least} to {most}");
        assert!(lengths.iter().filter(|n| **n > 1_200).count() > 100 && lengths.iter().filter(|n| **n < 800).count() > 100);
    }

    #[test]
    fn no_sentence_stands_twice_in_an_essay_and_no_two_essays_share_most_of_theirs() {
        let essays = many(120);
        let sentences = |e: &Essay| -> Vec<String> { e.text().split_inclusive(['.', '?', '!']).map(|s| s.trim().to_owned()).filter(|s| s.len() > 40).collect() };
        let all: Vec<HashSet<String>> = essays
            .iter()
            .map(|e| {
                let list = sentences(e);
                let set: HashSet<String> = list.iter().cloned().collect();
                assert_eq!(set.len(), list.len(), "{}", e.title);
                set
            })
            .collect();
        for (i, a) in all.iter().enumerate() {
            for b in all.iter().skip(i + 1) {
                assert!(a.intersection(b).count() * 3 < a.len().min(b.len()) * 2, "two essays are nearly the same");
            }
        }
    }

    #[test]
    fn texts_are_whole_in_nfc_and_begin_their_sentences_with_a_capital() {
        for e in many(300) {
            let text = format!("{}\n\n{}", e.title, e.text());
            assert!(!text.contains(['{', '}']) && !text.contains("  ") && !text.contains(" ,"), "{text}");
            assert!(is_nfc(&text));
            assert!(e.paragraphs.len() >= 6);
            for p in &e.paragraphs {
                assert!(p.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase), "{p}");
                assert!(p.ends_with(['.', '»', '?', '!']), "{p}");
            }
        }
    }

    #[test]
    fn titles_are_each_others_equal_almost_never() {
        let titles: HashSet<String> = many(1_000).into_iter().map(|e| e.title).collect();
        assert!(titles.len() > 990, "{}", titles.len());
    }
}
