//! Files in typed columns say what the text files say, cell by cell.

use std::fs::File;
use std::path::Path;

use assert_cmd::Command;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;

fn run(out: &Path, format: &str) {
    let mut holdline = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    holdline.current_dir(env!("CARGO_MANIFEST_DIR"));
    holdline.args(["run", "scenarios/omnichannel.toml", "--charts", "none", "--quiet", "--out"]).arg(out);
    holdline.args(["--replications", "2", "--log-replications", "all", "--set", "horizon.days=2"]);
    let files = ["contacts", "events", "replications-out", "states"];
    holdline.args(files.map(|file| format!("--{file}={format}"))).assert().success();
}

/// A cell as the CSV file has it; numbers as the number that is read of it.
fn says(field: &Field, cell: &str) -> bool {
    match field {
        Field::Null => cell.is_empty(),
        Field::Str(text) => text == cell,
        Field::Bool(flag) => flag.to_string() == cell,
        Field::Long(number) => number.to_string() == cell,
        Field::Double(number) => cell.parse() == Ok(*number),
        other => panic!("{other:?} for {cell}"),
    }
}

#[test]
fn typed_columns_say_what_the_text_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (text, typed) = (folder.path().join("text"), folder.path().join("typed"));
    run(&text, "csv");
    run(&typed, "parquet");
    for (name, groups) in [("contacts", 2), ("events", 2), ("replications", 1), ("states", 1), ("work", 1)] {
        let mut csv = csv::Reader::from_path(text.join(format!("{name}.csv"))).expect("it is there");
        let file = File::open(typed.join(format!("{name}.parquet"))).expect("it is there");
        let reader = SerializedFileReader::new(file).expect("it is a Parquet file");
        // A part for each replication.
        assert_eq!(reader.num_row_groups(), groups, "{name}");
        let heads: Vec<String> = csv.headers().expect("a head").iter().map(str::to_owned).collect();
        let mut rows = 0;
        for (record, row) in csv.records().zip(reader.get_row_iter(None).expect("rows")) {
            let (record, row) = (record.expect("a row"), row.expect("a row"));
            assert!(row.get_column_iter().map(|(name, _)| name).eq(&heads), "{name}");
            for ((head, field), cell) in row.get_column_iter().zip(&record) {
                assert!(says(field, cell), "{name}, row {rows}: `{head}` is {field:?}, and {cell} as text");
            }
            rows += 1;
        }
        let in_all = reader.metadata().file_metadata().num_rows();
        assert_eq!(rows, in_all, "{name}");
        assert!(csv.records().next().is_none() && rows > 8, "{name} has {rows} rows");
    }
}
