//! An upload becomes clean text, or a clear refusal. Parsers run in a child process only (`phach read`): what the serving
//! process uses of this room is `text`, `model` and `child`.
mod child;
mod docx;
mod flow;
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
#[cfg(test)]
mod tests;

pub use child::read_in_child;
pub use model::{MAX_TEXT, MAX_UPLOAD, Reading, Unreadable, Warning};
pub use read::serve_one_reading;
pub use text::{CleanText, clean, count_words, fold, paragraphs};
pub use write::write_docx;
