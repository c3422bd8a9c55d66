//! From the text of an expression to its program, or to what is wrong with it.

use std::ops::Range;

use crate::vocabulary::Words;

use super::fault::Fault;
use super::program::{Act, DEPTH, Expression, Step};
use super::token::{Token, tokens};

/// What can be called: the name, the operation, and how many it takes (`None`: two or more).
const FUNCTIONS: [(&str, Act, Option<usize>); 7] = [
    ("if", Act::If, Some(3)),
    ("min", Act::Min, None),
    ("max", Act::Max, None),
    ("exp", Act::Exp, Some(1)),
    ("ln", Act::Ln, Some(1)),
    ("sqrt", Act::Sqrt, Some(1)),
    ("abs", Act::Abs, Some(1)),
];

/// Operations that stand between two, by how tightly they bind; those of a group alike, from the left.
const BETWEEN: [&[(&str, Act, bool)]; 5] = [
    &[("or", Act::Or, false)],
    &[("and", Act::And, false)],
    // `a > b` is `b < a`.
    &[
        ("<", Act::Less, false),
        ("<=", Act::LessOrEqual, false),
        (">", Act::Less, true),
        (">=", Act::LessOrEqual, true),
        ("==", Act::Equal, false),
        ("!=", Act::Unequal, false),
    ],
    &[("+", Act::Add, false), ("-", Act::Subtract, false)],
    &[("*", Act::Multiply, false), ("/", Act::Divide, false)],
];

/// The binding of comparisons: `a < b < c` says something else than it seems to.
const COMPARISONS: usize = 2;

/// Deeper parentheses are refused before the reader's own stack is at its end.
const MOST_NESTED: usize = 64;

/// A part of the program, with the text that it is of.
struct Part<T> {
    steps: Vec<Step<T>>,
    range: Range<usize>,
}

struct Parser<'a, T> {
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    end: usize,
    nested: usize,
    parameters: &'a [(String, f64)],
    /// Names that nobody knows do not end the reading, so that all of them are told.
    unknown: Vec<Fault>,
    terms: std::marker::PhantomData<T>,
}

impl<T: Words> Expression<T> {
    /// Reads an expression; parameters are names with a number each.
    ///
    /// # Errors
    /// What is wrong with it, and where in the text.
    pub fn parse(text: &str, parameters: &[(String, f64)]) -> Result<Expression<T>, Vec<Fault>> {
        Ok(Expression { text: text.to_owned(), steps: steps(text, parameters)? })
    }
}

/// The program of an expression.
fn steps<T: Words>(text: &str, parameters: &[(String, f64)]) -> Result<Vec<Step<T>>, Vec<Fault>> {
    let tokens = tokens(text).map_err(|fault| vec![fault])?;
    let terms = std::marker::PhantomData;
    let mut parser: Parser<'_, T> =
        Parser { tokens, at: 0, end: text.len(), nested: 0, parameters, unknown: Vec::new(), terms };
    let read = parser.operations(0).and_then(|part| parser.nothing_more().map(|()| part));
    let mut faults = parser.unknown;
    match read {
        Err(fault) => faults.push(fault),
        Ok(part) if faults.is_empty() => match too_deep(&part) {
            false => return Ok(part.steps),
            true => {
                let title = "this expression is nested too deeply".to_owned();
                faults.push(Fault::new(
                    part.range,
                    title,
                    "split it, or give parts of it as parameters".into(),
                ));
            }
        },
        Ok(_) => {}
    }
    Err(faults)
}

fn too_deep<T>(part: &Part<T>) -> bool {
    let mut height = 0_usize;
    part.steps.iter().any(|step| {
        height = match step {
            Step::Number(_) | Step::Term(_) => height + 1,
            Step::Act(act) => height + 1 - act.takes(),
        };
        height > DEPTH
    })
}

impl<T: Words> Parser<'_, T> {
    fn next(&self) -> Option<(&Token, Range<usize>)> {
        self.tokens.get(self.at).map(|(token, range)| (token, range.clone()))
    }

    /// Where what is missing would have stood.
    fn here(&self) -> Range<usize> {
        self.next().map_or(self.end.saturating_sub(1)..self.end, |(_, range)| range)
    }

    /// Takes this sign or word of logic, if it comes next.
    fn takes(&mut self, wanted: &str) -> bool {
        let comes = self.next().is_some_and(|(token, _)| match token {
            Token::Sign(sign) => *sign == wanted,
            Token::Name(name) => name == wanted,
            Token::Number(_) => false,
        });
        self.at += usize::from(comes);
        comes
    }

    fn nothing_more(&self) -> Result<(), Fault> {
        match self.next() {
            None => Ok(()),
            Some((Token::Sign(")"), range)) => Err(Fault::new(
                range,
                "this parenthesis closes none".into(),
                "take it out, or open one before".into(),
            )),
            Some((_, range)) => {
                let title = "an operation is missing before this".to_owned();
                Err(Fault::new(range, title, "a product is written with `*`".into()))
            }
        }
    }

    /// Operations between two that bind at least so tightly.
    fn operations(&mut self, level: usize) -> Result<Part<T>, Fault> {
        let Some(known) = BETWEEN.get(level) else { return self.single() };
        let mut left = self.operations(level + 1)?;
        let mut compared = false;
        while let Some((sign, act, turned)) = known.iter().find(|(sign, ..)| self.takes(sign)) {
            if compared {
                let range = self.tokens[self.at - 1].1.clone();
                let title = format!("`{sign}` after another comparison");
                return Err(Fault::new(range, title, "join two comparisons by `and`".into()));
            }
            compared = level == COMPARISONS;
            let right = self.operations(level + 1)?;
            let range = left.range.start..right.range.end;
            let (mut steps, last) =
                if *turned { (right.steps, left.steps) } else { (left.steps, right.steps) };
            steps.extend(last);
            steps.push(Step::Act(*act));
            left = Part { steps, range };
        }
        Ok(left)
    }

    /// `-x`, `not x`, `x^y`, and what has no operation.
    fn single(&mut self) -> Result<Part<T>, Fault> {
        let start = self.here().start;
        for (sign, act) in [("-", Act::Negate), ("not", Act::Not)] {
            if self.takes(sign) {
                let mut part = self.deeper(Parser::single)?;
                part.steps.push(Step::Act(act));
                part.range.start = start;
                return Ok(part);
            }
        }
        let mut base = self.atom()?;
        if self.takes("^") {
            // From the right: 2^3^2 is 2^9.
            let power = self.deeper(Parser::single)?;
            base.range.end = power.range.end;
            base.steps.extend(power.steps);
            base.steps.push(Step::Act(Act::Power));
        }
        Ok(base)
    }

    fn deeper(&mut self, read: impl Fn(&mut Self) -> Result<Part<T>, Fault>) -> Result<Part<T>, Fault> {
        self.nested += 1;
        if self.nested > MOST_NESTED {
            let title = "this expression is nested too deeply".to_owned();
            return Err(Fault::new(self.here(), title, "give parts of it as parameters".into()));
        }
        let part = read(self);
        self.nested -= 1;
        part
    }

    /// A number, a name, a call, or something in parentheses.
    fn atom(&mut self) -> Result<Part<T>, Fault> {
        let Some((token, range)) = self.tokens.get(self.at).cloned() else {
            let title = if self.end == 0 { "an empty expression" } else { "something is missing at the end" };
            return Err(Fault::new(
                self.here(),
                title.into(),
                "a number, a name or parentheses follow here".into(),
            ));
        };
        self.at += 1;
        match token {
            Token::Number(number) => Ok(Part { steps: vec![Step::Number(number)], range }),
            Token::Sign("(") => {
                let part = self.deeper(|parser| parser.operations(0))?;
                self.close(range.clone())?;
                Ok(Part { steps: part.steps, range: range.start..self.tokens[self.at - 1].1.end })
            }
            Token::Sign(sign) => {
                let title = format!("`{sign}` has nothing before it");
                Err(Fault::new(range, title, "a number, a name or parentheses come here".into()))
            }
            Token::Name(name) => self.name(&name, range),
        }
    }

    /// Closes what was opened at `open`.
    fn close(&mut self, open: Range<usize>) -> Result<(), Fault> {
        match self.takes(")") {
            true => Ok(()),
            false if self.next().is_some() => self.nothing_more(),
            false => {
                Err(Fault::new(open, "this parenthesis is never closed".into(), "close it with `)`".into()))
            }
        }
    }

    fn name(&mut self, name: &str, range: Range<usize>) -> Result<Part<T>, Fault> {
        if let Some((_, act, count)) = FUNCTIONS.iter().find(|(known, ..)| *known == name) {
            return self.call(name, *act, *count, range);
        }
        let number = T::NAMES.iter().position(|term| *term == name);
        let step = if let Some(number) = number {
            Step::Term(T::ALL[number])
        } else if let Some((_, value)) = self.parameters.iter().find(|(known, _)| known == name) {
            Step::Number(*value)
        } else {
            let title = format!("`{name}` is not known here");
            self.unknown.push(Fault {
                range: range.clone(),
                title,
                help: None,
                unknown: Some(name.to_owned()),
            });
            Step::Number(0.0)
        };
        Ok(Part { steps: vec![step], range })
    }

    fn call(
        &mut self,
        name: &str,
        act: Act,
        count: Option<usize>,
        range: Range<usize>,
    ) -> Result<Part<T>, Fault> {
        let open = self.here();
        let form = match count {
            Some(1) => format!("{name}(x)"),
            Some(_) => format!("{name}(condition, one, other)"),
            None => format!("{name}(one, other)"),
        };
        if !self.takes("(") {
            return Err(Fault::new(range, format!("`{name}` is a function"), format!("write `{form}`")));
        }
        let mut steps = Vec::new();
        let mut given = 0;
        loop {
            let part = self.deeper(|parser| parser.operations(0))?;
            steps.extend(part.steps);
            given += 1;
            if count.is_none() && given > 1 {
                steps.push(Step::Act(act));
            }
            if !self.takes(",") {
                break;
            }
        }
        self.close(open)?;
        let whole = range.start..self.tokens[self.at - 1].1.end;
        if count.map_or(given < 2, |count| given != count) {
            let wanted = count.map_or("two or more".to_owned(), |count| count.to_string());
            let title = format!("`{name}` takes {wanted}, not {given}");
            return Err(Fault::new(whole, title, format!("write `{form}`")));
        }
        if count.is_some() {
            steps.push(Step::Act(act));
        }
        Ok(Part { steps, range: whole })
    }
}
