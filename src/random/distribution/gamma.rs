//! The gamma distribution, also of Erlang phases.

use super::family::Family;
use super::gamma_function::{self, SHAPES};
use super::level::Level;
use super::parameter::{positive, short, time, variation};

/// Density proportional to x^(shape - 1) exp(-x / scale).
#[derive(Clone, Debug, PartialEq)]
pub struct Gamma {
    shape: f64,
    scale: f64,
}

impl Gamma {
    /// shape = 1 / cv², scale = mean cv².
    pub(super) fn new(mean: f64, cv: f64) -> Result<Gamma, String> {
        let mean = positive("a gamma", "the mean", mean)?;
        let cv = variation("a gamma", cv)?;
        let shape = 1.0 / (cv * cv);
        Ok(Gamma { shape, scale: mean / shape })
    }

    pub(super) fn native(shape: f64, scale: f64) -> Result<Gamma, String> {
        let scale = positive("a gamma", "the scale", scale)?;
        if SHAPES.contains(&shape) {
            Ok(Gamma { shape, scale })
        } else {
            let (low, high) = (SHAPES.start(), SHAPES.end());
            Err(format!("the shape of a gamma distribution must lie between {low} and {high}, not {shape}"))
        }
    }
}

impl Family for Gamma {
    fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    fn variance(&self) -> f64 {
        self.shape * self.scale * self.scale
    }

    fn up_to(&self, x: f64) -> Level {
        gamma_function::regularised(self.shape, x / self.scale)
    }

    fn quantile(&self, level: Level) -> f64 {
        self.scale * gamma_function::inverse(self.shape, level)
    }

    fn scaled(&self, factor: f64) -> Self {
        Gamma { shape: self.shape, scale: self.scale * factor }
    }

    fn describe(&self) -> String {
        format!("gamma, mean {}, cv {}", time(self.mean()), short(1.0 / self.shape.sqrt()))
    }
}

/// The sum of `phases` independent exponential times of the same mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Erlang {
    phases: u32,
    gamma: Gamma,
}

impl Erlang {
    pub(super) fn new(mean: f64, phases: u32) -> Result<Erlang, String> {
        let mean = positive("an Erlang", "the mean", mean)?;
        let shape = f64::from(phases);
        if !(1.0..=1e6).contains(&shape) {
            return Err(format!("an Erlang distribution has between 1 and 1000000 phases, not {phases}"));
        }
        Ok(Erlang { phases, gamma: Gamma { shape, scale: mean / shape } })
    }

    /// The number of phases that gives this cv, 1 / cv².
    pub(super) fn phases(cv: f64) -> Result<u32, String> {
        let cv = variation("an Erlang", cv)?;
        let exact = 1.0 / (cv * cv);
        let phases = exact.round();
        // A cv written in three digits names its number of phases to about 1 %.
        if phases >= 1.0 && (exact / phases - 1.0).abs() < 0.01 {
            return Ok(phases as u32);
        }
        let near = |phases: f64| short(1.0 / phases.sqrt());
        let (fewer, more) = (exact.floor().max(1.0), exact.ceil().max(1.0));
        let remedy = match fewer == more {
            true => format!("the largest is {}", near(1.0)),
            false => format!("{} ({fewer}) and {} ({more}) are possible", near(fewer), near(more)),
        };
        Err(format!(
            "an Erlang distribution of cv {cv} would have 1/cv² = {} phases, which must be a whole number; \
             {remedy}, or use kind = \"gamma\"",
            short(exact)
        ))
    }
}

impl Family for Erlang {
    fn mean(&self) -> f64 {
        self.gamma.mean()
    }

    fn variance(&self) -> f64 {
        self.gamma.variance()
    }

    fn up_to(&self, x: f64) -> Level {
        self.gamma.up_to(x)
    }

    fn quantile(&self, level: Level) -> f64 {
        self.gamma.quantile(level)
    }

    fn scaled(&self, factor: f64) -> Self {
        let gamma = Gamma { scale: self.gamma.scale * factor, ..self.gamma };
        Erlang { phases: self.phases, gamma }
    }

    fn describe(&self) -> String {
        format!("Erlang of {} phases, mean {}", self.phases, time(self.mean()))
    }
}
