//! What does the document promise? The record types, a file each with its extractor, and their JSON Schema.
//!
//! `（省发展改革委牵头，省财政厅配合）` becomes a responsibility whose `quote` is that note, to the character.

mod citation;
mod document;
mod focus;
mod measure;
mod named;
mod park;
mod passage;
mod printed;
mod project;
mod quantity;
mod responsibility;
pub mod schema;
mod section;
mod types;
mod written;

pub use document::Front;
pub use types::*;

use crate::layout::marker::marker_at;
use crate::layout::{Block, Kind, Outline};
use crate::mention::clause::{self, Sentence};
use crate::mention::list::{self, List};
use crate::mention::period::{Period, PeriodMention, Role};
use crate::source::Source;
use crate::text::{Folded, Offsets, Original, Reading, Span, fold};
use printed::Printed;
use responsibility::TaskColumns;
use std::sync::Arc;
use written::Written;

/// A document ready to be read by the extractors: its text, its structure, and what its front says of it.
pub struct Document<'a> {
    /// The decoded file.
    pub source: &'a Source,
    /// Blocks, headings, tables.
    pub outline: Outline,
    /// Title, issuer, date.
    pub front: Front,
    /// Its id.
    id: Arc<str>,
    /// Its title as it is printed.
    title: Option<Arc<str>>,
    /// The headings that stand above what is below each section, outermost first, each as printed.
    paths: Vec<Arc<[String]>>,
    /// Those above what is below none.
    no_path: Arc<[String]>,
    /// The year that the document was written in, and whether it tells only of what was.
    written: Written,
    /// The word for the whole of its place: 全省; None where neither its front nor its text tells.
    scope: Option<&'static str>,
    /// What the columns of its tables say of tasks.
    tasks: Vec<Option<TaskColumns>>,
    prose: Vec<Prose>,
    offsets: Offsets<'a>,
    /// How a page in traditional characters prints them: its outline and front are read in simplified ones.
    printed: Option<Printed>,
}

/// The sentences of a block or of a task's cell, each with the lists that it closes: read once, for all extractors.
struct Prose {
    place: Place,
    sentences: Vec<(Sentence, Vec<List>)>,
}

/// Where sentences stand in the outline.
enum Place {
    /// The block.
    Block(usize),
    /// A cell that tells a task: its block, table, row and column, and the time that the row sets.
    Cell { block: usize, table: usize, row: usize, column: usize, time: Option<Period> },
}

/// No title is longer, in characters.
const LONGEST_TITLE: usize = 80;

/// A stretch of prose, as the extractors read it.
#[derive(Clone)]
pub struct Text<'d> {
    /// What it reads as.
    pub reading: &'d Reading,
    /// The heading that it stands below.
    pub section: Option<usize>,
    /// The time that the row of its cell sets.
    pub time: Option<Period>,
    /// Whether it is a cell of a table.
    pub is_cell: bool,
}

impl Text<'_> {
    /// Where a part of it stands in the source.
    fn locate(&self, span: Span<Folded>) -> Span<Original> {
        self.reading.locate(span)
    }
}

/// A record before it has its id and its quote.
pub struct Draft {
    /// Where it stands.
    pub span: Span<Original>,
    /// The heading that it stands below.
    pub section: Option<usize>,
    /// The rule that read it.
    pub rule: &'static str,
    /// Its own fields.
    pub body: Body,
}

/// A reader of one kind of record.
pub trait Extractor: Sync {
    /// Adds what it finds in `document` to `drafts`, in any order.
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>);
}

/// All extractors: a new kind of record is a file, a variant of [`Body`] and a line here.
pub const EXTRACTORS: &[&dyn Extractor] = &[
    &document::Documents,
    &section::Sections,
    &passage::Passages,
    &quantity::Quantities,
    &project::Projects,
    &park::Parks,
    &focus::Focuses,
    &responsibility::Responsibilities,
    &measure::Measures,
    &citation::Citations,
];

/// Reads a source: all records, in the order of the text.
pub fn extract(source: &Source) -> Vec<Record> {
    Document::read(source).records()
}

/// The years that a heading or a title names last, the first and the last of them: 2022 of `三、2022年工作安排`, 2021 and 2025 of
/// `“十四五”规划`.
pub fn years_named(heading: &str) -> Option<(u16, u16)> {
    // 落实《…2019年…清单》, 2000年底前建成的小区, 比2020年翻一番: those years are of something else; until 2030 is no year.
    let says = |time: &PeriodMention| {
        let before = &heading[..time.span.start];
        time.role == Role::When && before.matches('《').count() == before.matches('》').count() && time.period.from.is_some()
    };
    let time = crate::mention::period::find(heading, 0, heading.len(), None).into_iter().rev().find(says)?.period;
    let year = |end: Option<String>| end?.get(..4)?.parse().ok();
    let (from, to) = (year(time.from), year(time.to));
    from.or(to).map(|one| (from.unwrap_or(one), to.unwrap_or(one)))
}

impl<'a> Document<'a> {
    /// Reads structure and front of a source.
    pub fn read(source: &'a Source) -> Self {
        let printed = fold::is_traditional(&source.text).then(|| Printed::of(&source.text));
        let offsets = Offsets::new(&source.text);
        let (outline, front) = if printed.is_some() {
            let outline = Outline::read(&Offsets::new(&fold::simplify(&source.text)));
            let front = Front::read(&source.meta.map(fold::simplify), &outline);
            (outline, front)
        } else {
            let outline = Outline::read(&offsets);
            let front = Front::read(&source.meta, &outline);
            (outline, front)
        };
        let (written, scope) = (Written::read(&front, &outline), front.scope(&outline));
        let mut title = front.title.clone();
        if let (Some(title), Some(printed)) = (&mut title, &printed) {
            printed.restore(title, Span::new(0, offsets.chars()));
        }
        let tasks = outline.tables.iter().map(TaskColumns::of).collect();
        let paths = paths(&outline, printed.as_ref());
        let mut document = Document {
            source,
            outline,
            front,
            id: source.id.as_str().into(),
            title: title.map(Arc::from),
            paths,
            no_path: Arc::default(),
            written,
            scope,
            tasks,
            prose: Vec::new(),
            offsets,
            printed,
        };
        document.prose = document.read_prose();
        document
    }

    /// Runs all extractors: the records in the order of the text.
    pub fn records(&self) -> Vec<Record> {
        let mut drafts = Vec::new();
        for extractor in EXTRACTORS {
            extractor.extract(self, &mut drafts);
        }
        self.finish(drafts)
    }

    /// Its id.
    pub fn id(&self) -> &Arc<str> {
        &self.id
    }

    /// Its title as it is printed.
    pub fn title(&self) -> Option<&Arc<str>> {
        self.title.as_ref()
    }

    /// The source's characters in `span`.
    pub fn quote(&self, span: Span<Original>) -> &'a str {
        self.offsets.slice(span)
    }

    /// What the characters in `span` read as.
    fn reading(&self, span: Span<Original>) -> Reading {
        match self.printed {
            Some(_) => Reading::new(&fold::simplify(self.quote(span)), span.start),
            None => Reading::new(self.quote(span), span.start),
        }
    }

    /// Whether a span ends inside the 《》 of a title.
    fn in_title(&self, span: Span<Original>) -> bool {
        let before = self.quote(Span::new(span.start.saturating_sub(LONGEST_TITLE), span.end));
        before.rfind('《').is_some_and(|open| !before[open..].contains(['》', '\n']))
    }

    /// How many code points the text has.
    pub fn chars(&self) -> usize {
        self.offsets.chars()
    }

    /// The year that the document was written in, for 今年 and for what lies ahead.
    pub fn year(&self) -> Option<u16> {
        self.written.year
    }

    /// The year that a government's yearly report plans for: the one in which it was given, or the next where that was in its last months.
    pub fn planned_year(&self) -> Option<u16> {
        let front = &self.front;
        let yearly = front.genre.as_deref() == Some("报告") && front.title.as_deref().is_some_and(|title| title.contains("政府工作报告"));
        let closing = front.issued.as_deref().and_then(|day| day.get(5..7)).is_some_and(|month| matches!(month, "11" | "12"));
        self.year().filter(|_| yearly).map(|year| year + u16::from(closing))
    }

    /// All prose, with its sentences and the lists that these close.
    pub fn prose(&self) -> impl Iterator<Item = (Text<'_>, &[(Sentence, Vec<List>)])> {
        let outline = &self.outline;
        self.prose.iter().map(move |prose| {
            let text = match &prose.place {
                Place::Block(at) => {
                    let block = &outline.blocks[*at];
                    Text { reading: &block.reading, section: block.section, time: None, is_cell: false }
                }
                Place::Cell { block, table, row, column, time } => Text {
                    reading: &outline.tables[*table].rows[*row].cells[*column].reading,
                    section: outline.blocks[*block].section,
                    time: time.clone(),
                    is_cell: true,
                },
            };
            (text, prose.sentences.as_slice())
        })
    }

    fn read_prose(&self) -> Vec<Prose> {
        let mut prose = Vec::new();
        for (at, block) in self.outline.blocks.iter().enumerate() {
            if let Kind::Row(table, Some(row)) = block.kind {
                let Some((columns, time)) = responsibility::task_cells(self, table, row) else { continue };
                prose.extend(columns.map(|column| {
                    let reading = &self.outline.tables[table].rows[row].cells[column].reading;
                    Prose { place: Place::Cell { block: at, table, row, column, time: time.clone() }, sentences: sentences(reading, 0) }
                }));
                continue;
            }
            let from = if block.is_prose() {
                block.says
            } else if self.says_all(at) {
                marker_at(block.reading.text()).map_or(0, |marker| marker.len)
            } else {
                continue;
            };
            prose.push(Prose { place: Place::Block(at), sentences: sentences(&block.reading, from) });
        }
        prose
    }

    /// Whether a block is a heading that says all there is: `（8）新建公共钓台130座、旅游码头9座。`, a sentence with nothing below it.
    fn says_all(&self, at: usize) -> bool {
        let blocks = &self.outline.blocks;
        let section = |block: &Block| block.section.filter(|_| block.kind == Kind::Heading);
        let Some(own) = section(&blocks[at]).filter(|_| blocks[at].reading.text().trim_end().ends_with('。')) else { return false };
        let below = blocks.get(at + 1).map(|next| section(next).map(|next| self.outline.sections[next].parent));
        below.is_none_or(|parent| parent.is_some_and(|parent| parent != Some(own)))
    }

    /// Sorts the drafts by their place, makes their ids and quotes, and drops what was read twice.
    fn finish(&self, mut drafts: Vec<Draft>) -> Vec<Record> {
        drafts.sort_by(|a, b| (a.span.start, a.span.end, a.body.kind()).cmp(&(b.span.start, b.span.end, b.body.kind())));
        drafts.sort_by_key(|d| d.body.kind() != "document");
        drafts.dedup_by(|b, a| a.span == b.span && a.body.kind() == b.body.kind());
        drafts.into_iter().map(|draft| self.record(draft)).collect()
    }

    fn record(&self, draft: Draft) -> Record {
        let Span { start, end, .. } = draft.span;
        let kind = draft.body.kind();
        let mut body = draft.body;
        if let Body::Section(section) = &mut body {
            section.parent = section.parent.take().map(|at| format!("{}:section:{at}", self.source.id));
        }
        if let Some(printed) = &self.printed {
            body.as_printed().into_iter().for_each(|text| printed.restore(text, draft.span));
        }
        Record {
            id: format!("{}:{kind}:{start}-{end}", self.source.id),
            kind,
            doc: self.id.clone(),
            title: self.title.clone(),
            section: self.path(draft.section).clone(),
            quote: self.quote(draft.span).to_owned(),
            start,
            end,
            rule: draft.rule,
            body,
        }
    }

    /// The headings above what stands below a section, outermost first, each as printed.
    pub fn path(&self, section: Option<usize>) -> &Arc<[String]> {
        section.map_or(&self.no_path, |at| &self.paths[at])
    }
}

/// The headings above what stands below each section.
fn paths(outline: &Outline, printed: Option<&Printed>) -> Vec<Arc<[String]>> {
    let headings = outline.sections.iter().map(|section| {
        let mut heading = section.printed.clone();
        if let Some(printed) = printed {
            printed.restore(&mut heading, section.span);
        }
        heading
    });
    let mut paths: Vec<Arc<[String]>> = Vec::with_capacity(outline.sections.len());
    for (section, heading) in outline.sections.iter().zip(headings) {
        let above = section.parent.map_or(&[][..], |parent| &paths[parent]);
        let path = above.iter().cloned().chain([heading]).collect();
        paths.push(path);
    }
    paths
}

/// The sentences of a text from byte `from`, each with the lists that it closes.
/// The sentences of a reading from `from` on, with their lists.
fn sentences(reading: &Reading, from: usize) -> Vec<(Sentence, Vec<List>)> {
    let text = reading.text();
    clause::sentences(text, from)
        .into_iter()
        .map(|s| {
            let lists = list::find(text, s.span);
            (s, lists)
        })
        .collect()
}

impl Block {
    /// Whether it holds sentences: a paragraph, or a heading that runs into one.
    fn is_prose(&self) -> bool {
        match self.kind {
            Kind::Paragraph => true,
            Kind::Heading => self.says < self.reading.text().len(),
            _ => false,
        }
    }

    /// Where a part of its reading stands in the source.
    fn locate(&self, span: Span<Folded>) -> Span<Original> {
        self.reading.locate(span)
    }
}
