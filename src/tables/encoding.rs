//! From bytes to text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file, and a word on its encoding where it is not UTF-8.
pub(super) fn text(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<&'static str>), String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(&bytes[mark..], encoding);
    }
    if let Some(at) = bytes.iter().take(4096).position(|byte| *byte == 0) {
        return match without_mark(bytes) {
            Some(encoding) => decoded(bytes, encoding),
            None => {
                let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
                Err(format!("it is not a text: line {line} has a byte of zero"))
            }
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), None)),
        Err(_) => decoded(bytes, WINDOWS_1252),
    }
}

fn decoded<'b>(
    bytes: &'b [u8],
    encoding: &'static Encoding,
) -> Result<(Cow<'b, str>, Option<&'static str>), String> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        return Err(format!("it begins like a text in {}, but is not one", encoding.name()));
    }
    let word = match encoding {
        encoding if encoding == UTF_8 => None,
        encoding if encoding == WINDOWS_1252 => Some("not UTF-8: read as Windows-1252 (Latin-1)"),
        encoding if encoding == UTF_16LE || encoding == UTF_16BE => Some("UTF-16"),
        _ => Some(encoding.name()),
    };
    Ok((text, word))
}

/// UTF-16 without a mark: in Latin letters, every second byte is zero.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(64) & !1];
    let zero = |odd: usize| head.chunks_exact(2).filter(|pair| pair[odd] == 0).count();
    let pairs = head.len() / 2;
    if pairs < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    match (zero(0), zero(1)) {
        (0, odd) if odd == pairs => Some(UTF_16LE),
        (even, 0) if even == pairs => Some(UTF_16BE),
        _ => None,
    }
}
