//! An expression as a flat program for a stack of numbers.

use std::fmt;

use crate::vocabulary::Words;

/// So many numbers at most wait to be used. A power of two: a mask then spares every check.
pub(super) const DEPTH: usize = 16;

/// An operation on the topmost numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Negate,
    Not,
    Exp,
    Ln,
    Sqrt,
    Abs,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Less,
    LessOrEqual,
    Equal,
    Unequal,
    And,
    Or,
    Min,
    Max,
    /// The second where the first is true, else the third.
    If,
}

impl Act {
    /// How many numbers it takes; it leaves one.
    pub(super) fn takes(self) -> usize {
        match self {
            Act::Negate | Act::Not | Act::Exp | Act::Ln | Act::Sqrt | Act::Abs => 1,
            Act::If => 3,
            Act::Add
            | Act::Subtract
            | Act::Multiply
            | Act::Divide
            | Act::Power
            | Act::Less
            | Act::LessOrEqual
            | Act::Equal
            | Act::Unequal
            | Act::And
            | Act::Or
            | Act::Min
            | Act::Max => 2,
        }
    }
}

/// A step of the program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step<T> {
    Number(f64),
    Term(T),
    Act(Act),
}

/// An expression over the words of an enum.
///
/// Truth is 1, anything but 0 is true. Numbers are 64-bit floats: a division by 0 is infinite, and what is not
/// defined (0 / 0, the logarithm of -1) counts as less than everything.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression<T> {
    pub(super) text: String,
    pub(super) steps: Vec<Step<T>>,
}

impl<T: Words> Expression<T> {
    /// Which terms it asks for, each once.
    pub fn terms(&self) -> Vec<T>
    where
        T: PartialEq,
    {
        let mut terms = Vec::new();
        for step in &self.steps {
            if let Step::Term(term) = step
                && !terms.contains(term)
            {
                terms.push(*term);
            }
        }
        terms
    }

    /// Its value, the terms given.
    #[inline]
    #[must_use]
    pub fn value(&self, term: impl Fn(T) -> f64) -> f64 {
        let mut stack = [0.0_f64; DEPTH];
        // The number on top is held apart: most steps touch no other.
        let mut top = 0.0;
        let mut below = 0;
        for step in &self.steps {
            match *step {
                Step::Number(number) => {
                    stack[below & (DEPTH - 1)] = top;
                    below += 1;
                    top = number;
                }
                Step::Term(asked) => {
                    stack[below & (DEPTH - 1)] = top;
                    below += 1;
                    top = term(asked);
                }
                Step::Act(act) => {
                    let taken = act.takes() - 1;
                    let second = stack[below.wrapping_sub(1) & (DEPTH - 1)];
                    let third = stack[below.wrapping_sub(2) & (DEPTH - 1)];
                    below -= taken;
                    top = apply(act, top, second, third);
                }
            }
        }
        if top.is_nan() { f64::NEG_INFINITY } else { top }
    }
}

/// An operation on the last number, the one before it, and the one before that.
fn apply(act: Act, last: f64, second: f64, third: f64) -> f64 {
    let truth = |truth: bool| f64::from(u8::from(truth));
    match act {
        Act::Negate => -last,
        Act::Not => truth(last == 0.0),
        Act::Exp => libm::exp(last),
        Act::Ln => libm::log(last),
        Act::Sqrt => last.sqrt(),
        Act::Abs => last.abs(),
        Act::Add => second + last,
        Act::Subtract => second - last,
        Act::Multiply => second * last,
        Act::Divide => second / last,
        Act::Power => libm::pow(second, last),
        Act::Less => truth(second < last),
        Act::LessOrEqual => truth(second <= last),
        Act::Equal => truth(second == last),
        Act::Unequal => truth(second != last),
        Act::And => truth(second != 0.0 && last != 0.0),
        Act::Or => truth(second != 0.0 || last != 0.0),
        Act::Min => second.min(last),
        Act::Max => second.max(last),
        Act::If => {
            if third != 0.0 {
                second
            } else {
                last
            }
        }
    }
}

impl<T> fmt::Display for Expression<T> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.text)
    }
}
