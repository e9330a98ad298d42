//! Which day does a time of a record end on? `2011-04` ends on 2011-04-30, `2011` on 2011-12-31.

/// The last day of an ISO year, month or day; None for one that doesn't exist (2月30日).
pub fn last_day(time: &str) -> Option<(u16, u8, u8)> {
    let mut parts = time.split('-');
    let year: u16 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let month: u8 = parts.next().map_or(Some(12), |m| m.parse().ok()).filter(|m| (1..=12).contains(m))?;
    let length = days(year, month);
    let day: u8 = parts.next().map_or(Some(length), |d| d.parse().ok()).filter(|d| (1..=length).contains(d))?;
    parts.next().is_none().then_some((year, month, day))
}

fn days(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_times() {
        assert_eq!(last_day("2011-04"), Some((2011, 4, 30)));
        assert_eq!(last_day("2012-02"), Some((2012, 2, 29)));
        assert_eq!(last_day("2011"), Some((2011, 12, 31)));
        assert_eq!(last_day("2011-05-21"), Some((2011, 5, 21)));
        for none in ["2011-02-30", "", "2011-13", "二○一一", "2011-01-01-01"] {
            assert_eq!(last_day(none), None, "{none}");
        }
    }
}
