//! What a scenario plays, in sixteen digits.

use std::fmt::{self, Write as _};

use super::Scenario;

/// The hash of all that is written to it (FNV-1a, 64 bits).
struct Hash(u64);

impl fmt::Write for Hash {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 =
            text.bytes().fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Ok(())
    }
}

/// The same digits for scenarios that play the same, the numbers of their files included. How often it is played, what is reported
/// and what is swept, compared or turned plays no part.
#[must_use]
pub fn fingerprint(scenario: &Scenario) -> String {
    let Scenario {
        horizon,
        channels,
        queues,
        groups,
        routing,
        follow_ups,
        templates,
        customer_history,
        knowledge_base,
        title: _,
        experiment: _,
        report: _,
        sweep: _,
        tornado: _,
        variants: _,
    } = scenario;
    let mut hash = Hash(0xcbf2_9ce4_8422_2325);
    let played =
        (horizon, channels, queues, groups, routing, follow_ups, templates, customer_history, knowledge_base);
    // A hash takes everything.
    let _ = write!(hash, "{played:?}");
    format!("{:016x}", hash.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        fingerprint(
            &Scenario::from_text("test.toml", text, &[]).unwrap_or_else(|found| panic!("{found}")).scenario,
        )
    }

    const CENTRE: &str = "[horizon]\nlength = \"8h\"\n[queues.a]\ntalk = \"60s\"\narrivals.per_hour = 10\n[groups.g]\nskills = [\"a\"]\nstaff = 2\n";

    #[test]
    fn it_is_about_what_is_played() {
        let same = of(&format!(
            "title = \"x\"\n{CENTRE}[experiment]\nseed = 5\n[report]\nvalidated = \"it fits\"\n"
        ));
        assert_eq!(of(CENTRE), same);
        assert_eq!(of(&CENTRE.replace("60s", "1m")), same);
        assert_ne!(of(&CENTRE.replace("staff = 2", "staff = 3")), same);
    }
}
