//! Pages of the desk, ready to print.
mod authors;
mod after_cut;
mod changes;
mod contact;
mod entry;
mod extension;
mod kept;
mod list;
mod selection;
mod text;

pub use after_cut::AfterCutPage;
pub use authors::{AuthorFields, ChangedField, DeskAuthorsPage, PastCorrection};
pub use changes::{ChangesPage, FieldChange, PairView, RunView};
pub use contact::{DeskContactPage, PastAddress, ReaderCard};
pub use entry::{AuthorCard, Claim, DeskEntryPage, FlagCard, HitLink, OtherEntry, PastDecision, PastVersion, Piece, Tick};
pub use extension::{DeskExtensionPage, PastExtension};
pub use kept::{Shipped, TemplateCard, TemplatesPage, UnitLink, UnitsPage};
pub use list::{CountRow, DeskPage, DoubtLink, FilterChoice, Hidden, Queue, QueueRow, SavedLink};
pub use selection::{LEFT_FOR, SelectedRow, SelectionPage};
pub use text::{CameReport, DeskTextPage, PastText};
