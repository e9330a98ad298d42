//! A calendar for each unit that leads a task: what is due when (RFC 5545).
//!
//! `2011年4月` is a to-do due on its last day, `每年2月` an event that comes again each year, `每年2次` and `全年工作` are to-dos without a date.
//! Tasks without a deadline stand in no calendar.

use super::calendar::last_day;
use super::{ExportError, Sink, at, create};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The calendars that have been begun, with the number of their entries.
pub struct Calendars {
    dir: PathBuf,
    begun: BTreeMap<String, u64>,
}

/// The calendar of all tasks.
const ALL: &str = "全部";

impl Calendars {
    /// No calendar yet: a unit's begins with its first entry.
    pub fn new(dir: &Path) -> Self {
        Calendars { dir: dir.to_owned(), begun: BTreeMap::new() }
    }

    /// The file of a unit's calendar; names that make one file name are told apart by their hash.
    fn path(&self, name: &str) -> PathBuf {
        let safe = file_name(name);
        let hash = if safe == name { String::new() } else { format!("-{}", &uid(name)[..6]) };
        self.dir.join(format!("{safe}{hash}.ics"))
    }

    /// Adds entries to a calendar; files are opened for each document's entries, so that any number of units may have one.
    fn add(&mut self, name: &str, entries: &str, count: u64) -> Result<(), ExportError> {
        let path = self.path(name);
        let mut file = if self.begun.contains_key(name) {
            let file = OpenOptions::new().append(true).open(&path).map_err(at(&path))?;
            std::io::BufWriter::new(file)
        } else {
            let mut file = create(&path)?;
            let mut head = String::new();
            for (key, value) in [
                ("BEGIN", "VCALENDAR"),
                ("VERSION", "2.0"),
                ("PRODID", concat!("-//zhengce//zhengce ", env!("CARGO_PKG_VERSION"), "//ZH")),
                ("CALSCALE", "GREGORIAN"),
                ("X-WR-CALNAME", &escape(name)),
            ] {
                line(&mut head, key, value);
            }
            file.write_all(head.as_bytes()).map_err(at(&path))?;
            file
        };
        *self.begun.entry(name.to_owned()).or_insert(0) += count;
        file.write_all(entries.as_bytes()).and_then(|()| file.flush()).map_err(at(&path))
    }
}

impl Sink for Calendars {
    fn take(&mut self, records: &[Value]) -> Result<(), ExportError> {
        let none = Value::Null;
        let document = records.iter().find(|r| r["type"] == "document").unwrap_or(&none);
        let mut entries: BTreeMap<&str, (String, u64)> = BTreeMap::new();
        for task in records.iter().filter(|r| r["type"] == "responsibility" && r["deadline"].is_object()) {
            let entry = entry(task, document);
            for unit in task["lead"].as_array().into_iter().flatten() {
                let name = unit["canonical"].as_str().or(unit["name"].as_str()).unwrap_or("");
                let calendar = entries.entry(name).or_default();
                calendar.0 += &entry;
                calendar.1 += 1;
            }
            let all = entries.entry(ALL).or_default();
            all.0 += &entry;
            all.1 += 1;
        }
        for (name, (text, count)) in entries.into_iter().filter(|(name, _)| !name.is_empty()) {
            self.add(name, &text, count)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<(String, u64)>, ExportError> {
        // The calendar of all is there for its readers even where it is empty.
        if !self.begun.contains_key(ALL) {
            self.add(ALL, "", 0)?;
        }
        let mut written = Vec::new();
        for (name, count) in &self.begun {
            let path = self.path(name);
            let mut file = OpenOptions::new().append(true).open(&path).map_err(at(&path))?;
            file.write_all(b"END:VCALENDAR\r\n").map_err(at(&path))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            written.push((name, *count));
        }
        written.sort();
        Ok(written)
    }
}

/// A name that any file system takes.
fn file_name(name: &str) -> String {
    let safe: String = name.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c }).collect();
    safe.chars().take(60).collect()
}

/// A task as an event or a to-do.
fn entry(task: &Value, document: &Value) -> String {
    let deadline = &task["deadline"];
    // The stamp is the day of issue: the same on every run.
    let (year, month, day) = document["issued"].as_str().and_then(last_day).unwrap_or((1970, 1, 1));
    let yearly = deadline["month"].as_u64().filter(|_| deadline["kind"] == "recurring" && deadline["per"] == "year");
    let first = yearly.and_then(|month| first_day(month, document["issued"].as_str(), document["period"]["from"].as_str()));
    let kind = if first.is_some() { "VEVENT" } else { "VTODO" };
    let mut out = String::new();
    line(&mut out, "BEGIN", kind);
    line(&mut out, "UID", &uid(task["id"].as_str().unwrap_or("")));
    line(&mut out, "DTSTAMP", &format!("{year:04}{month:02}{day:02}T000000Z"));
    line(&mut out, "SUMMARY", &escape(task["task"].as_str().unwrap_or("")));
    line(&mut out, "DESCRIPTION", &escape(&description(task)));
    if let Some(category) = task["category"].as_str() {
        line(&mut out, "CATEGORIES", &escape(category));
    }
    if let Some(((year, day), month)) = first.zip(yearly) {
        line(&mut out, "DTSTART;VALUE=DATE", &format!("{year}{month:02}{day:02}"));
        let until = document["period"]["to"].as_str().and_then(|to| to.get(..4)).filter(|to| *to >= year.to_string().as_str());
        let until = until.map(|to| format!(";UNTIL={to}1231")).unwrap_or_default();
        line(&mut out, "RRULE", &format!("FREQ=YEARLY;BYMONTH={month};BYMONTHDAY=-1{until}"));
        line(&mut out, "TRANSP", "TRANSPARENT");
    } else if let Some(due) = deadline["due"].as_str().and_then(last_day) {
        line(&mut out, "DUE;VALUE=DATE", &format!("{:04}{:02}{:02}", due.0, due.1, due.2));
    }
    line(&mut out, "END", kind);
    out
}

/// The year and day of the first time that a yearly month ends after the document was issued.
fn first_day(month: u64, issued: Option<&str>, from: Option<&str>) -> Option<(u16, u8)> {
    let year: u16 = issued.or(from)?.get(..4)?.parse().ok()?;
    let past = issued.and_then(|day| day.get(5..7)?.parse::<u64>().ok()).is_some_and(|of_issue| month < of_issue);
    let year = if past { year + 1 } else { year };
    let (_, _, day) = last_day(&format!("{year}-{month:02}"))?;
    Some((year, day))
}

fn description(task: &Value) -> String {
    let names = |key: &str| -> String {
        let units: Vec<&str> = task[key].as_array().into_iter().flatten().filter_map(|u| u["name"].as_str()).collect();
        units.join("、")
    };
    let mut out = String::new();
    for (label, text) in [
        ("牵头单位", names("lead")),
        ("配合单位", names("support")),
        ("完成时间", task["deadline"]["text"].as_str().unwrap_or("").to_owned()),
        ("文件", task["title"].as_str().unwrap_or("").to_owned()),
        ("编号", task["id"].as_str().unwrap_or("").to_owned()),
    ] {
        if !text.is_empty() {
            let _ = writeln!(out, "{label}：{text}");
        }
    }
    out.trim_end().to_owned()
}

/// A name for the entry that stays the same on each run.
fn uid(id: &str) -> String {
    let mut out: String = Sha256::digest(id.as_bytes()).iter().take(12).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    out += "@zhengce";
    out
}

/// Text as a calendar writes it.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out += "\\n",
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A line of a calendar: folded so that no part has more than 75 bytes, never inside a character.
fn line(out: &mut String, key: &str, value: &str) {
    let mut width = 0;
    for c in key.chars().chain([':']).chain(value.chars()) {
        if width + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::super::tests::{folder, records};
    use super::super::{Format, Info, write};
    use super::*;

    /// The lines of a calendar with folded ones joined.
    fn unfold(text: &str) -> Vec<String> {
        assert!(text.split("\r\n").all(|l| l.len() <= 75), "a line is too long");
        text.replace("\r\n ", "").split("\r\n").filter(|l| !l.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn dates_rhythms_and_standing_work() {
        let dir = folder("ics");
        let summary = write(Format::Ics, &dir, records("a").into_iter(), &Info::default()).unwrap();
        assert!(summary.files.contains(&("全部.ics".to_owned(), 4)), "{summary:?}");
        let lines = unfold(&std::fs::read_to_string(dir.join("全部.ics")).unwrap());
        let has = |line: &str| lines.iter().any(|l| l == line);
        assert!(has("DUE;VALUE=DATE:20110430"), "{lines:#?}");
        assert!(has("DTSTART;VALUE=DATE:20120229") && lines.iter().any(|l| l.starts_with("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1")));
        assert_eq!(lines.iter().filter(|l| l.starts_with("DUE")).count(), 1);
        assert_eq!(lines.iter().filter(|l| *l == "BEGIN:VTODO").count(), 3);
        assert_eq!(lines.iter().filter(|l| l.starts_with("BEGIN:")).count(), lines.iter().filter(|l| l.starts_with("END:")).count());
        // 召开会议 is led by two.
        let led = summary.files.iter().filter(|(name, _)| name != "全部.ics").map(|(_, count)| count).sum::<u64>();
        assert_eq!(led, 5);
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn marks_are_escaped_and_names_made_safe() {
        assert_eq!(escape("甲;乙,丙\\\n丁"), "甲\\;乙\\,丙\\\\\\n丁");
        assert_eq!(file_name("甲/乙"), "甲_乙");
    }
}
