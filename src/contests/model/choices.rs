//! Values that are one of a few words.

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$each])* $variant),+ }

        impl $name {
            /// The words for its values in a contest file and in the database.
            pub const WORDS: &[&str] = &[$($word),+];

            /// Its word in a contest file and in the database.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

choice! {
    /// Whether officials of the named and of the blind side are different persons.
    Separation {
        /// They are; the database refuses anything else.
        Strict = "strict",
        /// The contest says for ever, on its pages, that they may not be.
        Declared = "declared",
    }
}

choice! {
    /// Whose entries a limit counts.
    LimitSubject {
        /// Each author's own.
        Person = "person",
        /// Those of exactly the same authors together.
        AuthorSet = "author-set",
    }
}

impl Default for LimitSubject {
    /// Each author's own.
    fn default() -> Self {
        Self::Person
    }
}

choice! {
    /// How a question is answered.
    QuestionKind {
        /// In a line of text.
        Text = "text",
        /// By one of its choices.
        Choice = "choice",
    }
}

choice! {
    /// A language of the program.
    Locale {
        /// Vietnamese.
        Vi = "vi",
        /// English.
        En = "en",
    }
}

choice! {
    /// What is read of an entry.
    CategoryKind {
        /// The text that was written.
        Text = "text",
        /// The script of a broadcast or clip, taken as the work.
        Script = "script",
    }
}

choice! {
    /// What the third mark makes of the first two.
    ThirdMark {
        /// The mean of the three.
        Mean3 = "mean3",
        /// The mean of the two that are closest.
        ClosestPair = "closest-pair",
        /// The third mark alone.
        ThirdFinal = "third-final",
    }
}

choice! {
    /// What a contestant reads of the own marking once the results are out.
    OwnResult {
        /// Nothing.
        None = "none",
        /// The agreed mark, and how many readings it is made of.
        Mark = "mark",
        /// And what the judges wrote to the author.
        MarkAndComments = "mark_and_comments",
    }
}

impl Default for OwnResult {
    /// Nothing.
    fn default() -> Self {
        Self::None
    }
}
