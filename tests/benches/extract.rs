//! How fast is extraction, and does its time grow with the text's length alone?
//!
//! `cargo bench`: each input at 10 kB, 100 kB, 1 MB and 10 MB; the throughput must not fall with the size.

use divan::Bencher;
use divan::counter::BytesCount;
use zhengce::source::Source;

const SIZES: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

fn main() {
    divan::main();
}

/// `piece` again and again, up to about `size` bytes.
fn repeated(piece: &str, size: usize) -> String {
    piece.repeat(size.div_ceil(piece.len()))
}

fn extract(bencher: Bencher, text: &str) {
    let source = Source::of_text("x", text);
    bencher.counter(BytesCount::of_str(&source.text)).bench_local(|| zhengce::record::extract(&source));
}

/// The seeds, one after the other.
fn seeds() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let found = zhengce::source::find(&[folder.into()]).files;
    found.iter().flat_map(zhengce::source::read).map(|source| source.expect("the seeds are texts").text).collect()
}

/// The seeds, cut at the first line end after `size` bytes.
fn seeds_of(size: usize) -> String {
    let text = repeated(&seeds(), size);
    let end = text.char_indices().find(|(at, c)| *at >= size && *c == '\n').map_or(text.len(), |(at, _)| at);
    text[..end].to_owned()
}

#[divan::bench(args = SIZES, max_time = 20)]
fn the_seeds(bencher: Bencher, size: usize) {
    extract(bencher, &seeds_of(size));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn the_seeds_on_one_line(bencher: Bencher, size: usize) {
    extract(bencher, &seeds_of(size).replace(['\n', '\r'], ""));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn one_sentence_without_end(bencher: Bencher, size: usize) {
    extract(bencher, &repeated("到2030年，全省渔具产业主营业务收入达到80亿元，", size));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn one_list_without_end(bencher: Bencher, size: usize) {
    extract(bencher, &format!("重点建设{}等3个园区。", repeated("云溪渔具产业园、", size)));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn nested_brackets(bencher: Bencher, size: usize) {
    let half = repeated("甲（", size / 2);
    extract(bencher, &format!("{half}{}", repeated("）乙", size / 2)));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn headings_alone(bencher: Bencher, size: usize) {
    extract(bencher, &repeated("一、总体要求\n（一）指导思想\n1．加强领导\n", size));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn one_table(bencher: Bencher, size: usize) {
    let head = "序号\t任务\t牵头单位\t完成时间\n";
    extract(bencher, &format!("{head}{}", repeated("1\t建设渔具检测站\t省科技厅\t2026年6月\n", size)));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn a_table_copied_cell_by_cell(bencher: Bencher, size: usize) {
    let rows: Vec<String> = (1..=size / 60).map(|row| format!("{row}\n建设渔具检测站\n省科技厅\n2026年6月")).collect();
    extract(bencher, &format!("序号\n任务\n牵头单位\n完成时间\n{}", rows.join("\n")));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn counts_that_nothing_follows(bencher: Bencher, size: usize) {
    extract(bencher, &repeated("打造4条产业链：", size));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn quotes_that_never_close(bencher: Bencher, size: usize) {
    extract(bencher, &repeated("“甲建设项目，", size));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn one_clause_of_projects_and_parks(bencher: Bencher, size: usize) {
    extract(bencher, &repeated("建设和项目和园区和", size));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn one_sentence_of_citations(bencher: Bencher, size: usize) {
    extract(bencher, &repeated("根据《国务院关于甲的通知》（国发〔2016〕25号）和黑政发〔2010〕62号，", size));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn titles_broken_across_lines(bencher: Bencher, size: usize) {
    extract(bencher, &format!("《甲\n{}", repeated("》《甲\n", size)));
}

#[divan::bench(args = SIZES, max_time = 20)]
fn titles_that_no_notice_carries(bencher: Bencher, size: usize) {
    extract(bencher, &repeated("依据《国务院关于甲的通知》，", size));
}
