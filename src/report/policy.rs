//! What a page allows itself: its own style, its own script if it has one, and nothing else. Whatever a name in it says, no browser runs it,
//! loads anything for it or sends anything anywhere.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Where the policy goes: before everything that it is about.
const BEFORE: &str = "<meta name=\"viewport\"";

/// The page with a content security policy (W3C, Content Security Policy Level 3) that allows its own styles and its
/// own scripts, by their hashes.
pub(super) fn secured(page: &str) -> String {
    with(page, "")
}

/// The same of a page whose script asks the server that it came from.
pub(super) fn secured_asking(page: &str) -> String {
    with(page, "connect-src 'self'; ")
}

fn with(page: &str, more: &str) -> String {
    let styles = hashes(page, "style").unwrap_or_else(|| "'none'".to_owned());
    let scripts = hashes(page, "script").map(|hashes| format!("script-src {hashes}; ")).unwrap_or_default();
    let policy = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {styles}; \
         {scripts}{more}base-uri 'none'; form-action 'none'\">\n"
    );
    page.replacen(BEFORE, &format!("{policy}{BEFORE}"), 1)
}

/// The hashes of what stands in the elements of a name that have no attributes, as only ours have not.
fn hashes(page: &str, element: &str) -> Option<String> {
    let (opened, closed) = (format!("<{element}>"), format!("</{element}>"));
    let texts = page.split(opened.as_str()).skip(1).filter_map(|rest| rest.split(closed.as_str()).next());
    let mut hashes: Vec<String> =
        texts.map(|text| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))).collect();
    hashes.dedup();
    (!hashes.is_empty()).then(|| hashes.join(" "))
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
        assert!(!page.contains("script-src") && !page.contains("connect-src"), "{page}");
    }

    #[test]
    fn a_script_is_allowed_by_its_hash_and_asks_nobody_but_its_server() {
        // printf 'go()' | openssl dgst -sha256 -binary | base64
        let page = secured_asking("<head><meta name=\"viewport\"></head><script>go()</script>");
        assert!(page.contains("script-src 'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='; connect-src 'self'; base-uri 'none'"), "{page}");
    }
}
