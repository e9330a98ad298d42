//! The commands as a user types them: what they print, their errors word for word, their exit codes.

use crate::support::here;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use tempfile::TempDir;

fn zhengce(index: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhengce"));
    command.arg("--index").arg(index).args(args).current_dir(here(".")).output().expect("the program runs")
}

/// An index of the seeds, written once by the program itself.
pub fn seeds() -> &'static Path {
    static INDEX: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = INDEX.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("index");
        let output = zhengce(&path, &["index"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        (folder, path)
    });
    path
}

fn json(args: &[&str]) -> Value {
    let output = zhengce(seeds(), args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn names(units: &Value) -> Vec<&str> {
    units.as_array().into_iter().flatten().filter_map(|u| u["name"].as_str()).collect()
}

/// Holds what the program says on standard error, and its exit code, against what is expected of it.
fn fails(index: &Path, args: &[&str], code: i32, said: &str) {
    let output = zhengce(index, args);
    assert_eq!(output.status.code(), Some(code), "{args:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr).trim_end(), said, "{args:?}");
}

#[test]
fn an_official_learns_who_leads_with_whom_and_until_when() {
    let answer = &json(&["who", "谁负责招商引资", "--json"])["answers"][0];
    assert_eq!(names(&answer["lead"]), ["省商务厅"]);
    assert_eq!(names(&answer["support"]), ["十大产业推进组办公室", "各市（地）政府（行署）"]);
    assert_eq!(answer["deadline"]["text"], "全年工作");
    let parks = json(&["who", "产业园区", "--json"]);
    let first: Vec<&Value> = parks["answers"].as_array().unwrap().iter().take(2).map(|a| &a["task"]).collect();
    assert_eq!(first, ["确定全省重点产业园区", "制定整合做大专业园区的政策"]);
}

#[test]
fn a_unit_is_found_by_any_of_its_names() {
    let by = |name: &str| json(&["who", "--unit", name, "--json"])["answers"].clone();
    let short = by("省发改委");
    let leads = short.as_array().unwrap().iter().filter(|a| names(&a["lead"]).contains(&"省发改委")).count();
    assert_eq!(leads, 14);
    let ids = |answers: &Value| answers.as_array().unwrap().iter().map(|a| a["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&short), ids(&by("省发展改革委")));
    assert_eq!(ids(&short), ids(&by("黑龙江省发展和改革委员会")));
}

#[test]
fn searches_find_words_phrases_fields_and_amounts() {
    for query in
        ["产业园区", "\"业园\"", "ＥＲＰ", "ERP", "牵头:省财政厅", "类型:目标 年份:2013 生物", "数值:>=3000亿元", "(园区 OR 基地) -煤化工"]
    {
        let found = json(&["search", query, "--json"]);
        let hit = &found["hits"][0];
        assert!(hit["id"].as_str().is_some(), "{query}");
        let shown = zhengce(seeds(), &["show", hit["id"].as_str().unwrap()]);
        assert_eq!(shown.status.code(), Some(0), "{query}");
    }
    let phrase = json(&["search", "\"业园\"", "--json"]);
    for hit in phrase["hits"].as_array().unwrap() {
        let snippet: Vec<char> = hit["snippet"].as_str().unwrap().chars().collect();
        let [start, end] = [&hit["highlights"][0][0], &hit["highlights"][0][1]].map(|n| n.as_u64().unwrap() as usize);
        assert_eq!(snippet[start..end].iter().collect::<String>(), "业园");
    }
}

#[test]
fn what_is_planned_for_the_year_asked_comes_before_what_runs_through_it() {
    let found = json(&["search", "类型:目标 年份:2013 生物", "--json"]);
    let first = &found["hits"][0]["record"];
    assert_eq!((&first["value"], &first["period"]["to"]), (&600.into(), &"2013".into()));
}

#[test]
fn numbers_are_exact() {
    let output = zhengce(seeds(), &["extract", "seeds", "--type", "statistic"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\"value\":1.58,"), "1．58 is 1.58");
    assert!(text.contains("\"canonical\":{\"value\":1580000000000,\"unit\":\"元\"}"), "1．58万亿元 in 元");
}

#[test]
fn a_rerun_skips_what_is_unchanged_and_prune_takes_out_what_is_gone() {
    let folder = TempDir::new().unwrap();
    let (texts, index) = (folder.path().join("texts"), folder.path().join("index"));
    fs::create_dir(&texts).unwrap();
    fs::write(texts.join("甲.txt"), "一、目标\n到2030年，全市渔具产业产值达到30亿元。\n").unwrap();
    fs::write(texts.join("乙.txt"), "一、目标\n到2030年，全市香料产业产值达到20亿元。\n").unwrap();
    let run = |more: &[&str]| -> Value {
        let args: Vec<&str> = ["index", texts.to_str().unwrap(), "--json"].into_iter().chain(more.iter().copied()).collect();
        serde_json::from_slice(&zhengce(&index, &args).stdout).unwrap()
    };
    assert_eq!(run(&[])["written"], 2);
    fs::write(texts.join("甲.txt"), "一、目标\n到2030年，全市渔具产业产值达到40亿元。\n").unwrap();
    let second = run(&[]);
    assert_eq!((&second["written"], &second["skipped"]), (&1.into(), &1.into()));
    fs::remove_file(texts.join("乙.txt")).unwrap();
    let third = run(&["--prune"]);
    assert_eq!((&third["removed"], &third["documents"]), (&1.into(), &1.into()));
}

#[test]
fn bad_input_is_named_and_the_rest_goes_on() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("空.txt"), "").unwrap();
    fs::write(folder.path().join("图.txt"), [0u8, 1, 2, 3, 255, 254, 0, 0, 7].repeat(50)).unwrap();
    fs::write(folder.path().join("好.txt"), "到2030年，全市渔具产业产值达到30亿元。\n").unwrap();
    let output = zhengce(&folder.path().join("index"), &["extract", folder.path().to_str().unwrap(), "--type", "target"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    assert!(said.contains("空.txt") && said.contains("图.txt") && said.matches("hint: ").count() == 2, "{said}");
}

/// What the program prints on standard error over one file, with its exit code; `$` in what is expected stands for the file's path.
fn over_a_file(name: &str, bytes: &[u8], code: i32, said: &str) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, bytes).unwrap();
    fails(&folder.path().join("index"), &["index", "-v", file.to_str().unwrap()], code, &said.replace('$', file.to_str().unwrap()));
}

#[test]
fn a_file_that_is_no_text_or_a_broken_one_says_so() {
    over_a_file("空.txt", b"", 1, "error: $ is empty\n  hint: fetch the document again, or remove the file");
    over_a_file(
        "图.txt",
        &[0x7f, b'E', b'L', b'F', 2, 1, 1, 0].repeat(40),
        1,
        "error: $ is not a text: a program\n  hint: give it its right extension, or convert it to text, HTML, DOCX or PDF",
    );
    let broken = [&"到2030年，全市渔具产业产值达到30亿元。".repeat(20).into_bytes()[..], b"\xff\xfe"].concat();
    over_a_file("破.txt", &broken, 0, "note: $: 2 undecodable places, the first at byte 1080, stand as \u{FFFD}");
    let long = "加快发展渔具产业。".repeat(50_000);
    over_a_file(
        "长.txt",
        long.as_bytes(),
        0,
        "note: $: a line of 1350000 bytes: its line ends may be lost, and with them headings and tables",
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("密.txt");
    fs::write(&file, "加快发展渔具产业。").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::read(&file).is_ok() {
        // Root reads everything: a link to nowhere can't be read by root either.
        fs::remove_file(&file).unwrap();
        std::os::unix::fs::symlink("/nowhere", &file).unwrap();
    }
    let output = zhengce(&folder.path().join("index"), &["extract", file.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_ne!(output.status.code(), Some(0));
    assert!(said.starts_with(&format!("error: {}", file.display())) && said.contains("\n  hint: "), "{said}");
}

#[test]
fn a_folder_without_texts_says_which_kinds_are_read() {
    let folder = TempDir::new().unwrap();
    let texts = folder.path().join("none");
    fs::create_dir(&texts).unwrap();
    fails(
        &folder.path().join("index"),
        &["extract", texts.to_str().unwrap()],
        1,
        &format!(
            "error: {} holds no text: none of its 0 files is of a kind that is read\n  hint: kinds that are read: .txt .md .html .htm .docx .pdf .jsonl",
            texts.display()
        ),
    );
}

#[test]
fn errors_say_what_happened_and_what_to_do() {
    let folder = TempDir::new().unwrap();
    let nowhere = folder.path().join("nowhere");
    fails(
        &nowhere,
        &["stats"],
        2,
        &format!("error: there is no index in {}/\n  hint: run `zhengce index seeds` to write one", nowhere.display()),
    );
    let foreign = folder.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("notes.txt"), "x").unwrap();
    fails(
        &foreign,
        &["index"],
        2,
        &format!(
            "error: {}/ is no index: it holds notes.txt\n  hint: name an empty folder, or one that does not exist yet",
            foreign.display()
        ),
    );
    fails(
        seeds(),
        &["show", "no:such:id"],
        1,
        "error: there is no record no:such:id\n  hint: `zhengce search` prints the ids of what it finds",
    );
    assert_eq!(zhengce(seeds(), &["extract", "seeds", "--type", "nonsense"]).status.code(), Some(2));
    assert_eq!(zhengce(seeds(), &["frobnicate"]).status.code(), Some(2));
}

/// `tests/cmd/query-errors.md`: each command line, and below it what the program says on standard error.
#[test]
fn what_is_wrong_with_a_query_is_said_with_its_place_cause_and_remedy() {
    let chapter = fs::read_to_string(here("tests/cmd/query-errors.md")).unwrap();
    let mut held = 0;
    for block in chapter.split("```console\n").skip(1) {
        let block = block.split("\n```").next().unwrap();
        for example in block.split("$ zhengce ").skip(1) {
            let (line, said) = example.split_once('\n').unwrap();
            let args: Vec<&str> = line
                .split('\'')
                .enumerate()
                .flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
                .collect();
            fails(seeds(), &args, 2, said.trim_end());
            held += 1;
        }
    }
    assert!(held >= 20, "only {held} errors are shown");
}

#[test]
fn a_query_that_is_too_long_is_refused() {
    let query = "园区 ".repeat(700);
    let output = zhengce(seeds(), &["search", &query]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "error: the query has 2100 characters, more than 2000, at character 2001");
    assert!(
        lines[1].starts_with("  | …") && lines[2].ends_with('^') && lines[3].starts_with("  hint: leave out what matters less"),
        "{said}"
    );
}

#[test]
fn every_command_shows_an_example() {
    for command in ["index", "extract", "search", "who", "show", "compare", "check", "export", "schema", "serve", "stats"] {
        let help = String::from_utf8(zhengce(seeds(), &[command, "--help"]).stdout).unwrap();
        assert!(help.contains(&format!("zhengce {command}")) && help.contains("Example"), "{command}");
    }
}

#[test]
fn the_audit_and_the_exports_run_over_the_index() {
    let check = zhengce(seeds(), &["check", "--json"]);
    assert_eq!(check.status.code(), Some(1), "the seeds hold one error");
    let folder = TempDir::new().unwrap();
    for format in ["jsonl", "csv", "xlsx", "ics"] {
        let out = folder.path().join(format);
        let output = zhengce(seeds(), &["export", "-q", "-o", out.to_str().unwrap(), "--format", format]);
        assert_eq!(output.status.code(), Some(0), "{format}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(fs::read_dir(&out).unwrap().count() > 0, "{format}");
    }
    assert!(!json(&["compare", "主营业务收入", "--json"])["groups"].as_array().unwrap().is_empty());
}

#[test]
fn the_manual_in_chinese_names_the_same_commands() {
    let commands = |name: &str| -> Vec<String> {
        let text = fs::read_to_string(here(name)).unwrap();
        let lines = text.lines().filter_map(|line| line.strip_prefix("$ ")).map(|line| line.split(" #").next().unwrap_or(line));
        lines.map(|line| line.trim().to_owned()).collect()
    };
    let (english, chinese) = (commands("README.md"), commands("README.zh-CN.md"));
    assert!(chinese.len() > 15, "{chinese:?}");
    let missing: Vec<&String> = chinese.iter().filter(|command| !english.contains(command)).collect();
    assert!(missing.is_empty(), "README.md has none of {missing:?}");
}

/// An index of texts, each with its name.
fn index_of(texts: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let files = folder.path().join("texts");
    fs::create_dir(&files).unwrap();
    for (name, text) in texts {
        fs::write(files.join(name), text).unwrap();
    }
    let output = zhengce(&folder.path().join("index"), &["index", "-q", files.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

/// The tasks that `who` answers with, and its exit code.
fn tasks(folder: &TempDir, args: &[&str]) -> (Vec<String>, Option<i32>) {
    let output = zhengce(&folder.path().join("index"), &[&["who", "--json"], args].concat());
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    let tasks = said["answers"].as_array().unwrap().iter().map(|one| one["task"].as_str().unwrap().to_owned()).collect();
    (tasks, output.status.code())
}

#[test]
fn who_does_a_task_is_told_by_what_its_paragraph_says_too() {
    let text = "云溪市渔业发展方案\n\n一、主要任务\n\n（一）打造渔具产业平台。建设鹿门渔具博览馆，支持渔具企业建设海外仓。（市商务局、市财政局负责）\n\n\
        （二）完善渔港设施。新建渔船避风锚地。（市水利局负责）推广智能投饵机。（市农业农村局负责）\n\n（三）提升渔港建设水平。加快码头建设。（市交通局负责）\n";
    let folder = index_of(&[("yunxi.txt", text)]);
    let first = |question: &str| tasks(&folder, &[question]).0.first().cloned().unwrap_or_default();
    assert_eq!(first("谁负责海外仓"), "打造渔具产业平台");
    assert_eq!(first("渔具博览馆由谁负责"), "打造渔具产业平台");
    let output = zhengce(&folder.path().join("index"), &["who", "--json", "智能投饵机归哪个部门管"]);
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["total"], 1, "the note before closes another item: {said}");
    assert_eq!(names(&said["answers"][0]["lead"]), ["市农业农村局"]);
    assert_eq!(first("渔港建设由谁负责"), "提升渔港建设水平", "a task's name comes before what a paragraph says");
    assert_eq!(tasks(&folder, &["高铁建设谁负责"]), (Vec::new(), Some(1)), "建设 alone is no answer");
    let search = zhengce(&folder.path().join("index"), &["search", "海外仓由谁负责", "--json", "--explain"]);
    let said: Value = serde_json::from_slice(&search.stdout).unwrap();
    assert_eq!((&said["understood"]["rule"], &said["hits"][0]["type"]), (&"who".into(), &"responsibility".into()));
}

#[test]
fn the_place_that_a_units_name_says_holds() {
    let of = |province: &str, task: &str| {
        format!(
            "{province}人民政府关于渔具产业的意见\n\n一、主要任务\n\n（一）{task}。支持渔具企业。（省财政厅、省市场监管局（省知识产权局）负责）\n"
        )
    };
    let folder = index_of(&[("a.txt", &of("江西省", "扩大渔具出口")), ("b.txt", &of("福建省", "打造渔具品牌"))]);
    assert_eq!(tasks(&folder, &["--unit", "江西省财政厅"]).0, ["扩大渔具出口"]);
    assert_eq!(tasks(&folder, &["福建省财政厅要做哪些事"]).0, ["打造渔具品牌"]);
    assert_eq!(tasks(&folder, &["--unit", "北京市财政局"]), (Vec::new(), Some(1)));
    assert_eq!(tasks(&folder, &["--unit", "省财政厅"]).0.len(), 2);
    assert_eq!(tasks(&folder, &["--unit", "省财政厅", "--limit", "1"]).0.len(), 1);
    assert_eq!(tasks(&folder, &["--unit", "省市场监管局"]).0.len(), 2);
    assert_eq!(tasks(&folder, &["--unit", "省知识产权局"]).0.len(), 2);
    let output = zhengce(&folder.path().join("index"), &["who", "--unit", "省财政厅"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.starts_with("同名部门：江西省财政厅、福建省财政厅\n"), "{said}");
}

#[test]
fn operators_pages_and_formats_are_answered_or_explained() {
    let said = |args: &[&str]| {
        let output = zhengce(seeds(), args);
        (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code())
    };
    let wanted = json(&["search", "园区 -化工", "--json"])["total"].clone();
    assert_eq!(json(&["search", "园区 NOT 化工", "--json"])["total"], wanted);
    assert_eq!(json(&["search", "园区", "-化工", "--json"])["total"], wanted);
    assert_eq!(json(&["search", "园区 AND 规划", "--json"])["total"], json(&["search", "园区 规划", "--json"])["total"]);
    assert!(said(&["search", "园区", "--offset", "100000"]).0.ends_with(" found, none shown\n"));
    assert!(said(&["search", "园区", "--limit", "0"]).0.ends_with(" found, none shown\n"));
    assert!(said(&["search", "园区", "--doc", "nosuch"]).1.starts_with("there is no document nosuch\n"));
    assert!(said(&["search", "园区", "--format", "json"]).1.contains("--json"));
    let facets = said(&["search", "园区", "--facets"]).0;
    assert!(facets.contains("\n类型: ") && !facets.contains("industry"), "{facets}");
    let folder = TempDir::new().unwrap();
    let queries = folder.path().join("queries.tsv");
    fs::write(&queries, "q1\t产业园区\nno tab\nq3\t \nq4\t园区\n").unwrap();
    let (run, errors, code) = said(&["search", "--queries", queries.to_str().unwrap(), "--format", "trec"]);
    assert!(run.contains("q1 Q0") && run.contains("q4 Q0") && code == Some(1), "{run}");
    let lines: Vec<&str> = errors.lines().map(|line| line.rsplit_once("queries.tsv:").unwrap().1).collect();
    assert_eq!(lines, ["2: no tab stands between an id and a query", "3: the query is empty"]);
}
