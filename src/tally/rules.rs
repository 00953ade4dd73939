//! Where each level of prizes ends. The places of a level stay where the prize table puts them: a level's line stands
//! after the places of all levels up to it. Only a block of equal marks that stands over a line moves it, by the chair's
//! answer: all in, and the whole block is on the level; all out, and none of it.

/// A level of prizes, highest first, and how many places it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    pub level: i32,
    pub places: i32,
}
/// Equal marks and the places they stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub first: i32,
    pub last: i32,
}
/// What the chair has answered about the line of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub level: i32,
    pub all_in: bool,
}
/// The line below a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub level: i32,
    /// The last place above it.
    pub after: i32,
}

/// The lines, highest level first. `blocks`: those that a line may stand in, in the order of places. A tie without an
/// answer leaves its line where the table puts it.
pub fn lines(levels: &[Level], blocks: &[Block], answers: &[Answer]) -> Vec<Line> {
    let mut upto = 0;
    let mut out: Vec<Line> = vec![];
    for l in levels {
        upto += l.places;
        let over = blocks.iter().find(|b| b.first <= upto && upto < b.last);
        let reached = out.last().map_or(0, |line| line.after);
        let answer = answers.iter().find(|a| a.level == l.level);
        let after = match (over, answer) {
            (None, _) => upto,
            // a level above has taken the whole block
            (Some(b), _) if reached >= b.last => b.last,
            (Some(b), Some(a)) if a.all_in => b.last,
            (Some(b), Some(_)) => b.first - 1,
            (Some(_), None) => upto,
        };
        out.push(Line { level: l.level, after: after.max(reached) });
    }
    out
}

/// The level a place is on: the first whose line is not above it. None: below the last line.
pub fn level_of(lines: &[Line], place: i32) -> Option<i32> {
    lines.iter().find(|l| place <= l.after).map(|l| l.level)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: [Level; 3] = [Level { level: 1, places: 1 }, Level { level: 2, places: 2 }, Level { level: 3, places: 3 }];
    fn afters(blocks: &[(i32, i32)], answers: &[(i32, bool)]) -> Vec<i32> {
        let blocks: Vec<Block> = blocks.iter().map(|(first, last)| Block { first: *first, last: *last }).collect();
        let answers: Vec<Answer> = answers.iter().map(|(level, all_in)| Answer { level: *level, all_in: *all_in }).collect();
        lines(&TABLE, &blocks, &answers).iter().map(|l| l.after).collect()
    }

    #[test]
    fn without_ties_the_lines_are_the_tables() {
        assert_eq!(afters(&[(1, 1), (2, 3)], &[]), [1, 3, 6]);
    }
    #[test]
    fn an_answer_moves_the_line_of_its_level_and_no_other() {
        assert_eq!(afters(&[(1, 2)], &[(1, true)]), [2, 3, 6]);
        assert_eq!(afters(&[(1, 2)], &[(1, false)]), [0, 3, 6]);
        assert_eq!(afters(&[(5, 9)], &[(3, false)]), [1, 3, 4]);
    }
    #[test]
    fn a_block_over_several_lines_is_taken_by_the_first_level_that_takes_it() {
        assert_eq!(afters(&[(1, 4)], &[(1, true)]), [4, 4, 6]);
        assert_eq!(afters(&[(1, 4)], &[(1, false), (2, true)]), [0, 4, 6]);
        assert_eq!(afters(&[(1, 8)], &[(1, false), (2, false), (3, false)]), [0, 0, 0]);
        assert_eq!(afters(&[(1, 8)], &[(1, false)]), [0, 3, 6]);
    }
    #[test]
    fn a_place_is_on_the_first_level_whose_line_is_not_above_it() {
        let lines = lines(&TABLE, &[], &[]);
        assert_eq!([1, 2, 3, 6, 7].map(|p| level_of(&lines, p)), [Some(1), Some(2), Some(2), Some(3), None]);
    }
}
