//! What may be done next on the way from close to publication: one rule for the button and for the reason beside it.
//! Postgres decides the same again under its lock.
use super::store::Facts;

/// Where the contest stands between close and publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Marking goes on.
    Marking,
    /// The chair still owes an answer to ties.
    Ties,
    /// The organizer proposes, and may propose again.
    Proposing,
    /// Two key holders are awaited.
    Sealed,
    /// Names are known to the organizer; nothing is public.
    Opened,
    Published,
}

pub fn stage(f: &Facts) -> Stage {
    match f {
        Facts { published_at: Some(_), .. } => Stage::Published,
        Facts { opened_at: Some(_), .. } => Stage::Opened,
        Facts { sealed: Some(_), .. } => Stage::Sealed,
        Facts { closed: false, .. } => Stage::Marking,
        Facts { open_ties: 1.., .. } => Stage::Ties,
        _ => Stage::Proposing,
    }
}

/// Most key holders a contest can have.
pub const MOST_HOLDERS: usize = 5;

/// Most reserves a group can have.
pub const MOST_RESERVES: i32 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_come_before_the_proposal_and_the_seal_ends_it() {
        let f = Facts { closed: true, open_ties: 1, ..Facts::default() };
        assert_eq!(stage(&Facts::default()), Stage::Marking);
        assert_eq!(stage(&f), Stage::Ties);
        assert_eq!(stage(&Facts { open_ties: 0, ..f.clone() }), Stage::Proposing);
        assert_eq!(stage(&Facts { open_ties: 0, sealed: Some(vec![]), ..f }), Stage::Sealed);
    }
}
