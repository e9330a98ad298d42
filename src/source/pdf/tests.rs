use std::ffi::OsStr;
use std::path::Path;

use proptest::prelude::*;

use super::super::error::SourceError;
use super::{run, text_of};

#[test]
fn lines_of_a_paragraph_join_and_headings_stand_alone() {
    let layout = "
                关于印发《某省产业发展实施方案（2024—
                        2027年）》的通知

各市、县（市、区）人民政府，省级有关单位：
    为深入贯彻落实党中央、国务院决策部署，加快推动全省产业创新发展，抢占未来竞争制
高点，构筑发展新优势，现将实施方案印发给你们，请结合实际认真抓好落实，到 2027 年达
到 5 家。
                                           某省人民政府办公厅
                                             2024年9月2日
    一、总体要求
    （一）指导思想。坚持创新驱动，完整、准确、全面贯彻新发展理念，推动高质量发展，形
                                        — 1 —
\u{0C}成具有竞争力的产业体系，不断提升⼯业发展⽔平。
    （二）发展目标。

                                        — 2 —
";
    let lines = "关于印发《某省产业发展实施方案（2024—2027年）》的通知\n各市、县（市、区）人民政府，省级有关单位：\n\
        为深入贯彻落实党中央、国务院决策部署，加快推动全省产业创新发展，抢占未来竞争制高点，构筑发展新优势，现将实施方案印发给你们，请结合实际认真抓好落实，到2027年达到5家。\n\
        某省人民政府办公厅\n2024年9月2日\n一、总体要求\n\
        （一）指导思想。坚持创新驱动，完整、准确、全面贯彻新发展理念，推动高质量发展，形成具有竞争力的产业体系，不断提升工业发展水平。\n（二）发展目标。\n";
    assert_eq!(text_of(layout), lines);
}

/// Sets cells at columns of a line.
fn set(columns: &[usize], cells: &[&str]) -> String {
    let mut line = String::new();
    for (column, cell) in columns.iter().zip(cells) {
        line.extend(std::iter::repeat_n(' ', column.saturating_sub(line.chars().count())));
        line.push_str(cell);
    }
    line + "\n"
}

#[test]
fn rows_of_a_table_are_parted_by_tabs() {
    let layout = "
    序号      工作任务             牵头单位       完成时间
    1       制定全省产业项目建设       省发改委       2011年4月
            活动实施方案
    2       确定全省重点产业园区       省商务厅       2011年6月
    3       产业项目招商引资         省商务厅       全年工作
";
    let lines = "序号\t工作任务\t牵头单位\t完成时间\n1\t制定全省产业项目建设活动实施方案\t省发改委\t2011年4月\n2\t确定全省重点产业园区\t省商务厅\t2011年6月\n3\t产业项目招商引资\t省商务厅\t全年工作\n";
    assert_eq!(text_of(layout), lines);
}

#[test]
fn a_row_whose_number_stands_in_the_middle_keeps_its_upper_lines() {
    let layout = "
    序号      工作任务             牵头单位       完成时间

            制定全省产业项目建设
    1       活动的实施方案和年度       省发改委       2011年4月
            计划。
            确定全省重点产业园区
    2       名单并向社会公布结果       省商务厅       2011年6月
            情况。
";
    let lines = "序号\t工作任务\t牵头单位\t完成时间\n1\t制定全省产业项目建设活动的实施方案和年度计划。\t省发改委\t2011年4月\n2\t确定全省重点产业园区名单并向社会公布结果情况。\t省商务厅\t2011年6月\n";
    assert_eq!(text_of(layout), lines);
}

#[test]
fn a_row_whose_number_stands_at_its_top_keeps_its_lower_lines() {
    let layout = "
    序号      工作任务             牵头单位       完成
                                              时间
            一、加强制度建设
    1       制定全省产业项目建设       省发改委       2011
            活动实施方案                       年4月
    2       确定全省重点产业园区       省商务厅       2011
                                              年6月
            二、谋划推进项目
    3       产业项目招商引资         省商务厅       全年
";
    let lines = "序号\t工作任务\t牵头单位\t完成时间\n\t一、加强制度建设\t\t\n1\t制定全省产业项目建设活动实施方案\t省发改委\t2011年4月\n\
        2\t确定全省重点产业园区\t省商务厅\t2011年6月\n\t二、谋划推进项目\t\t\n3\t产业项目招商引资\t省商务厅\t全年\n";
    assert_eq!(text_of(layout), lines);
}

#[test]
fn rows_beside_a_cell_that_spans_them_stay_rows() {
    let layout = [
        ["类别", "指标名称", "单位", "2025年", "属性"],
        ["", "地区生产总值", "亿元", "18500", "预期性"],
        ["经济发展", "固定资产投资增长", "%", "6.5", "预期性"],
        ["", "单位地区生产总值能源", "", "", ""],
        ["", "消耗降低", "%", "13.5", "约束性"],
        ["", "粮食综合生产能力", "亿斤", "1600", "约束性"],
    ];
    let layout = layout.map(|cells| set(&[4, 12, 28, 36, 46], &cells)).concat();
    let lines = "类别\t指标名称\t单位\t2025年\t属性\n\t地区生产总值\t亿元\t18500\t预期性\n经济发展\t固定资产投资增长\t%\t6.5\t预期性\n\
        \t单位地区生产总值能源消耗降低\t%\t13.5\t约束性\n\t粮食综合生产能力\t亿斤\t1600\t约束性\n";
    assert_eq!(text_of(&layout), lines);
}

#[test]
fn a_missing_program_is_named_with_a_hint() {
    let error = run(OsStr::new("no-such-pdftotext"), Path::new("方案.pdf"), "方案.pdf").unwrap_err();
    assert_eq!(error.to_string(), "方案.pdf needs the program `no-such-pdftotext`, which was not found");
    assert!(error.hint().contains("apt install poppler-utils"));
}

#[test]
fn a_program_that_fails_is_quoted() {
    // `false` stands for a pdftotext that says nothing.
    let error = run(OsStr::new("false"), Path::new("方案.pdf"), "方案.pdf").unwrap_err();
    assert!(matches!(&error, SourceError::Pdf { message, .. } if message.starts_with("it ended with")), "{error}");
}

#[test]
fn long_output_takes_linear_time() {
    let line = format!("    {}\n", "推动高质量发展，".repeat(6));
    assert!(text_of(&line.repeat(40_000)).len() > 1_000_000);
    let row = "    1       制定全省产业项目建设       省发改委       2011年4月\n";
    assert_eq!(text_of(&row.repeat(20_000)).lines().count(), 20_000);
    assert!(text_of(&"a  b".repeat(200_000)).len() > 100_000);
}

proptest! {
    #[test]
    fn no_layout_panics(layout in "([ ]{0,9}|[一二三、（）。《》⼯国务院方案关于通知]{1,9}|[0-9]{1,3}|\n|\u{0C}){0,120}") {
        let _ = text_of(&layout);
    }
}
