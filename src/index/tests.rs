//! What must hold of an index, whatever happens while it is written.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Error, Index, Resources, Writer};

fn records(doc: &str, sha256: &str, lines: &[&str]) -> Vec<Value> {
    let mut records = vec![json!({"id": format!("{doc}:document:0-1"), "type": "document", "doc": doc, "title": doc, "section": [],
        "sha256": sha256, "start": 0, "end": 1})];
    records.extend(lines.iter().enumerate().map(|(at, line)| {
        json!({"id": format!("{doc}:passage:{at}-{}", at + 1), "type": "passage", "doc": doc, "title": doc, "section": ["一"],
            "quote": line, "text": line, "start": at, "end": at + 1})
    }));
    records
}

fn open(dir: &TempDir) -> Writer {
    Writer::open(dir.path(), [], Resources::default()).expect("a writer")
}

#[test]
fn an_update_replaces_a_documents_records_at_one_moment() {
    let dir = TempDir::new().expect("a folder");
    let mut writer = open(&dir);
    writer.put("甲", &records("甲", "1", &["产业园区", "招商引资"])).expect("room");
    writer.put("乙", &records("乙", "2", &["财政预算"])).expect("room");
    assert_eq!(writer.commit().expect("room"), 2);
    let before = Index::open(dir.path()).expect("an index");

    let mut writer = open(&dir);
    assert_eq!(writer.known().get("甲").map(String::as_str), Some("1"));
    writer.put("甲", &records("甲", "3", &["重点项目"])).expect("room");
    writer.remove("乙").expect("room");
    let during = Index::open(dir.path()).expect("an index");
    assert_eq!(during.records(&[]).expect("readable").len(), 5, "nothing is seen before the commit");
    assert_eq!(writer.commit().expect("room"), 1);

    assert_eq!(before.records(&[]).expect("readable").len(), 5, "a reader keeps its moment");
    assert!(!before.is_current().expect("readable"));
    let after = Index::open(dir.path()).expect("an index");
    assert!(after.is_current().expect("readable"));
    assert_eq!(after.records(&[]).expect("readable"), records("甲", "3", &["重点项目"]));
    assert_eq!(after.record("甲:passage:0-1").expect("readable").expect("it is there")["quote"], "重点项目");
    assert_eq!(after.record("乙:passage:0-1").expect("readable"), None);
    assert_eq!(after.documents().expect("readable")["甲"], "3");
}

#[test]
fn a_document_put_again_is_there_once_whatever_was_written_between() {
    let tiny = Resources { gathered: 1 };
    for resources in [tiny, Resources::default()] {
        let dir = TempDir::new().expect("a folder");
        for round in ["1", "2"] {
            let mut writer = Writer::open(dir.path(), [], resources).expect("a writer");
            for doc in ["甲", "乙", "甲", "丙", "乙"] {
                writer.put(doc, &records(doc, round, &["产业园区", "招商引资"])).expect("room");
            }
            writer.remove("丙").expect("room");
            writer.put("甲", &records("甲", round, &["重点项目"])).expect("room");
            assert_eq!(writer.commit().expect("room"), 2);
            let index = Index::open(dir.path()).expect("an index");
            let mut expected = [records("乙", round, &["产业园区", "招商引资"]), records("甲", round, &["重点项目"])].concat();
            let mut found = index.records(&[]).expect("readable");
            for list in [&mut expected, &mut found] {
                list.sort_by_key(|record| record["id"].to_string());
            }
            assert_eq!(found, expected);
        }
    }
}

#[test]
fn a_writer_that_ends_early_leaves_the_index_as_it_was() {
    let dir = TempDir::new().expect("a folder");
    let mut writer = open(&dir);
    writer.put("甲", &records("甲", "1", &["产业园区"])).expect("room");
    writer.commit().expect("room");
    for rebuild in [false, true] {
        let mut writer = if rebuild { Writer::rebuild(dir.path(), [], Resources::default()).expect("a writer") } else { open(&dir) };
        writer.put("甲", &records("甲", "2", &["别的"])).expect("room");
        drop(writer);
        let index = Index::open(dir.path()).expect("an index");
        assert_eq!(index.documents().expect("readable")["甲"], "1");
    }
}

#[test]
fn a_rebuild_takes_the_old_ones_place_and_sweeps_it_away() {
    let dir = TempDir::new().expect("a folder");
    let mut writer = open(&dir);
    writer.put("甲", &records("甲", "1", &["产业园区"])).expect("room");
    writer.commit().expect("room");
    let before = Index::open(dir.path()).expect("an index");
    let mut writer = Writer::rebuild(dir.path(), [], Resources::default()).expect("a writer");
    writer.put("乙", &records("乙", "2", &["招商引资"])).expect("room");
    writer.commit().expect("room");
    assert!(!before.is_current().expect("readable"));
    let after = Index::open(dir.path()).expect("an index");
    assert_eq!(after.documents().expect("readable").keys().collect::<Vec<_>>(), ["乙"]);
    let generations = fs::read_dir(dir.path()).expect("readable").flatten();
    assert_eq!(generations.filter(|entry| entry.path().is_dir()).count(), 1);
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let dir = TempDir::new().expect("a folder");
    let writer = open(&dir);
    let second = Writer::open(dir.path(), [], Resources::default());
    assert!(matches!(second, Err(Error::Locked { .. })));
    drop(writer);
    assert!(Writer::open(dir.path(), [], Resources::default()).is_ok());
}

#[test]
fn folders_that_are_no_index_are_refused_with_a_hint() {
    let dir = TempDir::new().expect("a folder");
    let Err(missing) = Index::open(dir.path()) else { panic!("an empty folder is no index") };
    assert!(matches!(missing, Error::Missing { .. }));
    assert!(missing.to_string().contains("\n  hint: "));
    fs::write(dir.path().join("notes.txt"), "mine").expect("room");
    let Err(foreign) = Writer::open(dir.path(), [], Resources::default()) else { panic!("it holds other things") };
    assert!(matches!(foreign, Error::Foreign { .. }), "{foreign}");
}

#[test]
fn an_index_of_another_version_is_refused_and_can_be_rebuilt() {
    let dir = TempDir::new().expect("a folder");
    open(&dir).commit().expect("room");
    let generation = dir.path().join("gen-1/zhengce.json");
    fs::write(&generation, r#"{"schema":99,"analyzer":1}"#).expect("room");
    let Err(stale) = Index::open(dir.path()) else { panic!("another version was read") };
    let text = stale.to_string();
    assert!(text.contains("was written with schema 99, this program reads"), "{text}");
    assert!(text.ends_with("\n  hint: run `zhengce index seeds` to write it anew"), "{text}");
    assert!(matches!(Writer::open(dir.path(), [], Resources::default()), Err(Error::Stale { .. })));
    Writer::rebuild(dir.path(), [], Resources::default()).expect("a writer").commit().expect("room");
    assert!(Index::open(dir.path()).is_ok());
}

#[test]
fn the_figures_of_an_index() {
    let dir = TempDir::new().expect("a folder");
    let mut writer = open(&dir);
    let mut of_one = records("甲", "1", &["产业园区", "招商引资"]);
    of_one[0]["issued"] = json!("2011-05-21");
    writer.put("甲", &of_one).expect("room");
    writer.commit().expect("room");
    let stats = Index::open(dir.path()).expect("an index").stats().expect("readable");
    assert_eq!((stats.documents, stats.records["passage"], stats.issued), (1, 2, Some((20_110_521, 20_110_521))));
    assert!(stats.bytes > 0);
}
