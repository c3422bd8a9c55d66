//! What no single value can get wrong: names that refer to nothing, queues without agents, loops.

use super::decode::Decoded;
use super::diagnostic::Log;
use super::tree::Node;

/// Checks the whole.
pub(super) fn check(_decoded: &Decoded, _tree: &Node, _log: &Log) {}
