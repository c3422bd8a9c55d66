//! A file of a folder of results.

use std::path::PathBuf;

/// A file of a folder of results: its name within (with `/`) and what goes into it.
#[derive(Clone, Debug)]
pub struct Product {
    pub(super) name: String,
    pub(super) content: Content,
}

#[derive(Clone, Debug)]
pub(super) enum Content {
    Bytes(Vec<u8>),
    /// A finished file of the same disk.
    File(PathBuf),
}

impl Product {
    /// A file of these bytes.
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Product {
        Product { name: name.to_owned(), content: Content::Bytes(bytes.into()) }
    }

    /// Its name within the folder.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What goes into it; `None` where that is a file already.
    #[must_use]
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        match self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::File(_) => None,
        }
    }

    /// A file that is there already, under another name.
    pub fn of_file(name: &str, file: PathBuf) -> Product {
        Product { name: name.to_owned(), content: Content::File(file) }
    }
}
