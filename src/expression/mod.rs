//! Expressions over named terms (`"weight * wait / target"`): read once, checked, and compiled to a flat program
//! that is worked out in some nanoseconds.
//!
//! What the terms are is the reader's matter: an expression is one over the words of an enum.

mod fault;
mod parse;
mod program;
mod token;

pub use fault::Fault;
pub use program::Expression;

#[cfg(test)]
mod tests {
    use super::Expression;
    use crate::vocabulary::words;

    words! {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Letter {
            A = "a",
            B = "b",
        }
    }

    /// With a = 3, b = 0.5 and a parameter p = 10.
    fn value(text: &str) -> f64 {
        let expression: Expression<Letter> = Expression::parse(text, &[("p".to_owned(), 10.0)])
            .unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
        expression.value(|letter| match letter {
            Letter::A => 3.0,
            Letter::B => 0.5,
        })
    }

    #[test]
    fn expressions_are_worked_out_as_they_are_read() {
        for (text, expected) in [
            ("a + b * 4", 5.0),
            ("(a + b) * 4", 14.0),
            ("10 - 4 - 3", 3.0),
            ("24 / 4 / 2", 3.0),
            ("2 ^ 3 ^ 2", 512.0),
            ("-2 ^ 2", -4.0),
            ("2 ^ -1", 0.5),
            ("- - a", 3.0),
            ("p / a", 10.0 / 3.0),
            ("1e3 + 2.5e-1 + 1_000", 2000.25),
            ("20s + 5m + 2h + 1d", 20.0 + 300.0 + 7200.0 + 86_400.0),
            ("a > b", 1.0),
            ("a < b", 0.0),
            ("a >= 3 and b <= 0.5", 1.0),
            ("a == 3 and not b == 0.5", 0.0),
            ("a != 3 or b", 1.0),
            ("1 + 1 < 3", 1.0),
            ("if(a > b, a, b)", 3.0),
            ("if(a < b, a, b)", 0.5),
            ("min(a, b, p) + max(a, b, p)", 10.5),
            ("exp(0) + ln(exp(2)) + sqrt(9) + abs(-4)", 10.0),
            ("a / 0", f64::INFINITY),
            ("0 / 0", f64::NEG_INFINITY),
            ("ln(-1)", f64::NEG_INFINITY),
        ] {
            let found = value(text);
            assert!(found == expected || (found - expected).abs() < 1e-12, "{text}: {found}, not {expected}");
        }
    }

    #[test]
    fn what_is_wrong_is_shown_where_it_is() {
        for (text, at, title) in [
            ("", "", "an empty expression"),
            ("a +", "+", "something is missing at the end"),
            ("a b", "b", "an operation is missing before this"),
            ("2 a", "a", "an operation is missing before this"),
            ("2a", "a", "`a` is no unit of time"),
            ("(a + b", "(", "this parenthesis is never closed"),
            ("a)", ")", "this parenthesis closes none"),
            ("* a", "*", "`*` has nothing before it"),
            ("a = 3", "=", "one `=` sets nothing here"),
            ("a && b", "&&", "`&&` is not known here"),
            ("a < b < 3", "<", "`<` after another comparison"),
            ("min(a)", "min(a)", "`min` takes two or more, not 1"),
            ("if(a, b)", "if(a, b)", "`if` takes 3, not 2"),
            ("exp a", "exp", "`exp` is a function"),
            ("a + € ", "€", "`€` is not known here"),
            ("1.2.3", "1.2.3", "`1.2.3` is no number"),
            ("a + wiat", "wiat", "`wiat` is not known here"),
        ] {
            let faults = Expression::<Letter>::parse(text, &[]).expect_err(text);
            assert_eq!((&text[faults[0].range.clone()], faults[0].title.as_str()), (at, title), "{text}");
        }
        let deep = format!("{}a{}", "(".repeat(1000), ")".repeat(1000));
        assert!(Expression::<Letter>::parse(&deep, &[]).is_err());
        let wide = format!("a{}", " + (a * (a".repeat(20)) + &"))".repeat(20);
        assert!(Expression::<Letter>::parse(&wide, &[]).is_err(), "more numbers wait than there is room for");
        let all = Expression::<Letter>::parse("x + a + y", &[]).expect_err("two names are unknown");
        assert_eq!(all.len(), 2);
    }
}
