//! Which elements does a page hold, one inside the other?
//!
//! `<td><p>省发改委<p>省财政厅` is a cell with two paragraphs, though nothing is closed.
//!
//! The tree is built in one pass whose time grows with the page's length alone: no depth of nesting, no number of attributes and no
//! tag left open can make it slow or overflow the stack. Browsers' own rules (html5ever) look back through all open
//! elements and compare all attributes of a tag at each step, which a hostile page turns into hours. What is left out of
//! them is the moving of misplaced elements, which changes no text.

use std::borrow::Cow;

/// Deeper elements become siblings.
const DEPTH: usize = 256;

/// Whether an open element is one that is looked for.
type Test = fn(Tag) -> bool;

/// No node.
pub(super) const NONE: u32 = u32::MAX;

macro_rules! tags {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// The elements that mean something here.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum Tag { Root, Text, Other, $(#[allow(missing_docs)] $variant),* }

        impl Tag {
            fn of(name: &str) -> Self {
                match name { $($name => Self::$variant,)* _ => Self::Other }
            }

            fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* _ => "" }
            }
        }
    };
}

tags! {
    A "a", Address "address", Area "area", Article "article", Aside "aside", Audio "audio", Base "base", Blockquote "blockquote", Body "body", Br "br",
    Button "button", Canvas "canvas", Caption "caption", Center "center", Col "col", Colgroup "colgroup", Dd "dd", Details "details", Dir "dir", Div "div", Dl "dl",
    Dt "dt", Embed "embed", Fieldset "fieldset", Figcaption "figcaption", Figure "figure", Footer "footer", Form "form",
    H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Head "head", Header "header", Hr "hr", Html "html", Iframe "iframe", Img "img", Input "input",
    Li "li", Link "link", Main "main", Menu "menu", Meta "meta", Nav "nav", Noembed "noembed", Noframes "noframes", Noscript "noscript", Object "object", Ol "ol",
    Option "option", P "p", Param "param", Pre "pre", Rp "rp", Rt "rt", Script "script", Section "section", Select "select", Source "source", Style "style", Summary "summary", Svg "svg",
    Table "table", Tbody "tbody", Td "td", Template "template", Textarea "textarea", Tfoot "tfoot", Th "th", Thead "thead", Title "title", Tr "tr", UcapContent "ucapcontent",
    Track "track", Ul "ul", Video "video", Wbr "wbr", Xmp "xmp",
}

impl Tag {
    /// Whether it begins and ends a line.
    pub fn is_block(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Body, Caption, Center, Dd, Details, Dir, Div, Dl, Dt, Fieldset, Figcaption, Figure,
            Footer, Form, H1, H2, H3, H4, H5, H6, Header, Hr, Li, Main, Menu, Nav, Ol, P, Pre, Section, Summary, Table, Tbody, Td, Tfoot,
            Th, Thead, Tr, UcapContent, Ul, Xmp,
        };
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Caption
                | Center
                | Dd
                | Details
                | Dir
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Header
                | Hr
                | Li
                | Main
                | Menu
                | Nav
                | Ol
                | P
                | Pre
                | Section
                | Summary
                | Table
                | Tbody
                | Td
                | Tfoot
                | Th
                | Thead
                | Tr
                | UcapContent
                | Ul
                | Xmp
        )
    }

    pub fn is_heading(self) -> bool {
        matches!(self, Self::H1 | Self::H2 | Self::H3 | Self::H4 | Self::H5 | Self::H6)
    }

    fn is_void(self) -> bool {
        use Tag::{Area, Base, Br, Col, Embed, Hr, Img, Input, Link, Meta, Param, Source, Track, Wbr};
        matches!(self, Area | Base | Br | Col | Embed | Hr | Img | Input | Link | Meta | Param | Source | Track | Wbr)
    }

    /// Elements whose content is characters, up to their end tag.
    fn is_raw(self) -> bool {
        use Tag::{Iframe, Noembed, Noframes, Noscript, Script, Style, Textarea, Title, Xmp};
        matches!(self, Iframe | Noembed | Noframes | Noscript | Script | Style | Textarea | Title | Xmp)
    }

    /// Which open elements a start tag closes, and at which the search for them stops.
    fn closes(self) -> Option<(Test, Test)> {
        use Tag::{Body, Caption, Dd, Dl, Dt, Head, Li, Ol, Option, P, Select, Table, Tbody, Td, Tfoot, Th, Thead, Tr, Ul};
        let is_cell_edge = |tag| matches!(tag, Table | Td | Th | Caption);
        Some(match self {
            Li => (|tag| tag == Li, |tag| matches!(tag, Ul | Ol | Table | Td | Th)),
            Dd | Dt => (|tag| matches!(tag, Dd | Dt), |tag| matches!(tag, Dl | Table | Td | Th)),
            Option => (|tag| tag == Option, |tag| tag == Select),
            Td | Th => (|tag| matches!(tag, Td | Th | Caption), |tag| matches!(tag, Table | Tr)),
            Tr => (|tag| matches!(tag, Tr | Caption), |tag| tag == Table),
            Tbody | Thead | Tfoot => (|tag| matches!(tag, Tbody | Thead | Tfoot | Caption), |tag| tag == Table),
            Body => (|tag| tag == Head, |_| false),
            _ if self.is_block() => (|tag| tag == P, is_cell_edge),
            _ => return None,
        })
    }

    /// At which open elements the search for an end tag's element stops.
    fn stops_end(self, open: Tag) -> bool {
        use Tag::{Caption, Table, Tbody, Td, Tfoot, Th, Thead, Tr};
        match self {
            Table | Tag::Body | Tag::Html => false,
            Td | Th | Tr | Tbody | Thead | Tfoot | Caption => open == Table,
            _ if self.is_block() => matches!(open, Table | Td | Th | Caption),
            _ => open.is_block(),
        }
    }
}

/// An element or a piece of text.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub tag: Tag,
    pub parent: u32,
    pub first: u32,
    pub next: u32,
    last: u32,
    /// The characters, if it is text.
    pub text: Cow<'a, str>,
    attributes: Vec<(&'static str, Cow<'a, str>)>,
}

/// The attributes that are kept.
const ATTRIBUTES: &[&str] = &[
    "id", "class", "style", "hidden", "role", "colspan", "rowspan", "start", "value", "type", "name", "property", "content", "href", "rel",
];

impl Node<'_> {
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| &**value)
    }
}

/// All nodes of a page; a node stands after its parent and after the node before it.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    pub nodes: Vec<Node<'a>>,
}

impl<'a> Tree<'a> {
    pub fn parse(page: &'a str) -> Self {
        let mut builder = Builder { tree: Tree { nodes: Vec::new() }, open: Vec::new(), paragraphs: 0, beyond: 0 };
        builder.tree.add(Tag::Root, NONE);
        builder.open.push(0);
        builder.read(page);
        builder.tree
    }

    pub fn node(&self, at: u32) -> &Node<'a> {
        &self.nodes[at as usize]
    }

    pub fn children(&self, of: u32) -> impl Iterator<Item = u32> {
        let some = |at: u32| (at != NONE).then_some(at);
        std::iter::successors(some(self.node(of).first), move |&at| some(self.node(at).next))
    }

    /// A node's parent, its parent, and so on.
    pub fn ancestors(&self, of: u32) -> impl Iterator<Item = u32> {
        let some = |at: u32| (at != NONE).then_some(at);
        std::iter::successors(some(self.node(of).parent), move |&at| some(self.node(at).parent))
    }

    fn add(&mut self, tag: Tag, parent: u32) -> u32 {
        let at = self.nodes.len() as u32;
        let (text, attributes) = (Cow::Borrowed(""), Vec::new());
        self.nodes.push(Node { tag, parent, first: NONE, next: NONE, last: NONE, text, attributes });
        if parent != NONE {
            let last = std::mem::replace(&mut self.nodes[parent as usize].last, at);
            if last == NONE {
                self.nodes[parent as usize].first = at;
            } else {
                self.nodes[last as usize].next = at;
            }
        }
        at
    }
}

struct Builder<'a> {
    tree: Tree<'a>,
    open: Vec<u32>,
    /// How many `<p>` are open, to look for one only where there is one.
    paragraphs: usize,
    /// How many elements are open beyond the depth that is kept.
    beyond: usize,
}

impl<'a> Builder<'a> {
    fn read(&mut self, page: &'a str) {
        let mut rest = page;
        while !rest.is_empty() {
            let Some(at) = rest.find('<') else {
                self.text(rest);
                return;
            };
            if at > 0 {
                self.text(&rest[..at]);
            }
            rest = self.markup(&rest[at..]);
        }
    }

    /// Reads what begins with `<`, and gives back what stands after it.
    fn markup(&mut self, rest: &'a str) -> &'a str {
        let bytes = rest.as_bytes();
        let after = |end: &str| rest.find(end).map_or("", |at| &rest[at + end.len()..]);
        match bytes.get(1) {
            Some(b'!') if rest.starts_with("<!-->") => &rest[5..],
            Some(b'!') if rest.starts_with("<!--") => after("-->"),
            Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let name = name_at(&rest[2..]);
                self.end(Tag::of(&name.to_ascii_lowercase()));
                after(">")
            }
            Some(b'!' | b'?' | b'/') => after(">"),
            Some(byte) if byte.is_ascii_alphabetic() => self.start(&rest[1..]),
            _ => {
                self.text(&rest[..1]);
                &rest[1..]
            }
        }
    }

    fn start(&mut self, rest: &'a str) -> &'a str {
        let name = name_at(rest);
        let tag = Tag::of(&name.to_ascii_lowercase());
        let (attributes, rest) = read_attributes(&rest[name.len()..]);
        if tag == Tag::Html {
            return rest;
        }
        if let Some((closed, stop)) = tag.closes()
            && (self.paragraphs > 0 || !matches!(tag, _ if tag.is_block() && closed(Tag::P)))
        {
            self.close(closed, stop);
        }
        if tag.is_block() && tag != Tag::Body {
            self.close(|open| open == Tag::Head, |open| open != Tag::Head);
        }
        let parent = self.open.last().copied().unwrap_or(0);
        let at = self.tree.add(tag, parent);
        self.tree.nodes[at as usize].attributes = attributes;
        if tag.is_void() {
            return rest;
        }
        if tag.is_raw() {
            let (content, rest) = raw_content(rest, tag.name());
            let text = self.tree.add(Tag::Text, at);
            self.tree.nodes[text as usize].text =
                if matches!(tag, Tag::Title | Tag::Textarea) { htmlize::unescape(content) } else { Cow::Borrowed(content) };
            return rest;
        }
        if self.open.len() < DEPTH {
            self.open.push(at);
            self.paragraphs += usize::from(tag == Tag::P);
        } else {
            self.beyond += 1;
        }
        rest
    }

    fn end(&mut self, tag: Tag) {
        if tag == Tag::Br {
            let parent = self.open.last().copied().unwrap_or(0);
            self.tree.add(Tag::Br, parent);
        } else if self.beyond > 0 {
            self.beyond -= 1;
        } else if !tag.is_void() && !matches!(tag, Tag::Body | Tag::Html) {
            self.close(|open| open == tag, |open| tag.stops_end(open));
        }
    }

    /// Closes the innermost open element that is looked for, and all in it.
    fn close(&mut self, is_wanted: impl Fn(Tag) -> bool, stops: impl Fn(Tag) -> bool) {
        let tag = |at: u32| self.tree.nodes[at as usize].tag;
        let found = self.open.iter().enumerate().skip(1).rev().take_while(|&(_, &at)| is_wanted(tag(at)) || !stops(tag(at)));
        let found = found.filter(|&(_, &at)| is_wanted(tag(at))).map(|(depth, _)| depth).next();
        if let Some(depth) = found {
            let closed = self.open[depth..].iter().filter(|&&at| tag(at) == Tag::P).count();
            self.paragraphs -= closed;
            self.open.truncate(depth);
        }
    }

    fn text(&mut self, text: &'a str) {
        let parent = self.open.last().copied().unwrap_or(0);
        let at = self.tree.add(Tag::Text, parent);
        self.tree.nodes[at as usize].text = if text.contains('&') { htmlize::unescape(text) } else { Cow::Borrowed(text) };
    }
}

fn name_at(rest: &str) -> &str {
    let end = rest.bytes().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    &rest[..end.unwrap_or(rest.len())]
}

type Attributes<'a> = Vec<(&'static str, Cow<'a, str>)>;

/// Reads attributes up to the tag's `>`; keeps the first of each name that is known.
fn read_attributes(mut rest: &str) -> (Attributes<'_>, &str) {
    let mut attributes: Attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (attributes, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (attributes, after);
        }
        let is_end = |(at, byte): (usize, u8)| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>') || (byte == b'=' && at > 0);
        let end = rest.bytes().enumerate().position(is_end).unwrap_or(rest.len());
        let name = &rest[..end];
        rest = rest[end..].trim_ascii_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            (value, rest) = read_value(after.trim_ascii_start());
        }
        let known = ATTRIBUTES.iter().find(|known| known.eq_ignore_ascii_case(name));
        if let Some(&known) = known
            && attributes.iter().all(|(key, _)| *key != known)
        {
            attributes.push((known, htmlize::unescape_attribute(value)));
        }
    }
}

fn read_value(rest: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = rest.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    let end = rest.bytes().position(|byte| byte.is_ascii_whitespace() || byte == b'>').unwrap_or(rest.len());
    rest.split_at(end)
}

/// The characters up to `</name`, and what stands after that tag.
fn raw_content<'a>(rest: &'a str, name: &str) -> (&'a str, &'a str) {
    for (at, _) in rest.match_indices("</") {
        let tail = &rest.as_bytes()[at + 2..];
        if tail.len() >= name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            let after = &rest[at..];
            return (&rest[..at], after.find('>').map_or("", |end| &after[end + 1..]));
        }
    }
    (rest, "")
}
