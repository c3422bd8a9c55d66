//! A page shown in the reader's browser.

use std::ffi::OsStr;

/// Opens a page or an address; where that does not work, says so, and what to do.
pub(super) fn show(page: impl AsRef<OsStr>) {
    if open::that_detached(page).is_err() {
        tell!("no browser could be started: open the page above in one");
    }
}
