//! A document as a package of parts (.docx, .odt): found by its structure, bounded before it is inflated and while it is.
use std::collections::HashSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::model::Unreadable;

/// Parts of a package, bytes of one part and of all parts read.
const MOST_PARTS: usize = 2_000;
const MOST_OF_A_PART: u64 = 48 * 1024 * 1024;
const MOST_OF_ALL: u64 = 96 * 1024 * 1024;

pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, Unreadable> {
        // The directory's own count, before a reader folds duplicates: two parts of one name are two truths.
        let declared = directory_count(bytes).ok_or(Unreadable::Broken)?;
        if declared > MOST_PARTS {
            return Err(Unreadable::Bomb);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
        let names: HashSet<String> = zip.file_names().filter_map(Result::ok).map(|n| n.to_lowercase()).collect();
        if names.len() != declared {
            return Err(Unreadable::Broken);
        }
        Ok(Package { zip, left: MOST_OF_ALL })
    }

    /// Whether there is a part of that name.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A part as text; None where the package has none of that name. What inflates beyond the limits is a bomb.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let Ok(file) = self.zip.by_name(name) else { return Ok(None) };
        let limit = MOST_OF_A_PART.min(self.left);
        let mut text = Vec::new();
        let read = file.take(limit + 1).read_to_end(&mut text).map_err(|_| Unreadable::Broken)?;
        let read = u64::try_from(read).unwrap_or(u64::MAX);
        if read > limit {
            return Err(Unreadable::Bomb);
        }
        self.left -= read;
        String::from_utf8(text).map(Some).map_err(|_| Unreadable::Broken)
    }
}

/// Entries as the end-of-directory record counts them (APPNOTE 4.3.16: two bytes at offset 10).
fn directory_count(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(65_557);
    let tail = bytes.get(from..)?;
    let at = tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let count: [u8; 2] = tail.get(at + 10..at + 12)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(count)))
}
