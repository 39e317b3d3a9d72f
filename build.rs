//! Embeds `lang/`, `kb/`, `queries/` and `ontology/` as tables of `(path, bytes)`; the bytes of `kb/` as
//! zstd, which are a third.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads files and cargo's environment"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut packs = String::from("static PACKS: &[Pack] = &[\n");
    for code in sorted(&root.join("lang"))? {
        if code.join("lang.toml").is_file() {
            let name = code.file_name().and_then(|n| n.to_str()).expect("a language code");
            writeln!(packs, "Pack {{ code: {name:?}, files: {} }},", table(&code)?)
                .expect("a string takes every write");
        }
    }
    packs.push_str("];\n");
    fs::write(out.join("lang.rs"), packs)?;
    let files = packed_table(&root.join("kb"), &out)?;
    let code = format!(
        "/// The files of `kb/` as zstd, by path.\nconst KB: &[(&str, &[u8])] = {files};\n"
    );
    fs::write(out.join("kb.rs"), code)?;
    for folder in ["queries", "ontology"] {
        let name = folder.to_uppercase();
        let files = table(&root.join(folder))?;
        let code = format!(
            "/// The files of `{folder}/`, by path.\n\
             pub(crate) static {name}: &[(&str, &[u8])] = {files};\n"
        );
        fs::write(out.join(format!("{folder}.rs")), code)?;
    }
    Ok(())
}

/// As [`table`] for a folder without folders, the files packed as zstd into `out`.
fn packed_table(folder: &Path, out: &Path) -> io::Result<String> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut rows = String::from("&[\n");
    for path in sorted(folder)? {
        println!("cargo:rerun-if-changed={}", path.display());
        let name = path.file_name().and_then(|n| n.to_str()).expect("our file names are UTF-8");
        let packed = out.join(format!("{name}.zst"));
        fs::write(&packed, zstd::encode_all(&*fs::read(&path)?, 19)?)?;
        let packed = packed.to_str().expect("cargo's folder is UTF-8");
        writeln!(rows, "({name:?}, include_bytes!({packed:?})),")
            .expect("a string takes every write");
    }
    rows.push(']');
    Ok(rows)
}

/// The files below `folder` as the source of a slice of `(path, include_bytes!(…))`.
fn table(folder: &Path) -> io::Result<String> {
    let mut rows = String::from("&[\n");
    walk(folder, folder, &mut rows)?;
    rows.push(']');
    Ok(rows)
}

fn walk(root: &Path, folder: &Path, rows: &mut String) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for path in sorted(folder)? {
        if path.is_dir() {
            walk(root, &path, rows)?;
        } else {
            let inside = path.strip_prefix(root).expect("the walk stays below its root");
            let inside = inside.to_str().expect("our file names are UTF-8").replace('\\', "/");
            let whole = path.to_str().expect("our file names are UTF-8");
            println!("cargo:rerun-if-changed={whole}");
            writeln!(rows, "({inside:?}, include_bytes!({whole:?})),")
                .expect("a string takes every write");
        }
    }
    Ok(())
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
