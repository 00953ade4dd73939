//! Plain text: UTF-8, or UTF-16 with its mark. Old 8-bit encodings cannot be told apart safely, so they are refused with
//! the advice to save anew.
use super::model::Unreadable;

/// The text of a .txt file.
pub fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).map_err(|_| Unreadable::UnknownEncoding)?,
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => String::from_utf8(bytes.to_vec()).map_err(|_| Unreadable::UnknownEncoding)?,
    };
    // A binary that happens to be UTF-8 is no essay.
    if text.contains('\0') { Err(Unreadable::UnknownKind) } else { Ok(text) }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Unreadable> {
    let pairs = bytes.as_chunks::<2>();
    if !pairs.1.is_empty() {
        return Err(Unreadable::UnknownEncoding);
    }
    let units: Vec<u16> = pairs.0.iter().map(|p| unit(*p)).collect();
    String::from_utf16(&units).map_err(|_| Unreadable::UnknownEncoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_and_utf16_in_both_orders_read_the_same() {
        let text = "Tiếng Việt";
        let le: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let be: Vec<u8> = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let bom: Vec<u8> = [0xef, 0xbb, 0xbf].into_iter().chain(text.bytes()).collect();
        for bytes in [text.as_bytes().to_vec(), le, be, bom] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text));
        }
    }
    #[test]
    fn an_old_encoding_and_a_binary_are_refused() {
        assert_eq!(decode(&[b'T', 0xee, 0xec]), Err(Unreadable::UnknownEncoding));
        assert_eq!(decode(b"MZ\0\0"), Err(Unreadable::UnknownKind));
    }
}
