//! What a field is.

/// Where the offers of a choice come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offers {
    /// Words, each with a sentence of its own: `rule-word-<field>-<word>`.
    Words(&'static [&'static str]),
    /// The rubrics of these rules.
    Rubrics,
    /// The ranking groups of these rules.
    Groups,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Line,
    /// Several lines.
    Area,
    Email,
    Number,
    /// To the minute, in the contest's zone.
    Moment,
    Day,
    Tick,
    /// One of several; `none` may be chosen where the flag says so.
    Choice(Offers, bool),
}

/// A field of a form; its label is `rule-<name>` with dashes, its hint `rule-<name>-hint`.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub hint: bool,
    /// May be left empty; said beside the label.
    pub optional: bool,
    /// Takes the form's whole width.
    pub wide: bool,
    /// Never shown to the public, neither before nor after a change.
    pub private: bool,
}

impl Field {
    pub const fn new(name: &'static str, kind: Kind) -> Field {
        Field { name, kind, hint: false, optional: false, wide: matches!(kind, Kind::Area | Kind::Tick), private: false }
    }
    #[must_use]
    pub const fn hint(mut self) -> Field {
        self.hint = true;
        self
    }
    #[must_use]
    pub const fn optional(mut self) -> Field {
        self.optional = true;
        self
    }
    #[must_use]
    pub const fn wide(mut self) -> Field {
        self.wide = true;
        self
    }
    #[must_use]
    pub const fn private(mut self) -> Field {
        self.private = true;
        self
    }
}

pub const NAME_VI: Field = Field::new("name_vi", Kind::Line);
pub const NAME_EN: Field = Field::new("name_en", Kind::Line).optional();
pub const KEY: Field = Field::new("key", Kind::Line).hint().optional();
pub const ORDER: Field = Field::new("order", Kind::Number).optional();
