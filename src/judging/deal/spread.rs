//! From a class's share of each judge to single papers: wrap-around (McNaughton 1959). The judges stand in a row, each as
//! often as the class has given papers, and are dealt cyclically to the class's papers; as no judge has more of a class
//! than it has papers, no paper meets a judge twice.
use super::Slot;
use super::flow::{Flow, Problem};

/// `members`: the papers of each class. Sorted by paper.
pub fn spread(problem: &Problem, members: &[Vec<usize>], flow: &Flow) -> Vec<Slot> {
    let mut slots = vec![];
    for ((class, papers), given) in problem.classes.iter().zip(members).zip(&flow.given) {
        debug_assert_eq!(class.size as usize, papers.len());
        let row = given.iter().flat_map(|(judge, n)| std::iter::repeat_n(*judge, *n as usize));
        let dealt = row.zip(papers.iter().cycle()).map(|(judge, paper)| Slot { paper: *paper, judge });
        slots.extend(dealt);
    }
    slots.sort_unstable();
    slots
}
