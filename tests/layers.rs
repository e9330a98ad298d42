//! Does every module know only of those before it? And do a few rules of the house hold in every file?

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zhengce::lexicon::place::by_name;

use crate::support::{here, text};

/// Each folder of `src/` in the way of the data, and what it knows of: the table of the architecture.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    // How lines are set is known of a page of a PDF and of a text file alike.
    ("source", &["text"]),
    ("lexicon", &["text"]),
    ("layout", &["source", "text", "lexicon"]),
    ("mention", &["text", "lexicon", "layout"]),
    ("record", &["mention", "layout", "lexicon", "text", "source"]),
    ("audit", &["record", "mention", "layout", "lexicon", "text", "source"]),
    ("index", &["record", "lexicon", "text", "source"]),
    ("query", &["index", "record", "lexicon", "text"]),
    ("export", &["index", "record", "audit", "lexicon", "text", "source"]),
    ("remote", &["export", "query", "index", "record", "lexicon", "text"]),
    ("web", &["query", "index", "export", "audit", "record", "text", "remote"]),
    ("cli", &["source", "text", "lexicon", "layout", "mention", "record", "audit", "index", "query", "export", "remote", "web"]),
];

/// What is neither a folder of the table nor bound by it.
const ROOT: &[&str] = &["lib", "main"];

#[test]
fn modules_know_only_of_those_before_them() {
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        let layer = layer_of(&path);
        if ROOT.contains(&layer.as_str()) {
            continue;
        }
        let Some((_, known)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            wrong.push(format!("{path}: {layer} stands in no row of the table"));
            continue;
        };
        for (line, named) in crate_names(&code) {
            let is_layer = LAYERS.iter().any(|(name, _)| *name == named);
            if is_layer && named != layer && !known.contains(&named.as_str()) {
                wrong.push(format!("{path}:{line}: {layer} knows of {named}, which comes after it; one of them is to move"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_of_the_crate_are_read_in_every_form() {
    let code = "use crate::text::Span;\nuse crate::{layout::Block, source};\nlet x = crate::lexicon::unit::f();\n// crate::web::x\nuse other::crate_x;\npub(crate) fn f() {}\n";
    let named: Vec<String> = crate_names(code).into_iter().map(|(line, name)| format!("{line}{name}")).collect();
    assert_eq!(named, ["1text", "2layout", "2source", "3lexicon"]);
}

#[test]
fn what_unwraps_says_why() {
    let mut bare = Vec::new();
    for (path, code) in sources() {
        let lines: Vec<&str> = without_tests(&path, &code).lines().collect();
        for (k, line) in lines.iter().enumerate() {
            let commented = line.contains("// ") || k > 0 && lines[k - 1].trim_start().starts_with("//");
            if line.contains(".unwrap()") && !line.trim_start().starts_with("//") && !commented {
                bare.push(format!("{path}:{}: {}", k + 1, line.trim()));
            }
        }
    }
    assert!(bare.is_empty(), "each unwrap() needs a comment that proves it:\n{}", bare.join("\n"));
}

#[test]
fn no_rule_names_a_document() {
    let names = names_in_gold();
    assert!(names.len() > 50, "gold names only {}", names.len());
    let mut named = Vec::new();
    for (path, code) in sources() {
        named.extend(names.iter().filter(|name| code.contains(name.as_str())).map(|name| format!("{path} names {name}")));
    }
    assert!(named.is_empty(), "rules are for the language, not for a document:\n{}", named.join("\n"));
}

/// Titles, owners of projects and names of parks in gold, but for names of places, which the lexicon has all of.
fn names_in_gold() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(here("tests/gold")).unwrap_or_else(|cause| panic!("tests/gold: {cause}")) {
        let path = entry.unwrap_or_else(|cause| panic!("tests/gold: {cause}")).path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for line in read(&path).lines().filter(|line| !line.trim().is_empty()) {
            let record: Value = serde_json::from_str(line).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
            let field = match text(&record, "type") {
                "project" => "owner",
                "park" => "name",
                "document" => "title",
                _ => continue,
            };
            let several = record[field].as_array().into_iter().flatten().filter_map(Value::as_str);
            let names_of_it = several.chain(record[field].as_str());
            names.extend(names_of_it.filter(|name| name.chars().count() >= 4 && by_name(name).is_none()).map(str::to_owned));
        }
    }
    names
}

/// The layers that a file's code names, with their lines.
fn crate_names(code: &str) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    for (k, line) in code.lines().enumerate() {
        let line = line.split("//").next().unwrap_or_default();
        for (at, _) in line.match_indices("crate::") {
            if line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
                continue;
            }
            let rest = &line[at + "crate::".len()..];
            let paths = rest.strip_prefix('{').map_or(vec![rest], |list| list.split('}').next().unwrap_or_default().split(',').collect());
            let first = |path: &str| path.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
            named.extend(paths.into_iter().map(|path| (k + 1, first(path))));
        }
    }
    named
}

/// `src/layout/table.rs` is of the layer `layout`.
fn layer_of(path: &str) -> String {
    path.trim_start_matches("src/").split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// A file's code without its tests, which stand last.
fn without_tests<'a>(path: &str, code: &'a str) -> &'a str {
    if path.ends_with("/tests.rs") { "" } else { code.split("#[cfg(test)]\nmod ").next().unwrap_or(code) }
}

/// Every `.rs` file below `src/` by its path in the checkout.
fn sources() -> Vec<(String, String)> {
    let mut folders = vec![here("src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|cause| panic!("{}: {cause}", folder.display())) {
            let path: PathBuf = entry.unwrap_or_else(|cause| panic!("{}: {cause}", folder.display())).path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(here("")).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.push((below, read(&path)));
            }
        }
    }
    files.sort();
    assert!(files.len() > 20, "only {} files below src", files.len());
    files
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}
