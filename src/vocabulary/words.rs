//! Words of a file: an enum whose words are declared once, with it.

/// What a file says with one of some words.
pub trait Words: Copy + 'static {
    /// The words, in the order of the reference.
    const NAMES: &'static [&'static str];
    /// What each of them means.
    const ALL: &'static [Self];
}

/// Declares an enum with the word that the file has for each of its variants:
///
/// ```text
/// words! {
///     /// What becomes of the unfinished.
///     #[derive(Clone, Copy, Debug, PartialEq, Eq)]
///     pub enum AtEnd {
///         /// They are reported as still here.
///         Cut = "cut",
///         /// They finish.
///         Drain = "drain",
///     }
/// }
/// ```
///
/// A key that is declared as `Word<AtEnd>` takes them and gives one of them: a word that is declared is read, and one that nobody handles does not compile.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[$doc:meta])* $variant:ident = $word:literal,)+
        }
    ) => {
        $(#[$meta])*
        $vis enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $crate::vocabulary::Words for $name {
            const NAMES: &'static [&'static str] = &[$($word),+];
            const ALL: &'static [$name] = &[$($name::$variant),+];
        }

        impl $name {
            /// The word that the file has for it.
            #[must_use]
            #[allow(dead_code)]
            $vis fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }
        }
    };
}

pub(crate) use words;
