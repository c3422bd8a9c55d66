//! What a page allows itself: its own style, and nothing else. Whatever a name in it says, no browser runs it,
//! loads anything for it or sends anything anywhere.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Where the policy goes: before everything that it is about.
const BEFORE: &str = "<meta name=\"viewport\"";

/// The page with a content security policy (W3C, Content Security Policy Level 3) that allows its own styles,
/// by their hashes.
pub(super) fn secured(page: &str) -> String {
    let styles = page.split("<style>").skip(1).filter_map(|rest| rest.split("</style>").next());
    let mut hashes: Vec<String> =
        styles.map(|style| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(style)))).collect();
    hashes.dedup();
    let allowed = if hashes.is_empty() { "'none'".to_owned() } else { hashes.join(" ") };
    let policy = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {allowed}; \
         base-uri 'none'; form-action 'none'\">\n"
    );
    page.replacen(BEFORE, &format!("{policy}{BEFORE}"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_allowed_by_its_hash() {
        // printf 'b {}' | openssl dgst -sha256 -binary | base64
        let page = secured("<head><meta name=\"viewport\"><style>b {}</style></head>");
        let policy = page
            .find("'sha256-zy87ZYlZV4kMyp51wB+3ABJeEclAGRFupKDmlDS9DAw='")
            .expect("the hash of the style");
        assert!(policy < page.find("<style>").expect("it is still there"));
        assert!(page.contains("default-src 'none'"));
    }
}
