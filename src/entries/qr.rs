//! A QR code as an SVG path. The encoder is a library's (MIT, without dependencies); this draws what it gives.
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};
use serde::Serialize;

/// Modules on a side, and the dark ones as a path over that square.
#[derive(Serialize, Default, Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// 0: there is none.
    pub size: i32,
    pub path: String,
}

impl Qr {
    /// Of a text that fits the largest code (2,331 bytes). One mask without trying all eight: any can be read, and a receipt is
    /// drawn for everybody at the last minute. Nothing where the text is longer.
    pub fn of(text: &str) -> Qr {
        let mask = Some(Mask::new(2));
        let Ok(code) = QrCode::encode_segments_advanced(&QrSegment::make_segments(text), QrCodeEcc::Medium, Version::MIN, Version::MAX, mask, false) else {
            return Qr::default();
        };
        Qr { size: code.size(), path: path(&code) }
    }
}

/// Each run of dark modules in a row as one bar.
fn path(code: &QrCode) -> String {
    use std::fmt::Write;
    let mut path = String::with_capacity(6 * 1024);
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = i32::try_from((x..code.size()).take_while(|x| code.get_module(*x, y)).count()).unwrap_or(0);
            if run > 0 {
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z"); // a String takes everything
            }
            x += run + 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_square_with_its_three_finders_and_grows_with_the_text() {
        let small = Qr::of("a");
        assert_eq!(small.size, 21);
        assert!(small.path.starts_with("M0 0h7v1h-7z") && small.path.contains("M14 0h7v1h-7z") && small.path.contains("M0 20h7v1h-7z"), "{}", small.path);
        assert!(Qr::of(&"a".repeat(140)).size > small.size);
        assert_eq!(Qr::of(&"a".repeat(3_000)), Qr::default());
    }
}
