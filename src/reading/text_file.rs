//! The files that a scenario is read from: regular files of text, of a size that somebody wrote.
//!
//! A device or a pipe may never end, and to open one may already wait for ever; so what a path leads
//! to is looked at before it is opened.

use std::fs::{File, metadata};
use std::io::{self, ErrorKind, Read, Seek as _};
use std::path::Path;

use super::diagnostic::Cause;

/// The largest scenario file: 16 MiB are some 80,000 queues.
pub(crate) const MOST_TOML: u64 = 16 << 20;

/// The largest file of volumes, heads or arrivals: 256 MiB are some ten million rows.
pub(crate) const MOST_CSV: u64 = 256 << 20;

/// Why a file cannot be read.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub(crate) cause: Cause,
    /// Why, without a period.
    pub(crate) reason: String,
    /// What would be right.
    pub(crate) help: Option<&'static str>,
    /// The text with a mark where it stops being one, and the offset of that mark.
    pub(crate) broken: Option<(String, usize)>,
}

/// What to do about a text of another encoding.
const SAVE: &str = "save it as UTF-8";

impl Refused {
    fn mistake(reason: impl Into<String>, help: Option<&'static str>) -> Refused {
        Refused { cause: Cause::Mistake, reason: reason.into(), help, broken: None }
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Refused {
        let (cause, reason) = match error.kind() {
            ErrorKind::NotFound => (Cause::Mistake, "there is no such file".to_owned()),
            ErrorKind::IsADirectory => (Cause::Mistake, "it is a folder".to_owned()),
            ErrorKind::PermissionDenied => (Cause::Environment, "permission denied".to_owned()),
            ErrorKind::InvalidInput => (Cause::Mistake, "that is not the name of a file".to_owned()),
            _ => (Cause::Environment, error.to_string()),
        };
        Refused { cause, reason, help: None, broken: None }
    }
}

/// Opens a regular file of at most so many bytes.
pub(crate) fn open(path: &Path, most: u64) -> Result<File, Refused> {
    let there = metadata(path)?;
    if there.is_dir() {
        return Err(Refused::mistake("it is a folder", None));
    }
    if !there.is_file() {
        let help = "write it to a file first";
        return Err(Refused::mistake("it is a device or a pipe, not a regular file", Some(help)));
    }
    let too_large = |size: u64| {
        let mib = |bytes: u64| bytes.div_ceil(1 << 20);
        Refused::mistake(format!("it has {} MiB, and {} are the most", mib(size), mib(most)), None)
    };
    if there.len() > most {
        return Err(too_large(there.len()));
    }
    Ok(File::open(path)?)
}

/// The same of a file that does not begin like something else than a text.
fn open_text(path: &Path, most: u64) -> Result<File, Refused> {
    let mut file = open(path, most)?;
    let mut head = Vec::with_capacity(4096);
    Read::by_ref(&mut file).take(4096).read_to_end(&mut head)?;
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Err(Refused::mistake("it is in UTF-16, not in UTF-8", Some(SAVE)));
    }
    if let Some(at) = head.iter().position(|byte| *byte == 0) {
        let line = 1 + head[..at].iter().filter(|byte| **byte == b'\n').count();
        return Err(Refused::mistake(
            format!("it is not a text: line {line} has a byte of zero"),
            Some(SAVE),
        ));
    }
    file.rewind()?;
    Ok(file)
}

/// A whole text, without its byte order mark; `-` is standard input.
pub(crate) fn read(path: &Path) -> Result<String, Refused> {
    if is_standard_input(path) {
        read_from(io::stdin().lock())
    } else {
        read_from(open_text(path, MOST_TOML)?)
    }
}

/// Whether a path means what is piped in.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn read_from(input: impl Read) -> Result<String, Refused> {
    let mut bytes = Vec::new();
    // Of a file that grows, or whose size is not known beforehand, no more than that either.
    input.take(MOST_TOML + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_TOML {
        return Err(Refused::mistake(format!("it has more than {} MiB", MOST_TOML >> 20), None));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line_start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        let column = 1 + String::from_utf8_lossy(&bytes[line_start..at]).chars().count();
        let reason = format!("it is not a text in UTF-8: line {line}, column {column}");
        let broken = Some((String::from_utf8_lossy(bytes).into_owned(), at));
        Refused { cause: Cause::Mistake, reason, help: Some(SAVE), broken }
    })
}
