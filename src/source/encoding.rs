//! In which encoding are these bytes written?
//!
//! `B9 FA` is 国 in GB18030, 圖's neighbour in Big5 and half of something in UTF-8. A byte order mark decides; then valid
//! UTF-8; then whichever of UTF-16, GB18030 and Big5 turns the bytes into characters that Chinese is really written in.
//! A detector made for the whole web (chardetng) is not asked: it may not answer UTF-8 or UTF-16, and between the two
//! Chinese encodings that are left the share of everyday characters is the same test.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::error::Notice;

/// How much of a file is looked at to tell encodings apart, in bytes.
const SAMPLE: usize = 1 << 18;

/// Bytes as characters.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text, without its byte order mark.
    pub text: String,
    /// The encoding's name as the Encoding Standard prints it; GB18030 for all of GB2312, GBK and GB18030.
    pub encoding: &'static str,
    /// What was lost.
    pub notice: Option<Notice>,
}

/// Reads bytes as text, or says why they are none.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, &'static str> {
    if let Some(what) = known_binary(bytes) {
        return Err(what);
    }
    let decoded = match byte_order_mark(bytes) {
        Some((encoding, length)) => decode_as(encoding, bytes, length),
        None => detect(bytes),
    };
    judge(decoded)
}

/// Reads an HTML page: a byte order mark, valid UTF-8, the declared charset, and then as [`decode`].
pub(super) fn decode_page(bytes: &[u8]) -> Result<(Decoded, Option<Notice>), &'static str> {
    let declared = declared_charset(bytes);
    let plain = byte_order_mark(bytes).is_some() || bytes.contains(&0) || std::str::from_utf8(bytes).is_ok();
    if let (Some(encoding), false) = (declared, plain)
        && known_binary(bytes).is_none()
    {
        let decoded = decode_as(encoding, bytes, 0);
        if decoded.notice.is_none() {
            return judge(decoded).map(|decoded| (decoded, None));
        }
    }
    let decoded = decode(bytes)?;
    let ascii = decoded.text.is_ascii();
    let disagrees = declared.filter(|declared| !ascii && name(declared) != decoded.encoding);
    let notice = disagrees.map(|declared| Notice::CharsetDisagrees { declared: name(declared).into(), read_as: decoded.encoding.into() });
    Ok((decoded, notice))
}

/// What a file is by its first bytes, if that is no text.
pub(super) fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP package"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office file"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"Rar!\x1A", "a RAR archive"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
        (b"\x7FELF", "a program"),
        (b"SQLite format 3\0", "a database"),
        (b"{\\rtf", "an RTF file"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, what)| what)
}

fn byte_order_mark(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    // GB18030 has its own form of U+FEFF.
    Encoding::for_bom(bytes).or_else(|| bytes.starts_with(b"\x84\x31\x95\x33").then_some((GB18030, 4)))
}

fn detect(bytes: &[u8]) -> Decoded {
    let plain = std::str::from_utf8(bytes).ok();
    // UTF-16 is no UTF-8, unless it is full of NUL.
    let may_be_wide = plain.is_none_or(|text| text.as_bytes()[..text.len().min(SAMPLE)].contains(&0));
    if let Some(encoding) = Some(bytes).filter(|_| may_be_wide).and_then(utf16_without_mark) {
        return decode_as(encoding, bytes, 0);
    }
    if let Some(text) = plain {
        return Decoded { text: text.to_owned(), encoding: name(UTF_8), notice: None };
    }
    if is_broken_utf8(bytes) {
        return decode_as(UTF_8, bytes, 0);
    }
    let guess = if everyday_share(bytes, is_everyday_big5) > everyday_share(bytes, is_everyday_gb) { BIG5 } else { GB18030 };
    let decoded = decode_as(guess, bytes, 0);
    if decoded.notice.is_none() {
        return decoded;
    }
    let other = decode_as(if guess == BIG5 { GB18030 } else { BIG5 }, bytes, 0);
    if other.notice.is_none() && share_of_losses(&decoded) > 0.001 { other } else { decoded }
}

/// Decodes from `skip` on; every undecodable place becomes one U+FFFD.
fn decode_as(encoding: &'static Encoding, bytes: &[u8], skip: usize) -> Decoded {
    let body = &bytes[skip..];
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(body) {
        return Decoded { text: text.into_owned(), encoding: name(encoding), notice: None };
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(body.len()).unwrap_or(body.len() * 3));
    let (mut at, mut count, mut first_byte) = (0, 0, skip);
    loop {
        text.reserve(decoder.max_utf8_buffer_length_without_replacement(body.len() - at).unwrap_or(1 << 16));
        let (result, read) = decoder.decode_to_string_without_replacement(&body[at..], &mut text, true);
        at += read;
        match result {
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(length, after) => {
                if count == 0 {
                    first_byte = skip + at.saturating_sub(usize::from(length) + usize::from(after));
                }
                count += 1;
                text.push('\u{FFFD}');
            }
        }
    }
    text.shrink_to_fit();
    Decoded { text, encoding: name(encoding), notice: Some(Notice::Undecodable { count, first_byte }) }
}

/// GBK and GB2312 are read as what they are parts of.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == encoding_rs::GBK || encoding == GB18030 { "GB18030" } else { encoding.name() }
}

/// UTF-16 that lost its mark: nearly every unit is a character that Chinese is written in, and some are such as no
/// other encoding yields (a line break, a full stop `。`, an ideographic space).
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let ascii = sample.iter().filter(|byte| matches!(byte, 1..=0x7F)).count();
    let has_nul = sample.contains(&0);
    if sample.len() < 4 || !has_nul && ascii * 10 > sample.len() * 8 {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find(|&encoding| {
        let units = sample
            .chunks_exact(2)
            .map(|pair| if encoding == UTF_16LE { u16::from_le_bytes([pair[0], pair[1]]) } else { u16::from_be_bytes([pair[0], pair[1]]) });
        let (mut plausible, mut telling, mut all) = (0_usize, 0_usize, 0_usize);
        for unit in units {
            all += 1;
            plausible += usize::from(matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0xFF | 0x2010..=0x2040
                | 0x2460..=0x24FF | 0x2500..=0x25FF | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF));
            telling += usize::from(matches!(unit, 0x0A | 0x0D | 0x20..=0x7E | 0x3000..=0x3002 | 0xFF0C));
        }
        plausible * 10 >= all * 9 && telling > 0
    })
}

/// A text in UTF-8 with a few bad bytes: whole characters of two bytes and more outnumber the places that are none.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= broken * 5
}

/// The share of two-byte characters of a sample that are everyday ones, of 1.
fn everyday_share(bytes: &[u8], is_everyday: fn(u8, u8) -> bool) -> f64 {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (mut everyday, mut all, mut at) = (0_u32, 0_u32, 0);
    while let Some(&lead) = sample.get(at) {
        if lead < 0x80 {
            at += 1;
            continue;
        }
        let Some(&trail) = sample.get(at + 1) else {
            break;
        };
        all += 1;
        everyday += u32::from(is_everyday(lead, trail));
        at += 2;
    }
    f64::from(everyday) / f64::from(all.max(1))
}

/// Punctuation, full-width forms and the 3,755 characters of level 1 in GB 2312.
fn is_everyday_gb(lead: u8, trail: u8) -> bool {
    matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7) && trail >= 0xA1
}

/// Punctuation, full-width forms and the 5,401 characters of level 1 in Big5.
fn is_everyday_big5(lead: u8, trail: u8) -> bool {
    matches!(lead, 0xA1..=0xC6) && matches!(trail, 0x40..=0x7E | 0xA1..=0xFE)
}

fn share_of_losses(decoded: &Decoded) -> f64 {
    let Some(Notice::Undecodable { count, .. }) = decoded.notice else {
        return 0.0;
    };
    let size = u32::try_from(decoded.text.len().max(1)).unwrap_or(u32::MAX);
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) * 3.0 / f64::from(size)
}

/// Refuses what decodes but reads as nothing: control characters, or more holes than text.
fn judge(decoded: Decoded) -> Result<Decoded, &'static str> {
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 0x0E..=0x19 | 0x1B..=0x1F | 0x7F);
    let controls = decoded.text.bytes().filter(is_control).count();
    if controls * 50 > decoded.text.len() {
        return Err("too many of its bytes are control characters");
    }
    if share_of_losses(&decoded) > 0.3 {
        return Err("its bytes are no characters in UTF-8, UTF-16, GB18030 or Big5");
    }
    Ok(decoded)
}

/// What `<meta charset>`, `http-equiv` or `<?xml encoding=…?>` says near the start of a page.
fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(8192)];
    let head = head.to_ascii_lowercase();
    let mut labels = [b"charset".as_slice(), b"encoding"].into_iter().flat_map(|key| label_after(&head, key));
    labels.find_map(Encoding::for_label)
}

fn label_after<'a>(head: &'a [u8], key: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    head.windows(key.len()).enumerate().filter(move |(_, window)| *window == key).filter_map(move |(at, _)| {
        let rest = head[at + key.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:".contains(byte)).unwrap_or(rest.len());
        (end > 0).then_some(&rest[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "各市、县人民政府：\r\n　　现将实施方案印发给你们，到2027年主营业务收入达到1．58万亿元。";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.encoding, decoded.text.as_str(), decoded.notice), (encoding, text, None));
    }

    #[test]
    fn reads_every_encoding_with_and_without_mark() {
        check(TEXT.as_bytes(), "UTF-8", TEXT);
        check(&[b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), "UTF-8", TEXT);
        check(&GB18030.encode(TEXT).0, "GB18030", TEXT);
        for big in [false, true] {
            let name = if big { "UTF-16BE" } else { "UTF-16LE" };
            check(&utf16(TEXT, big), name, TEXT);
            check(&utf16(&format!("\u{FEFF}{TEXT}"), big), name, TEXT);
        }
        let traditional = "各縣市政府：為加快產業發展，請照辦理。國務院關於推進農業機械化的指導意見";
        check(&BIG5.encode(traditional).0, "Big5", traditional);
        check(&GB18030.encode(traditional).0, "GB18030", traditional);
        check(b"plain ASCII", "UTF-8", "plain ASCII");
        check("国".as_bytes(), "UTF-8", "国");
    }

    #[test]
    fn four_byte_gb18030_and_rare_characters_survive() {
        let text = "𠮷田镕基㐂，国务院办公厅印发通知";
        check(&GB18030.encode(text).0, "GB18030", text);
    }

    #[test]
    fn a_few_bad_bytes_in_utf8_are_marked_and_counted() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.insert(9, 0xFF);
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(decoded.notice, Some(Notice::Undecodable { count: 1, first_byte: 9 }));
        assert_eq!(decoded.text.replace('\u{FFFD}', ""), TEXT);
    }

    #[test]
    fn a_gb18030_text_cut_in_a_character_is_still_gb18030() {
        let bytes = GB18030.encode(TEXT).0;
        let decoded = decode(&bytes[..bytes.len() - 1]).unwrap();
        assert_eq!(decoded.encoding, "GB18030");
        assert!(matches!(decoded.notice, Some(Notice::Undecodable { count: 1, .. })));
    }

    #[test]
    fn binaries_are_refused() {
        assert_eq!(decode(b"%PDF-1.7 ...").unwrap_err(), "a PDF file");
        assert!(decode(&[0, 1, 2, 3, 0, 0, 0, 9].repeat(20)).is_err());
        let noise: Vec<u8> = (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&noise).is_err());
    }

    #[test]
    fn a_page_is_read_in_what_it_declares_unless_that_is_untrue() {
        let page = r#"<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><body>政策。"#;
        let (decoded, notice) = decode_page(&GB18030.encode(page).0).unwrap();
        assert_eq!((decoded.encoding, notice), ("GB18030", None));
        assert_eq!(decoded.text, page);
        let (decoded, notice) = decode_page(page.as_bytes()).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(notice, Some(Notice::CharsetDisagrees { declared: "GB18030".into(), read_as: "UTF-8".into() }));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = decode(&bytes);
            let _ = decode_page(&bytes);
        }

        #[test]
        fn every_text_in_utf8_stays_itself(text in "[\\n一-龥a-z0-9，。]{1,60}") {
            let decoded = decode(text.as_bytes()).unwrap();
            prop_assert_eq!(decoded.text, text);
        }
    }
}
