use std::io::{Cursor, Write};
use std::path::PathBuf;

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::Format;
use super::super::error::SourceError;
use super::super::find::Found;
use super::read;

fn found() -> Found {
    Found { path: PathBuf::from("意见.docx"), id: "意见".into(), name: "意见.docx".into(), format: Format::Docx, notice: None }
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn text(body: &str) -> String {
    read(&package(&[("word/document.xml", &format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"))]), &found()).unwrap()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn runs_join_and_what_is_not_printed_is_left_out() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>一、</w:t></w:r><w:r><w:t xml:space='preserve'>总体&amp;要求 </w:t><w:tab/><w:t>2027年</w:t></w:r>\
        <w:del><w:r><w:delText>删</w:delText><w:t>删</w:t></w:r></w:del><w:r><w:instrText>PAGE</w:instrText><w:br/><w:t>二</w:t></w:r>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p><w:p/>";
    assert_eq!(text(body), "一、总体&要求  2027年\n二链接\n");
}

#[test]
fn a_text_box_is_read_once() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", paragraph("专栏"));
    let body = format!(
        "<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice>{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    assert_eq!(text(&body), "正文\n专栏\n");
}

#[test]
fn merged_cells_and_nested_tables() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}<w:tc>{}{}</w:tc></w:tr></w:tbl>",
        cell("<w:vMerge w:val='restart'/>", "序号"),
        cell("<w:gridSpan w:val='2'/>", "任务"),
        cell("<w:vMerge/>", ""),
        cell("", "内容"),
        paragraph("省发改委"),
        paragraph("省财政厅"),
    );
    assert_eq!(text(&body), "序号\t任务\t\n\t内容\t省发改委 省财政厅\n");
    let nested = format!("<w:tbl><w:tr><w:tc>{}{body}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph("外"), paragraph("右"));
    assert_eq!(text(&nested), "外\n序号\t任务\t\n\t内容\t省发改委 省财政厅\n右\n");
}

#[test]
fn numbers_are_written_out() {
    let level = |at: u32, format: &str, text: &str, more: &str| {
        format!("<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>{more}<w:lvlText w:val='{text}'/></w:lvl>")
    };
    let numbering = format!(
        "<w:numbering><w:abstractNum w:abstractNumId='5'>{}{}{}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='5'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num></w:numbering>",
        level(0, "chineseCounting", "%1、", "<w:pStyle w:val='H1'/>"),
        level(1, "japaneseCounting", "（%2）", ""),
        level(2, "decimal", "%3.", ""),
    );
    let styles = "<w:styles><w:style w:styleId='H1'><w:name w:val='heading 1'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
        <w:style w:styleId='H1b'><w:name w:val='mine'/><w:basedOn w:val='H1'/></w:style><w:style w:styleId='T1'><w:name w:val='toc 1'/></w:style></w:styles>";
    let item = |list: u32, level: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let in_style = |style: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = [
        in_style("T1", "总体要求 1"),
        in_style("H1", "总体要求"),
        item(1, 1, "思想"),
        item(1, 1, "目标"),
        item(1, 2, "甲"),
        item(1, 2, "乙"),
        in_style("H1b", "任务"),
        item(1, 1, "产业"),
        item(1, 2, "丙"),
        item(2, 0, "重来"),
        item(2, 0, "再来"),
        item(0, 0, "无号"),
    ];
    let document = format!("<w:document><w:body>{}</w:body></w:document>", body.concat());
    let package = package(&[("word/document.xml", &document), ("word/numbering.xml", &numbering), ("word/styles.xml", styles)]);
    let lines = "一、总体要求\n（一）思想\n（二）目标\n1.甲\n2.乙\n二、任务\n（一）产业\n1.丙\n一、重来\n二、再来\n无号\n";
    assert_eq!(read(&package, &found()).unwrap(), lines);
}

#[test]
fn the_package_says_where_the_text_stands() {
    let types = "<Types><Override PartName='/word/document2.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
    let document = format!("<w:document><w:body>{}</w:body></w:document>", paragraph("正文"));
    assert_eq!(read(&package(&[("[Content_Types].xml", types), ("word/document2.xml", &document)]), &found()).unwrap(), "正文\n");
}

#[test]
fn what_is_no_word_file_says_so() {
    let old = read(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest", &found()).unwrap_err();
    assert_eq!(old.to_string(), "意见.docx is a Word file in the old binary format, or an encrypted one");
    assert!(old.hint().contains("soffice --headless --convert-to docx 意见.docx"));
    assert!(matches!(read(b"PK\x03\x04 broken", &found()), Err(SourceError::Docx { .. })));
    let empty = read(&package(&[("a.txt", "")]), &found()).unwrap_err();
    assert_eq!(empty.to_string(), "意见.docx is no readable Word file: it has no part word/document.xml");
    let broken = read(&package(&[("word/document.xml", "<w:document><w:body></w:p>")]), &found()).unwrap_err();
    assert!(broken.to_string().contains("byte"), "{broken}");
}

#[test]
fn deep_nesting_is_read() {
    let depth = 20_000;
    let body = format!("{}{}{}", "<w:tbl><w:tr><w:tc>".repeat(depth), paragraph("底"), "</w:tc></w:tr></w:tbl>".repeat(depth));
    assert_eq!(text(&body), "底\n");
}

proptest! {
    #[test]
    fn no_xml_panics(body in "(<(/?w:(p|r|t|tbl|tr|tc|txbxContent|pPr|del)|w:tab/|w:gridSpan w:val='9'/|w:numId w:val='1'/)>|&[a-z#0-9]{0,4};|[文 ]){0,60}") {
        let parts = [("word/document.xml", body.as_str()), ("word/numbering.xml", body.as_str()), ("word/styles.xml", body.as_str())];
        let _ = read(&package(&parts), &found());
    }

    #[test]
    fn no_bytes_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..300), from in 0_usize..300) {
        let _ = read(&bytes, &found());
        let mut good = package(&[("word/document.xml", "<w:document><w:body><w:p/></w:body></w:document>")]);
        bytes.truncate(4);
        for (at, byte) in bytes.into_iter().enumerate() {
            let at = (from + at) % good.len();
            good[at] = byte;
        }
        let _ = read(&good, &found());
    }
}
