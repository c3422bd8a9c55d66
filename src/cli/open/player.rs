//! Plays what the page asks for, a stage after the other, until it asks for something else.

use std::time::Duration;

use serde::Serialize;

use crate::experiment::{Baseline, Stage, Watch};
use crate::report::{Picture, what_if_picture};

use super::super::Failure;
use super::super::progress::Progress;
use super::super::run::not_played;
use super::session::{Question, Session};
use super::variant::Opening;

/// How soon a signal is noticed while nothing is asked.
const BEAT: Duration = Duration::from_millis(200);

/// Plays questions.
pub(super) struct Player<'a> {
    opening: &'a Opening,
    baseline: Baseline<'a>,
    session: &'a Session,
    progress: &'a Progress,
}

/// What the page's script gets.
#[derive(Serialize)]
struct Answer<'a> {
    version: u64,
    question: u64,
    /// Why it cannot be played.
    refused: Option<&'a str>,
    command: String,
    toml: String,
    #[serde(flatten)]
    picture: Option<&'a Picture>,
}

/// Stops a play where another question is asked, or the program ends.
struct Until<'a> {
    session: &'a Session,
    question: u64,
    progress: &'a Progress,
}

impl Watch for Until<'_> {
    fn planned(&self, _replications: u64) {}

    fn done(&self) {}

    fn stopped(&self) -> bool {
        self.session.is_past(self.question) || self.progress.stopped()
    }
}

impl<'a> Player<'a> {
    pub(super) fn new(
        opening: &'a Opening,
        baseline: Baseline<'a>,
        session: &'a Session,
        progress: &'a Progress,
    ) -> Player<'a> {
        Player { opening, baseline, session, progress }
    }

    /// Plays what is asked until a signal comes.
    pub(super) fn play(mut self) {
        while !self.progress.stopped() {
            if let Some(question) = self.session.next(BEAT) {
                self.answer(&question);
            }
        }
    }

    fn answer(&mut self, question: &Question) {
        let settings = self.opening.settings(&question.turns);
        if let Err(failure) = self.stages(question.number, &settings) {
            self.show(question.number, &settings, None, Some(&failure.lines()));
        }
    }

    fn stages(&mut self, question: u64, settings: &[String]) -> Result<(), Failure> {
        let variant = self.opening.variant(settings)?;
        let until = Until { session: self.session, question, progress: self.progress };
        let (opening, session) = (self.opening, self.session);
        let each = |stage: &Stage<'_>| {
            let picture = what_if_picture(stage);
            if stage.replications >= stage.asked {
                session.keep(question, settings, stage.variant.unwrap_or(stage.baseline));
            }
            show(opening, session, question, settings, Some(&picture), None);
        };
        self.baseline.play(variant.as_ref(), &until, each).map_err(not_played)?;
        Ok(())
    }

    fn show(&self, question: u64, settings: &[String], picture: Option<&Picture>, refused: Option<&str>) {
        show(self.opening, self.session, question, settings, picture, refused);
    }
}

fn show(
    opening: &Opening,
    session: &Session,
    question: u64,
    settings: &[String],
    picture: Option<&Picture>,
    refused: Option<&str>,
) {
    let json = |version| {
        let (command, toml) = (opening.command(settings), opening.file("what if", settings));
        let answer = Answer { version, question, refused, command, toml, picture };
        serde_json::to_string(&answer).expect("numbers and texts can be written")
    };
    session.show(question, settings, json);
}
