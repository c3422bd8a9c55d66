//! Scripts of queues that cannot do what they say.

use std::collections::BTreeSet;

use super::super::{Does, Script, ScriptStep};
use super::Checking;
use crate::units::Span;
use crate::vocabulary::{AgentRule, GoesBy, OfferWhen};

/// The steps of a script that ask, at most: a bit each.
const MOST_SCRIPT_STEPS: usize = 64;

impl Checking<'_> {
    pub(super) fn scripts(&self) {
        for script in &self.scenario.routing.scripts {
            self.asked_groups(script);
            self.rule_of_script(script);
            for step in &script.steps {
                match &step.does {
                    Does::Ask(_) => {}
                    Does::OfferCallback => self.offered_callback(script, step),
                    Does::MoveTo(_) => self.moves_round(script, step),
                }
            }
        }
        for queue in &self.scenario.queues {
            let by_script = queue.callback.as_ref().is_some_and(|it| it.offer_when == OfferWhen::ByScript);
            let scripts = self.scenario.routing.scripts.iter();
            let mut of_queue = scripts.filter(|script| script.queue == queue.name);
            if by_script
                && !of_queue.any(|script| script.steps.iter().any(|step| step.does == Does::OfferCallback))
            {
                let title = format!("`queues.{}.callback` is never offered", queue.name);
                let place = self.place(&["queues", &queue.name, "callback", "offer_when"]);
                let help = format!(
                    "write `routing.scripts.{}.late = {{ after = \"2m\", offer = \"callback\" }}`",
                    queue.name
                );
                self.log.error(place, title, "the queue has no script that offers one").help(help);
            }
        }
    }

    /// Groups that are asked and cannot, or can and are never asked.
    fn asked_groups(&self, script: &Script) {
        let queue = script.queue.as_str();
        let able: BTreeSet<&str> = self
            .scenario
            .groups
            .iter()
            .filter(|group| group.skills.iter().any(|skill| skill.queue == queue))
            .map(|group| group.name.as_str())
            .collect();
        let mut asked = BTreeSet::new();
        let mut asks = 0;
        for step in &script.steps {
            let Does::Ask(groups) = &step.does else { continue };
            asks += 1;
            for group in groups {
                asked.insert(group.as_str());
                if !able.contains(group.as_str()) {
                    let title = format!("`{group}` cannot serve `{queue}`");
                    let place = self.place(&["routing", "scripts", queue, &step.name, "ask"]);
                    let help = format!("give the group the skill: `groups.{group}.skills.{queue} = {{}}`");
                    self.log.error(place, title, "the script asks a group without the skill").help(help);
                }
            }
        }
        if asks > MOST_SCRIPT_STEPS {
            let title = format!("the script of `{queue}` asks in {asks} steps");
            let place = self.place(&["routing", "scripts", queue]);
            self.log.error(place, title, format!("at most {MOST_SCRIPT_STEPS} may ask"));
        }
        if asks > 0 {
            for group in able.difference(&asked) {
                let title = format!("`{group}` is never asked for `{queue}`");
                let place = self.place(&["routing", "scripts", queue]);
                self.log.warning(place, title, "it has the skill, and no step of the script names it");
            }
        }
    }

    /// A script asks by priority, or the longest idle.
    fn rule_of_script(&self, script: &Script) {
        if !script.steps.iter().any(|step| matches!(step.does, Does::Ask(_))) {
            return;
        }
        let rules = &self.scenario.routing;
        let said = |said: &[(String, AgentRule)], name: &str| {
            said.iter().find(|(known, _)| known == name).map(|(_, rule)| *rule)
        };
        let Some(queue) = self.queues.get(script.queue.as_str()) else { return };
        let rule = said(&rules.by_queue, &queue.name).or(said(&rules.by_channel, &queue.channel));
        let rule = rule.unwrap_or(rules.agents);
        if rule.goes_by() == GoesBy::Own {
            let title =
                format!("the script of `{}` and the rule `{}` do not go together", queue.name, rule.word());
            let reason = "of the groups that a script asks, an order of groups or the longest idle decides";
            let help = format!("write `routing.by_queue.{}.agents = \"skill_priority\"`", queue.name);
            self.log.error(self.place(&["routing", "scripts", &queue.name]), title, reason).help(help);
        }
    }

    fn offered_callback(&self, script: &Script, step: &ScriptStep) {
        let queue = self.queues.get(script.queue.as_str());
        if queue.is_some_and(|queue| queue.callback.is_none()) {
            let title = format!("`queues.{}` has no callback to offer", script.queue);
            let place = self.place(&["routing", "scripts", &script.queue, &step.name, "offer"]);
            let help = format!(
                "write `queues.{}.callback = {{ offer_when = \"by_script\", accept = 0.5, start_when = \"place_reached\" }}`",
                script.queue
            );
            self.log.error(place, title, "a callback is made when the queue says").help(help);
        }
    }

    /// Moves that lead back to their queue: the wait runs on, so that all of them hold for ever.
    fn moves_round(&self, script: &Script, step: &ScriptStep) {
        let mut seen = BTreeSet::from([script.queue.as_str()]);
        let mut next: Vec<&str> = match &step.does {
            Does::MoveTo(to) => vec![to],
            Does::Ask(_) | Does::OfferCallback => return,
        };
        while let Some(here) = next.pop() {
            if here == script.queue {
                let title = format!("the script of `{}` leads back to it", script.queue);
                let place = self.place(&["routing", "scripts", &script.queue, &step.name, "to"]);
                let reason = "a contact that waits would be moved round for ever: its wait runs on";
                self.log.error(place, title, reason).help("leave one of the moves out");
                return;
            }
            if !seen.insert(here) {
                continue;
            }
            let scripts = self.scenario.routing.scripts.iter().filter(|script| script.queue == here);
            next.extend(scripts.flat_map(|script| &script.steps).filter_map(|step| match &step.does {
                Does::MoveTo(to) => Some(to.as_str()),
                Does::Ask(_) | Does::OfferCallback => None,
            }));
            let at_once = self.queues.get(here).and_then(|queue| queue.overflow.as_ref());
            next.extend(at_once.filter(|over| over.after == Span::ZERO).map(|over| over.to.as_str()));
        }
    }
}
