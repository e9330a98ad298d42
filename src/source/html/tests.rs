use proptest::prelude::*;

use super::{read_page, without_site};

const SENTENCE: &str = "各地区、各部门要加强组织领导，完善工作机制，落实目标责任，确保各项任务落到实处。";

fn text(page: &str) -> String {
    read_page(page).text
}

fn article(inner: &str) -> String {
    text(&format!("<html><body><div id='UCAP-CONTENT'>{inner}<p>{SENTENCE}</p></div></body></html>")).replace(&format!("{SENTENCE}\n"), "")
}

#[test]
fn a_block_a_line() {
    assert_eq!(
        article("<p>一、<b>总体要求</b></p><p>&emsp;&emsp;（一）指导<span>思想</span>。<br>加快&nbsp;发展</p>"),
        "一、总体要求\n（一）指导思想。\n加快 发展\n"
    );
    assert_eq!(article("<p>推进\n    产业发展</p><div>到 2027 年</div>"), "推进产业发展\n到 2027 年\n");
    assert_eq!(article("<p>增长&lt;5%，a<5且b>3"), "增长<5%，a<5且b>3\n");
}

#[test]
fn rows_with_tabs_and_spans() {
    let table = "<table><tr><th rowspan=2>序号<th colspan=2>任务<th rowspan=2>牵头<br>单位<tr><th>内容<th>期限\
        <tr><td>1<td>制定方案<td>年内<td><p>省发改委</p><p>省财政厅</p></table>";
    assert_eq!(article(table), "序号\t任务\t\t牵头单位\n\t内容\t期限\t\n1\t制定方案\t年内\t省发改委 省财政厅\n");
}

#[test]
fn numbered_lists_get_their_numbers() {
    assert_eq!(
        article("<ol start=3><li>强化领导<li>完善机制</ol><ul><li>加强宣传</ul><ol><li>1.已有</ol>"),
        "3.强化领导\n4.完善机制\n加强宣传\n1.已有\n"
    );
}

#[test]
fn the_site_is_left_out() {
    let page = format!(
        "<html><head><title>关于加快产业发展的意见_某市人民政府门户网站</title><meta name=PubDate content='2024-03-05 10:00'></head><body>\
         <div class='top-nav'><a href=/>首页</a><a href=/a>政务公开</a></div><div class=crumbs>当前位置：首页 &gt; 文件</div>\
         <table><tr><td>索 引 号：<td>0001<td>发文机关：<td>某市人民政府<tr><td>成文日期：<td>2024年3月1日<td>发文字号：<td>某政发〔2024〕3号</table>\
         <h1>关于加快产业发展的意见</h1><div>发布日期：2024-03-05 来源：某厅 浏览次数：<script>count()</script></div>\
         <div class=xyz><p>{SENTENCE}</p><p>{SENTENCE}</p><p>{SENTENCE}</p><p>【打印】【关闭】</p></div>\
         <ul class=list><li><a href=1>甲</a><li><a href=2>乙</a><li><a href=3>丙</a><li><a href=4>丁</a></ul>\
         <div class=footer>版权所有：某市人民政府 ICP备1号</div></body></html>"
    );
    let read = read_page(&page);
    let head =
        "索 引 号：\t0001\t发文机关：\t某市人民政府\n成文日期：\t2024年3月1日\t发文字号：\t某政发〔2024〕3号\n关于加快产业发展的意见\n";
    assert_eq!(read.text, format!("{head}{SENTENCE}\n{SENTENCE}\n{SENTENCE}\n"));
    assert_eq!(read.meta.title.as_deref(), Some("关于加快产业发展的意见"));
    assert_eq!(read.meta.issued.as_deref(), Some("2024-03-05"));
}

#[test]
fn two_containers_of_a_name_are_both_read() {
    let page =
        format!("<div class=TRS_Editor><p>{SENTENCE}</div><div>x</div><div class=TRS_Editor><p>附件</p><p>{}</div>", SENTENCE.repeat(5));
    assert_eq!(text(&page), format!("{SENTENCE}\n附件\n{}\n", SENTENCE.repeat(5)));
}

#[test]
fn a_table_that_lays_out_the_page_is_unwrapped() {
    let page = format!("<table><tr><td>{}<td>侧栏</table>", format!("<p>{SENTENCE}</p>").repeat(12));
    let lines = text(&page);
    assert_eq!(lines.lines().filter(|line| *line == SENTENCE).count(), 12);
}

#[test]
fn the_sites_name_is_cut_from_the_title() {
    assert_eq!(without_site("国务院关于推进改革的意见_农业_政府信息公开专栏_中国政府网"), "国务院关于推进改革的意见");
    assert_eq!(without_site("关于规划（2011-2013年）的通知"), "关于规划（2011-2013年）的通知");
}

#[test]
fn deep_and_broken_pages_are_read_in_linear_time() {
    let deep = format!("{}{SENTENCE}", "<div>".repeat(300_000));
    assert!(text(&deep).contains(SENTENCE));
    let nested = format!("{}{SENTENCE}", "<table><tr><td>".repeat(100_000));
    assert!(text(&nested).contains(SENTENCE));
    let open = format!("{}{SENTENCE}", "<p><b><a href=x><li><ol>".repeat(100_000));
    assert!(text(&open).contains(SENTENCE));
    let attributes: String = (0..200_000).flat_map(|number| [" a".to_owned(), number.to_string()]).collect();
    assert!(text(&format!("<p{attributes}>{SENTENCE}")).contains(SENTENCE));
    let list = format!("<ol>{}</ol>", format!("<li>{SENTENCE}").repeat(50_000));
    assert!(text(&list).contains("\n50000.各地区"));
}

#[test]
fn the_pages_headline_gives_way_to_the_documents() {
    let page = format!(
        "<title>某省关于加快发展的意见（某政发〔2021〕30号）_中国政府网</title><div class=article><h1>某省关于加快发展的意见</h1><div class=date>2021-08-01 06:59 来源：新华社</div>\
         <div><p>某省关于<br>加快发展的意见</p><p>{SENTENCE}</p></div></div>"
    );
    let read = read_page(&page);
    assert_eq!(read.text, format!("某省关于\n加快发展的意见\n{SENTENCE}\n"));
    assert_eq!((read.meta.title.as_deref(), read.meta.number.as_deref()), (Some("某省关于加快发展的意见"), Some("某政发〔2021〕30号")));
}

proptest! {
    #[test]
    fn no_page_panics(page in r#"(<(/?(p|div|td|tr|table|li|ol|b|a href=x|script|!--|td colspan=9 rowspan=9))>|&[a-z#0-9]{0,5};?|[一-龥，。 \n<>"'=]){0,80}"#) {
        let read = read_page(&page);
        prop_assert!(!read.text.contains('\0'));
    }

    #[test]
    fn no_characters_panic(page in ".{0,200}") {
        let _ = read_page(&page);
    }
}

#[test]
fn labels_that_are_blocks_are_joined_with_their_values() {
    let page = format!(
        "<body><div class='pchide abstract'><h2>索 引 号：</h2><p>000014349/2024-00001</p><h2>发文机关：</h2><p>国务院</p><h2>成文日期：</h2><p>2024年3月1日</p></div>\
         <div><h1>国务院关于推进改革的意见</h1></div><UCAPCONTENT><p>{SENTENCE}</p><p>{SENTENCE}</p></UCAPCONTENT></body>"
    );
    let head = "索 引 号：\t000014349/2024-00001\n发文机关：\t国务院\n成文日期：\t2024年3月1日\n国务院关于推进改革的意见\n";
    assert_eq!(text(&page), format!("{head}{SENTENCE}\n{SENTENCE}\n"));
}

#[test]
fn an_old_page_of_breaks_in_a_cell_is_read() {
    let page = format!(
        "<HTML><HEAD><TITLE>某省人民政府文件</TITLE></HEAD><BODY><TABLE><TR><TD><A HREF=a>首页</A> <A HREF=b>政务</A><TR><TD width=20%><A HREF=c>左栏</A>\
         <TD><P ALIGN=center><FONT size=5><B>关于加快发展的意见</B></FONT><BR>　　一、总体要求<BR>\r\n　　{SENTENCE}<BR><BR>　　二、主要任务<BR>　　{SENTENCE}</TABLE></BODY>"
    );
    assert_eq!(text(&page), format!("关于加快发展的意见\n一、总体要求\n{SENTENCE}\n二、主要任务\n{SENTENCE}\n"));
}

#[test]
fn a_page_saved_by_word_is_read() {
    let page = format!(
        "<html xmlns:o='urn'><head><style><!-- p.MsoNormal {{}} --></style><!--[if gte mso 9]><xml><o:p>隐</o:p></xml><![endif]--></head><body lang=ZH-CN>\
         <div class=WordSection1><p class=MsoNormal><span lang=EN-US><![if !supportLists]>1.<span>&nbsp;&nbsp; </span><![endif]></span>加强\n领导<o:p></o:p></p><p>{SENTENCE}</p></div></body></html>"
    );
    assert_eq!(text(&page), format!("1.  加强领导\n{SENTENCE}\n"));
}
