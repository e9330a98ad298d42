//! Do the same words in different files give the same records?
//!
//! One document of the tests' own as plain text, as a web page, as a Word file, and as a PDF file where a tool makes one.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::properties::without_place;
use crate::support::{records, text};

/// A line of the document.
enum Line {
    Title(&'static str),
    Heading(&'static str),
    Text(&'static str),
    Table(&'static [&'static [&'static str]]),
}
use Line::{Heading, Table, Text, Title};

const DOCUMENT: &[Line] = &[
    Title("临江省人民政府办公厅关于促进渔具产业高质量发展的实施意见"),
    Text("临政办发〔2024〕18号"),
    Text("各市（州）人民政府，省政府各部门："),
    Text("为促进渔具产业高质量发展，根据《渔具产业促进条例》（国发〔2023〕6号），结合实际，制定本意见。"),
    Heading("一、总体目标"),
    Text("到2027年，全省渔具产业主营业务收入突破200亿元，年均增长12%左右，规模以上企业达到80家以上。"),
    Heading("二、重点任务"),
    Text(
        "（一）优化产业布局。重点建设云溪渔具产业园、石桥渔具产业园、柳林渔具产业园等3个重点园区。（省工业和信息化厅牵头，省自然资源厅配合）",
    ),
    Text("（二）补齐产业链条。重点发展高端鱼竿、智能渔轮、环保饵料等3大领域。（省科技厅、省财政厅等按职责分工负责）"),
    Text("2023年，全省渔具产业实现出口额15.6亿元，同比增长8.2%。"),
    Heading("三、保障措施"),
    Text("（一）加强组织领导。建立联席会议制度。"),
    Text("（二）强化资金支持。设立专项资金。"),
    Text("临江省人民政府办公厅"),
    Text("2024年5月6日"),
    Heading("附件：重点任务分工表"),
    Table(&[
        &["序号", "任务", "牵头单位", "配合单位", "完成时间"],
        &["1", "建设渔具检测中心", "省市场监管局", "省科技厅、省财政厅", "2025年6月"],
        &["2", "举办渔具博览会", "省商务厅", "省文化和旅游厅", "每年9月"],
    ]),
];

#[test]
fn text_page_and_word_file_give_the_same_records() {
    let folder = folder("formats");
    let plain = read(&folder, "意见.txt", plain().as_bytes());
    let kinds: Vec<&str> = plain.iter().map(|record| text(record, "type")).collect();
    for kind in ["document", "section", "passage", "target", "statistic", "park", "focus", "responsibility", "measure", "citation"] {
        assert!(kinds.contains(&kind), "the document has no {kind}");
    }
    same(&plain, &read(&folder, "意见.html", page().as_bytes()), "html");
    same(&plain, &read(&folder, "意见.docx", &word_file()), "docx");
    let signed = [b"\xEF\xBB\xBF", plain_with("\r\n").as_bytes()].concat();
    same(&plain, &read(&folder, "意见二.txt", &signed), "CRLF with a byte order mark");
    let (gb18030, _, _) = encoding_rs::GB18030.encode(Box::leak(self::plain().into_boxed_str()));
    same(&plain, &read(&folder, "意见三.txt", &gb18030), "GB18030");
    fs::remove_dir_all(folder).unwrap_or_else(|cause| panic!("{cause}"));
}

#[test]
fn a_pdf_file_gives_the_same_records() {
    let folder = folder("pdf");
    let page_path = folder.join("意见.html");
    fs::write(&page_path, page()).unwrap_or_else(|cause| panic!("{cause}"));
    let made = print_pdf(&folder, &page_path);
    if let Some(pdf) = made {
        let plain = read(&folder, "意见.txt", plain().as_bytes());
        let bytes = fs::read(&pdf).unwrap_or_else(|cause| panic!("{cause}"));
        fs::remove_file(&page_path).unwrap_or_else(|cause| panic!("{cause}"));
        same(&plain, &read(&folder, "印.pdf", &bytes), "pdf");
    } else {
        println!("passed over: no tool here prints a page to PDF (weasyprint, soffice, chromium) and reads it (pdftotext)");
    }
    fs::remove_dir_all(folder).unwrap_or_else(|cause| panic!("{cause}"));
}

/// Prints a page to PDF with the first tool that is here.
fn print_pdf(folder: &Path, page: &Path) -> Option<PathBuf> {
    Command::new("pdftotext").arg("-v").output().ok()?;
    let out = folder.join("out.pdf");
    let runs = |command: &mut Command| command.output().is_ok_and(|done| done.status.success()) && out.is_file();
    let printed = runs(Command::new("weasyprint").arg(page).arg(&out))
        || ["chromium", "chromium-browser", "google-chrome"].iter().any(|browser| {
            let to = format!("--print-to-pdf={}", out.display());
            runs(Command::new(browser).args(["--headless", "--no-sandbox", "--no-pdf-header-footer", &to]).arg(page))
        });
    printed.then_some(out)
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("zhengce-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap_or_else(|cause| panic!("{cause}"));
    folder
}

/// Writes a file and reads it as the program does.
fn read(folder: &Path, name: &str, bytes: &[u8]) -> Vec<Value> {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap_or_else(|cause| panic!("{cause}"));
    let found = zhengce::source::find(&[path]);
    let sources = found.files.iter().flat_map(zhengce::source::read);
    sources.flat_map(|source| records(&source.unwrap_or_else(|error| panic!("{name}: {error}")))).collect()
}

fn same(plain: &[Value], other: &[Value], format: &str) {
    let bare = |records: &[Value]| records.iter().map(|record| without_place(record).to_string()).collect::<Vec<_>>();
    let (plain, other) = (bare(plain), bare(other));
    let missing: Vec<&String> = plain.iter().filter(|record| !other.contains(record)).collect();
    let extra: Vec<&String> = other.iter().filter(|record| !plain.contains(record)).collect();
    assert!(missing.is_empty() && extra.is_empty(), "{format} lacks\n{missing:#?}\nand has besides\n{extra:#?}");
    assert_eq!(plain, other, "{format}: another order");
}

fn plain() -> String {
    plain_with("\n")
}

fn plain_with(end: &str) -> String {
    let lines = DOCUMENT.iter().flat_map(|line| match line {
        Title(line) | Heading(line) | Text(line) => vec![(*line).to_owned()],
        Table(rows) => rows.iter().map(|row| row.join("\t")).collect(),
    });
    lines.map(|line| line + end).collect()
}

fn page() -> String {
    let body: String = DOCUMENT
        .iter()
        .map(|line| match line {
            Title(line) => format!("<h1>{line}</h1>\n"),
            Heading(line) => format!("<p><strong>{line}</strong></p>\n"),
            Text(line) => format!("<p>　　{line}</p>\n"),
            Table(rows) => {
                let row =
                    |row: &&[&str]| format!("<tr>{}</tr>\n", row.iter().map(|cell| format!("<td><p>{cell}</p></td>")).collect::<String>());
                format!("<table border=\"1\">\n{}</table>\n", rows.iter().map(row).collect::<String>())
            }
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{}</title><style>@page {{ size: A3 landscape; }} table {{ width: 100%; }} td {{ padding: 2px 40px; }} p {{ margin: 4px 0; }}</style><script>var a = 1;</script></head>\n<body>\n<div class=\"article\">\n{body}</div>\n</body></html>\n",
        "意见"
    )
}

fn word_file() -> Vec<u8> {
    const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    const LINKS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    // Word parts a paragraph into runs as it pleases.
    let paragraph = |line: &str| {
        let half = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at);
        let (left, right) = line.split_at(half);
        format!(r#"<w:p><w:r><w:t xml:space="preserve">{left}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{right}</w:t></w:r></w:p>"#)
    };
    let body: String = DOCUMENT
        .iter()
        .map(|line| match line {
            Title(line) | Heading(line) | Text(line) => paragraph(line),
            Table(rows) => {
                let cell = |cell: &&str| format!("<w:tc>{}</w:tc>", paragraph(cell));
                let row = |row: &&[&str]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
                format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
            }
        })
        .collect();
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [("[Content_Types].xml", TYPES), ("_rels/.rels", LINKS), ("word/document.xml", &document)] {
        package.start_file(name, SimpleFileOptions::default()).unwrap_or_else(|cause| panic!("{name}: {cause}"));
        package.write_all(part.as_bytes()).unwrap_or_else(|cause| panic!("{name}: {cause}"));
    }
    package.finish().unwrap_or_else(|cause| panic!("{cause}")).into_inner()
}
