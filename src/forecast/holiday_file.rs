//! A table of holidays: a date and a name in each row.

use jiff::civil::Date;

use crate::acd::{Fault, Faults};
use crate::tables::{Asked, Moment, Order, Sheet, Stamp, find, is_gap, order};

use super::calendar::Holidays;

const DATES: [&str; 4] = ["date", "day", "datum", "tag"];
const NAMES: [&str; 6] = ["holiday", "name", "holiday name", "bank holiday", "public holiday", "feiertag"];

impl Holidays {
    /// Reads a table with a column `date` and a column `holiday`; `name` is what messages call it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(name: &str, bytes: &[u8], dates: Option<Order>) -> Result<Holidays, Faults> {
        let columns = [&DATES[..], &NAMES[..]].concat();
        let sheet =
            Sheet::open(bytes, &Asked { columns: &columns, ..Asked::default() }).map_err(|refused| {
                Fault {
                    title: format!("{name} is not a table that can be read: {}", refused.reason),
                    hint: refused.help,
                }
            })?;
        let column = |names: &[&str]| {
            let one = |wanted: &&str| find(&sheet.head, wanted).ok();
            names.iter().find_map(one).ok_or_else(|| {
                Faults::one(
                    format!("{name} has no column `{}`", names[0]),
                    "its head must be `date,holiday`, and each row a date and the holiday's name",
                )
            })
        };
        let (date, holiday) = (column(&DATES)?, column(&NAMES)?);
        let (mut rows, mut bad) = (Vec::new(), None);
        let read = sheet.each(|row| {
            let (day, called) = (row.cell(date), row.cell(holiday));
            if is_gap(day) && is_gap(called) {
                return Ok(());
            }
            match Moment::read(day).filter(Moment::has_day) {
                Some(moment) if !is_gap(called) => rows.push((row.line, moment, called.to_owned())),
                _ => {
                    bad.get_or_insert_with(|| (row.line, format!("{day},{called}")));
                }
            }
            Ok(())
        });
        read.map_err(|reason| {
            Faults::one(format!("{name} is not a table that can be read: {reason}"), "look at that line")
        })?;
        if let Some((line, cells)) = bad {
            return Err(Faults::one(
                format!("line {line} of {name}: `{cells}` is not a date and the name of a holiday"),
                "write dates like 2026-12-25",
            ));
        }
        let order = order(rows.iter().map(|(_, moment, _)| moment), dates).map_err(|(index, _)| {
            Faults::one(
                format!("the dates of {name} can be read in two ways, as in line {}", rows[index].0),
                "say which comes first: `--dates dmy` or `--dates mdy`",
            )
        })?;
        let mut all = Holidays::default();
        for (line, moment, called) in rows {
            let date: Date = match moment.stamp(order) {
                Ok(Stamp::Day(date)) => date,
                Ok(Stamp::Local(at)) => at.date(),
                _ => {
                    return Err(Faults::one(
                        format!("line {line} of {name} has no date"),
                        "write dates like 2026-12-25",
                    ));
                }
            };
            if let Some(other) = all.0.insert(date, called)
                && other != all.0[&date]
            {
                return Err(Faults::one(
                    format!("line {line} of {name}: {date} is `{other}` already"),
                    "a day has one name; join them, as in `Labour Day and Ascension`",
                ));
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_holidays_is_read_and_what_is_wrong_with_it_told() {
        let read = |text: &str| Holidays::read("days.csv", text.as_bytes(), None);
        let right = read("Date;Holiday\n25.12.2026;Christmas\n01.01.2027;New Year\n").expect("it is fine");
        let dates: Vec<String> = right.0.iter().map(|(date, name)| format!("{date} {name}")).collect();
        assert_eq!(dates, ["2026-12-25 Christmas", "2027-01-01 New Year"]);
        let wrong = |text: &str| read(text).expect_err("it is wrong").0.remove(0).title;
        assert!(wrong("Day,What\n2026-12-25,Christmas\n").contains("no column `holiday`"));
        assert!(wrong("date,holiday\nsoon,Christmas\n").contains("line 2"));
        assert!(wrong("date,holiday\n03/02/2026,Carnival\n").contains("two ways"));
        assert!(wrong("date,holiday\n2026-12-25,A\n2026-12-25,B\n").contains("`A` already"));
    }
}
