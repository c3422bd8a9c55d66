//! Lines as the parser takes them.

use std::io::{self, BufRead as _, BufReader, Read};

/// The longest line.
const MOST_LINE: usize = 1 << 20;

/// A CSV file as the parser takes it: lines end in `\n` alone, so that they are counted right, and
/// none is endless.
pub(super) struct Lines<R> {
    inner: BufReader<R>,
    /// A `\r` that is held back until it is known whether a `\n` follows.
    held: bool,
    /// Bytes since the line began.
    length: usize,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(inner: R) -> Lines<R> {
        Lines { inner: BufReader::new(inner), held: false, length: 0 }
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut written = 0;
        while written == 0 && !out.is_empty() {
            let input = self.inner.fill_buf()?;
            if input.is_empty() {
                if std::mem::take(&mut self.held) {
                    out[0] = b'\r';
                    return Ok(1);
                }
                break;
            }
            let mut taken = 0;
            while taken < input.len() && written < out.len() {
                let byte = input[taken];
                if std::mem::take(&mut self.held) && byte != b'\n' {
                    // The byte itself is looked at again.
                    out[written] = b'\r';
                    written += 1;
                    continue;
                }
                taken += 1;
                if byte == b'\r' {
                    self.held = true;
                } else {
                    out[written] = byte;
                    written += 1;
                }
                self.length = if matches!(byte, b'\n' | b'\r') { 0 } else { self.length + 1 };
                if self.length > MOST_LINE {
                    return Err(io::Error::other("a line is longer than a million bytes"));
                }
            }
            self.inner.consume(taken);
        }
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes in pieces of one.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            out[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    #[test]
    fn line_ends_of_two_bytes_become_one_wherever_they_are_cut() {
        let text = b"a,b\r\n1,2\r\n\r\n\"x\ry\",3\r";
        let expected = b"a,b\n1,2\n\n\"x\ry\",3\r";
        let mut whole = Vec::new();
        Lines::new(&text[..]).read_to_end(&mut whole).expect("it is short");
        assert_eq!(whole, expected);
        let mut drops = Vec::new();
        Lines::new(Drops(text)).read_to_end(&mut drops).expect("it is short");
        assert_eq!(drops, expected);
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let mut out = Vec::new();
        assert!(Lines::new(io::repeat(b'a')).read_to_end(&mut out).is_err());
        assert!(out.len() <= MOST_LINE + 1);
    }
}
