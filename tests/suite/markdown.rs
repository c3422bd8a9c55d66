//! The fenced blocks of the repository's pages.

/// A fenced block: what stands behind its opening fence, and its lines.
pub struct Block {
    pub info: String,
    pub text: String,
}

/// All fenced blocks of a page, in order.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let inside = lines.by_ref().take_while(|line| !line.starts_with("```"));
            let text = inside.map(|line| format!("{line}\n")).collect();
            blocks.push(Block { info: info.trim().to_owned(), text });
        }
    }
    blocks
}
