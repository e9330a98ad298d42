//! By what name is a document cited? `关于印发〈某省项目管理办法〉的通知` and 《某省项目管理办法》 name one document, `某政发〔2010〕62 号` and
//! `某政发[2010]62号` are one number.

/// Letters, digits and Chinese characters alone: `〔2010〕62 号` and `[2010]62号` are one.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The name of the document that a notice carries, plain and without 的: `关于印发〈某省项目管理办法〉的通知` is 某省项目管理办法.
pub fn carried(name: &str) -> String {
    let name = plain(name);
    let inner = ["印发", "转发", "批转", "发布", "公布"].iter().find_map(|verb| {
        let (_, rest) = name.split_once(verb)?;
        ["的通知", "通知", "的公告", "的通告", "的函"]
            .iter()
            .find_map(|end| rest.strip_suffix(end))
            .filter(|rest| rest.chars().count() >= 4)
    });
    inner.unwrap_or(&name).replace('的', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_cited_by_what_it_carries() {
        assert_eq!(carried("某省人民政府关于印发《某省项目管理办法》的通知"), carried("某省项目的管理办法"));
        assert_eq!(plain("某政发〔2010〕62 号"), plain("某政发[2010]62号"));
    }
}
