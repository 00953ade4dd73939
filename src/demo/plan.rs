//! How much is made.

/// Entries of the four contests, and who is there. The published one is as large as a province's.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub open: usize,
    pub marking: usize,
    pub sealed: usize,
    pub published: usize,
    /// Entries of several authors in the published one.
    pub groups: usize,
    pub units: usize,
    /// Of the published contest, and of the two smaller ones.
    pub judges: usize,
    pub few_judges: usize,
}

impl Plan {
    pub const FULL: Plan = Plan { open: 60, marking: 96, sealed: 72, published: 800, groups: 40, units: 60, judges: 24, few_judges: 8 };
    /// For tests: everything that can be seen, of each a few.
    pub const SMALL: Plan = Plan { open: 24, marking: 28, sealed: 24, published: 40, groups: 4, units: 12, judges: 6, few_judges: 5 };
}
