//! An upload becomes clean text, or a clear refusal. Parsers run in a child process only (`phach read`), behind walls
//! that leave it no file, no network and no other process (`fortress`): what the serving process uses of this room is `text`, `model` and `child`.
mod child;
mod docx;
mod flow;
mod fortress;
mod legacy;
mod markup;
mod model;
mod odt;
mod package;
mod plain;
mod read;
#[doc(hidden)]
pub mod samples;
mod text;
mod write;
#[doc(hidden)]
pub mod zoo;
#[cfg(test)]
mod tests;

pub use child::{ask_walls, read_in_child};
pub use fortress::Walls;
#[cfg(debug_assertions)]
#[doc(hidden)]
pub use fortress::attempts::attempt;
pub use model::{MAX_TEXT, MAX_UPLOAD, Reading, Unreadable, Warning};
pub use read::{serve_one_reading, tell_walls};
pub use text::{CleanText, clean, count_words, fold, paragraphs};
pub use write::write_docx;
