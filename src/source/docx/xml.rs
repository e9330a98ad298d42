//! What does a part's XML hold, element by element?
//!
//! `<w:numId w:val="3"/>` is the element `numId` with the attribute `val` 3: names are read without their prefixes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A start tag.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// An attribute's value, by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let attribute = attributes.with_checks(false).flatten().find(|attribute| local(attribute.key.into_inner()) == name)?;
        Some(htmlize::unescape(attribute.value).into_owned())
    }

    /// The attribute `val` as a number.
    pub fn number(&self) -> Option<u32> {
        self.attribute("val")?.trim().parse().ok()
    }

    /// Whether a property such as `<w:vanish/>` is set: its `val` may say that it isn't.
    pub fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off"))
    }
}

/// What a part's XML says next. An empty element is a start and an end.
pub(super) enum Piece<'a> {
    Start(Element<'a>),
    End(String),
    Text(String),
}

/// Reads a part piece by piece to its end, or to the first place that is no XML.
pub(super) fn pieces(xml: &str) -> impl Iterator<Item = Result<Piece<'_>, String>> {
    let mut reader = Reader::from_str(xml);
    let mut ended: Option<String> = None;
    let mut done = false;
    std::iter::from_fn(move || {
        if let Some(name) = ended.take() {
            return Some(Ok(Piece::End(name)));
        }
        while !done {
            return Some(Ok(match reader.read_event() {
                Err(cause) => {
                    done = true;
                    return Some(Err(format!("byte {} of its XML: {cause}", reader.error_position())));
                }
                Ok(Event::Eof) => {
                    done = true;
                    continue;
                }
                Ok(Event::Start(tag)) => Piece::Start(Element(tag)),
                Ok(Event::Empty(tag)) => {
                    ended = Some(local(tag.name().into_inner()).to_owned());
                    Piece::Start(Element(tag))
                }
                Ok(Event::End(tag)) => Piece::End(local(tag.name().into_inner()).to_owned()),
                Ok(Event::Text(text)) => Piece::Text(text.to_string()),
                Ok(Event::CData(text)) => Piece::Text(text.to_string()),
                Ok(Event::GeneralRef(name)) => Piece::Text(htmlize::unescape(format!("&{};", &*name)).into_owned()),
                Ok(_) => continue,
            }));
        }
        None
    })
}

/// All start tags of a name, up to the first place that is no XML.
pub(super) fn elements<'a>(xml: &'a str, name: &'a str) -> impl Iterator<Item = Element<'a>> {
    pieces(xml).map_while(Result::ok).filter_map(move |piece| match piece {
        Piece::Start(element) if element.name() == name => Some(element),
        _ => None,
    })
}

fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, name)| name)
}
