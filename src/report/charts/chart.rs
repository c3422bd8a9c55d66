//! A finished drawing, and its files.

use super::paper;
use super::picture::Picture;

/// A finished drawing with its name.
pub(in crate::report) struct Chart {
    /// Of its files, without the ending.
    pub(in crate::report) name: String,
    /// What is seen, in a line.
    pub(in crate::report) title: String,
    picture: Picture,
}

impl Chart {
    pub(super) fn new(name: &str, file: usize, title: &str, picture: Picture) -> Chart {
        let name = if file == 0 { name.to_owned() } else { format!("{name}-{}", file + 1) };
        Chart { name, title: title.to_owned(), picture }
    }

    /// As an SVG document.
    pub(in crate::report) fn svg(&self) -> String {
        paper::svg(&self.picture, &self.title)
    }

    /// As SVG documents that lie one below the other: a page may end between them.
    pub(in crate::report) fn parts(&self) -> Vec<String> {
        paper::parts(&self.picture, &self.title)
    }

    /// As a PNG image.
    pub(in crate::report) fn png(&self) -> Vec<u8> {
        paper::png(&self.picture)
    }
}
