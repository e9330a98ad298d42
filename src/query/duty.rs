//! Which responsibilities does a topic mean? Those whose task or heading says it; below them those whose item does, the paragraph that
//! the note closes: `建设云溪博物馆和渔具市场。（市文旅局负责）` tells who does 渔具市场, whatever the task is called.

use std::collections::HashMap;

use serde_json::Value;
use tantivy::{DocAddress, DocId};

use super::ast::{Expr, Field};
use super::matching::{Bits, pieces};
use super::rank::{Ranked, Scored};
use super::search::{Error, Searcher, without_text};
use crate::index::{body, fold, fold_char, is_han};

/// The responsibilities that a topic means.
pub struct Duties {
    /// By segment: those that hold all of the topic; those that hold most of it, where that may do or none holds all.
    pub found: Vec<Bits>,
    /// Whether none holds all of it.
    pub relaxed: bool,
    /// By segment and record: how much of the topic each holds, and how near to its name.
    levels: Vec<HashMap<DocId, f32>>,
    /// By segment: the passages of the items.
    passages: Vec<HashMap<DocId, DocId>>,
}

/// What counts a part of the topic that an item's text says, against one that its task or heading says.
const TOLD: f32 = 0.5;
/// The same, where the item's text says the whole topic in one.
const TOLD_AT_ONCE: f32 = 0.6;
/// What counts a part that only the document's title says: it holds for all its tasks.
const TITLED: f32 = 0.2;
/// What share of the topic one must hold.
const HALF: f32 = 0.5;
/// One whose parts stand farther from its name than this share of the best one's is no answer beside it.
const FAR: f32 = 0.25;

impl Duties {
    /// Ranks what was found: what holds more of the topic, nearer to its name, comes first; among equal ones the score decides, that of
    /// the item's passage too.
    pub fn rank(&self, scored: &Scored, ranked: &mut [Ranked]) {
        for one in ranked.iter_mut() {
            let (ord, doc) = (one.at.0 as usize, one.at.1);
            if let Some(passage) = self.passages[ord].get(&doc) {
                one.score += scored.segments[ord].records[*passage as usize] * TOLD;
            }
        }
        let step = 1.0 + ranked.iter().map(|one| one.score).fold(0.0, f32::max);
        for one in ranked {
            one.score += step * self.levels[one.at.0 as usize].get(&one.at.1).copied().unwrap_or(0.0);
        }
    }

    /// What must be scored to rank what was found: the responsibilities and the passages of their items.
    pub fn with_passages(&self, found: &[Bits]) -> Vec<Bits> {
        let mut scored = found.to_vec();
        for (bits, passages) in scored.iter_mut().zip(&self.passages) {
            for passage in passages.values() {
                bits.put(*passage);
            }
        }
        scored
    }
}

/// The words of a query for responsibilities; `None` where it asks for something else.
fn topic(expr: &Expr) -> Option<Vec<&str>> {
    fn words_of<'e>(expr: &'e Expr, words: &mut Vec<&'e str>) {
        match expr {
            Expr::Words(text) => words.push(text),
            Expr::All(parts) => parts.iter().for_each(|part| words_of(part, words)),
            _ => {}
        }
    }
    let mut words = Vec::new();
    words_of(expr, &mut words);
    (asks_for(expr) && !words.is_empty()).then_some(words)
}

/// Whether a query asks for responsibilities.
pub fn asks_for(expr: &Expr) -> bool {
    matches!(expr, Expr::All(parts) if parts.contains(&Expr::of_type("responsibility")))
}

/// The pairs of a long word: a task may say a part of 产业园区.
fn pairs(piece: &[char]) -> Vec<Vec<char>> {
    let size = if piece.len() > 2 && piece.iter().all(|c| is_han(*c)) { 2 } else { piece.len() };
    piece.windows(size).map(<[char]>::to_vec).collect()
}

/// Where the parts of a topic stand, by segment.
struct Places {
    /// How much the part is worth: the rarer, the more.
    worth: f32,
    /// In a record's text, its own fields or the headings above it.
    said: Vec<Bits>,
    /// There or in the title.
    held: Vec<Bits>,
    /// In passages.
    passages: Vec<Bits>,
}

impl Searcher<'_> {
    /// The responsibilities that a query for a topic means; with `any_word` those that hold most of it are among them. `None` where it asks for something else.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub(super) fn duties(&self, expr: &Expr, any_word: bool) -> Result<Option<Duties>, Error> {
        let (Some(words), Some(filters)) = (topic(expr), without_text(expr)) else { return Ok(None) };
        let folded: Vec<char> = words.join(" ").chars().map(fold_char).collect();
        let mut parts: Vec<Vec<char>> = pieces(self.index().dictionary(), &folded).iter().flat_map(|piece| pairs(piece)).collect();
        parts.sort_unstable();
        parts.dedup();
        let candidates = self.matching(&filters)?;
        let paragraphs = self.matching(&Expr::of_type("passage"))?;
        let mut places = Vec::with_capacity(parts.len());
        for part in &parts {
            places.push(self.places(part, &candidates, &paragraphs)?);
        }
        let worth: f32 = places.iter().map(|place| place.worth).sum();
        let whole: String = if words.len() == 1 { folded.iter().collect() } else { String::new() };
        let mut duties = Duties { found: Vec::new(), relaxed: false, levels: Vec::new(), passages: Vec::new() };
        let mut shares: Vec<HashMap<DocId, f32>> = Vec::new();
        for (ord, candidates) in candidates.iter().enumerate() {
            let items = self.items(ord)?;
            let (mut levels, mut passages, mut held) = (HashMap::new(), HashMap::new(), HashMap::new());
            for doc in candidates.iter() {
                let item = items.get(&doc).copied();
                let may = |place: &Places| place.held[ord].has(doc) || item.is_some_and(|passage| place.passages[ord].has(passage));
                if places.iter().filter(|place| may(place)).map(|place| place.worth).sum::<f32>() < worth * HALF {
                    continue;
                }
                let needed = places.iter().any(|place| !place.said[ord].has(doc) && may(place));
                let text = match item.filter(|_| needed) {
                    Some(passage) => self.item_text(ord, doc, passage)?,
                    None => None,
                };
                let told = if text.as_ref().is_some_and(|text| !whole.is_empty() && text.contains(&whole)) { TOLD_AT_ONCE } else { TOLD };
                let (mut level, mut share) = (0.0, 0.0);
                for (place, part) in places.iter().zip(&parts) {
                    let in_item = || text.as_ref().is_some_and(|text| text.contains(&part.iter().collect::<String>()));
                    let near = if place.said[ord].has(doc) {
                        1.0
                    } else if in_item() {
                        told
                    } else if place.held[ord].has(doc) {
                        TITLED
                    } else {
                        continue;
                    };
                    level += near * place.worth / worth;
                    share += place.worth / worth;
                }
                if share >= HALF {
                    held.insert(doc, share);
                    levels.insert(doc, level * share);
                    if text.is_some() {
                        passages.extend(item.map(|passage| (doc, passage)));
                    }
                }
            }
            duties.levels.push(levels);
            duties.passages.push(passages);
            shares.push(held);
        }
        let complete = |share: f32| share > 1.0 - 1e-3;
        duties.relaxed = !shares.iter().flat_map(HashMap::values).any(|share| complete(*share));
        let wanted = |ord: usize, doc: DocId| any_word || duties.relaxed || complete(shares[ord][&doc]);
        let all = || duties.levels.iter().enumerate().flat_map(|(ord, levels)| levels.iter().map(move |(doc, level)| (ord, *doc, *level)));
        let best = all().filter(|(ord, doc, _)| wanted(*ord, *doc)).map(|(.., level)| level).fold(0.0, f32::max);
        let mut found = self.none();
        all().filter(|(ord, doc, level)| wanted(*ord, *doc) && *level > best * FAR).for_each(|(ord, doc, _)| found[ord].put(doc));
        duties.found = found;
        Ok(Some(duties))
    }

    fn places(&self, part: &[char], candidates: &[Bits], paragraphs: &[Bits]) -> Result<Places, Error> {
        let mut said = self.matching_with(|matcher| matcher.said(part))?;
        let total: usize = paragraphs.iter().map(Bits::count).sum();
        let within = |found: &[Bits], these: &[Bits]| -> Vec<Bits> {
            let both = |(found, these): (&Bits, &Bits)| {
                let mut both = found.clone();
                both.and(these);
                both
            };
            found.iter().zip(these).map(both).collect()
        };
        let passages = within(&said, paragraphs);
        let holding: usize = passages.iter().map(Bits::count).sum();
        said = within(&said, candidates);
        let titles = within(&self.matching(&Expr::Field(Field::Title, part.iter().collect()))?, candidates);
        let mut held = said.clone();
        held.iter_mut().zip(&titles).for_each(|(held, titles)| held.or(titles));
        let worth = (1.0 + (1.0 + total as f32) / (1.0 + holding as f32)).ln();
        Ok(Places { worth, said, held, passages })
    }

    /// The text of a responsibility's item, folded: the paragraph that its note closes, from the last note before it on; `None` where a
    /// row or a clause says itself all that it says.
    fn item_text(&self, ord: usize, doc: DocId, passage: DocId) -> Result<Option<String>, Error> {
        let read = |doc| -> Result<Value, Error> { Ok(self.index().record_at(DocAddress::new(ord as u32, doc))?) };
        let duty = read(doc)?;
        if duty["rule"] != "responsibility-note" {
            return Ok(None);
        }
        let paragraph = read(passage)?;
        let text = fold(body(&paragraph));
        let mut from = 0;
        for other in passage + 1..doc {
            let other = read(other)?;
            if other["rule"] == "responsibility-note"
                && let Some(at) = text[from..].find(&fold(body(&other)))
            {
                from += at + fold(body(&other)).len();
            }
        }
        let to = text[from..].find(&fold(body(&duty))).map_or(text.len(), |at| from + at);
        Ok(Some(text[from..to].to_owned()))
    }
}
