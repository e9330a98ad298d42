//! Does the index stay whole, whatever ends the run that writes it? Real processes, killed, interrupted, out of room, and two
//! at a time.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use zhengce::index::{Index, Resources, Writer};

fn command(index: &Path, texts: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhengce"));
    command.arg("--index").arg(index).arg("index").arg(texts);
    command
}

fn run(index: &Path, texts: &Path) -> Output {
    command(index, texts).arg("--json").output().expect("the program runs")
}

fn report(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Texts that all say the same amount.
fn write_texts(texts: &Path, count: usize, amount: usize, sentences: usize) {
    fs::create_dir_all(texts).unwrap();
    for at in 0..count {
        let text = format!("第{at}市的渔具产业，到2030年产值达到{amount}亿元，出口基地建设由市商务局牵头。\n").repeat(sentences);
        fs::write(texts.join(format!("{at:03}.txt")), text).unwrap();
    }
}

/// The amounts that the targets in an index say, and how many documents it has.
fn amounts(index: &Path) -> (BTreeSet<String>, usize) {
    let index = Index::open(index).expect("the index opens");
    let records = index.records(&[]).expect("all records can be read");
    let amounts = records.iter().filter(|record| record["type"] == "target").map(|record| record["value"].to_string());
    (amounts.collect(), index.documents().expect("readable").len())
}

struct Folder {
    _temp: TempDir,
    texts: PathBuf,
    index: PathBuf,
}

fn folder() -> Folder {
    let temp = TempDir::new().unwrap();
    let (texts, index) = (temp.path().join("texts"), temp.path().join("index"));
    Folder { _temp: temp, texts, index }
}

fn spawn(index: &Path, texts: &Path) -> Child {
    command(index, texts).arg("-q").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program runs")
}

#[test]
fn killed_at_any_moment_it_answers_with_the_old_or_the_new_state() {
    const DOCUMENTS: usize = 12;
    let folder = folder();
    write_texts(&folder.texts, DOCUMENTS, 1, 40);
    let begun = Instant::now();
    report(&run(&folder.index, &folder.texts));
    let mut whole = begun.elapsed().as_millis() as u64;
    let mut random = 2011_u64;
    let (mut state, mut killed) = (1, 0);
    for amount in 2..52 {
        write_texts(&folder.texts, DOCUMENTS, amount, 40);
        let mut child = spawn(&folder.index, &folder.texts);
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = (random >> 33) % (whole * 6 / 5);
        std::thread::sleep(Duration::from_millis(moment));
        if child.try_wait().unwrap().is_none() {
            killed += 1;
        } else {
            // The machine has become faster than when the first run was timed.
            whole = whole.min(moment).max(10);
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let (said, documents) = amounts(&folder.index);
        assert_eq!(documents, DOCUMENTS);
        assert_eq!(said.len(), 1, "half an update: {said:?}");
        let said: usize = said.first().unwrap().parse().unwrap();
        assert!(said == state || said == amount, "{said} is neither {state} nor {amount}");
        state = said;
    }
    assert!(killed > 10, "only {killed} runs were killed before their end");
    report(&run(&folder.index, &folder.texts));
    assert_eq!(amounts(&folder.index), (BTreeSet::from(["51".to_owned()]), DOCUMENTS));
    let generations = fs::read_dir(&folder.index).unwrap().flatten().filter(|entry| entry.path().is_dir()).count();
    assert_eq!(generations, 1, "what the killed runs left is swept");
}

#[test]
fn interrupted_it_keeps_what_is_done_and_the_next_run_goes_on() {
    const DOCUMENTS: usize = 80;
    let folder = folder();
    write_texts(&folder.texts, DOCUMENTS, 7, 400);
    let child = spawn(&folder.index, &folder.texts);
    let deadline = Instant::now() + Duration::from_secs(60);
    while !folder.index.join("gen-1/meta.json").exists() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(5));
    }
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill is there");
    assert!(status.success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("error: stopped after ") && said.contains("searches find the index as it was before"), "{said}");
    assert!(said.ends_with("  hint: run the same command again to go on from there\n"), "{said}");
    assert!(matches!(Index::open(&folder.index), Err(zhengce::index::Error::Missing { .. })), "nothing is seen yet");
    let output = run(&folder.index, &folder.texts);
    let report = report(&output);
    assert!(report["skipped"].as_u64() > Some(0), "{report}");
    assert_eq!(report["documents"], DOCUMENTS);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains(&format!("going on where a run was stopped, with {} documents", report["skipped"])), "{said}");
    assert_eq!(amounts(&folder.index), (BTreeSet::from(["7".to_owned()]), DOCUMENTS));
}

#[test]
fn without_room_the_old_index_stays_whole() {
    let folder = folder();
    write_texts(&folder.texts, 3, 1, 40);
    report(&run(&folder.index, &folder.texts));
    write_texts(&folder.texts, 40, 2, 400);
    let script = "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\"";
    let mut limited = Command::new("sh");
    limited.args(["-c", script, env!("CARGO_BIN_EXE_zhengce"), "--index"]).arg(&folder.index).args(["index", "-q"]).arg(&folder.texts);
    let output = limited.output().expect("sh is there");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.starts_with("error: ") && said.matches("\n  hint: ").count() == 1, "{said}");
    assert_eq!(amounts(&folder.index), (BTreeSet::from(["1".to_owned()]), 3));
    let generations = fs::read_dir(&folder.index).unwrap().flatten().filter(|entry| entry.path().is_dir()).count();
    assert_eq!(generations, 1, "what was begun takes no room");
    report(&run(&folder.index, &folder.texts));
    assert_eq!(amounts(&folder.index), (BTreeSet::from(["2".to_owned()]), 40));
}

#[test]
fn a_second_writer_is_told_to_wait_and_readers_go_on() {
    let folder = folder();
    write_texts(&folder.texts, 2, 1, 3);
    report(&run(&folder.index, &folder.texts));
    let writer = Writer::open(&folder.index, [], Resources::default()).expect("a writer");
    let output = run(&folder.index, &folder.texts);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        format!(
            "error: another process is writing to the index in {}/\n  hint: wait until it has ended; searching goes on meanwhile\n",
            folder.index.display()
        )
    );
    assert_eq!(amounts(&folder.index).1, 2);
    drop(writer);
    report(&run(&folder.index, &folder.texts));
}

#[test]
fn an_index_of_another_version_is_written_anew() {
    let folder = folder();
    write_texts(&folder.texts, 2, 1, 3);
    report(&run(&folder.index, &folder.texts));
    fs::write(folder.index.join("gen-1/zhengce.json"), r#"{"schema":1,"analyzer":1}"#).unwrap();
    let output = run(&folder.index, &folder.texts);
    assert_eq!(report(&output)["written"], 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("was written with schema 1, which this program reads no more"));
    assert_eq!(amounts(&folder.index).1, 2);
}
