//! New results take the place of old ones, all at once.
//!
//! Where the folder holds nothing but ours, the new results are made in a folder beside it, and both
//! folders change their names in one step of the system: at every moment the name leads to all old or to
//! all new results. Where the folder holds other files too (which stay where they are), is the current folder,
//! or cannot change its name (a mount point, a parent that may not be written), the new results are made within
//! it, and one rename says that they are whole; then they are moved into place one by one. If the
//! program is killed there, the next one that writes into the folder moves the rest.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::holds::MARKER;
use super::marker::{self, COMMIT, INNER, Marker, STAGE, TRANSIENT, is_file, is_folder};
use super::output::{Lock, OutputFolder};
use super::product::{Content, Product};

/// Puts the products in place of what was ours.
pub(super) fn place(out: &mut OutputFolder, products: &[Product]) -> Result<(), WriteError> {
    let others = marker::may_take(&out.path, out.holds, out.force)?;
    let marker = Marker::new(out.holds, products.iter().map(|product| product.name.clone()).collect());
    let inside = std::env::current_dir().and_then(fs::canonicalize).is_ok_and(|at| at.starts_with(&out.real));
    if others.none() && !inside && exchange(out, products, &marker)? {
        return Ok(());
    }
    commit(out, products, &marker)
}

/// Finishes or takes away what a killed program left of its writing.
pub(super) fn recover(folder: &Path) -> io::Result<()> {
    if is_folder(&folder.join(STAGE)) {
        fs::remove_dir_all(folder.join(STAGE))?;
    }
    marker::remove_drafts(folder);
    if is_folder(&folder.join(COMMIT)) {
        finish(folder).map_err(|(_, cause)| cause)?;
    }
    if let Some(beside) = beside(folder)
        && is_folder(&beside)
    {
        take_away(&beside, folder);
    }
    Ok(())
}

/// Where the new results of a folder are made, beside it.
fn beside(folder: &Path) -> Option<PathBuf> {
    let name = folder.file_name()?.to_string_lossy();
    Some(folder.parent()?.join(format!(".{name}.holdline-new")))
}

/// Writes the marker, then the products.
fn fill(stage: &Path, products: &[Product], marker: &Marker) -> io::Result<()> {
    marker.write(stage)?;
    for product in products {
        let path = stage.join(&product.name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        match &product.content {
            Content::Bytes(bytes) => {
                let mut file = File::create_new(&path)?;
                file.write_all(bytes)?;
                // Some file systems only now say that there is no space.
                file.sync_all()?;
            }
            // A second name for the same file, or a copy where the file system knows no second names.
            Content::File(from) => {
                fs::hard_link(from, &path).or_else(|_| fs::copy(from, &path).map(|_| ()))?
            }
        }
    }
    Ok(())
}

/// Makes the results beside the folder and lets both change their names. Says `false` where that cannot be.
fn exchange(out: &mut OutputFolder, products: &[Product], marker: &Marker) -> Result<bool, WriteError> {
    let Some(stage) = beside(&out.real) else { return Ok(false) };
    if fs::create_dir(&stage).is_err() {
        return Ok(false);
    }
    if let Err(cause) = fill(&stage, products, marker) {
        take_away(&stage, &out.real);
        return Err(out.unwritten(cause));
    }
    let allowed = fs::metadata(&out.real).and_then(|old| fs::set_permissions(&stage, old.permissions()));
    // Held in the new folder as in the old one: no one may come between.
    let lock = Lock::take(&stage, &out.path);
    if let (Ok(()), Ok(lock)) = (allowed, lock)
        && change_names(&stage, &out.real)
    {
        let old = std::mem::replace(&mut out.lock, lock);
        take_away(&stage, &out.real);
        drop(old);
        return Ok(true);
    }
    take_away(&stage, &out.real);
    Ok(false)
}

/// Lets two folders change their names in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn change_names(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

/// Other systems have no such step.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn change_names(_one: &Path, _other: &Path) -> bool {
    false
}

/// Takes a folder of ours away, file by file; whatever else came into it meanwhile goes to `home`.
fn take_away(folder: &Path, home: &Path) {
    if let Some(marker) = Marker::read(folder) {
        remove(folder, &marker.ours());
    }
    let _ = fs::remove_dir_all(folder.join(STAGE));
    let _ = fs::remove_dir_all(folder.join(COMMIT));
    for name in TRANSIENT {
        let _ = fs::remove_file(folder.join(name));
    }
    for name in marker::others(folder).map(|others| others.names).unwrap_or_default() {
        let to = home.join(&name);
        if fs::symlink_metadata(&to).is_err() {
            let _ = to.parent().map(fs::create_dir_all);
            let _ = fs::rename(folder.join(&name), to);
        }
    }
    for name in INNER {
        let _ = fs::remove_dir(folder.join(name));
    }
    if marker::others(folder).is_ok_and(|others| others.none()) {
        let _ = fs::remove_file(folder.join(MARKER));
        let _ = fs::remove_dir(folder);
    }
}

/// Removes files of a folder, links and folders excepted.
fn remove<'a>(folder: &Path, names: impl IntoIterator<Item = &'a String>) {
    for path in names.into_iter().map(|name| folder.join(name)).filter(|path| is_file(path)) {
        if path.parent().is_some_and(is_folder) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Makes the results within the folder, says that they are whole, and moves them into place.
fn commit(out: &OutputFolder, products: &[Product], marker: &Marker) -> Result<(), WriteError> {
    let (stage, whole) = (out.real.join(STAGE), out.real.join(COMMIT));
    let made = fs::create_dir(&stage).and_then(|()| fill(&stage, products, marker));
    if let Err(cause) = made.and_then(|()| fs::rename(&stage, &whole)) {
        let _ = fs::remove_dir_all(&stage);
        return Err(out.unwritten(cause));
    }
    finish(&out.real).map_err(|(name, cause)| {
        undo(&out.real, marker);
        WriteError::Place { path: out.path.join(name), cause }
    })
}

/// Where the file that is replaced by the `number`-th is kept until all are in place.
fn kept(folder: &Path, number: usize) -> PathBuf {
    folder.join(COMMIT).join("replaced").join(number.to_string())
}

/// Moves whole results into place; those that are there already stay. Gives the name that could not be moved.
fn finish(folder: &Path) -> Result<(), (String, io::Error)> {
    let whole = folder.join(COMMIT);
    if let Some(new) = Marker::read(&whole) {
        let old = Marker::read(folder).map(|marker| marker.ours()).unwrap_or_default();
        let replaced = whole.join("replaced");
        let at = |name: &str| {
            let name = name.to_owned();
            move |cause| (name, cause)
        };
        fs::create_dir_all(&replaced).map_err(at(COMMIT))?;
        for (number, name) in new.files.iter().enumerate() {
            let (from, to) = (whole.join(name), folder.join(name));
            if !is_file(&from) {
                continue;
            }
            let _ = to.parent().map(fs::create_dir_all);
            if is_file(&to) {
                fs::rename(&to, kept(folder, number)).map_err(at(name))?;
            }
            fs::rename(from, to).map_err(at(name))?;
        }
        remove(folder, old.iter().filter(|name| !new.files.contains(name)));
        for name in INNER {
            // Where it is empty now.
            let _ = fs::remove_dir(folder.join(name));
        }
        fs::rename(whole.join(MARKER), folder.join(MARKER)).map_err(at(MARKER))?;
    }
    let _ = fs::remove_dir_all(whole);
    Ok(())
}

/// Puts back what was there before; what cannot be put back stays new.
fn undo(folder: &Path, new: &Marker) {
    for (number, name) in new.files.iter().enumerate() {
        let (from, to, kept) = (folder.join(COMMIT).join(name), folder.join(name), kept(folder, number));
        let _ = match (is_file(&kept), is_file(&from)) {
            (true, _) => fs::rename(kept, to),
            (false, false) => fs::remove_file(to),
            (false, true) => Ok(()),
        };
    }
    let _ = fs::remove_dir_all(folder.join(COMMIT));
}
