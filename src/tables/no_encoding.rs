//! From bytes to text, in a library built without the feature `encodings`: UTF-8 alone.

use std::borrow::Cow;

/// The text of a file; never a word on its encoding.
pub(super) fn text(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<&'static str>), String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let refused = "it is not UTF-8, and holdline was built without the feature `encodings`";
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok((Cow::Borrowed(text), None)),
        _ => Err(refused.to_owned()),
    }
}
